"""Hand the state of the audit chain to an outside witness, and hold the chain against what he kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from discretio.errors import UsageError
from discretio.ledger.chain_export import export_chain, read_export, verify_against
from discretio.ledger.chain_verification import ChainReport
from discretio.ledger.connection import Ledger
from discretio.reporting.timestamps import Stamp, timestamp_request, verify_timestamp
from discretio.steps.whole_files import whole_file

REQUEST = ".tsq"
"""What the name of a request for a time stamp ends in, behind the name of what is to be stamped."""


def export_for_witness(ledger: Ledger, file: Path) -> Path:
    """Write the signed checkpoints, and beside them a request for a time stamp; returns the request's file.

    Raises:
        ChainBrokenError: the chain doesn't verify.
        UsageError: a file can't be written.
    """
    content = export_chain(ledger)
    request = file.with_name(file.name + REQUEST)
    for path, written in ((file, content), (request, timestamp_request(content))):
        with whole_file(path) as stream:
            stream.write(written)
    return request


def verify_with_witness(ledger: Ledger, file: Path) -> ChainReport:
    """Verify the chain, and that it still holds what an exported file says.

    Raises:
        ChainBrokenError: it doesn't.
        VerificationError: the file is no export, or was changed.
        UsageError: it can't be read.
    """
    return verify_against(ledger, read_export(_read(file)))


def verify_stamp(file: Path, answer: Path, roots: Sequence[Path]) -> Stamp:
    """Verify the time stamp of an exported file.

    Raises:
        VerificationError: it is not genuine, or can't be verified.
        UsageError: a file can't be read.
    """
    return verify_timestamp(_read(answer), _read(file), [_read(root) for root in roots])


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError("the file can't be read", where=error.strerror or "", remedy="check its name and rights") from None
