"""Telling people what waits, through connections of Airflow; whoever has no connection is told nothing.

A connection `discretio_notify_<role>` of type smtp names in its extra `to` and, if need be, `languages`; one of type http or
https names in its extra the `url` that gets the same as JSON, with the connection's password as bearer token. Messages hold
counts, names of stores, DAGs and tasks: never an id of a dossier, a text, or what an exception said.
"""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from discretio.domain.deadlines import Deadline
from discretio.errors import NotificationError
from discretio.reporting.words import words

_LOG = logging.getLogger(__name__)
_SECONDS = 20


def tell(role: str, deadlines: Sequence[Deadline], as_of: date) -> bool:
    """Tell a role what waits.

    Args:
        role: dpo, administrator, operator, or separate for what is told apart from them all.
        deadlines: what it is told of.
        as_of: the day they were looked at.

    Returns:
        Whether there was anything to say and a connection to say it through.

    Raises:
        NotificationError: the other side refused, or the connection doesn't say to whom; quotes neither.
    """
    if not deadlines:
        return False
    listed = [{"duty": one.duty.value, "number": one.number, "store": one.store} for one in deadlines]
    return _sent(role, {"as_of": as_of.isoformat(), "waiting": listed})


def tell_of_failure(context: Mapping[str, Any]) -> None:
    """Tell the operator that a task failed: which one, never why. For `on_failure_callback`; it never fails itself."""
    task = context["task_instance"]
    try:
        _sent("operator", {"failed": {"dag": task.dag_id, "task": task.task_id, "run": task.run_id}})
    except NotificationError as error:
        _LOG.warning("%s", error.what)


def _sent(role: str, message: Mapping[str, Any]) -> bool:
    name = f"discretio_notify_{role}"
    try:
        connection = BaseHook.get_connection(name)
        if connection.conn_type == "smtp":
            _mail(name, connection.extra_dejson, message)
        else:
            _post(connection.extra_dejson["url"], connection.password, message)
    except AirflowNotFoundException:
        return False
    except Exception:  # noqa: BLE001 - drivers quote addresses and tokens in what they raise
        raise NotificationError(
            "nobody could be told", where=name, remedy="see that the connection says to whom (docs/guides/operator.md)"
        ) from None
    return True


def _mail(name: str, extra: Mapping[str, Any], message: Mapping[str, Any]) -> None:
    spoken = [words(language) for language in extra.get("languages", ["fr", "nl"])]
    about, day = ("failed", "") if "failed" in message else ("subject", message["as_of"])
    subject = " · ".join(each["notice"][about].format(date=day) for each in spoken)
    with SmtpHook(smtp_conn_id=name) as hook:
        hook.send_email_smtp(to=extra["to"], subject=subject, html_content="".join(_body(each, message) for each in spoken))


def _body(spoken: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    lines = [
        f"{spoken['duties'][one['duty']]}{' (' + one['store'] + ')' if one['store'] else ''}: {one['number']}"
        for one in message.get("waiting", [])
    ]
    lines += [" / ".join(message["failed"].values())] if "failed" in message else []
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{listed}</ul><p>{spoken['notice']['blind']}</p>"


def _post(url: str, token: str | None, message: Mapping[str, Any]) -> None:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(url, json.dumps(message).encode(), headers, method="POST")  # noqa: S310 - the operator's own URL
    if asked.type not in {"http", "https"}:
        raise ValueError(asked.type)
    urllib.request.urlopen(asked, timeout=_SECONDS).close()  # noqa: S310 - http or https, as just seen
