"""Chapter I: what entries hold that is secret, and what leaves a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.consultation_view import NEEDS_OF_BASES, bases_of, consultations_of
from discretio.checks.data_expectations import EntryRule, examined, found
from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import gathered, per_row
from discretio.checks.row_facts import among, any_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.secrecy import (
    danger,
    follow_up_reports,
    lawyer_confidences,
    lawyers,
    mandate_reports,
    necessity,
    offences,
    outside,
    recipients,
    welfare_data,
)

_CONSULTED: Mapping[str, tuple[str, ...]] = {"dossiers": ("dossier_key", "consultation_key")}
_REPORT = ("doc_type", "accord", "about_adult", "headings", "therapy_words")


class ExpectSecretsToBeToldWithinTheConsultation(EntryRule):
    """What comes from somebody bound by secrecy is told in a shared dossier, while its consultation runs on a valid basis."""

    judge: ClassVar[ModuleType | None] = outside
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_BASES,
        "entries": ("dossier_key",),
        "dossiers": (
            "dossier_key", "kind", "opened_at", "drafted_at", "closed_at", "closed_precision", "consultation_key",
        ),
    }  # fmt: skip

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Its dossier, from the draft to the closure, and the bases of its consultation."""
        keys = store.frames["entries"]["dossier_key"]
        told = {
            name: store.looked_up(keys, "dossiers", "dossier_key", name)
            for name in ("kind", "opened_at", "drafted_at", "closed_at", "closed_precision")
        }
        opened, drafted = told["opened_at"].astype("datetime64[us]"), told["drafted_at"].astype("datetime64[us]")
        consultations = consultations_of(store, keys)
        bases = per_row(consultations, bases_of(store))
        return {
            "dossier_kind": told["kind"],
            "began_at": drafted.where(drafted < opened, opened),
            "closed_at": told["closed_at"],
            "closed_precision": told["closed_precision"],
            "bases": bases.mask(consultations.isna(), None),
        }


class ExpectSecretsToConcernTheOffencesOfTheConsultation(EntryRule):
    """What somebody bound by secrecy tells of offences concerns those of the consultation."""

    judge: ClassVar[ModuleType | None] = offences
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **_CONSULTED,
        "entries": ("dossier_key",),
        "consultations": ("consultation_key", "purposes"),
        "legal_bases": ("consultation_key", "offence_scope"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What its consultation is for."""
        consultations = consultations_of(store, store.frames["entries"]["dossier_key"])
        return {
            "offence_scope": scope_of(store, consultations),
            "purposes": store.looked_up(consultations, "consultations", "consultation_key", "purposes"),
            "crimes": store.column("entries", "crime_tags"),
        }


class ExpectNoConfidenceOfALawyer(EntryRule):
    """No lawyer brings what exposes a client, and no document looks like a lawyer's confidential one."""

    judge: ClassVar[ModuleType | None] = lawyer_confidences
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "controllers": ("controller_key", "is_lawyer"),
        "entry_findings": ("entry_key", "detected_flags", "examined"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether its introducer is a lawyer, and what the scan found."""
        introducers = store.frames["entries"]["introduced_by"]
        return {
            "is_lawyer": store.looked_up(introducers, "controllers", "controller_key", "is_lawyer"),
            "flags": found(store, "detected_flags"),
            "examined": examined(store),
        }


class ExpectLawyersToTakePartAsForeseen(FactsRule):
    """A lawyer takes part in a role that the basis of the consultation foresees."""

    judge: ClassVar[ModuleType | None] = lawyers
    frame: ClassVar[str] = "dossier_participants"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **_CONSULTED,
        "dossier_participants": ("dossier_key", "controller_key"),
        "controllers": ("controller_key", "is_lawyer", "lawyer_role"),
        "legal_bases": ("consultation_key", "lawyer_clause"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether it is a lawyer, in which role, and whether a basis has a clause on lawyers."""
        rows, bases = store.frames["dossier_participants"], store.frames["legal_bases"]
        by = rows["controller_key"]
        written = (bases["lawyer_clause"].fillna("").str.strip() != "").astype("boolean")
        return {
            "is_lawyer": store.looked_up(by, "controllers", "controller_key", "is_lawyer"),
            "lawyer_role": store.looked_up(by, "controllers", "controller_key", "lawyer_role"),
            "foreseen": any_of(consultations_of(store, rows["dossier_key"]), bases["consultation_key"], written),
        }


class ExpectFollowUpReportsToKeepToTheirHeadings(EntryRule):
    """A report on a treatment that a court imposed tells what it has to, and nothing of the therapy."""

    judge: ClassVar[ModuleType | None] = follow_up_reports
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"attachments": ("entry_key", *_REPORT)}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The documents attached to each entry."""
        columns = {name: name for name in _REPORT}
        reports = gathered(store.frames["attachments"], "entry_key", follow_up_reports.Report, columns)
        return {"reports": per_row(store.frames["entries"]["entry_key"], reports)}


class DisclosureRule(FactsRule):
    """A rule over disclosures, heard of by the authority of who disclosed."""

    frame: ClassVar[str] = "disclosures"
    controller: ClassVar[str | None] = "discloser"


class ExpectContentToReachParticipantsOnly(DisclosureRule):
    """What was told in a consultation goes to its participants, or elsewhere on a ground of the law."""

    judge: ClassVar[ModuleType | None] = recipients
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "disclosures": ("dossier_key", "recipient", "recipient_kind"),
        "dossier_participants": ("dossier_key", "controller_key"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether the recipient takes part; one that is no controller doesn't, if the store says what it is."""
        rows = store.frames["disclosures"]
        participants = store.frames["dossier_participants"][["dossier_key", "controller_key"]]
        takes_part = among(rows[["dossier_key", "recipient"]], participants)
        return {"recipient_takes_part": takes_part.mask(rows["recipient"].isna() & rows["recipient_kind"].notna(), other=False)}


class ExpectMandateReportsToTellTheOwnMissionOnly(DisclosureRule):
    """A report to who gave a mandate tells what the mandated person holds itself."""

    judge: ClassVar[ModuleType | None] = mandate_reports
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "disclosures": ("entry_key", "discloser"),
        "entries": ("entry_key", "introduced_by"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether who disclosed the entry introduced it."""
        rows = store.frames["disclosures"]
        introduced = store.looked_up(rows["entry_key"], "entries", "entry_key", "introduced_by")
        own = (introduced == rows["discloser"]).astype("boolean")
        return {"from_own_mission": own.mask(introduced.isna() | rows["discloser"].isna())}


class ExpectWelfareCentresToGiveAdministrativeDataOnly(DisclosureRule):
    """On a request under article 46bis/1 a welfare centre gives administrative data, and no more."""

    judge: ClassVar[ModuleType | None] = welfare_data


class ExpectDisclosuresOfDangerToRecordTheirConditions(DisclosureRule):
    """Who tells the prosecutor of a danger under article 458bis wrote its conditions down."""

    judge: ClassVar[ModuleType | None] = danger
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "disclosures": ("discloser",),
        "controllers": ("controller_key", "is_lawyer"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether a lawyer told."""
        by = store.frames["disclosures"]["discloser"]
        return {"is_lawyer": store.looked_up(by, "controllers", "controller_key", "is_lawyer")}


class ExpectNecessityToBeWeighedInWriting(DisclosureRule):
    """Who breaks secrecy out of necessity wrote down what he weighed."""

    judge: ClassVar[ModuleType | None] = necessity


def scope_of(store: StoreView, consultations: pd.Series[Any]) -> pd.Series[Any]:
    """The offences that the bases of each consultation name, | between; null without a basis that says."""
    bases = store.frames["legal_bases"].dropna(subset=["consultation_key", "offence_scope"])
    named = bases.groupby("consultation_key")["offence_scope"].agg(lambda found: "|".join(sorted(set(found) - {""})))
    return consultations.map(named)
