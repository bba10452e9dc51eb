"""What the scan missed: draw examined entries, take the reviewers' answers. The DPO sees ids and answers.

Nearly every entry holds some finding (a name is one), so entries without any would tell next to nothing of the rest: all are
drawn from, and each category is judged on the entries in which it was not found.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from discretio.domain.approvals import Person, Role
from discretio.domain.sampling import UNKNOWN_LANGUAGE, Declared, Stratum, declared_kind, drawn
from discretio.errors import ApprovalError, UsageError
from discretio.law.special_classes import CATEGORY_NUMBERS
from discretio.ledger import findings, stores
from discretio.ledger.samples import (
    DrawnEntry,
    SampleRecord,
    StratumRecord,
    load_sample,
    new_sample_id,
    record_answers,
    sampled_entries,
    save_sample,
)
from discretio.steps.acting import acting
from discretio.steps.sample_answers import read_answers
from discretio.steps.surrogates import without_keys
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace

SIZE = 300
HEAD = ("entry", "categories")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample that was drawn: its record, how many entries, and how many could not be drawn since nobody introduced them."""

    sample: SampleRecord
    entries: int
    left_out: int


def draw_sample(place: Workplace, store_name: str, as_of: date, *, size: int = SIZE, seed: int) -> Drawn:
    """Draw from the wholly examined entries, stratified by language and by what they declare.

    Args:
        place: the collaborators.
        store_name: a registered store that was scanned.
        as_of: the day under whose policy findings count.
        size: how many entries.
        seed: any number; it is recorded, so that the draw can be repeated.

    Raises:
        UsageError: nothing can be drawn, or fewer than one per stratum.
        StoreUnavailableError: the store can't be read.
    """
    record = stores.store_named(place.ledger, store_name)
    known = examined_entries(place, store_name, as_of)
    owned = known[known["introduced_by"] != ""].set_index("entry_key")
    if owned.empty:
        raise UsageError("there is no examined entry to draw", where=store_name, remedy="scan the store first")
    groups: dict[Stratum, list[str]] = {}
    for entry, *parts in owned[["lang", "declared"]].itertuples():
        groups.setdefault(Stratum(*parts), []).append(entry)
    chosen = [entry for ids in drawn(groups, size, seed).values() for entry in ids]
    parts = _parts(owned, chosen)
    numbers = {(part.controller_id, part.lang, part.declared): part.number for part in parts}
    rows = owned.loc[chosen, ["introduced_by", "lang", "declared", "dossier_key", "detected"]].itertuples()
    entries = [DrawnEntry(numbers[key[0], key[1], key[2].value], entry, key[3], key[4]) for entry, *key in rows]
    sample = SampleRecord(new_sample_id(), record.store_id, as_of, seed, place.now(), tuple(parts))
    save_sample(place.ledger, sample, entries)
    return Drawn(sample, len(entries), len(known) - len(owned))


def _parts(owned: pd.DataFrame, chosen: Sequence[str]) -> list[StratumRecord]:
    """Each introducer's part of each stratum, drawn from or not."""
    is_chosen = owned.index.isin(chosen)
    groups = owned.assign(chosen=is_chosen).groupby(["introduced_by", "lang", "declared"], sort=True)
    return [_part(number, key, frame) for number, (key, frame) in enumerate(groups)]


def _part(number: int, key: tuple[Any, ...], frame: pd.DataFrame) -> StratumRecord:
    controller, lang, declared = key
    detected = frame["detected"]
    undetected = {str(category): int((detected // (1 << category) % 2 == 0).sum()) for category in CATEGORY_NUMBERS}
    kind = Declared(declared).value
    return StratumRecord(number, controller, lang, kind, len(frame), int(frame["chosen"].sum()), undetected)


def write_sheet(place: Workplace, sample_id: str, login: str, path: Path) -> int:
    """Write the ids that a reviewer is to look at, as CSV with a column for his answers; returns how many.

    Raises:
        UsageError: there is no such sample, or the file can't be written.
        ApprovalError: the person is neither a reviewer nor a DPO.
    """
    mine = _seen_by(place, acting(place, login), sample_id)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((entry, "") for entry in mine["entry_id"])
    with whole_file(path) as file:
        file.write(text.getvalue().encode())
    return len(mine)


def answer_sample(place: Workplace, sample_id: str, login: str, path: Path) -> int:
    """Take a reviewer's answers: all of a file, or, if a line of it is wrong, nothing; returns how many.

    Raises:
        UsageError: a line names an entry that is not his in this sample, or something that is no category.
        ApprovalError: the person is no reviewer.
    """
    person = acting(place, login)
    if Role.REVIEWER not in person.roles:
        raise ApprovalError(
            "only a reviewer of the introducing participant may answer", remedy="let one of its reviewers answer"
        )
    mine = _seen_by(place, person, sample_id)
    numbers = dict(zip(mine["entry_id"], mine["number"].tolist(), strict=True))
    answers = read_answers(path, numbers)
    if answers:
        record_answers(place.ledger, sample_id, person.person_id, answers)
    return len(answers)


def _seen_by(place: Workplace, person: Person, sample_id: str) -> pd.DataFrame:
    """The entries of a sample that a person may see and that were not erased since."""
    if not {Role.REVIEWER, Role.DPO} & person.roles:
        raise ApprovalError("only a reviewer or a DPO sees a sample", remedy="discretio people enrol makes one")
    sample = load_sample(place.ledger, sample_id)
    every = Role.DPO in person.roles and not person.controllers
    ours = {stratum.number for stratum in sample.strata if every or stratum.controller_id in person.controllers}
    entries = sampled_entries(place.ledger, sample_id)
    return entries[entries["stratum"].isin(ours) & entries["entry_id"].notna()].reset_index(drop=True)


def examined_entries(place: Workplace, store_name: str, as_of: date) -> pd.DataFrame:
    """entry_key, dossier_key, introduced_by, lang, declared, detected (bits) of every entry that was wholly examined."""
    record = stores.store_named(place.ledger, store_name)
    threshold = place.policy_on(as_of).number("detection.threshold")
    found = findings.entry_findings(place.ledger, record.store_id, threshold)
    detected = found[found["examined"].fillna(value=False)].set_index("entry_key")["detected_categories"]
    frame = without_keys({"entries": place.open_store(store_name).read("entries")}, place.ledger, record.store_id)["entries"]
    frame = frame[frame["entry_key"].isin(detected.index)].reset_index(drop=True)
    for column, otherwise in (("introduced_by", ""), ("lang", UNKNOWN_LANGUAGE)):
        frame[column] = frame[column].fillna(otherwise) if column in frame else otherwise
    masks = frame["categories"].tolist() if "categories" in frame else [None] * len(frame)
    kinds = [declared_kind(None if pd.isna(mask) else int(mask)) for mask in masks]
    return frame.assign(declared=kinds, detected=frame["entry_key"].map(detected).astype("int64"))
