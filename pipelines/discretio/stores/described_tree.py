"""A tree of documents of whose dossiers an inventory tells dates and terms."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

import pandas as pd

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import MappingError
from discretio.stores.casting import to_frame
from discretio.stores.document_tree import TREE, TreeReader
from discretio.stores.erasing import NeverErased
from discretio.stores.file_places import FileTree
from discretio.stores.inventory_files import read_inventory
from discretio.stores.port import Extractor, Partition

HOLDS = "holds"
_OWN = ("dossiers", "entries")


class DescribedTree(TreeReader):
    """A tree with an inventory. Its holds are those that the ledger knows.

    Args:
        root: the folder, or whatever else holds files.
        inventory: the file; null if nothing is known of the dossiers but that they are there.
        extract: makes text of the files.
    """

    def __init__(self, root: Path | FileTree, inventory: Path | None, extract: Extractor | None = None) -> None:
        super().__init__(root, extract=extract)
        self._inventory = inventory
        self._extract = extract

    def frames(self) -> frozenset[str]:
        """Dossiers, entries, and what the inventory tells."""
        return super().frames() | self._told().keys() | {HOLDS}

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> pd.DataFrame:
        """The rows of a frame, ordered by key; of dossiers that lie in the tree only."""
        if frame not in self.frames() or frame == "entries":
            return super().read(frame, partition, columns)
        dossiers = super().read("dossiers", partition)
        found = self._rows(frame)
        if frame == "dossiers":
            found = dossiers[["dossier_key"]].merge(found, on="dossier_key", how="left")
            found["kind"] = found["kind"].fillna(dossiers["kind"]) if "kind" in found else dossiers["kind"]
        elif "dossier_key" in found:
            found = found[found["dossier_key"].isin(dossiers["dossier_key"])]
        key = STORE_FRAMES[frame].key
        return found[[one for one in found if columns is None or one in {key, *columns}]].reset_index(drop=True)

    def at(self, root: Path | FileTree) -> DescribedTree:
        """The same inventory of dossiers that lie elsewhere."""
        return DescribedTree(root, self._inventory, self._extract)

    def _told(self) -> dict[str, pd.DataFrame]:
        if self._inventory is None:
            return {}
        told = read_inventory(self._inventory)
        if HOLDS in told:
            raise MappingError(
                "an inventory beside a tree can't be locked, so that it holds no holds",
                where=HOLDS,
                remedy="take them out, and place them by `discretio hold place`",
            )
        return {name: rows for name, rows in told.items() if name != "entries"}

    def _rows(self, frame: str) -> pd.DataFrame:
        definition, rows = STORE_FRAMES[frame], self._told().get(frame)
        if rows is None:
            return to_frame(definition, ["dossier_key"] if frame in _OWN else definition.column_names, [])
        names = [one for one in definition.column_names if one in rows]
        values = rows[names].astype(object).where(rows[names].notna(), None)
        return to_frame(definition, names, list(values.itertuples(index=False, name=None)))


class ReadTree(NeverErased, DescribedTree):
    """The same, only read."""

    kind: ClassVar[str] = TREE
