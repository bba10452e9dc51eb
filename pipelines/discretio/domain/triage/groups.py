"""The priority of a dossier or of a participant: that of its most urgent item, then how many items are as urgent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from discretio.domain.triage.priority import Band, Priority


@dataclass(frozen=True, slots=True)
class GroupPriority:
    """A dossier or a participant: points and band of its most urgent item, its items by band, and how many are overdue.

    Sums over items would rank a large dossier above a grave one, so there are none.
    """

    key: str
    points: int
    band: Band
    by_band: dict[Band, int]
    overdue: int


def grouped(items: Iterable[tuple[str, Priority, bool]]) -> list[GroupPriority]:
    """The groups, the most urgent first.

    Args:
        items: of each item that waits, the key of its group, its priority, and whether something is overdue.
    """
    members: dict[str, list[tuple[Priority, bool]]] = {}
    for key, priority, overdue in items:
        members.setdefault(key, []).append((priority, overdue))
    groups = [_group(key, theirs) for key, theirs in members.items()]
    return sorted(groups, key=lambda group: (-group.points, *(-group.by_band[band] for band in Band), group.key))


def _group(key: str, members: list[tuple[Priority, bool]]) -> GroupPriority:
    gravest = max((priority for priority, _ in members), key=lambda priority: priority.points)
    by_band = {band: sum(priority.band is band for priority, _ in members) for band in Band}
    return GroupPriority(key, gravest.points, gravest.band, by_band, sum(overdue for _, overdue in members))
