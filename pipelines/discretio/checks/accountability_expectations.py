"""Chapter K: what each controller has to show: record, assessment, contracts, breaches, corrections, destructions."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import any_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.accountability import (
    archives,
    arrangements,
    breaches,
    impact,
    processing_record,
    recipients_told,
)


class ControllerRule(FactsRule):
    """A rule over controllers."""

    frame: ClassVar[str] = "controllers"
    controller: ClassVar[str | None] = "controller_key"


class ExpectEveryRecordOfProcessingToBeUpToDate(ControllerRule):
    """Each participant's record of processing lists what the scan finds, and the terms in force."""

    judge: ClassVar[ModuleType | None] = processing_record
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "processing_records": ("controller_key", "purpose", "recipients", "security", "categories", "policy_set"),
        "entries": ("entry_key", "introduced_by", "categories"),
        "entry_findings": ("entry_key", "detected_categories"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The record, and the categories of what was introduced, declared or found."""
        keys, records = store.frames["controllers"]["controller_key"], store.frames["processing_records"]
        entries, findings = store.frames["entries"], store.frames["entry_findings"]
        blank = (
            records[["purpose", "recipients", "security"]].fillna("").apply(lambda words: words.str.strip() == "").any(axis=1)
        )
        by = store.looked_up(findings["entry_key"], "entries", "entry_key", "introduced_by")
        held = pd.concat([
            pd.DataFrame({"by": entries["introduced_by"], "bits": entries["categories"]}),
            pd.DataFrame({"by": by, "bits": findings["detected_categories"]}),
        ])  # fmt: skip
        return {
            "has_record": keys.isin(records["controller_key"]).astype("boolean"),
            "complete": ~any_of(keys, records["controller_key"], blank),
            "record_policy_set": store.looked_up(keys, "processing_records", "controller_key", "policy_set"),
            "recorded": keys.map(_bits(records["controller_key"], records["categories"])),
            "held": keys.map(_bits(held["by"], held["bits"])).fillna(0),
        }


class ExpectImpactsToBeAssessedBeforehand(ControllerRule):
    """Each participant assessed the impact before its first entry, and reviews it."""

    judge: ClassVar[ModuleType | None] = impact
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "impact_assessments": (
            "controller_key", "covers", "made_at", "reviewed_at", "changed_at", "residual_risk", "consulted_at",
        ),
        "entries": ("introduced_by", "introduced_at"),
    }  # fmt: skip

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The last assessment, and the first entry."""
        keys, assessed, entries = (
            store.frames["controllers"]["controller_key"], store.frames["impact_assessments"], store.frames["entries"],
        )  # fmt: skip
        last = assessed.sort_values("made_at", na_position="first", kind="stable")
        last = last.drop_duplicates("controller_key", keep="last").set_index("controller_key")
        named = ("covers", "made_at", "reviewed_at", "changed_at", "residual_risk", "consulted_at")
        return {name: last[name].reindex(keys).set_axis(keys.index) for name in named} | {
            "has_assessment": keys.isin(assessed["controller_key"]).astype("boolean"),
            "first_entry_at": entries.groupby("introduced_by")["introduced_at"].min().reindex(keys).set_axis(keys.index),
        }


class ExpectHostsToBeUnderContract(FactsRule):
    """Each participant whose data another keeps has a contract with that host, from its first entry on."""

    judge: ClassVar[ModuleType | None] = arrangements
    frame: ClassVar[str] = "dossier_participants"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossier_participants": ("dossier_key", "controller_key"),
        "dossiers": ("dossier_key", "host"),
        "entries": ("dossier_key", "introduced_by", "introduced_at"),
        "host_contracts": ("controller_key", "host", "signed_at", "covers"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The host, its first entry there, and the earliest contract with that host."""
        rows, entries = store.frames["dossier_participants"], store.frames["entries"]
        hosts = store.looked_up(rows["dossier_key"], "dossiers", "dossier_key", "host")
        first = entries.groupby(["dossier_key", "introduced_by"])["introduced_at"].min()
        signed = store.frames["host_contracts"].sort_values("signed_at", kind="stable")
        signed = signed.drop_duplicates(["controller_key", "host"]).set_index(["controller_key", "host"])
        own = pd.MultiIndex.from_frame(rows[["dossier_key", "controller_key"]])
        pairs = pd.MultiIndex.from_arrays([rows["controller_key"], hosts])
        contract = signed.reindex(pairs).set_index(rows.index)
        return {
            "hosted_by_other": (hosts != rows["controller_key"]).astype("boolean").mask(hosts.isna()),
            "first_entry_at": first.reindex(own).set_axis(rows.index),
            "has_contract": pd.Series(pairs.isin(signed.index), index=rows.index, dtype="boolean"),
            "signed_at": contract["signed_at"],
            "covers": contract["covers"],
        }


class ExpectBreachesToBeNotified(FactsRule):
    """Each breach is notified in time, or a human decided otherwise with reasons."""

    judge: ClassVar[ModuleType | None] = breaches
    frame: ClassVar[str] = "breaches"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"breaches": ("controller_key",)}


class ExpectRecipientsToBeToldOfCorrections(FactsRule):
    """Whoever received an entry hears that it was rectified or erased."""

    judge: ClassVar[ModuleType | None] = recipients_told
    frame: ClassVar[str] = "corrections"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "corrections": ("controller_key", "entry_key"),
        "disclosures": ("entry_key", "at", "correction_told_at"),
        "own_copies": ("entry_key", "copied_at", "correction_told_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who received the entry before the correction, and when the last of them was told."""
        rows = store.frames["corrections"]
        passed = store.frames["disclosures"][["entry_key", "at", "correction_told_at"]]
        copied = store.frames["own_copies"][["entry_key", "copied_at", "correction_told_at"]]
        received = pd.concat([passed, copied.rename(columns={"copied_at": "at"})]).rename(columns={"at": "received_at"})
        pairs = rows[["correction_key", "entry_key", "at"]].merge(received, on="entry_key")
        pairs = pairs[~(pairs["received_at"] > pairs["at"])]
        by, told = pairs["correction_key"], pairs["correction_told_at"]
        keys = rows["correction_key"]
        return {
            "has_recipients": keys.isin(by).astype("boolean").mask(rows["entry_key"].isna()),
            "all_told": ~any_of(keys, by, told.isna() | (told < pairs["at"])),
            "last_told_at": told.groupby(by).max().reindex(keys).set_axis(keys.index),
        }


class ExpectDestructionsToBeCleared(FactsRule):
    """A public body destroys with the permission of the archives, and doesn't wait forever."""

    judge: ClassVar[ModuleType | None] = archives
    frame: ClassVar[str] = "destructions"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "destructions": ("controller_key",),
        "controllers": ("controller_key", "kind"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The kind of body."""
        by = store.frames["destructions"]["controller_key"]
        return {"body_kind": store.looked_up(by, "controllers", "controller_key", "kind")}


def _bits(by: pd.Series[Any], masks: pd.Series[Any]) -> pd.Series[Any]:
    """By key, the bits of all its rows together."""
    return masks.dropna().astype("int64").groupby(by).agg(np.bitwise_or.reduce)
