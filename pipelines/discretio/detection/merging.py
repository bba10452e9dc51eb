"""From what all finders say to what the detector says: one datum, one detection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import numpy as np

from discretio.domain.detections import Detection

# An identifier with proof owns its digits: a phone number inside a national number, or an amount inside an IBAN, is none.
_OWNERS = (
    "BE_NATIONAL_NUMBER",
    "FR_NIR",
    "IBAN",
    "NOTICE_NUMBER",
    "NL_BSN",
    "DE_TAX_NUMBER",
    "BE_IDENTITY_CARD",
    "BE_HEALTH_PROFESSIONAL",
    "BE_ENTERPRISE",
    "PHONE",
    "EMAIL",
    "PLATE",
    "DATE_OF_BIRTH",
    "IP_ADDRESS",
    "PASSPORT",
    "CASE_REFERENCE",
)
_OWNED = frozenset({*_OWNERS, "ACCOUNT_NAME", "AMOUNT", "AGE", "ADDRESS"})


def resolve(detections: Iterable[Detection]) -> tuple[Detection, ...]:
    """Settle overlaps: proven identifiers win their characters, detections of one class that overlap become one.

    Args:
        detections: in any order.

    Returns:
        The detections by start, then end, then class; each class at most once over any character.
    """
    alone, crowded = _apart(list(detections))
    classes: dict[tuple[Any, ...], list[Detection]] = {}
    for found in _without_losers(_without_contained(crowded)):
        classes.setdefault((found.category, found.flags, found.negated, found.about), []).append(found)
    ordered = sorted(classes.values(), key=lambda members: _class_of(members[0]))
    # Sorting keeps the order of what is equal, so that of two on the same characters the lower class comes first.
    return tuple(sorted((*alone, *(merged for members in ordered for merged in _merged(members))), key=_PLACE))


def _apart(detections: list[Detection]) -> tuple[list[Detection], list[Detection]]:
    """The detections that share no character with another, about which nothing is to be settled, and the others."""
    start, end = (np.fromiter(map(itemgetter(at), detections), np.int64, len(detections)) for at in (0, 1))
    order = np.argsort(start, kind="stable")
    starts, reach = start[order], np.maximum.accumulate(end[order])
    begins = np.ones(len(order) + 1, np.bool_)
    begins[1:-1] = starts[1:] >= reach[:-1]
    apart = begins[:-1] & begins[1:]
    return [detections[at] for at in order[apart].tolist()], [detections[at] for at in order[~apart].tolist()]


_PLACE, _START = itemgetter(0, 1), itemgetter(0)  # of a detection, which is a tuple that begins with its start and end


def _broadest(found: Detection) -> tuple[int, int, float]:
    return found.start, -found.end, -found.score


def _without_contained(detections: Iterable[Detection]) -> list[Detection]:
    """Without those that lie in another of their type that is as sure: Presidio's engine drops them too, so that both agree."""
    by_type: dict[str, list[Detection]] = {}
    for found in detections:
        by_type.setdefault(found.type, []).append(found)
    return [found for _, members in sorted(by_type.items()) for found in _outermost(members)]


def _outermost(members: list[Detection]) -> Iterator[Detection]:
    members.sort(key=_broadest)
    around: list[Detection] = []
    reach = -1
    for found in members:
        if found.start > reach:
            around = []
        elif any(each.end >= found.end and each.score >= found.score and _says_as_much(each, found) for each in around):
            continue
        around.append(found)
        reach = max(reach, found.end)
        yield found


def _says_as_much(around: Detection, found: Detection) -> bool:
    """Whether every class of one is one of the other's: a class that the layer doubts and sets apart is told all the same."""
    return found.category in (None, around.category) and set(found.flags) <= set(around.flags)


def _class_of(found: Detection) -> tuple[Any, ...]:
    return (found.category or 0, found.flags, found.negated, found.about.value)


def _without_losers(detections: list[Detection]) -> list[Detection]:
    rank = {name: position for position, name in enumerate(_OWNERS)}
    proven = sorted(
        (found for found in detections if found.type in _OWNED),
        key=lambda found: (rank.get(found.type, 99), -found.score, found.start),
    )
    kept = [found for found in detections if found.type not in _OWNED]
    taken: set[int] = set()
    for found in proven:
        span = range(found.start, found.end)
        if found.type == "ADDRESS" or taken.isdisjoint(span):
            kept.append(found)
            taken.update(span)
    return kept


def _merged(members: list[Detection]) -> Iterator[Detection]:
    """The detections of one class, those that overlap as one."""
    members.sort(key=_START)
    run: list[Detection] = []
    end = -1
    for found in members:
        if found.start >= end and run:
            yield run[0] if len(run) == 1 else _one(run, end)
            run = []
        end = max(end, found.end)
        run.append(found)
    yield run[0] if len(run) == 1 else _one(run, end)


def _one(run: list[Detection], end: int) -> Detection:
    """The surest of a run of overlapping detections, stretched over all of it."""
    ordered = sorted(run, key=lambda found: (found.start, -found.end, -found.score, found.type, found.why))
    surest = max(ordered, key=lambda found: (found.score, found.end - found.start, -found.start))
    return surest._replace(start=run[0].start, end=end)
