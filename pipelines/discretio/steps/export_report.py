"""Take out of a genuine report what other programs and a browser read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from discretio.errors import UsageError, VerificationError
from discretio.ledger.connection import Ledger
from discretio.reporting.attached import ATTACHMENT, Attached, read_attached
from discretio.reporting.tabulated import table_as_csv
from discretio.reporting.web_page import web_page
from discretio.steps.verify_report import verify_report
from discretio.steps.whole_files import whole_file


def export_report(file: Path, roots: Sequence[Path], ledger: Ledger | None, out: Path) -> list[str]:
    """Verify a report, and write its attachments, its tables and its web page into a folder.

    Args:
        file: the report.
        roots: root certificates (PEM) of sealers that are trusted.
        ledger: the ledger that may have issued it; None where there is none.
        out: the folder; it is made if it isn't there, and must be empty.

    Returns:
        The names of the files written.

    Raises:
        VerificationError: the report is not genuine, or can't be verified: nothing is written.
        UsageError: the report can't be read, or the folder isn't empty or can't be written.
    """
    verify_report(file, roots, ledger)
    attached = read_attached(file.read_bytes())
    if attached is None:
        raise VerificationError("this is not a report of Discretio", verifiable=False)
    _make(out)
    written = []
    for name, text in _files(attached):
        with whole_file(out / name) as stream:
            stream.write(text.encode())
        written.append(name)
    return written


def _files(attached: Attached) -> Iterator[tuple[str, str]]:
    yield ATTACHMENT, attached.text
    yield from attached.derived.items()
    for section in attached.document["sections"]:
        for table in section["tables"]:
            yield f"table-{int(section['id']):02}-{table['id']}.csv", table_as_csv(table)
    yield "report.html", web_page(attached.text)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        empty = not any(folder.iterdir())
    except OSError as error:
        raise UsageError("the folder can't be made", where=error.strerror or "", remedy="name another folder") from None
    if not empty:
        raise UsageError("the folder isn't empty", remedy="name a new one: an old export must not stand among a new one")
