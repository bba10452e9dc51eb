"""What a scan gathers of one partition before it is recorded: rows with surrogate ids, kinds and offsets, never a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from typing import Any

import pandas as pd

from discretio.domain.detections import Detection
from discretio.law.special_classes import flags_mask
from discretio.ledger import locator
from discretio.ledger.connection import Ledger
from discretio.ledger.findings import DECLARED_COLUMNS, EXAMINED_COLUMNS, FINDING_COLUMNS, GAPS, PART
from discretio.steps.detecting import Looked
from discretio.steps.entry_facts import EntryFacts
from discretio.steps.gaps import Gaps
from discretio.stores.port import TextUnit


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of a store: an entry, or an attachment of it; keys are the store's own."""

    dossier_key: str
    entry_key: str
    attachment_key: str | None


class UnitNames:
    """The surrogate ids of a partition's units, and a digest of what each holds under one version of the detector.

    Args:
        ledger: the ledger.
        store_id: the store.
        facts: what is known of the entries.
        digests: (entry key, attachment key or null, digest of the content) for every unit.
        version: of the detector.
    """

    def __init__(
        self, ledger: Ledger, store_id: int, facts: EntryFacts, digests: Iterable[tuple[str, str | None, str]], version: str
    ) -> None:
        self._ledger = ledger
        self._store_id = store_id
        units = {(entry, attachment): facts.stamped(entry, digest) for entry, attachment, digest in digests}
        dossiers = self.of("dossier", set(facts.dossiers.values()))
        homes = {entry: dossiers[dossier] for entry, dossier in facts.dossiers.items()}
        self._entries = self.of("entry", {entry for entry, _ in units}, homes)
        attached = {attachment: homes[entry] for entry, attachment in units if attachment and entry in homes}
        self._attachments = self.of("attachment", {attachment for _, attachment in units if attachment}, attached)
        self.digests = {self._id(*unit): f"{version}:{digest}" for unit, digest in units.items()}

    def of(self, kind: str, keys: Iterable[str], dossier_of: dict[str, str] | None = None) -> dict[str, str]:
        """The surrogate ids of these keys; with `dossier_of` they are forgotten with their dossiers."""
        return locator.surrogates(self._ledger, self._store_id, kind, sorted(keys), dossier_of=dossier_of)

    def unit(self, unit: Unit) -> str | None:
        """The surrogate id of a unit: the attachment's, else the entry's; None if it came after the digests."""
        return self.of_unit(unit.entry_key, unit.attachment_key)

    def of_unit(self, entry_key: str, attachment_key: str | None) -> str | None:
        """The surrogate id of the unit with these keys; None if it came after the digests."""
        known = entry_key in self._entries and (attachment_key is None or attachment_key in self._attachments)
        return self._id(entry_key, attachment_key) if known else None

    def entry(self, unit: Unit) -> str:
        """The surrogate id of the entry that a unit belongs to."""
        return self._entries[unit.entry_key]

    def _id(self, entry_key: str, attachment_key: str | None) -> str:
        return self._attachments[attachment_key] if attachment_key else self._entries[entry_key]


class ScanRows:
    """The rows of one partition, filled unit by unit."""

    def __init__(self, names: UnitNames, facts: EntryFacts, at: datetime) -> None:
        self._names = names
        self._facts = facts
        self._at = at
        self._found: list[dict[str, Any]] = []
        self._examined: list[dict[str, Any]] = []

    def examine(self, unit: Unit, windows: Iterable[Looked]) -> None:
        """Take what was found in every window of a unit; what the store or the detector could not read, with its reason."""
        scope: dict[str, Any] = {}
        length, gaps = 0, Gaps()
        for (window, result), own in _shares(windows):
            scope = scope or self._scope(unit, window)
            length = window.offset + len(window.text)
            gaps.take(window.part, [window.not_examined, *(part.reason for part in result.not_examined)])
            rows = (_finding(window, detection) for detection in result.detections)
            self._found += [scope | found for found in rows if found["start"] in own]
        read = {"characters": length, "not_examined": gaps.gravest(), GAPS: gaps.listed()}
        self._examined.append(scope | self._declared(unit, scope) | read)

    def findings(self) -> pd.DataFrame:
        """One row per detection."""
        return self._named(self._found, (*FINDING_COLUMNS, PART))

    def examined(self) -> pd.DataFrame:
        """One row per unit read in this run."""
        return self._named(self._examined, (*EXAMINED_COLUMNS, *DECLARED_COLUMNS, GAPS))

    def _scope(self, unit: Unit, window: TextUnit) -> dict[str, Any]:
        unit_id = self._names.unit(unit)
        return {
            "unit_id": unit_id,
            "dossier_id": unit.dossier_key,
            "entry_id": self._names.entry(unit),
            "attachment_id": unit_id if unit.attachment_key else None,
            "controller_id": window.introduced_by,
        }

    def _declared(self, unit: Unit, scope: dict[str, Any]) -> dict[str, Any]:
        return {
            "content_hash": self._names.digests.get(scope["unit_id"]),
            "examined_at": self._at,
            "declared_categories": self._facts.categories.get(unit.entry_key),
            "declared_flags": self._facts.flags.get(unit.entry_key),
        }

    def _named(self, rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=list(columns))
        for column, kind in (("dossier_id", "dossier"), ("controller_id", "controller")):
            if not frame.empty:
                frame[column] = frame[column].map(self._names.of(kind, frame[column].dropna().unique()))
        return frame


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


def _finding(window: TextUnit, detection: Detection) -> dict[str, Any]:
    return {
        "category": detection.category,
        "flags": flags_mask(detection.flags),
        "type": detection.type,
        "lang": detection.lang,
        "score": detection.score,
        "negated": detection.negated,
        "about": detection.about.value,
        "evidence": detection.evidence.value,
        "start": window.offset + detection.start,
        "end": window.offset + detection.end,
        PART: window.part,
    }
