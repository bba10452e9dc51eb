"""Chapter C: on which ground each entry stands, from where it comes, and which mission it serves."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.scope_expectations import of_introducers
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.data import (
    bare_458ter,
    classified,
    criminal_ground,
    investigation_secrecy,
    legal_ground,
    mission,
    national_number,
    provenance,
    special_ground,
    unlisted,
)
from discretio.domain.judgements.data.grounds import CLASSIFIED_BIT

_FINDINGS: Mapping[str, tuple[str, ...]] = {"entry_findings": ("entry_key", "detected_flags", "examined")}


class EntryRule(FactsRule):
    """A rule over entries, heard of by the authority of who introduced them."""

    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"


class IntroducerRule(EntryRule):
    """A rule over entries for which it matters what kind of participant introduced them."""

    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "controllers": ("controller_key", "kind"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What kind of participant introduced it."""
        return {"introducer_kind": of_introducers(store, "kind")}


class ExpectEveryEntryToNameItsGround(IntroducerRule):
    """An entry names a ground that the bill lists, one of its regime."""

    judge: ClassVar[ModuleType | None] = legal_ground


class ExpectNoEntryToRestOnTheArticleAlone(EntryRule):
    """The article on consultations is no ground to process what is said in them."""

    judge: ClassVar[ModuleType | None] = bare_458ter


class ExpectSpecialDataToHaveTheirCondition(EntryRule):
    """Special data have the two grounds of their regime, a necessity and a law."""

    judge: ClassVar[ModuleType | None] = special_ground


class ExpectCriminalDataToHaveTheirGround(EntryRule):
    """Criminal data have a ground of their own and a list of who has access."""

    judge: ClassVar[ModuleType | None] = criminal_ground
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "access_category_lists": ("controller_key", "covers"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether its introducer keeps the list."""
        lists, introducers = store.frames["access_category_lists"], store.frames["entries"]["introduced_by"]
        covering = lists.loc[lists["covers"].fillna("").str.split("|").map(lambda words: "CRIMINAL" in words), "controller_key"]
        return {"has_access_list": introducers.isin(covering).astype("boolean").mask(introducers.isna())}


class ExpectUnlistedSpecialDataToBeJustified(EntryRule):
    """Trade union, genetic and biometric data stand in category 16, with a reason and a ground."""

    judge: ClassVar[ModuleType | None] = unlisted
    columns: ClassVar[Mapping[str, str]] = {"justification": "cat16_justification", "justified_at": "cat16_justified_at"}
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"entries": ("special_declared",), **_FINDINGS}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The classes declared or found."""
        declared = store.frames["entries"]["special_declared"].fillna(0).astype("int64")
        return {"special": declared | found(store, "detected_flags").fillna(0).astype("int64"), "examined": examined(store)}


class ExpectEveryEntryToTellItsProvenance(EntryRule):
    """An entry was already held by its introducer, or was collected following the consultation."""

    judge: ClassVar[ModuleType | None] = provenance
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("dossier_key", "introduced_by", "introduced_at", "source_of", "source_date", "collected_at"),
        "sessions": ("dossier_key", "started_at"),
        "dossiers": ("dossier_key", "signalled_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """How its source, its date and the consultation stand to each other."""
        entries, sessions = store.frames["entries"], store.frames["sessions"]
        met = told_by(entries["dossier_key"], sessions.groupby("dossier_key")["started_at"].min())
        signalled = store.looked_up(entries["dossier_key"], "dossiers", "dossier_key", "signalled_at")
        begun = pd.concat([met, pd.to_datetime(signalled)], axis=1).min(axis=1)
        held, collected = entries["source_date"], entries["collected_at"]
        own, introducer = entries["source_of"], entries["introduced_by"]
        return {
            "source_is_own": (own == introducer).astype("boolean").mask(own.isna() | introducer.isna()),
            "held_before": (held <= entries["introduced_at"])
            .astype("boolean")
            .mask(held.isna() | entries["introduced_at"].isna()),
            "collected_after": (begun <= collected).astype("boolean").mask(collected.isna()),
        }


class ExpectEveryEntryToServeAMissionOfItsIntroducer(EntryRule):
    """An entry serves a mission that its introducer has, with categories that this mission needs."""

    judge: ClassVar[ModuleType | None] = mission
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by", "introduced_at"),
        "missions": ("controller_key", "mission_ref", "from_at", "until_at"),
        "mission_categories": ("controller_key", "mission_ref", "categories"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether the mission was its introducer's on that day, and what it needs."""
        asked = store.frames["entries"][["introduced_by", "mission_ref", "introduced_at"]]
        distinct = asked.drop_duplicates()
        names = ["controller_key", "mission_ref"]
        there = distinct.merge(store.frames["missions"], left_on=["introduced_by", "mission_ref"], right_on=names, how="inner")
        begun = there["from_at"].isna() | (there["from_at"] <= there["introduced_at"])
        ended = there["until_at"].notna() & (there["introduced_at"] > there["until_at"])
        valid = pd.MultiIndex.from_frame(there.loc[begun & ~ended, list(asked.columns)])
        own = pd.Series(pd.MultiIndex.from_frame(asked).isin(valid), index=asked.index, dtype="boolean")
        matrix = store.frames["mission_categories"].drop_duplicates(names).set_index(names)["categories"]
        needed = matrix.reindex(pd.MultiIndex.from_frame(asked[["introduced_by", "mission_ref"]]))
        return {
            "is_own_mission": own.mask(asked["introduced_at"].isna()),
            "needed": pd.Series(needed.to_numpy(), index=asked.index),
        }


class ExpectNoNationalNumberInFreeText(EntryRule):
    """A national number stands in the field made for it, and nowhere else."""

    judge: ClassVar[ModuleType | None] = national_number
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "controllers": ("controller_key", "nrn_authorisation"),
        "number_findings": ("entry_key", "valid_numbers"),
        "entry_findings": ("entry_key", "examined"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What the scan found, and whether the introducer may use the number at all."""
        findings, keys = store.frames["number_findings"], store.frames["entries"]["entry_key"]
        numbers = told_by(keys, findings.groupby("entry_key")["valid_numbers"].sum())
        return {
            "found": (numbers > 0).astype("boolean").mask(numbers.isna()),
            "examined": examined(store),
            "nrn_authorisation": of_introducers(store, "nrn_authorisation"),
        }


class ExpectNoClassifiedInformation(EntryRule):
    """No entry and no attachment bears a classification marking."""

    judge: ClassVar[ModuleType | None] = classified
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = _FINDINGS

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What the scan found; of all that it can find, only the marking differs here."""
        marked = found(store, "detected_flags")
        return {
            "detected": (marked.fillna(0).astype("int64") & CLASSIFIED_BIT).astype("Int64").mask(marked.isna()),
            "examined": examined(store),
        }


class ExpectInvestigationSecrecyToBeReleasedAndRelevant(IntroducerRule):
    """What falls under the secrecy of an investigation is relevant, released, and introduced by who may."""

    judge: ClassVar[ModuleType | None] = investigation_secrecy


def found(store: StoreView, column: str) -> pd.Series[Any]:
    """The bits found in each entry, null where nobody looked; several rows about one entry say together what each says."""
    told = store.frames["entry_findings"][["entry_key", column]].dropna()
    masks = told.set_index("entry_key")[column].astype("int64")
    again = masks.index.duplicated(keep=False)
    if again.any():
        several = masks[again].groupby(level=0).agg(lambda some: int(np.bitwise_or.reduce(some.to_numpy())))
        masks = pd.concat([masks[~again], several])
    return told_by(store.frames["entries"]["entry_key"], masks)


def examined(store: StoreView) -> pd.Series[Any]:
    """Whether all of each entry could be examined, null where nobody looked."""
    findings = store.frames["entry_findings"]
    whole = findings["examined"].fillna(value=False).astype("bool").groupby(findings["entry_key"]).all()
    return told_by(store.frames["entries"]["entry_key"], whole).astype("boolean")
