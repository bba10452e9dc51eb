"""Look for copies of a store's contents outside the stores (ART2-3-3-ONLY-TWO-STORES), under a mandate only.

By the digest of whole contents, and by marks of long passages. The marks are made with a key that is drawn for one search and
forgotten with it; what stays are surrogate ids and counts.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.mandates import Mandate
from discretio.ledger.shadow_copies import SearchRecord, ShadowCopy, record_search
from discretio.steps.mandates import standing_mandate
from discretio.steps.passage_index import HeldUnit, PassageIndex
from discretio.steps.run_records import recorded_run
from discretio.steps.workplace import Workplace
from discretio.stores.file_places import TreeFile
from discretio.stores.outside_files import OutsideFiles
from discretio.stores.port import DossierStore

OUTSIDE_FILE = "outside_file"
SMALLEST = 256
"""Bytes of the smallest file that is known by its digest alone: shorter notes are alike by chance."""

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """What a search gave: contents of the store looked for, and not (they can't be read); files seen, with copies, not read."""

    run_id: str
    contents: int
    not_looked_for: int
    files: int
    files_with_copies: int
    copies: int
    not_examined: int


@dataclass
class _Looked:
    """What was seen so far: by file and unit, whether it is there whole, and the marks that are the same."""

    files: int = 0
    gaps: Counter[str] = field(default_factory=Counter)
    unread: set[str] = field(default_factory=set)
    found: dict[tuple[str, HeldUnit], tuple[bool, int]] = field(default_factory=dict)


def search(place: Workplace, target: str, mandate_id: str) -> SearchCounts:
    """Search the place that a mandate names for copies of what its store holds.

    Args:
        place: the collaborators.
        target: the place, as the mandate names it.
        mandate_id: the mandate.

    Raises:
        UsageError: there is no such place or mandate, or the mandate is for another place.
        ApprovalError: the mandate is forged, or doesn't stand today.
        StoreUnavailableError: the store or the place can't be reached; nothing is recorded as searched.
    """
    outside = place.open_outside(target)
    mandate = standing_mandate(place, mandate_id, outside.locator)
    store_name = next(one.name for one in stores.stores(place.ledger) if one.store_id == mandate.store_id)
    policy = place.policy_on(server_date(place.ledger))
    with recorded_run(place, policy, "shadow_search", mandate.store_id) as run:
        index, not_looked_for = _indexed(place.open_store(store_name))
        looked = _looked_at(outside, index)
        copies = _named(place, mandate, looked)
        gaps = dict(looked.gaps) | ({"store_not_examined": not_looked_for} if not_looked_for else {})
        record = SearchRecord(run.run_id, mandate_id, not gaps, gaps, place.now())
        record_search(place.ledger, record, copies)
        counts = SearchCounts(
            run_id=run.run_id,
            contents=len(index.units),
            not_looked_for=not_looked_for,
            files=looked.files,
            files_with_copies=len({file for file, _ in looked.found}),
            copies=len(copies),
            not_examined=len(looked.unread),
        )
        run.counts.update({name: getattr(counts, name) for name in counts.__slots__ if name != "run_id"})
    return counts


def _indexed(store: DossierStore) -> tuple[PassageIndex, int]:
    """What the store holds, and how many of its contents could not (wholly) be read."""
    index = PassageIndex(secrets.token_bytes(_KEY_BYTES))
    unread: set[HeldUnit] = set()
    homes: dict[str, str] = {}
    for text in store.texts():
        unit = HeldUnit(text.dossier_key, text.entry_key, text.attachment_key)
        homes[text.entry_key] = text.dossier_key
        index.add_text(unit, text.text)
        if text.not_examined is not None:
            unread.add(unit)
    for entry_key, attachment_key, digest in store.digests():
        if entry_key in homes:
            index.add_digest(HeldUnit(homes[entry_key], entry_key, attachment_key), digest)
    return index, len(unread)


def _looked_at(outside: OutsideFiles, index: PassageIndex) -> _Looked:
    looked = _Looked()
    for file in outside.files():
        looked.files += 1
        passages: defaultdict[int, set[int]] = defaultdict(set)
        for text, problem in _texts(outside, file):
            if problem is not None:
                looked.gaps[problem] += 1
                looked.unread.add(file.entry_key)
            for number, marks in index.passages(text).items():
                passages[number] |= marks
        whole = index.same_bytes(outside.digests(file)) if (file.size or 0) >= SMALLEST else set()
        for number in whole | passages.keys():
            looked.found[file.entry_key, index.units[number]] = (number in whole, len(passages.get(number, ())))
    return looked


def _texts(outside: OutsideFiles, file: TreeFile) -> Iterator[tuple[str, str | None]]:
    for piece in outside.texts(file):
        yield piece.text, piece.not_examined


def _named(place: Workplace, mandate: Mandate, looked: _Looked) -> list[ShadowCopy]:
    """What was found, under surrogate ids."""
    units = {unit for _, unit in looked.found}
    dossiers = _surrogates(place, mandate, "dossier", {unit.dossier_key: "" for unit in units})
    files = _surrogates(place, mandate, OUTSIDE_FILE, {f"{mandate.location_id}/{file}": "" for file, _ in looked.found})
    entries = {unit.entry_key: dossiers[unit.dossier_key] for unit in units if unit.attachment_key is None}
    attached = {unit.attachment_key: dossiers[unit.dossier_key] for unit in units if unit.attachment_key is not None}
    named = {
        "entry": _surrogates(place, mandate, "entry", entries),
        "attachment": _surrogates(place, mandate, "attachment", attached),
    }
    return [
        ShadowCopy(
            file_id=files[f"{mandate.location_id}/{file}"],
            unit_id=named["attachment"][unit.attachment_key] if unit.attachment_key else named["entry"][unit.entry_key],
            dossier_id=dossiers[unit.dossier_key],
            whole=whole,
            marks=marks,
        )
        for (file, unit), (whole, marks) in looked.found.items()
    ]


def _surrogates(place: Workplace, mandate: Mandate, kind: str, homes: dict[str, str]) -> dict[str, str]:
    within = {key: home for key, home in homes.items() if home}
    return locator.surrogates(place.ledger, mandate.store_id, kind, sorted(homes), dossier_of=within)
