"""What a scan writes down of the units it reads: surrogate ids, kinds and offsets, never a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from discretio.domain.detections import Detection
from discretio.law.special_classes import flags_mask
from discretio.ledger.recording import Found, Recording, UnitRead, UnitScope
from discretio.steps.detecting import Looked
from discretio.steps.entry_facts import EntryFacts
from discretio.steps.gaps import Gaps
from discretio.steps.quarantining import STOPPED, Watch
from discretio.steps.unit_names import UnitNames
from discretio.stores.port import TextUnit, UnitKey

_mask = cache(flags_mask)
_word = cache(str)  # of a kind or an evidence: few, asked for with each finding


class UnitHashes(NamedTuple):
    """Keyed hashes of a unit: with the detector's version, so that a new one reads it again, and without."""

    content: str
    record: str


class ScanRows:
    """Hands on what was found, unit by unit.

    Args:
        recording: writes it down.
        names: the surrogate ids of the units.
        facts: what is known of the entries.
        at: when they are examined.
        watch: stops the reading of what may not be there.
    """

    def __init__(self, recording: Recording, names: UnitNames, facts: EntryFacts, at: datetime, watch: Watch) -> None:
        self._recording = recording
        self._names = names
        self._facts = facts
        self._at = at
        self._watch = watch

    def examine(self, unit: UnitKey, hashes: UnitHashes, windows: Iterable[Looked]) -> None:
        """Take what was found in every window of a unit; what the store or the detector could not read, with its reason."""
        length, gaps, begun = 0, Gaps(), False
        for (window, result), own in _shares(self._watch.seen(windows)):
            if not begun:
                self._recording.begin(self._scope(unit, window), self._read(unit, hashes))
                begun = True
            length = window.offset + len(window.text)
            gaps.take(window.part, [window.not_examined, *(part.reason for part in result.not_examined)])
            self._recording.find(_found(window, result.detections, own))
        gaps.take(None, [STOPPED] if self._watch.unread(unit) else [])
        self._recording.end(length, gaps.gravest(), gaps.listed())

    def _scope(self, unit: UnitKey, window: TextUnit) -> UnitScope:
        unit_id, introducer = self._names.unit(unit), window.introduced_by
        return UnitScope(
            unit_id,
            self._names.one("dossier", window.dossier_key),
            self._names.entry(window.entry_key),
            unit_id if window.attachment_key else None,
            None if introducer is None else self._names.one("controller", introducer),
        )

    def _read(self, unit: UnitKey, hashes: UnitHashes) -> UnitRead:
        entry = unit[0]
        declared = (self._facts.categories.get(entry), self._facts.flags.get(entry))
        return UnitRead(hashes.content, self._at, *declared, record_hash=hashes.record)


def _shares(windows: Iterable[Looked]) -> Iterator[tuple[Looked, range]]:
    """Each window with the stretch that is its own: it shares an overlap with its neighbours half and half.

    A datum across a border of one window is whole in the other, and counts once: where it begins.
    """
    begin = 0
    for window, following in pairwise(chain(windows, (None,))):
        if window is not None:
            reached = window.text.offset + len(window.text.text)
            end = reached if following is None else (following.text.offset + reached) // 2
            yield window, range(begin, end)
            begin = end


def _found(window: TextUnit, detections: Iterable[Detection], own: range) -> Iterator[Found]:
    offset, part = window.offset, window.part
    for one in detections:
        start = offset + one.start
        if start in own:
            yield Found(
                one.category, _mask(one.flags), one.type, one.lang, one.score, one.negated, _word(one.about),
                _word(one.evidence), start, offset + one.end, part,
            )  # fmt: skip
