"""From what all finders say to what the detector says: one datum, one detection."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

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
    return tuple(
        sorted(_merged(_without_losers(list(detections))), key=lambda found: (found.start, found.end, _class_of(found)))
    )


def _class_of(found: Detection) -> tuple[object, ...]:
    return (found.category or 0, found.flags, found.negated, found.about.value)


def _without_losers(detections: list[Detection]) -> list[Detection]:
    rank = {name: position for position, name in enumerate(_OWNERS)}
    proven = sorted(
        (found for found in detections if found.type in _OWNED),
        key=lambda found: (rank.get(found.type, 99), -found.score, found.start),
    )
    others = [found for found in detections if found.type not in _OWNED]
    taken: set[int] = set()
    kept = []
    for found in proven:
        span = range(found.start, found.end)
        if found.type == "ADDRESS" or not taken.intersection(span):
            kept.append(found)
            taken.update(span)
    return kept + others


def _merged(detections: list[Detection]) -> list[Detection]:
    merged = []
    ordered = sorted(
        detections, key=lambda found: (_class_of(found), found.start, -found.end, -found.score, found.type, found.why)
    )
    for _, group in groupby(ordered, key=_class_of):
        run: list[Detection] = []
        end = -1
        for found in group:
            if run and found.start >= end:
                merged.append(_one(run, end))
                run = []
            end = max(end, found.end) if run else found.end
            run.append(found)
        merged.append(_one(run, end))
    return merged


def _one(run: list[Detection], end: int) -> Detection:
    """The surest of a run of overlapping detections, stretched over all of it."""
    if len(run) == 1:
        return run[0]
    surest = max(run, key=lambda found: (found.score, found.end - found.start, -found.start))
    return surest._replace(start=run[0].start, end=end)
