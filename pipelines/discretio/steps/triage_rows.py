"""Rows of the ledger to items of triage as they stand on a day: status, priority, what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from discretio.domain.triage.ageing import overdue
from discretio.domain.triage.priority import PriorityTable, Traits, priority
from discretio.domain.triage.standing import Binding, standing
from discretio.law.periods import Period
from discretio.ledger import stores
from discretio.ledger.triage_events import SaidOfItem
from discretio.steps.workplace import Workplace

Item = TypeVar("Item")
_PLAIN = (
    "item_id", "rule_id", "scope_kind", "scope_id", "dossier_id", "controller_id", "target", "outcome", "reason", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """What rows are judged by: the day, the points, how long an answer may take, and the names of the stores."""

    as_of: date
    table: PriorityTable
    within: Period
    names: Mapping[int, str]

    @classmethod
    def at(cls, place: Workplace, as_of: date) -> Rows:
        """What rows are judged by on a day."""
        names = {record.store_id: record.name for record in stores.stores(place.ledger)}
        return cls(as_of, place.priorities(), place.policy_on(as_of).period("triage.answer_within"), names)

    def built(self, frame: pd.DataFrame, said: Mapping[str, Sequence[SaidOfItem]], into: Callable[..., Item]) -> list[Item]:
        """An item per row.

        Args:
            frame: as `ledger.triage_items.items_of` gives it.
            said: what was said, by item.
            into: builds an item from its fields as named arguments.
        """
        return [into(**self._fields(row, said.get(row["item_id"], ()))) for row in frame.to_dict("records")]

    def _fields(self, row: Mapping[Any, Any], said: Sequence[SaidOfItem]) -> dict[str, object]:
        bound = Binding(row["record_hash"], row["policy_hash"], row["evidence_hash"])
        since: date = row["first_seen"]
        stands = standing([one.event for one in said], bound, self.as_of, gone=row["gone_on"] is not None)
        traits = Traits(row["severity"], row["outcome"], row["target"], _truth(row["minor"]), since)
        return {name: _text(row[name]) for name in _PLAIN} | {
            "store": self.names[row["store_id"]],
            "first_seen": since,
            "standing": stands,
            "priority": priority(traits, self.table, self.as_of),
            "overdue": overdue(stands, since, self.as_of, self.within),
            "bound": bound,
        }


def _text(value: Any) -> str:  # noqa: ANN401 - a text or any null
    return "" if pd.isna(value) else str(value)


def _truth(value: Any) -> bool | None:  # noqa: ANN401 - a truth value or any null
    return None if pd.isna(value) else bool(value)
