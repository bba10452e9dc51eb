"""Sending a report through a connection of Airflow, by e-mail or to a place of the authority's; only where a run asks for it.

The connection names the addressee, so that no address stands in a parameter, a log or the ledger. A task that is retried after
it sent can't know that it did: the same report always goes under the same name, and whoever has it already sees one.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.sdk import BaseHook, ObjectStoragePath, Param

from discretio.airflow_ui.forms import parameter_help
from discretio.domain.deliveries import SENT_BY_AIRFLOW, Way
from discretio.errors import ReportError
from discretio.reporting.words import words


def deliver_param() -> Param:
    """How reports are sent; not at all by default."""
    return Param(
        None,
        type=["null", "string"],
        enum=[None, *(way.value for way in SENT_BY_AIRFLOW)],
        title="Deliver · Transmettre · Bezorgen · Zustellen",
        description_md=parameter_help("deliver"),
    )


def send(file: Path, authority: str, way: Way, languages: tuple[str, ...]) -> None:
    """Send a report.

    Args:
        file: the report as it was issued.
        authority: the code of whom it is for, which names the connection.
        way: EMAIL or UPLOAD.
        languages: those in which the e-mail is written.

    Raises:
        ReportError: the connection doesn't say to whom, or the other side refused; quotes neither.
    """
    name = f"discretio_{way.value.lower()}_{authority}"
    try:
        extra: dict[str, Any] = BaseHook.get_connection(name).extra_dejson
        if way is Way.EMAIL:
            _mail(name, extra["to"], file, languages)
        else:
            _upload(extra["url"], extra.get("through"), file)
    except Exception:  # noqa: BLE001 - drivers quote addresses in what they raise
        raise ReportError(
            "the report could not be sent",
            where=name,
            remedy="see that this connection exists and says to whom (docs/reports.md)",
        ) from None


def _mail(connection: str, to: str, file: Path, languages: tuple[str, ...]) -> None:
    subject = " · ".join(words(language)["document"]["title"] for language in languages)
    body = "".join(f"<p>{words(language)['attestation']['attached']}</p>" for language in languages)
    with SmtpHook(smtp_conn_id=connection) as hook:
        hook.send_email_smtp(
            to=to, subject=subject, html_content=body, files=[str(file)], custom_headers={"Message-ID": _message_id(file)}
        )


def _message_id(file: Path) -> str:
    """The same for the same file: a mailbox shows a letter that came twice once."""
    return f"<{hashlib.sha256(file.read_bytes()).hexdigest()}@discretio.invalid>"


def _upload(url: str, connection: str | None, file: Path) -> None:
    """To a folder behind any URL that fsspec knows, signed in as another connection says; under the file's own name, once."""
    target, content = ObjectStoragePath(url, conn_id=connection) / file.name, file.read_bytes()
    if not _holds(target, content):
        target.write_bytes(content)


def _holds(target: ObjectStoragePath, content: bytes) -> bool:
    """Whether it is there whole; a place that lets nobody read is written to again."""
    with suppress(OSError):
        return bool(target.exists() and target.read_bytes() == content)
    return False
