"""The lines of logs that name an erased dossier: they have a term of their own, and stay under a pseudonym."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import Connection, Table, update


def forget_dossiers(connection: Connection, log: Table, dossier_keys: Iterable[str]) -> None:
    """Let the lines of these dossiers name a pseudonym each, made at random, so that they still belong together.

    Args:
        connection: the transaction that erases the dossiers.
        log: the table of a log.
        dossier_keys: the dossiers.
    """
    for key in sorted(dossier_keys):
        values = {"dossier_key": f"erased {secrets.token_hex(8)}"} | ({"entry_key": None} if "entry_key" in log.c else {})
        connection.execute(update(log).where(log.c.dossier_key == key).values(values))
