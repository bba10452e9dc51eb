"""The published tables cell by cell, as every derived form walks through them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from discretio.domain.suppression import COMPLEMENTARY, Cell


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell with the codes that place it."""

    section: str
    table: str
    row_kind: str
    row: str
    column_kind: str
    column: str
    value: Cell

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """The least and the greatest number that it may stand for: equal for a count; None where nothing is said.

        "<5" stands for 1 to 4, "5-9" for itself, "c" for any number.
        """
        if isinstance(self.value, int):
            return self.value, self.value
        if self.value == COMPLEMENTARY:
            return None, None
        if self.value.startswith("<"):
            return 1, int(self.value[1:]) - 1
        low, high = self.value.split("-")
        return int(low), int(high)


def published_cells(document: Mapping[str, Any]) -> Iterator[PublishedCell]:
    """Every cell of a published document, in its order."""
    for section in document["sections"]:
        for table in section["tables"]:
            kinds = table["row_kind"], table["column_kind"]
            for row, cells in zip(table["rows"], table["cells"], strict=True):
                for column, value in zip(table["columns"], cells, strict=True):
                    yield PublishedCell(section["id"], table["id"], kinds[0], row, kinds[1], column, value)
