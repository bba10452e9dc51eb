"""From what a check answered to the items of triage: one per failing scope, or per category found in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import pandas as pd

from discretio.domain.frames import KNOWN_FRAMES
from discretio.domain.judgements.reasons import Reason
from discretio.domain.outcomes import STORE_SCOPE, Outcome
from discretio.domain.triage.policy_marks import evidence_mark, policy_mark
from discretio.law.policy import ResolvedPolicy
from discretio.law.special_classes import CATEGORY_NUMBERS, SPECIAL_DATA, flags_mask
from discretio.ledger import finding_groups
from discretio.ledger.triage_items import ITEM_COLUMNS, refresh_items
from discretio.steps.triage_minors import minors_by_dossier
from discretio.steps.workplace import Workplace

_OF_FINDINGS = {Reason.UNDECLARED_CATEGORY_FOUND.value: "category", Reason.UNDECLARED_SPECIAL_DATA.value: "flag"}
_TO_TRIAGE = (Outcome.FAIL.value, Outcome.WARN.value)
_LONGEST = 200
_PARTS = {"types": "type", "evidence": "evidence", "langs": "lang"}


def refresh_triage(
    place: Workplace, store_id: int, policy: ResolvedPolicy, outcomes: pd.DataFrame, frames: Mapping[str, pd.DataFrame]
) -> dict[str, int]:
    """Bring the items of triage up to what a check answered.

    Args:
        place: the collaborators.
        store_id: the store that was checked.
        policy: under which policy, on which day.
        outcomes: the frame OUTCOMES of the rules that ran, with surrogates.
        frames: the frames that were judged, with surrogates.

    Returns:
        How many items are new, found again, and gone.
    """
    failing = outcomes[outcomes["outcome"].isin(_TO_TRIAGE) & (outcomes["scope_kind"] != STORE_SCOPE)]
    failing = failing[failing["rule_id"].isin(policy.rules)]
    items = failing.rename(columns={"scope_key": "scope_id", "dossier_key": "dossier_id", "controller_key": "controller_id"})
    items = items.assign(target="", evidence="", types="", langs="")
    of_findings = items["reason"].isin(_OF_FINDINGS)
    taken_apart = _by_target(place, store_id, items[of_findings], policy.number("detection.threshold"))
    items = pd.concat([items[~of_findings], taken_apart], ignore_index=True)
    items = _with_marks(items, policy)
    items = items.assign(
        minor=items["dossier_id"].map(minors_by_dossier(frames, policy)).astype("boolean"),
        record_hash=_records(place, store_id, items, frames),
    )
    rules = frozenset(outcomes["rule_id"].dropna())
    return refresh_items(place.ledger, store_id, rules, items[list(ITEM_COLUMNS)], policy.as_of)


def _by_target(place: Workplace, store_id: int, items: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Each item once for every category or class that was found and not declared, with what showed it."""
    groups = _undeclared(place, store_id, frozenset(items["scope_id"]), threshold)
    parts = ["target", "evidence", "types", "langs"]
    bare = items.drop(columns=parts).assign(of=items["reason"].map(_OF_FINDINGS))
    # A failing scope of which nothing is found any more (a scan came between) stays an item as a whole.
    joined = bare.merge(groups, left_on=["scope_id", "of"], right_on=["entry_id", "of"], how="left")
    return joined.assign(**joined[parts].fillna("")).drop(columns=["of", "entry_id"])


def _undeclared(place: Workplace, store_id: int, entries: frozenset[str], threshold: float) -> pd.DataFrame:
    """entry_id, of (category or flag), target, types, evidence, langs: what was found in these entries and not declared."""
    found = finding_groups.finding_groups(place.ledger, store_id, threshold)
    found = found[found["entry_id"].isin(entries)]
    found = found.merge(finding_groups.declarations(place.ledger, store_id), on="entry_id", how="left")
    rows: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for of, target, shown in _targets(found.fillna({"declared_categories": 0, "declared_flags": 0})):
        for entry_id, *words in zip(*(shown[name] for name in ("entry_id", *_PARTS.values())), strict=True):
            parts = rows.setdefault((entry_id, of, target), {name: set() for name in _PARTS})
            for name, word in zip(_PARTS, words, strict=True):
                parts[name].add(word)
    named = [dict(zip(("entry_id", "of", "target"), key, strict=True)) | _joined(parts) for key, parts in rows.items()]
    return pd.DataFrame(named, columns=["entry_id", "of", "target", *_PARTS])


def _targets(found: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """For each category and special class, the groups of findings that show it in an entry that doesn't declare it."""
    for number in CATEGORY_NUMBERS:
        undeclared = found["declared_categories"] // (1 << number) % 2 == 0
        yield "category", f"category_{number}", found[(found["category"] == number).fillna(value=False) & undeclared]
    for flag in SPECIAL_DATA:
        bit = flags_mask([flag])
        undeclared = found["declared_flags"] // bit % 2 == 0
        yield "flag", flag.value, found[(found["flags"] // bit % 2 == 1) & undeclared]


def _joined(parts: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: "+".join(sorted(words))[:_LONGEST] for name, words in parts.items()}


def _with_marks(items: pd.DataFrame, policy: ResolvedPolicy) -> pd.DataFrame:
    marks = {rule_id: policy_mark(policy, rule_id) for rule_id in items["rule_id"].unique()}
    severities = {rule_id: policy.rules[rule_id].severity for rule_id in marks}
    shown = [evidence_mark(*row) for row in zip(items["outcome"], items["reason"], items["evidence"], strict=True)]
    return items.assign(policy_hash=items["rule_id"].map(marks), severity=items["rule_id"].map(severities), evidence_hash=shown)


def _records(place: Workplace, store_id: int, items: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """A digest of the record behind each item: its row in every frame that it is the scope of, and an entry's texts."""
    texts = finding_groups.entry_records(place.ledger, store_id)
    rows: dict[tuple[str, str], str] = {}
    for kind, scopes in items.groupby("scope_kind")["scope_id"]:
        for scope_id, digest in _row_digests(str(kind), frozenset(scopes), frames):
            rows[str(kind), scope_id] = rows.get((str(kind), scope_id), "") + digest
    keys = zip(items["scope_kind"], items["scope_id"], strict=True)
    return [rows.get((kind, scope), "") + (texts.get(scope, "") if kind == "entry" else "") for kind, scope in keys]


def _row_digests(kind: str, scopes: frozenset[str], frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    for name in sorted(frames.keys() & KNOWN_FRAMES.keys()):
        key = KNOWN_FRAMES[name].key
        if KNOWN_FRAMES[name].scope != kind or key not in frames[name]:
            continue
        frame = frames[name][frames[name][key].isin(scopes)].sort_index(axis="columns")
        for scope_id, *row in frame[[key, *(column for column in frame.columns if column != key)]].itertuples(index=False):
            yield scope_id, hashlib.sha256(repr([str(value) for value in row]).encode()).hexdigest()
