"""What a reader of a table could work out about a cell that it hides: exact bounds, by flows through its totals.

A table with totals is a network: every count stands in one equation of its row and one of its column, so the least and
greatest whole number that a hidden count can have, given all that is published, is a maximum flow (no linear programming
needed, and no rounding). A direction without totals has no equations: its counts all meet in one free node.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

Place = tuple[int, int]
UNBOUNDED = 10**9


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden count: its value, the bounds that its mark admits, and the two equations (nodes) that it stands in."""

    value: int
    low: int
    high: int
    source: str
    target: str


def width(hidden: Mapping[Place, Hidden], place: Place, enough: int) -> int:
    """How many values a reader can't tell apart there, less one: 0 means that the count is known exactly.

    Args:
        hidden: every hidden count of the table, by place, with its true value.
        place: the one that the reader is after.
        enough: stop counting here; the answer is at most this.

    Returns:
        greatest minus least possible value, at most `enough`.
    """
    cell = hidden[place]
    others = _residual(hidden, place)
    upward = min(cell.high - cell.value, enough)
    rise = _flow(others, (cell.target, cell.source), upward)
    downward = min(cell.value - cell.low, enough - rise)
    return rise + _flow(others, (cell.source, cell.target), downward)


def _residual(hidden: Mapping[Place, Hidden], place: Place) -> dict[str, dict[str, int]]:
    """By how much the other hidden counts can give way: along an arc they grow, against it they shrink."""
    room: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for other, cell in hidden.items():
        if other != place:
            room[cell.source][cell.target] += cell.high - cell.value
            room[cell.target][cell.source] += cell.value - cell.low
    return room


def _flow(room: Mapping[str, Mapping[str, int]], ends: tuple[str, str], limit: int) -> int:
    """The greatest flow between two nodes, at most `limit`."""
    start, end = ends
    if start == end:
        return limit
    left = {node: dict(arcs) for node, arcs in room.items()}
    total = 0
    while total < limit:
        path = _path(left, start, end)
        if not path:
            break
        amount = min(limit - total, *(left[one][other] for one, other in path))
        for one, other in path:
            left[one][other] -= amount
            left[other][one] = left[other].get(one, 0) + amount
        total += amount
    return total


def _path(left: Mapping[str, Mapping[str, int]], start: str, end: str) -> list[tuple[str, str]]:
    """The shortest way with room on every arc; empty if there is none."""
    came_from = {start: start}
    queue = deque([start])
    while queue and end not in came_from:
        node = queue.popleft()
        for other, amount in left.get(node, {}).items():
            if amount > 0 and other not in came_from:
                came_from[other] = node
                queue.append(other)
    if end not in came_from:
        return []
    path: list[tuple[str, str]] = []
    node = end
    while node != start:
        path.append((came_from[node], node))
        node = came_from[node]
    return path
