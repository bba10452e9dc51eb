"""Who has a connection is told what waits, in counts; who has none is told nothing; errors quote neither address nor token."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest

from airflow_ui.test_sending import ADDRESS, MailServer, server
from discretio.airflow_ui import notifying, schedules
from discretio.domain.approvals import Role
from discretio.domain.deadlines import Deadline, Duty, heard_by
from discretio.errors import NotificationError, UsageError

__all__ = ["server"]  # a fixture
DAY = date(2026, 11, 22)
WAITING = [Deadline(Duty.SCAN_LATE, 1, "main"), Deadline(Duty.REQUEST_LATE, 3)]
TOKEN = "zqx-canary-token"


class Hook(HTTPServer):
    """Keeps what it is told, and answers as it is asked to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Told)
        self.told: list[tuple[str | None, dict[str, object]]] = []
        self.answer = 204


class _Told(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        hook = self.server
        assert isinstance(hook, Hook)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        hook.told.append((self.headers["Authorization"], body))
        self.send_response(hook.answer)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    with Hook() as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{serving.server_address[1]}/told"
        connection = json.dumps({"conn_type": "http", "password": TOKEN, "extra": {"url": url}})
        for role in ("DPO", "OPERATOR"):
            monkeypatch.setenv(f"AIRFLOW_CONN_DISCRETIO_NOTIFY_{role}", connection)
        yield serving
        serving.shutdown()


def test_a_webhook_gets_counts_with_its_token(hook: Hook) -> None:
    assert notifying.tell("dpo", WAITING, DAY)
    ((token, told),) = hook.told
    assert token == f"Bearer {TOKEN}"
    assert told["waiting"] == [
        {"duty": "SCAN_LATE", "number": 1, "store": "main"},
        {"duty": "REQUEST_LATE", "number": 3, "store": ""},
    ]


def test_a_letter_says_it_in_the_languages_of_the_connection(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = {
        "disable_ssl": True,
        "disable_tls": True,
        "from_email": "us@centre.example",
        "to": ADDRESS,
        "languages": ["nl", "de"],
    }
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": server.server_address[1], "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_DISCRETIO_NOTIFY_ADMINISTRATOR", json.dumps(connection))
    assert notifying.tell("administrator", WAITING, DAY)
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    text = letter.get_body(("html",)).get_content()  # type: ignore[union-attr] - it has one
    assert letter["Subject"] == "Discretio: wat wacht op 2026-11-22 · Discretio: was am 2026-11-22 wartet"
    assert "een systeem werd niet op tijd gescand (main): 1" in text
    assert "Anträge von Personen ohne rechtzeitige Antwort: 3" in text


def test_a_letter_about_a_failure_says_so_and_a_name_in_it_is_no_markup(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = {"disable_ssl": True, "disable_tls": True, "from_email": "us@a.example", "to": ADDRESS, "languages": ["en"]}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": server.server_address[1], "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_DISCRETIO_NOTIFY_OPERATOR", json.dumps(connection))
    notifying.tell_of_failure({"task_instance": SimpleNamespace(dag_id="scan_dossiers", task_id="scan", run_id="<b>mine</b>")})
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    text = letter.get_body(("html",)).get_content()  # type: ignore[union-attr] - it has one
    assert letter["Subject"] == "Discretio: a task failed"
    assert "scan_dossiers / scan / &lt;b&gt;mine&lt;/b&gt;" in text


def test_a_connection_that_can_not_be_read_fails_no_callback(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: str) -> None:
        raise RuntimeError(f"could not reach {ADDRESS}")

    monkeypatch.setattr(notifying.BaseHook, "get_connection", away)
    notifying.tell_of_failure({"task_instance": SimpleNamespace(dag_id="scan_dossiers", task_id="scan", run_id="mine")})


def test_without_a_connection_or_without_anything_nobody_is_told(hook: Hook) -> None:
    assert not notifying.tell("administrator", WAITING, DAY)
    assert not notifying.tell("dpo", [], DAY)
    assert hook.told == []


def test_what_goes_wrong_quotes_neither_address_nor_token(hook: Hook) -> None:
    hook.answer = 500
    with pytest.raises(NotificationError) as told:
        notifying.tell("dpo", WAITING, DAY)
    assert told.value.__cause__ is None
    assert all(secret not in str(told.value) for secret in (TOKEN, "127.0.0.1", "/told"))


def test_an_operator_hears_which_task_failed_and_not_why_and_a_refusal_fails_nothing(hook: Hook) -> None:
    task = SimpleNamespace(dag_id="scan_dossiers", task_id="scan", run_id="manual__1")
    notifying.tell_of_failure({"task_instance": task, "exception": ValueError("Jan Peeters")})
    assert [told for _, told in hook.told] == [{"failed": {"dag": "scan_dossiers", "task": "scan", "run": "manual__1"}}]
    hook.answer = 500
    notifying.tell_of_failure({"task_instance": task, "exception": ValueError("Jan Peeters")})


def test_an_administrator_is_told_of_what_he_runs_and_a_dpo_of_everything() -> None:
    assert heard_by(Role.ADMINISTRATOR, WAITING) == WAITING[:1]
    assert heard_by(Role.DPO, WAITING) == WAITING
    assert heard_by(Role.REVIEWER, WAITING) == []


def test_schedules_are_the_operators_to_change_and_nonsense_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCRETIO_SCHEDULE_SCAN_DOSSIERS", "30 22 * * 1-5")
    assert "30 22 * * 1-5" in str(schedules.schedule("scan_dossiers", "0 1 * * *"))
    monkeypatch.setenv("DISCRETIO_SCHEDULE_SCAN_DOSSIERS", "never")
    assert schedules.schedule("scan_dossiers", "0 1 * * *") is None
    monkeypatch.setenv("DISCRETIO_SCHEDULE_SCAN_DOSSIERS", "at night")
    with pytest.raises(UsageError, match="no schedule") as told:
        schedules.schedule("scan_dossiers", "0 1 * * *")
    assert told.value.where == "DISCRETIO_SCHEDULE_SCAN_DOSSIERS"


def test_everything_is_read_again_on_sunday_or_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    assert (schedules.is_full_scan_day(sunday), schedules.is_full_scan_day(monday)) == (True, False)
    monkeypatch.setenv("DISCRETIO_FULL_SCAN_DAY", "Monday")
    assert (schedules.is_full_scan_day(sunday), schedules.is_full_scan_day(monday)) == (False, True)
    monkeypatch.setenv("DISCRETIO_FULL_SCAN_DAY", "never")
    assert not schedules.is_full_scan_day(sunday)
    monkeypatch.setenv("DISCRETIO_FULL_SCAN_DAY", "dimanche")
    with pytest.raises(UsageError, match="no day of the week"):
        schedules.is_full_scan_day(sunday)
