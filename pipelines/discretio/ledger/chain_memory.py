"""What was read of the ledger, kept until something else is recorded there: each change of it is a record of the chain."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from discretio.ledger.chain_tables import chain_records

Read = TypeVar("Read")


class ChainMemory:
    """Of one who writes records himself, which change nothing of what he reads.

    Args:
        subject: what his own records are about.
        kinds: of which kinds they are.
    """

    def __init__(self, subject: str, kinds: Collection[str]) -> None:
        self._own = {(kind, subject) for kind in kinds}
        self._seen, self._seen_hash = 0, ""
        self._kept: dict[str, Any] = {}

    def look(self, connection: Connection) -> None:
        """Forget everything if anybody else recorded something since the last look, or if what was seen then is there no more.

        A record seen in a transaction that was undone is there no more, and another's may bear its number.
        """
        told = connection.execute(_since(self._seen if self._kept else None)).all()
        unchanged = bool(told) and (told[0].sequence, told[0].record_hash) == (self._seen, self._seen_hash)
        if not unchanged or any((row.kind, row.subject) not in self._own for row in told[1:]):
            self._kept.clear()
        if told:
            self._seen, self._seen_hash = told[-1].sequence, told[-1].record_hash

    def kept(self, name: str, read: Callable[[], Read]) -> Read:
        """What was read under this name since something else was recorded, as the last `look` found; else it is read now."""
        # What is recorded after the look comes to light at the next one, even if it was read here already.
        if name not in self._kept:
            self._kept[name] = read()
        found: Read = self._kept[name]
        return found


def _since(sequence: int | None) -> Select[tuple[int, str, str, str]]:
    """The records from one on, in order; the last one alone, if nothing is kept that an earlier one could change."""
    records = chain_records.c
    query = select(records.sequence, records.record_hash, records.kind, records.subject)
    if sequence is None:
        return query.order_by(records.sequence.desc()).limit(1)
    return query.where(records.sequence >= sequence).order_by(records.sequence)
