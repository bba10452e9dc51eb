"""A random sample of the entries that were examined, spread over strata, so that what the scan missed can be estimated."""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from discretio.domain.triage.priority import SENSITIVE_CATEGORIES
from discretio.errors import UsageError
from discretio.law.special_classes import categories_of

UNKNOWN_LANGUAGE = "unknown"


class Declared(StrEnum):
    """What an entry declares, as far as a stratum goes."""

    NOTHING = "NOTHING"
    ORDINARY = "ORDINARY"
    SENSITIVE = "SENSITIVE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, order=True)
class Stratum:
    """Entries of a store that are alike: in one language, declaring one kind of thing."""

    lang: str
    declared: Declared


def declared_kind(mask: int | None) -> Declared:
    """The kind of what an entry declares, given as bits; None if the store doesn't tell."""
    if mask is None:
        return Declared.UNKNOWN
    categories = set(categories_of(mask))
    if not categories:
        return Declared.NOTHING
    return Declared.SENSITIVE if categories & SENSITIVE_CATEGORIES else Declared.ORDINARY


def allocated(sizes: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many to draw from each stratum: one at least, else in proportion (Sainte-Laguë), never more than there are.

    Args:
        sizes: how many entries each stratum holds.
        size: how many to draw in all; all there are, if that is fewer.

    Raises:
        UsageError: fewer than there are strata, so that one would go unseen.
    """
    filled = {stratum: number for stratum, number in sizes.items() if number}
    if size < len(filled):
        raise UsageError(
            "the sample is smaller than the number of its strata",
            where=str(size),
            remedy=f"draw at least {len(filled)} entries",
        )
    shares = dict.fromkeys(filled, 1)
    waiting = [(-number / 3, stratum) for stratum, number in filled.items() if number > 1]
    heapq.heapify(waiting)
    for _ in range(min(size, sum(filled.values())) - len(filled)):
        _, stratum = heapq.heappop(waiting)
        shares[stratum] += 1
        if shares[stratum] < filled[stratum]:
            heapq.heappush(waiting, (-filled[stratum] / (2 * shares[stratum] + 1), stratum))
    return shares


def drawn(entries: Mapping[Stratum, Sequence[str]], size: int, seed: int) -> dict[Stratum, list[str]]:
    """The sample: from each stratum its share, each entry as likely as any other of its stratum.

    The same seed draws the same from the same entries, so that an outsider can see that nothing was chosen by hand.

    Raises:
        UsageError: the size is below the number of strata.
    """
    shares = allocated({stratum: len(ids) for stratum, ids in entries.items()}, size)
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, not a secret
    return {stratum: sorted(chance.sample(sorted(entries[stratum]), shares[stratum])) for stratum in sorted(shares)}
