"""The exact bounds of a hidden count, by integer linear programming (SciPy's HiGHS)."""

from __future__ import annotations

from discretio.domain.linked_counts import Count, LinkedCounts

_FAR = 10_000
"""How far a count may move from its true value; wide enough for any threshold, and a nearer bound only closes more."""


def width(counts: LinkedCounts, count: Count) -> int:
    """Greatest minus least whole number that a hidden count can have, at most twice `_FAR`."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - half a second that no other command needs

    unknowns = _connected(counts, count)
    equations = [equation for equation in counts.equations if equation.keys() <= set(unknowns)]
    if not equations:
        low, high = _room(counts, count)
        return high - low
    rows = [[equation.get(one, 0) for one in unknowns] for equation in equations]
    rooms = [_room(counts, one) for one in unknowns]
    bounds = Bounds([low for low, _ in rooms], [high for _, high in rooms])
    aim = [int(one == count) for one in unknowns]
    ends: list[int] = []
    for direction in (1, -1):
        goal = [direction * number for number in aim]
        found = milp(goal, constraints=LinearConstraint(rows, 0, 0), bounds=bounds, integrality=1)
        if found.fun is None:
            return 0  # not solved: nothing is proven, so that it counts as known
        ends.append(direction * round(float(found.fun)))
    return ends[1] - ends[0]


def _room(counts: LinkedCounts, count: Count) -> tuple[int, int]:
    """By how much a count can be less or more than it is, as its mark says."""
    low, high = counts.hidden[count]
    return max(low - count.value, -_FAR), min(high - count.value, _FAR)


def _connected(counts: LinkedCounts, count: Count) -> list[Count]:
    """The counts that any chain of equations joins to this one, itself first."""
    found, waiting = {count: None}, [count]
    while waiting:
        here = waiting.pop()
        for equation in counts.equations:
            if here in equation:
                more = [other for other in equation if other not in found]
                found |= dict.fromkeys(more)
                waiting += more
    return list(found)
