"""What was read of the ledger, kept until something else is recorded there: each change of it is a record of the chain."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from sqlalchemy import Connection, select

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
        self._seen = 0
        self._kept: dict[str, Any] = {}

    def look(self, connection: Connection) -> None:
        """Forget everything if anybody else recorded something since the last look."""
        records = chain_records.c
        query = select(records.sequence, records.kind, records.subject).where(records.sequence > self._seen)
        if not self._kept:
            query = query.order_by(records.sequence.desc()).limit(1)
        for sequence, *told in connection.execute(query):
            self._seen = max(self._seen, sequence)
            if tuple(told) not in self._own:
                self._kept.clear()

    def kept(self, name: str, read: Callable[[], Read]) -> Read:
        """What was read under this name since something else was recorded, as the last `look` found; else it is read now."""
        # What is recorded after the look comes to light at the next one, even if it was read here already.
        if name not in self._kept:
            self._kept[name] = read()
        found: Read = self._kept[name]
        return found
