"""Where the model is to speak and to doubt: thresholds that serve the question whether a class is present in an entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from believing import Claimed
from corpus import Instances, Written
from scipy.ndimage import uniform_filter

from discretio.detection.statistical.claims import OPEN_TO_DOUBT
from discretio.detection.statistical.evidence import STRONG, classes_of, units_touched
from discretio.detection.statistical.model import CLASSES
from discretio.detection.statistical.units import units_of
from discretio.domain.labelled import HardNegative, LabelledSpan
from discretio.law.special_classes import Flag

SOUGHT = frozenset(
    {Flag.HEALTH, Flag.CRIMINAL, Flag.ETHNIC_ORIGIN, Flag.POLITICAL, Flag.RELIGIOUS_PHILOSOPHICAL, Flag.SEX_LIFE_ORIENTATION,
     Flag.TRADE_UNION}
)  # fmt: skip
"""Special classes with a goal of recall together with precision."""
PRECISION, RECALL = 0.80, 0.90
PROVEN = frozenset({1, 2})
"""Categories that are shown, by a name, a number, an address, or not there: a resemblance is no evidence of them."""
UNDOUBTED = frozenset({Flag.ETHNIC_ORIGIN, Flag.RELIGIOUS_PHILOSOPHICAL, Flag.SEX_LIFE_ORIENTATION})
"""Classes of which the layer doubts no finder: the plain name of a group is the datum, in whatever sentence. Doubting it won
hardly any precision on any author, and cost up to a fifth of the groups of public sentences in French."""
LEAST_GAIN = 0.005
"""What the layer must add to a class to be kept for it."""
TOLL, RESISTED = 0.3, 30
"""What a class pays, in F1, if it falls for all of its hard negatives, were they many; and how many that it resists stand
beside those of each class, since of a class with few of them one says little."""
QUIET_TOLL = 3.0
"""What a class pays, in F1, if the model speaks in all sentences of neutral text: a point for each three in a thousand."""
STEADY = 7
"""How many neighbouring thresholds, an eighth apart, a threshold is judged together with."""
_GRID = np.linspace(-6.0, 4.0, 81)
_NEVER = -np.inf

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Entries:
    """What the labels, the finders and the model say of each text, by class.

    Attributes:
        labelled: the class is labelled.
        tolerated: a fair scorer would accept it.
        best: the model's best score over the units where no finder surely found it.
        believed: how far the surest detection of it is to be believed; infinity for a proven one, minus infinity for none.
        author: who wrote it.
        traps: hard negatives by class: the text of each, then its class.
        fallen: how far the surest detection that fell for each is to be believed; minus infinity where none did.
        tempted: the model's best score over the units of each where no finder surely found the class.
        quiet_text: units of neutral text: the text of each.
        quiet: the model's score of each where no finder surely found the class.
    """

    labelled: Bools
    tolerated: Bools
    best: Floats
    believed: Floats
    author: npt.NDArray[np.str_]
    traps: npt.NDArray[np.int64]
    fallen: Floats
    tempted: Floats
    quiet_text: npt.NDArray[np.int64]
    quiet: Floats


@dataclass(frozen=True)
class Thresholds:
    """Per class: where the model speaks, and below what it doubts a finder."""

    speak: Floats
    doubt: Floats


def entries_of(texts: Sequence[Written], data: Instances, judged: Floats, claims: Claimed, beliefs: Floats) -> Entries:
    """Add units and claims up to texts."""
    size = (len(texts), len(CLASSES))
    best, believed = np.full(size, _NEVER), np.full(size, _NEVER)
    units = np.flatnonzero(data.is_unit)
    free = data.evidence[units, : len(CLASSES)] == 0
    said = np.where(free, judged[units], _NEVER)
    np.maximum.at(best, data.text[units], said)
    np.maximum.at(believed, (claims.text, claims.columns), beliefs)
    labelled, tolerated = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for number, text in enumerate(texts):
        for span in text.item.spans:
            labelled[number, list(_held(span))] = True
            tolerated[number, list(_tolerated(span))] = True
        for each in text.found:
            if each.score >= STRONG and each.evidence not in OPEN_TO_DOUBT:
                believed[number, list(classes_of(each))] = np.inf
    traps, fallen = _traps(texts, claims, beliefs)
    tempted = _tempted(texts, traps[:, 1], np.searchsorted(data.text[units], np.arange(len(texts))), said)
    authors, quiet = np.array([text.author for text in texts]), data.neutral[units]
    return Entries(
        labelled, tolerated, best, believed, authors, traps, fallen, tempted, data.text[units][quiet], said[quiet]
    )  # fmt: skip


def _traps(texts: Sequence[Written], claims: Claimed, beliefs: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    places = [
        (number, column) for number, text in enumerate(texts) for trap in text.item.hard_negatives for column in _tempting(trap)
    ]
    counts = [len(trap.tempting) + len(trap.tempting_flags) for text in texts for trap in text.item.hard_negatives]
    trap_of = np.repeat(np.arange(len(counts)), counts)
    traps, fallen = np.array(places, np.int64).reshape(-1, 2), np.full(len(places), _NEVER)
    line = {(int(trap), int(column)): at for at, (trap, column) in enumerate(zip(trap_of, traps[:, 1], strict=True))}
    for claim, trap in claims.traps.tolist():
        at = line[trap, int(claims.columns[claim])]
        fallen[at] = max(fallen[at], beliefs[claim])
    return traps, fallen


def _tempting(trap: HardNegative) -> list[int]:
    return [CLASSES.index(Flag(each) if isinstance(each, str) else each) for each in (*trap.tempting, *trap.tempting_flags)]


def _tempted(texts: Sequence[Written], columns: npt.NDArray[np.int64], first: npt.NDArray[np.int64], said: Floats) -> Floats:
    """What the model says of the units of each hard negative, in the order of the traps."""
    touched: list[npt.NDArray[np.int64]] = []
    for number, text in enumerate(texts):
        starts, ends = (each.tolist() for each in units_of(text.item.text))
        for trap in text.item.hard_negatives:
            units = first[number] + np.array(units_touched(trap, starts, ends), np.int64)
            touched += [units] * len(_tempting(trap))
    return np.array([said[units, column].max(initial=_NEVER) for units, column in zip(touched, columns.tolist(), strict=True)])


def _held(span: LabelledSpan) -> Iterator[int]:
    if span.category is not None and not (span.category == 1 and str(span.about) == "professional"):
        yield span.category - 1
    yield from (CLASSES.index(Flag(flag)) for flag in span.flags)


def _tolerated(span: LabelledSpan) -> Iterator[int]:
    yield from _held(span)
    yield from (category - 1 for category in (span.category, *span.alternatives) if category is not None)


def calibrated(entries: Entries, chosen: Bools) -> Thresholds:
    """The thresholds that serve some texts best; a class that the layer does not help keeps its finders alone."""
    pairs = [_best(entries, chosen, column) for column in range(len(CLASSES))]
    return Thresholds(np.array([speak for speak, _ in pairs]), np.array([doubt for _, doubt in pairs]))


def _best(entries: Entries, chosen: Bools, column: int) -> tuple[float, float]:
    labelled, tolerated = entries.labelled[chosen, column], entries.tolerated[chosen, column]
    best, believed = entries.best[chosen, column], entries.believed[chosen, column]
    traps = (entries.traps[:, 1] == column) & chosen[entries.traps[:, 0]]
    fallen, tempted = entries.fallen[traps], entries.tempted[traps]
    quiet = entries.quiet[chosen[entries.quiet_text], column]
    if CLASSES[column] in PROVEN:
        return np.inf, _NEVER
    found = believed > _NEVER
    speaks, doubts = np.array([np.inf, *_GRID]), np.array([_NEVER, *(() if CLASSES[column] in UNDOUBTED else _GRID)])
    top = float(_worth(found, labelled, tolerated, column)) - float(_toll(fallen > _NEVER)) + LEAST_GAIN
    disturbed, tempting = QUIET_TOLL * _share(quiet >= speaks[:, None]), tempted >= speaks[:, None]
    worths = np.empty((len(doubts), len(speaks)))
    for row, doubt in enumerate(doubts):
        worths[row] = _worth((best >= speaks[:, None]) | (found & (believed >= doubt)), labelled, tolerated, column)
        worths[row] -= disturbed + _toll(tempting | ((fallen >= doubt) & (fallen > _NEVER)))
    worths = _steadied(worths)
    row, at = np.unravel_index(worths.argmax(), worths.shape)
    return (float(speaks[at]), float(doubts[row])) if worths[row, at] > top else (np.inf, _NEVER)


def _steadied(worths: Floats) -> Floats:
    """What thresholds are worth together with those about them, so that no few texts choose; never is about no other."""
    steadied = worths.copy()
    for rows, columns in ((slice(1, None), slice(1, None)), (slice(0, 1), slice(1, None)), (slice(1, None), slice(0, 1))):
        part = worths[rows, columns]
        steadied[rows, columns] = uniform_filter(part, np.minimum(STEADY, part.shape), mode="nearest") if part.size else part
    return steadied


def _toll(fallen: Bools) -> Floats:
    return toll(fallen.sum(axis=-1), fallen.shape[-1])


def toll(fallen: Floats, tempting: int) -> Floats:
    """What a class pays for hard negatives: so many fallen for of so many that tempt to it."""
    paid: Floats = TOLL * fallen / (tempting + RESISTED)
    return paid


def _share(held: Bools) -> Floats:
    share: Floats = held.mean(axis=-1) if held.shape[-1] else np.zeros(held.shape[:-1])
    return share


def _worth(present: Bools, labelled: Bools, tolerated: Bools, column: int) -> Floats:
    hits = (present & labelled).sum(axis=-1)
    alarms, misses = (present & ~tolerated).sum(axis=-1), (labelled & ~present).sum(axis=-1)
    return worth(hits / np.maximum(hits + alarms, 1), hits / np.maximum(hits + misses, 1), column)


def worth(precision: Floats, recall: Floats, column: int) -> Floats:
    """F1, less what a special class lacks to its precision and to its recall."""
    f1: Floats = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    if CLASSES[column] not in SOUGHT:
        return f1
    return f1 - (np.maximum(0.0, PRECISION - precision) + np.maximum(0.0, RECALL - recall))


def present(entries: Entries, thresholds: Thresholds, chosen: Bools) -> Bools:
    """Whether each class is present in some texts, as finders and model say together."""
    believed = entries.believed[chosen]
    kept = (believed >= thresholds.doubt) & (believed > _NEVER)
    said: Bools = kept | (entries.best[chosen] >= thresholds.speak)
    return said
