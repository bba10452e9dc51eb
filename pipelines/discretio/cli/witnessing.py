"""discretio ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.cli.app import app, console, print_table
from discretio.errors import VerificationError
from discretio.ledger.connection import Ledger
from discretio.settings import Settings
from discretio.steps.rotating_key import rotate_ledger_key
from discretio.steps.witness import export_for_witness, verify_stamp, verify_with_witness
from discretio.wiring import ledger_if_any

ledger_app = typer.Typer(no_args_is_help=True, help="Hand the audit chain to an outside witness; rotate the key.")
app.add_typer(ledger_app, name="ledger")

Export = Annotated[Path, typer.Argument(help="The file that discretio ledger export wrote.")]


@ledger_app.command("export")
def export(
    out: Annotated[Path, typer.Option(help="The file to write; the request for a time stamp stands beside it.")],
) -> None:
    """Write the signed checkpoints of the chain, for a notary or an authority of time stamps. Nothing of a dossier is in it."""
    request = export_for_witness(_ledger(), out)
    console.print(f"written; for a time stamp send {request.name} as application/timestamp-query, and keep the answer")
    console.print(
        "for a notary deposit the file itself: whoever keeps it outside can show later that the chain goes on from it"
    )


@ledger_app.command("compare")
def compare(
    file: Export,
    stamp: Annotated[Path | None, typer.Option(help="The answer of an authority of time stamps.")] = None,
    root: Annotated[list[Path] | None, typer.Option(help="Root certificate (PEM) of that authority.")] = None,
) -> None:
    """Verify the chain, and that it still holds what a witness kept. 0: it does. 1: it doesn't. 3: can't be verified."""
    chain = verify_with_witness(_ledger(), file)
    rows: list[tuple[str, object]] = [("records", chain.records), ("segments", chain.segments)]
    if stamp is not None:
        proved = verify_stamp(file, stamp, root or [])
        rows += [("stamped at", proved.at), ("stamped by", proved.by)]
    print_table("The audit chain is whole, and holds what the witness kept", ("what", "value"), rows)


@ledger_app.command("rotate-key")
def rotate_key() -> None:
    """Give the ledger a new key; stop everything else first. Broken off, type it again. The ledger's owner alone can."""
    settings = Settings.from_environment()
    file = rotate_ledger_key(settings)
    if settings.ledger_key:
        console.print(f"rotated; put what {file.name} holds in the place of DISCRETIO_LEDGER_KEY, then remove that file")
    else:
        console.print(f"rotated; keep {file.name}, apart, until the last backup from before is gone")


def _ledger() -> Ledger:
    known = ledger_if_any()
    if known is None:
        raise VerificationError("there is no ledger here", remedy="name its home in DISCRETIO_HOME", verifiable=False)
    return known
