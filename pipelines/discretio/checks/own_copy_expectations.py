"""The rule over own copies: the agreement of those who shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView, rows_of
from discretio.domain.judgements import consent
from discretio.domain.outcomes import Judgement


class ExpectEveryOwnCopyToBeAgreedByItsIntroducers(RuleExpectation):
    """Who keeps a copy of what others shared has their agreement, given beforehand and not withdrawn."""

    rule_id: ClassVar[str] = consent.RULE_ID
    frame: ClassVar[str] = "own_copies"
    scope_kind: ClassVar[str] = "own_copy"
    controller: ClassVar[str | None] = "holder"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "own_copies": ("copy_key", "entry_key", "holder", "copied_at"),
        "entries": ("entry_key", "introduced_by"),
        "entry_introducers": ("entry_key", "controller_key"),
        "agreements": ("entry_key", "giver", "receiver", "given_at", "withdrawn_at"),
    }

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per copy."""
        copies = store.frames["own_copies"][["entry_key", "holder", "copied_at"]].copy()
        copies["categories"] = store.looked_up(copies["entry_key"], "entries", "entry_key", "categories")
        copies["own_legal_ground"] = store.column("own_copies", "own_legal_ground")
        copied = frozenset(copies["entry_key"])
        introducers, agreements = _introducers(store, copied), _agreements(store, copied)
        answers = []
        for row in rows_of(copies):
            entry = row["entry_key"]
            facts = consent.Facts(
                holder=row["holder"],
                copied_at=row["copied_at"],
                introducers=tuple(introducers.get(entry, ())),
                agreements=tuple(agreements.get(entry, ())),
                categories=row["categories"],
                own_legal_ground=row["own_legal_ground"],
            )
            answers.append(consent.judge(facts, store.under))
        return answers


def _introducers(store: StoreView, copied: frozenset[str]) -> Mapping[str, set[str]]:
    """Who introduced each copied entry: the introducer that stands in it, and any others."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for frame, column in (("entries", "introduced_by"), ("entry_introducers", "controller_key")):
        rows = store.frames[frame]
        told = rows.loc[rows["entry_key"].isin(copied), ["entry_key", column]].dropna()
        for entry, controller in told.itertuples(index=False):
            found[entry].add(controller)
    return found


def _agreements(store: StoreView, copied: frozenset[str]) -> Mapping[str, list[consent.Agreement]]:
    names = ("entry_key", "giver", "receiver", "given_at", "withdrawn_at", "standing", "categories")
    rows = pd.DataFrame({name: store.column("agreements", name) for name in names})
    found: defaultdict[str, list[consent.Agreement]] = defaultdict(list)
    for row in rows_of(rows[rows["entry_key"].isin(copied)]):
        terms = {name: value for name, value in row.items() if name != "entry_key"}
        found[row["entry_key"]].append(consent.Agreement(**terms))
    return found
