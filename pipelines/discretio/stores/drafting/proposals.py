"""What a draft proposes: parts of frames and their columns, each with a reason and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from discretio.stores.foreign.yaml_words import quoted


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A column of ours and where its value may come from, as YAML; left out of the mapping if it is only an open question."""

    name: str
    form: str
    confidence: float
    reason: str
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class ProposedPart:
    """A table for a frame, or for a part of one.

    Attributes:
        frame: our frame.
        table: the table.
        columns: our columns.
        confidence: how sure it is that the table belongs there.
        reason: why.
        joins: by name, the join as YAML.
        soft_deleted: the condition as YAML, empty for none.
        of: the table of the entries that an entry_key means.
    """

    frame: str
    table: str
    columns: tuple[ProposedColumn, ...]
    confidence: float
    reason: str
    joins: Mapping[str, str] = field(default_factory=dict)
    soft_deleted: str = ""
    of: str = ""

    @property
    def part(self) -> str:
        """A name for the part: the table's, as one word."""
        return re.sub(r"\W", "_", self.table)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A table that holds text, and isn't mapped; why."""

    table: str
    reason: str


def several(names: Iterable[str]) -> str:
    """One name, or several columns, as YAML."""
    listed = [quoted(name) for name in names]
    return listed[0] if len(listed) == 1 else f"{{columns: [{', '.join(listed)}]}}"
