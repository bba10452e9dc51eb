"""Chapter J: reports of youth protection, and what is taken from them."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.data_expectations import EntryRule, examined, found
from discretio.checks.gathering import gathered, per_row
from discretio.checks.row_facts import any_of
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.youth import deposits, minors, reuse

_COURT, _YOUTH_JUDGE = "COURT", "YOUTH_JUDGE"


class ExpectNoYouthReportToBeDeposited(EntryRule):
    """No youth report is attached to an entry or pasted into it."""

    judge: ClassVar[ModuleType | None] = deposits
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "attachments": ("entry_key", "doc_type"),
        "entry_findings": ("entry_key", "detected_flags", "examined"),
        "report_overlaps": ("entry_key", "percent", "characters"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What is attached, what the scan found, and how much of a known report the entry repeats."""
        keys, attached = store.frames["entries"]["entry_key"], store.frames["attachments"]
        most = store.frames["report_overlaps"].groupby("entry_key")[["percent", "characters"]].max()
        return {
            "doc_types": words_per_key(keys, attached["entry_key"], attached["doc_type"]),
            "flags": found(store, "detected_flags"),
            "examined": examined(store),
            "characters": keys.map(most["characters"]),
            "percent": keys.map(most["percent"]),
        }


class ExpectYouthElementsToServeNoOtherProcedure(EntryRule):
    """What comes from a youth report is neither copied nor disclosed into another procedure."""

    judge: ClassVar[ModuleType | None] = reuse
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "own_copies": ("entry_key", "holder"),
        "disclosures": ("entry_key", "recipient_kind", "legal_ground"),
        "controllers": ("controller_key", "kind"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who holds a copy, and on which grounds it went to others than the youth judge."""
        keys, copies, passed = store.frames["entries"]["entry_key"], store.frames["own_copies"], store.frames["disclosures"]
        kinds = store.looked_up(copies["holder"], "controllers", "controller_key", "kind")
        outside = passed[passed["recipient_kind"] != _YOUTH_JUDGE]
        return {
            "copied": any_of(keys, copies["entry_key"], (kinds != _COURT).astype("boolean").mask(kinds.isna())),
            "grounds": words_per_key(keys, outside["entry_key"], outside["legal_ground"]),
        }


class ExpectMinorsToComeFirst(EntryRule):
    """What is found about a minor counts as graver and is reviewed soon, and again after coming of age."""

    judge: ClassVar[ModuleType | None] = minors
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("dossier_key", "person_key"),
        "persons": ("person_key", "birth_date"),
        "recorded_findings": ("entry_key", "found_at", "severity_raised", "reviewed_at"),
        "necessity_reviews": ("dossier_key", "reviewed_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """When its person was born, what was found about it, and when its dossier was last reviewed."""
        entries, reviews = store.frames["entries"], store.frames["necessity_reviews"]
        columns = {name: name for name in ("found_at", "severity_raised", "reviewed_at")}
        findings = gathered(store.frames["recorded_findings"], "entry_key", minors.Found, columns)
        return {
            "birth_date": store.looked_up(entries["person_key"], "persons", "person_key", "birth_date"),
            "findings": per_row(entries["entry_key"], findings),
            "last_review_at": told_by(entries["dossier_key"], reviews.groupby("dossier_key")["reviewed_at"].max()),
        }


def words_per_key(keys: pd.Series[Any], by: pd.Series[Any], words: pd.Series[Any]) -> pd.Series[Any]:
    """For each key the words of its rows, with | between: empty where it has none, null where none is told and one is null."""
    listed = words.dropna().groupby(by).agg(lambda found: "|".join(sorted(set(found))))
    told = keys.map(listed).astype("object")
    return told.fillna("").mask(told.isna() & keys.isin(set(by[words.isna()])), None)
