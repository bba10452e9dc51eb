"""Chapter F: own copies, why they are kept, for how long, and how well."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import with_any, words_beyond
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.own_dossier import extra_rules, insufficiency, keeping, quality

SHARED = "SHARED"


class ExpectEveryOwnCopyToHaveAReason(FactsRule):
    """An own copy says why the shared dossier doesn't suffice, before it is made, for a purpose of the consultation."""

    judge: ClassVar[ModuleType | None] = insufficiency
    frame: ClassVar[str] = "own_copies"
    controller: ClassVar[str | None] = "holder"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "own_copies": ("dossier_key", "holder", "purpose"),
        "dossiers": ("dossier_key", "kind", "consultation_key"),
        "consultations": ("consultation_key", "purposes"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Its purpose beside the consultation's, and how often its holder gives the same reason."""
        copies, dossiers = store.frames["own_copies"], store.frames["dossiers"]
        consultations = store.looked_up(copies["dossier_key"], "dossiers", "dossier_key", "consultation_key")
        purposes = store.looked_up(consultations, "consultations", "consultation_key", "purposes")
        shared = dossiers.loc[dossiers["kind"] == SHARED, "consultation_key"].dropna()
        held = copies.groupby("holder")["copy_key"].transform("count")
        same = copies.groupby(["holder", "insufficiency_reason"])["copy_key"].transform("count")
        return {
            "serves_purpose": ~words_beyond(copies["purpose"], purposes),
            "has_shared_dossier": with_any(consultations, shared),
            "copies": held,
            "same_reason": same / held,
        }


class ExpectEveryOwnCopyToBeKeptUpToDate(FactsRule):
    """The quality of an own copy is checked every year, and it follows its source."""

    judge: ClassVar[ModuleType | None] = quality
    frame: ClassVar[str] = "own_copies"
    controller: ClassVar[str | None] = "holder"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"own_copies": ("holder",)}


class ExpectNoOwnCopyToOutliveItsTerm(FactsRule):
    """An own copy ends with its need and with the cap, unless the organic law of its holder says otherwise."""

    judge: ClassVar[ModuleType | None] = keeping
    frame: ClassVar[str] = "own_copies"
    controller: ClassVar[str | None] = "holder"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "own_copies": ("dossier_key", "holder", "own_file_status", "own_file_closed_at", "own_file_closed_precision"),
        "dossiers": ("dossier_key", "kind", "status", "closed_at", "closed_precision"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The closure of the shared dossier, or of the holder's own file where there is none."""
        copies = store.frames["own_copies"]
        keys = copies["dossier_key"]
        is_shared = store.looked_up(keys, "dossiers", "dossier_key", "kind") == SHARED
        own = {"status": "own_file_status", "closed_at": "own_file_closed_at", "closed_precision": "own_file_closed_precision"}
        return {
            name: store.looked_up(keys, "dossiers", "dossier_key", name).where(is_shared, copies[column])
            for name, column in own.items()
        }


class ExpectEveryOwnCopyToKeepToItsProtocol(FactsRule):
    """An own copy keeps to what the protocol of its consultation adds to the law."""

    judge: ClassVar[ModuleType | None] = extra_rules
    frame: ClassVar[str] = "own_copies"
    controller: ClassVar[str | None] = "holder"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "own_copies": ("dossier_key", "entry_key", "holder"),
        "dossiers": ("dossier_key", "consultation_key", "closed_at", "closed_precision"),
        "entries": ("entry_key", "categories"),
        "extra_rules": ("consultation_key", "kind", "categories", "term"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The extra rules of its consultation, and the closure of its dossier."""
        copies, rules = store.frames["own_copies"], store.frames["extra_rules"]
        named = ("consultation_key", "closed_at", "closed_precision")
        told = {name: store.looked_up(copies["dossier_key"], "dossiers", "dossier_key", name) for name in named}
        consultations = told.pop("consultation_key")
        kinds = _joined(consultations, rules.assign(kind=rules["kind"].fillna("UNKNOWN")), "kind")
        shorter = rules[rules["kind"] == extra_rules.SHORTER_TERM].dropna(subset=["term"])
        bans = rules[rules["kind"] == extra_rules.CATEGORY_BAN].groupby("consultation_key")["categories"].agg(_any_bit)
        held = store.looked_up(copies["entry_key"], "entries", "entry_key", "categories")
        banned = [
            None if pd.isna(own) else bool(int(own) & ban) for own, ban in zip(held, _bits(consultations, bans), strict=True)
        ]
        return {
            "kinds": kinds.mask(consultations.isna()),
            "holds_banned_category": pd.Series(banned, index=copies.index, dtype="boolean"),
            "terms": _joined(consultations, shorter, "term").replace("", None),
            **told,
        }


def _joined(consultations: pd.Series[Any], rules: pd.DataFrame, column: str) -> pd.Series[Any]:
    """For each consultation the words of a column of its rules, with | between; empty where it has none."""
    words = rules.groupby("consultation_key")[column].agg(lambda found: "|".join(sorted(set(found)))).to_dict()
    return pd.Series([words.get(key, "") for key in consultations], index=consultations.index, dtype="str")


def _any_bit(masks: pd.Series[Any]) -> int:
    return reduce(or_, (int(mask) for mask in masks), 0)


def _bits(keys: pd.Series[Any], masks: pd.Series[Any]) -> list[int]:
    return [int(mask) for mask in keys.map(masks).fillna(0)]
