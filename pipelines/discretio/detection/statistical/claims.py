"""What finders claim of a text: each class of each detection that the model may weigh."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from discretio.detection.passage import Passage
from discretio.detection.statistical.evidence import STRONG, classes_of
from discretio.detection.statistical.features import Hashes, Rows
from discretio.detection.statistical.units import in_folded
from discretio.domain.detections import Detection, Evidence

OPEN_TO_DOUBT = frozenset({Evidence.LEXICON, Evidence.CONTEXT, Evidence.PATTERN})


@dataclass(frozen=True, slots=True)
class Claims:
    """What finders claim: each line is one class of one detection.

    Attributes:
        found: the detection.
        columns: the class, as a column of the model.
        begins: where the detection begins in the folded data.
        ends: one after its last byte there.
        units: the unit in which it begins.
        kinds: numbers for its type, its score and its language.
    """

    found: Sequence[Detection]
    columns: Rows
    begins: Rows
    ends: Rows
    units: Rows
    kinds: Hashes

    def within(self, first: int, last: int) -> Rows:
        """The claims of certain units."""
        return np.flatnonzero((self.units >= first) & (self.units < last))


def claims_of(passage: Passage, found: Iterable[Detection], starts: Rows, columns: Collection[int]) -> Claims:
    """The claims that the model may weigh: strong, and not proven.

    Args:
        passage: the text.
        found: what the finders say of it.
        starts: where its units begin.
        columns: the classes that are asked for.
    """
    open_ = ((each, list(classes_of(each))) for each in found if each.score >= STRONG and each.evidence in OPEN_TO_DOUBT)
    lines = [(each, column) for each, held in open_ for column in held if column in columns]
    detections = [each for each, _ in lines]
    begins = np.array([each.start for each in detections], np.int64)
    kinds = [_kind(each.type, each.score, each.lang) for each in detections]
    return Claims(
        detections, np.array([column for _, column in lines], np.int64),
        in_folded(passage, begins),
        in_folded(passage, np.array([each.end for each in detections], np.int64)),
        np.searchsorted(starts, begins, side="right") - 1, np.array(kinds, np.uint64).reshape(-1, 3),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _kind(type_: str, score: float, lang: str) -> tuple[int, int, int]:
    return crc32(type_.encode()), round(20 * score), crc32(lang.encode())
