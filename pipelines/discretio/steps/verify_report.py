"""Verify a report file, with the ledger's frozen counts where this place has a ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from discretio.domain.figures import FrozenFigures
from discretio.errors import UsageError, VerificationError
from discretio.ledger.connection import Ledger
from discretio.ledger.figures import frozen
from discretio.reporting.verifying import VerificationReport, verify_file

_MOST_BYTES = 256 * 1024 * 1024


def verify_report(file: Path, roots: Sequence[Path], ledger: Ledger | None) -> VerificationReport:
    """Verify a report.

    Args:
        file: the report.
        roots: root certificates (PEM) of sealers that are trusted.
        ledger: the ledger that may have issued it; None where there is none.

    Raises:
        VerificationError: it is not genuine (exit code 1), or can't be verified (exit code 3).
        UsageError: a file can't be read.
    """
    pdf = _read(file)
    if len(pdf) > _MOST_BYTES:
        raise VerificationError("the file is too large for a report", verifiable=False)
    return verify_file(pdf, [_read(root) for root in roots], _frozen_in(ledger))


def _frozen_in(ledger: Ledger | None) -> Callable[[str], FrozenFigures | None]:
    def find(report_id: str) -> FrozenFigures | None:
        known = frozen(ledger, report_id) if ledger else None
        return FrozenFigures.from_json(known.figures_json) if known else None

    return find


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError("the file can't be read", where=error.strerror or "", remedy="check its name and rights") from None
