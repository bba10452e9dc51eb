"""Chapter I, too: police reports on what was told, secrets shared outside a consultation, and relays."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.consultation_view import BASIS_COLUMNS, consultations_of
from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import days_of
from discretio.checks.row_facts import any_of
from discretio.checks.secrecy_expectations import scope_of
from discretio.checks.store_view import StoreView, rows_of, told_by
from discretio.domain.judgements.legal_basis.bases import Basis, fault_on
from discretio.domain.judgements.secrecy import (
    confidences,
    five_conditions,
    foreign_offences,
    missions,
    prosecution_scope,
    relays,
    report_authors,
    report_references,
    representation,
)

_PV = "PV"


class PoliceReportRule(FactsRule):
    """A rule over police reports, heard of by the authority of their author."""

    frame: ClassVar[str] = "police_reports"
    controller: ClassVar[str | None] = "drafted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"police_reports": ("consultation_key",)}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether it refers to a consultation."""
        return {"consulted": store.frames["police_reports"]["consultation_key"].notna()}

    @classmethod
    def outcomes(cls, store: StoreView) -> pd.DataFrame:
        """Each outcome belongs to the dossier out of which the report was made, if that is one and the store tells it."""
        reports = store.frames["police_reports"]["police_report_key"]
        if "disclosures" not in store.frames:
            return super().outcomes(store)
        told = pd.DataFrame({name: store.column("disclosures", name) for name in ("police_report_key", "dossier_key")})
        named = told.dropna().drop_duplicates().drop_duplicates("police_report_key", keep=False)
        dossiers = told_by(reports, named.set_index("police_report_key")["dossier_key"])
        return super().outcomes(store).assign(dossier_key=dossiers.to_numpy()).astype("str")


class ExpectProsecutionToKeepToTheOffencesOfTheConsultation(PoliceReportRule):
    """A police report is about offences of the consultation, or is declared outside and informs only."""

    judge: ClassVar[ModuleType | None] = prosecution_scope
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **PoliceReportRule.more_needs,
        "legal_bases": ("consultation_key", "offence_scope"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The offences that the bases of its consultation name."""
        consultations = store.frames["police_reports"]["consultation_key"]
        return {**super().looked_up(store), "offence_scope": scope_of(store, consultations)}


class ExpectPoliceReportsToHaveAnEntitledAuthor(PoliceReportRule):
    """The prosecution writes the report, or an officer whom it mandated before."""

    judge: ClassVar[ModuleType | None] = report_authors


class ExpectReportsOnOtherOffencesToInformOnly(PoliceReportRule):
    """A police report on another offence informs, and carries nothing from the dossier."""

    judge: ClassVar[ModuleType | None] = foreign_offences


class ExpectPoliceReportsToNameConsultationAndBasis(FactsRule):
    """Each disclosure for a police report has its report, and each report its disclosure and a valid basis."""

    judge: ClassVar[ModuleType | None] = report_references
    frame: ClassVar[str] = "consultations"
    controller: ClassVar[str | None] = "organiser"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossiers": ("dossier_key", "consultation_key"),
        "disclosures": ("disclosure_key", "dossier_key", "legal_ground", "police_report_key"),
        "police_reports": ("police_report_key", "consultation_key", "legal_basis_key", "drafted_at"),
        "legal_bases": ("legal_basis_key", "consultation_key", *BASIS_COLUMNS),
        "sessions": ("dossier_key", "started_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What its reports and the disclosures for them lack."""
        keys, reports = store.frames["consultations"]["consultation_key"], store.frames["police_reports"]
        disclosed = store.frames["disclosures"]
        disclosed = disclosed[disclosed["legal_ground"] == _PV]
        told_in, about = consultations_of(store, disclosed["dossier_key"]), reports["consultation_key"]
        named = store.looked_up(disclosed["police_report_key"], "police_reports", "police_report_key", "consultation_key")
        matched = (named == told_in).astype("boolean").fillna(value=False)
        without = ~reports["police_report_key"].isin(disclosed["police_report_key"])
        return {
            "reports": (keys.isin(told_in.dropna()) | keys.isin(about.dropna())).astype("boolean"),
            "disclosed_without_report": any_of(keys, told_in, ~matched),
            "report_without_disclosure": any_of(keys, about, without),
            "report_without_basis": any_of(keys, about, _without_basis(store, reports)),
        }


def _without_basis(store: StoreView, reports: pd.DataFrame) -> pd.Series[Any]:
    """For each report whether its basis is another consultation's, or carried no session before the report."""
    sessions = store.frames["sessions"]
    held = days_of(sessions.assign(_by=consultations_of(store, sessions["dossier_key"])), "_by", "started_at")
    by = reports["legal_basis_key"]
    facts = {name: store.looked_up(by, "legal_bases", "legal_basis_key", name) for name in BASIS_COLUMNS}
    own = store.looked_up(by, "legal_bases", "legal_basis_key", "consultation_key")
    told = pd.DataFrame({**facts, "own": own, "about": reports["consultation_key"], "at": reports["drafted_at"]})
    return pd.Series([_lacks_basis(row, held) for row in rows_of(told)], index=reports.index, dtype="boolean")


def _lacks_basis(row: Mapping[str, Any], held: Mapping[str, tuple[Any, ...]]) -> bool | None:
    if row["own"] is None or row["own"] != row["about"]:
        return True
    if row["at"] is None or row["issued_at"] is None or row["valid_from"] is None:
        return None
    basis = Basis(**{name: row[name] for name in BASIS_COLUMNS})
    before = [on for on in held.get(row["about"], ()) if on <= row["at"].date()]
    return all(fault_on([basis], on) is not None for on in before)


class SharingRule(FactsRule):
    """A rule over secrets shared, heard of by the authority of who shares."""

    frame: ClassVar[str] = "secret_sharings"
    controller: ClassVar[str | None] = "sharer"


class ExpectSharedSecretsToMeetFiveConditions(SharingRule):
    """A secret is shared under the five conditions together."""

    judge: ClassVar[ModuleType | None] = five_conditions
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"secret_receivers": ("secret_sharing_key", "is_bound")}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether all who receive it are bound; untold if nobody is named."""
        keys, receivers = store.frames["secret_sharings"]["secret_sharing_key"], store.frames["secret_receivers"]
        by = receivers["secret_sharing_key"]
        return {"all_bound": (~any_of(keys, by, ~receivers["is_bound"])).mask(~keys.isin(by.dropna()))}


class ExpectNoConfidenceToBeShared(SharingRule):
    """What was confided in person isn't shared."""

    judge: ClassVar[ModuleType | None] = confidences
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "shared_secrets": ("secret_sharing_key", "entry_key"),
        "entries": ("entry_key", "is_confidence"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether an entry was shared that is flagged as confided."""
        passed = store.frames["shared_secrets"]
        flagged = store.looked_up(passed["entry_key"], "entries", "entry_key", "is_confidence")
        keys = store.frames["secret_sharings"]["secret_sharing_key"]
        return {"shares_confidence": any_of(keys, passed["secret_sharing_key"], flagged)}


class ExpectSecretsToBeSharedWithinOneMission(SharingRule):
    """A secret is shared within one mission of care or aid."""

    judge: ClassVar[ModuleType | None] = missions
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "secret_sharings": ("sharer",),
        "secret_receivers": ("secret_sharing_key", "controller_key"),
        "controllers": ("controller_key", "mission_type"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The missions on both sides; those of the receivers are untold as long as one is."""
        rows, receivers = store.frames["secret_sharings"], store.frames["secret_receivers"]
        by = receivers["secret_sharing_key"]
        theirs = store.looked_up(receivers["controller_key"], "controllers", "controller_key", "mission_type")
        untold = set(by[theirs.isna()])
        listed = theirs.dropna().groupby(by).agg(lambda found: "|".join(sorted(set(found))))
        keys = rows["secret_sharing_key"]
        return {
            "mission_type": store.looked_up(rows["sharer"], "controllers", "controller_key", "mission_type"),
            "missions_of_receivers": keys.map(listed).astype("object").fillna("").mask(keys.isin(untold)),
        }


class ExpectMinorsToBeRepresentedInSharing(SharingRule):
    """Who agrees to the sharing of a secret is the person, or a representative beside whom the person is involved."""

    judge: ClassVar[ModuleType | None] = representation


class ExpectRelaysToBeToldToTheFamily(FactsRule):
    """Child and family are told of a relay, or aren't for a reason in the child's interest."""

    judge: ClassVar[ModuleType | None] = relays
    frame: ClassVar[str] = "relays"
    controller: ClassVar[str | None] = "relayed_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "relays": ("relayed_by",),
        "controllers": ("controller_key", "level"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The level of who hands it over."""
        return {"level": store.looked_up(store.frames["relays"]["relayed_by"], "controllers", "controller_key", "level")}
