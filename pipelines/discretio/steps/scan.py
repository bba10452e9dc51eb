"""Scan a store for special-category data, a partition at a time; only what changed since the last scan is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby, pairwise

from discretio.errors import UsageError
from discretio.ledger import findings, locator, runs, stores, units
from discretio.ledger.partitions import FrozenPartition, frozen_partitions, record_partitions
from discretio.ledger.recording import Recording
from discretio.steps.detecting import Looked, looked_at
from discretio.steps.entry_facts import EntryFacts
from discretio.steps.extracting import SETTLED
from discretio.steps.quarantining import raise_new_alerts, watch_over, without_quarantined
from discretio.steps.run_records import DONE, failing_is_recorded
from discretio.steps.scan_rows import ScanRows, UnitHashes
from discretio.steps.standing_figures import of_scan
from discretio.steps.unit_names import UnitNames
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, Partition, UnitKey

DOSSIERS_PER_PARTITION = 2_000
NO_OCR = "no_ocr"


@dataclass(frozen=True, slots=True)
class ScanCounts:
    """What a scan gave: units of text known, units read, detections in them, units not (wholly) examined, characters.

    `not_examined` counts all known units, also those that an earlier scan could not read and that did not change since.
    `no_ocr` are those of them in which pictures of text could not be recognised, for want of a program that can.
    """

    units: int = 0
    read: int = 0
    detections: int = 0
    not_examined: int = 0
    no_ocr: int = 0
    characters: int = 0


def begin_scan(place: Workplace, store_name: str, as_of: date) -> str:
    """Start a scan run, once the store is seen to be readable, and freeze its partitions.

    Raises:
        StoreUnavailableError: the store can't be read.
        StoreContentError: it holds what can't be.
    """
    record = stores.store_named(place.ledger, store_name)
    store = place.open_store(store_name)
    policy = place.policy_on(as_of)
    store.check()
    partitions = store.partitions(DOSSIERS_PER_PARTITION, place.settings.partition_bytes)
    firsts = [partition.first or "" for partition in partitions[1:]]
    ids = locator.surrogates(place.ledger, record.store_id, "dossier", firsts)
    # The first range is open towards the beginning, the last towards the end: no dossier that comes later falls between.
    dossiers = [partition.dossiers for partition in partitions] or [0]
    frozen = [FrozenPartition(0, None, dossiers[0])]
    frozen += [FrozenPartition(number, ids[first], dossiers[number]) for number, first in enumerate(firsts, start=1)]
    run_id = runs.start_run(place.ledger, runs.RunStart.under(policy, "scan", record.store_id, place.now()))
    record_partitions(place.ledger, run_id, frozen)
    return run_id


def partitions_of(place: Workplace, run_id: str) -> list[Partition]:
    """The partitions of a run, as they were frozen when it began: together they cover every dossier, whatever came since.

    Raises:
        UsageError: the run is unknown, or the dossier at which a partition begins was erased since.
    """
    return _thawed(place, run_id, frozen_partitions(place.ledger, run_id))


def _partition_of(place: Workplace, run_id: str, number: int) -> Partition:
    """One of them, without asking for the keys of all."""
    return _thawed(place, run_id, frozen_partitions(place.ledger, run_id)[number : number + 2])[0]


def _thawed(place: Workplace, run_id: str, frozen: list[FrozenPartition]) -> list[Partition]:
    """Consecutive partitions; each ends where the next one begins, the last one at the end of the store."""
    keys = locator.natural_keys(place.ledger, [part.first_id for part in frozen if part.first_id])
    if any(part.first_id not in keys for part in frozen if part.first_id) or not frozen:
        raise UsageError("the partitions of this scan are not known any more", where=run_id, remedy="start a new scan")
    firsts = [*(keys[part.first_id] if part.first_id else None for part in frozen), None]
    return [
        Partition(part.number, first, None, part.dossiers, before=before)
        for part, (first, before) in zip(frozen, pairwise(firsts), strict=True)
    ]


def scan_partition(place: Workplace, run_id: str, number: int, *, full: bool = False) -> int:
    """Scan one partition and record what was found, in batches; doing it twice leaves what doing it once does.

    Args:
        place: the collaborators.
        run_id: the run that begin_scan started.
        number: the partition's number.
        full: read everything again, also what did not change since the last scan.

    Returns:
        How many units of text were read.

    Raises:
        StoreUnavailableError: the store died in the middle; the units recorded until then stay recorded, each whole.
    """
    record, store = _store_of(place, run_id)
    partition = _partition_of(place, run_id, number)
    facts = EntryFacts.read(store, partition)
    names = UnitNames(place.ledger, record.store_id, facts)
    version = place.detector_version()
    stamps = facts.stamped(version, store.versions(partition))
    known = units.compared(place.ledger, record.store_id, names.dossier_ids, stamps, SETTLED)
    due = dict(known.hashes) if full else {unit: known.hashes[unit] for unit in known.changed}
    names.name(due)
    due = without_quarantined(place, record.store_id, names, due)
    units.miss_units(place.ledger, run_id, known.unmatched.difference(names.unit_ids))
    if due:
        recording = Recording(place.ledger, run_id, record.store_id)
        watch = watch_over(place, due)
        rows = ScanRows(recording, names, facts, place.now(), watch)
        texts = store.texts(partition, None if len(due) == len(stamps) else due.keys())
        # What came after the digests were read waits for the next scan.
        changed = (text for text in watch.allowed(texts) if (text.entry_key, text.attachment_key) in due)
        for unit, windows in _units(looked_at(changed, place.detector, lambda text: facts.names.get(text.dossier_key, ()))):
            record_hash = units.record_hash(place.ledger, stamps[unit].removeprefix(f"{version}:"))
            rows.examine(unit, UnitHashes(due[unit], record_hash), windows)
        recording.flush()
    return len(due)


def finish_scan(place: Workplace, run_id: str) -> ScanCounts:
    """Drop what the store no longer has, and close the run with its counts.

    Returns:
        What the whole run gave, from the ledger.
    """
    record, store = _store_of(place, run_id)
    units.drop_missed(place.ledger, run_id, _vanished(place, record.store_id, store))
    raise_new_alerts(place, run_id, record.store_id)
    no_ocr = findings.gap_counts(place.ledger, record.store_id).get(NO_OCR, 0)
    counts = ScanCounts(**findings.run_counts(place.ledger, run_id, record.store_id), no_ocr=no_ocr)
    runs.finish_run(place.ledger, run_id, DONE, asdict(counts) | of_scan(place.ledger, record.store_id), place.now())
    return counts


def scan_in_turn(place: Workplace, run_id: str, *, full: bool = False) -> Iterator[tuple[int, int]]:
    """Scan every partition in this process; yields (done, all) after each. A scan that breaks off is recorded as FAILED."""
    with failing_is_recorded(place, run_id):
        partitions = partitions_of(place, run_id)
        for partition in partitions:
            scan_partition(place, run_id, partition.number, full=full)
            yield partition.number + 1, len(partitions)


def _vanished(place: Workplace, store_id: int, store: DossierStore) -> set[str]:
    """The dossiers that the ledger knows of and the store does not any more, neither in its list nor by an entry."""
    gone = units.known_dossiers(place.ledger, store_id)
    for frame in ("dossiers", "entries"):
        if gone and frame in store.frames():
            keys = store.read(frame, None, ("dossier_key",))["dossier_key"].unique()
            gone -= set(locator.surrogates(place.ledger, store_id, "dossier", list(keys)).values())
    return gone


def _units(looked: Iterator[Looked]) -> Iterator[tuple[UnitKey, Iterator[Looked]]]:
    return groupby(looked, key=lambda one: (one.text.entry_key, one.text.attachment_key))


def _store_of(place: Workplace, run_id: str) -> tuple[stores.StoreRecord, DossierStore]:
    store_id = runs.run(place.ledger, run_id).start.store_id
    record = next(record for record in stores.stores(place.ledger) if record.store_id == store_id)
    return record, place.open_store(record.name)
