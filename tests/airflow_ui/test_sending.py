"""A report is sent through a connection of Airflow, and an error tells neither the address nor what the server said."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from discretio.airflow_ui import sending
from discretio.domain.deliveries import Way
from discretio.errors import ReportError

ADDRESS = "zqx-canary@authority.example"
LANGUAGES = ("fr", "nl")


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters, and says so as SMTP wants it."""

    allow_reuse_address = True
    letters: list[bytes]


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append(b"".join(lines))  # type: ignore[attr-defined] - socketserver doesn't know ours
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """What the connection for e-mail to the APD leads to."""
    with MailServer(("127.0.0.1", 0), _Session) as serving:
        serving.letters = []
        extra = f'{{"disable_ssl": true, "disable_tls": true, "from_email": "us@centre.example", "to": "{ADDRESS}"}}'
        connection = f'{{"conn_type": "smtp", "host": "127.0.0.1", "port": {serving.server_address[1]}, "extra": {extra}}}'
        monkeypatch.setenv("AIRFLOW_CONN_DISCRETIO_EMAIL_APD", connection)
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "apd-2026-Q3-R.pdf"
    file.write_bytes(b"%PDF-1.7 a report")
    return file


def test_an_email_carries_the_report_in_the_authoritys_languages(server: MailServer, report: Path) -> None:
    sending.send(report, "apd", Way.EMAIL, LANGUAGES)
    (letter,) = map(message_from_bytes, server.letters)
    assert letter["To"] == ADDRESS
    attached = [part for part in letter.walk() if part.get_filename() == report.name]
    assert [part.get_payload(decode=True) for part in attached] == [report.read_bytes()]


def test_a_report_that_is_sent_twice_is_one_letter_to_who_gets_it(server: MailServer, report: Path) -> None:
    for content in (b"%PDF-1.7 a report", b"%PDF-1.7 a report", b"%PDF-1.7 another"):
        report.write_bytes(content)
        sending.send(report, "apd", Way.EMAIL, LANGUAGES)
    first, again, other = (message_from_bytes(letter).get_all("Message-ID") for letter in server.letters)
    assert first == again
    assert len(first) == 1
    assert other != first


def test_an_upload_leaves_the_same_bytes_in_the_authoritys_folder(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    monkeypatch.setenv(
        "AIRFLOW_CONN_DISCRETIO_UPLOAD_VTC", f'{{"conn_type": "generic", "extra": {{"url": "file://{folder}"}}}}'
    )
    sending.send(report, "vtc", Way.UPLOAD, LANGUAGES)
    assert (folder / report.name).read_bytes() == report.read_bytes()
    (folder / report.name).chmod(0o400)
    written = (folder / report.name).stat().st_mtime_ns
    sending.send(report, "vtc", Way.UPLOAD, LANGUAGES)
    assert (folder / report.name).stat().st_mtime_ns == written  # a retry finds it there, and leaves it


def test_half_an_upload_is_made_whole(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / report.name).write_bytes(report.read_bytes()[:5])
    monkeypatch.setenv(
        "AIRFLOW_CONN_DISCRETIO_UPLOAD_VTC", f'{{"conn_type": "generic", "extra": {{"url": "file://{folder}"}}}}'
    )
    sending.send(report, "vtc", Way.UPLOAD, LANGUAGES)
    assert (folder / report.name).read_bytes() == report.read_bytes()


@pytest.mark.parametrize("extra", [f'{{"to": "{ADDRESS}", "disable_ssl": true, "disable_tls": true}}', "{}"])
def test_what_cannot_be_sent_tells_no_address(extra: str, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = f'{{"conn_type": "smtp", "host": "127.0.0.1", "port": 9, "extra": {extra}}}'
    monkeypatch.setenv("AIRFLOW_CONN_DISCRETIO_EMAIL_COC", connection)
    with pytest.raises(ReportError) as caught:
        sending.send(report, "coc", Way.EMAIL, LANGUAGES)
    assert ADDRESS not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "discretio_email_coc" in str(caught.value)
