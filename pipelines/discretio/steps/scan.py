"""Scan a store for special-category data, a partition at a time; only what changed since the last scan is read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby, pairwise

from discretio.errors import UsageError
from discretio.ledger import findings, locator, runs, stores
from discretio.ledger.partitions import FrozenPartition, frozen_partitions, record_partitions
from discretio.steps.detecting import Looked, looked_at
from discretio.steps.entry_facts import EntryFacts
from discretio.steps.extracting import SETTLED
from discretio.steps.run_records import DONE, failing_is_recorded
from discretio.steps.scan_rows import ScanRows, Unit, UnitNames
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore, Partition

DOSSIERS_PER_PARTITION = 250
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
    partitions = store.partitions(DOSSIERS_PER_PARTITION)
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
    frozen = frozen_partitions(place.ledger, run_id)
    keys = locator.natural_keys(place.ledger, [part.first_id for part in frozen if part.first_id])
    if any(part.first_id not in keys for part in frozen if part.first_id) or not frozen:
        raise UsageError("the partitions of this scan are not known any more", where=run_id, remedy="start a new scan")
    firsts = [*(keys[part.first_id] if part.first_id else None for part in frozen), None]
    return [
        Partition(part.number, first, None, part.dossiers, before=before)
        for part, (first, before) in zip(frozen, pairwise(firsts), strict=True)
    ]


def scan_partition(place: Workplace, run_id: str, number: int, *, full: bool = False) -> int:
    """Scan one partition and record what was found; doing it twice leaves what doing it once does.

    Args:
        place: the collaborators.
        run_id: the run that begin_scan started.
        number: the partition's number.
        full: read everything again, also what did not change since the last scan.

    Returns:
        How many units of text were read.

    Raises:
        StoreUnavailableError: the store died in the middle; nothing of this partition is recorded.
    """
    record, store = _store_of(place, run_id)
    partition = partitions_of(place, run_id)[number]
    facts = EntryFacts.read(store, partition)
    names = UnitNames(place.ledger, record.store_id, facts, store.digests(partition), place.detector_version())
    skipped = set() if full else findings.unchanged(place.ledger, record.store_id, names.digests, SETTLED)
    wanted = names.digests.keys() - skipped
    rows = ScanRows(names, facts, place.now())
    texts = store.texts(partition, lambda entry, attachment: names.of_unit(entry, attachment) in wanted)
    changed = (text for text in texts if names.of_unit(text.entry_key, text.attachment_key) in wanted) if wanted else ()
    for unit, windows in _units(looked_at(changed, place.detector, lambda text: facts.names.get(text.dossier_key, ()))):
        rows.examine(unit, windows)
    examined = rows.examined()
    if not examined.empty:
        findings.record_partition(place.ledger, run_id, record.store_id, rows.findings(), examined)
    return len(examined)


def finish_scan(place: Workplace, run_id: str) -> ScanCounts:
    """Drop what the store no longer has, and close the run with its counts.

    Returns:
        What the whole run gave, from the ledger.
    """
    record, store = _store_of(place, run_id)
    findings.drop_units(place.ledger, run_id, sorted(_vanished(place, record.store_id, store)))
    no_ocr = findings.gap_counts(place.ledger, record.store_id).get(NO_OCR, 0)
    counts = ScanCounts(**findings.run_counts(place.ledger, run_id, record.store_id), no_ocr=no_ocr)
    runs.finish_run(place.ledger, run_id, DONE, asdict(counts), place.now())
    return counts


def scan_in_turn(place: Workplace, run_id: str, *, full: bool = False) -> Iterator[tuple[int, int]]:
    """Scan every partition in this process; yields (done, all) after each. A scan that breaks off is recorded as FAILED."""
    with failing_is_recorded(place, run_id):
        partitions = partitions_of(place, run_id)
        for partition in partitions:
            scan_partition(place, run_id, partition.number, full=full)
            yield partition.number + 1, len(partitions)


def _vanished(place: Workplace, store_id: int, store: DossierStore) -> set[str]:
    """The units that the ledger knows of and the store does not any more."""
    entries = set(store.read("entries")["entry_key"])
    present = set(locator.surrogates(place.ledger, store_id, "entry", sorted(entries)).values())
    if "attachments" in store.frames():
        frame = store.read("attachments")
        attached = frame[frame["entry_key"].isin(entries)]["attachment_key"]
        present |= set(locator.surrogates(place.ledger, store_id, "attachment", sorted(attached)).values())
    return findings.known_units(place.ledger, store_id) - present


def _units(looked: Iterator[Looked]) -> Iterator[tuple[Unit, Iterator[Looked]]]:
    for key, windows in groupby(looked, key=lambda one: (one.text.dossier_key, one.text.entry_key, one.text.attachment_key)):
        yield Unit(*key), windows


def _store_of(place: Workplace, run_id: str) -> tuple[stores.StoreRecord, DossierStore]:
    store_id = runs.run(place.ledger, run_id).start.store_id
    record = next(record for record in stores.stores(place.ledger) if record.store_id == store_id)
    return record, place.open_store(record.name)
