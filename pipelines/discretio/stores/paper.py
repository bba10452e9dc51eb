"""Dossiers on paper ("physique"): an inventory in a reference store of its own, which tells dates, terms and holders.

Nobody reads what is on the paper, and deleting a row destroys none: a purge waits for the signed note that says who did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from discretio.stores.layout import Layout
from discretio.stores.port import Partition, TextUnit, UnitKey
from discretio.stores.reference import ReferenceStore

ON_PAPER = "on_paper"
PAPER_URL = "paper+"
"""What stands before the URL of an inventory's database."""
INVENTORIED = ("controllers", "dossiers", "dossier_events", "sessions", "holds", "necessity_reviews")
"""The frames that an inventory holds, beside one entry per dossier, of which nothing is known but that it is there."""

_ENTRY = ("entry_key", "dossier_key", "text")


class PaperInventory(ReferenceStore):
    """An inventory of dossiers on paper.

    Args:
        url: PAPER_URL and the SQLAlchemy URL of its database, without a password.
        environment: where the password may stand; the process's own by default.
    """

    kind: ClassVar[str] = "paper_inventory"

    def __init__(self, url: str, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(url.removeprefix(PAPER_URL), environment)

    @property
    def locator(self) -> str:
        """The database's URL, without a password, marked as that of an inventory."""
        return PAPER_URL + self.database.locator

    @property
    def layout(self) -> Layout:
        """What an inventory tells: rules that ask for more are NOT_CHECKABLE, not met."""
        whole = super().layout
        entries = whole["entries"]
        bare = replace(entries, columns={name: entries.columns[name] for name in _ENTRY})
        return {name: whole[name] for name in INVENTORIED} | {"entries": bare}

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """One gap per dossier: its content is on paper."""
        for unit in super().texts(partition, wanted):
            yield replace(unit, text="", not_examined=ON_PAPER)
