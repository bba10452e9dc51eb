"""Chapter A: what a consultation rests on, and how its protocol came about."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.consultation_view import NEEDS_OF_BASES, bases_of, consultations_of
from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import days_of, gathered, per_row
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.legal_basis import (
    approval,
    basis,
    content,
    excluded_purpose,
    individual,
    purpose,
    review,
    rights_clauses,
    state_security,
)
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS, INDIVIDUAL
from discretio.domain.judgements.legal_basis.purpose import Reliance

_FEWEST = 5


class ExpectEveryUseOfADossierToRestOnAValidBasis(FactsRule):
    """On each day of a session or of an entry, a basis carried the consultation."""

    judge: ClassVar[ModuleType | None] = basis
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_BASES,
        "dossiers": ("consultation_key",),
        "sessions": ("dossier_key", "started_at"),
        "entries": ("dossier_key", "introduced_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The bases of its consultation, and the days on which it was used."""
        dossiers = store.frames["dossiers"]
        columns = {"sessions": "started_at", "entries": "introduced_at"}
        used = [store.frames[name][["dossier_key", at]].set_axis(["dossier_key", "at"], axis=1) for name, at in columns.items()]
        uses = pd.concat(used, ignore_index=True)
        return {
            "consulted": dossiers["consultation_key"].notna(),
            "bases": per_row(dossiers["consultation_key"], bases_of(store)),
            "days": per_row(dossiers["dossier_key"], days_of(uses, "dossier_key", "at")),
            "undated": dossiers["dossier_key"].isin(uses.loc[uses["at"].isna(), "dossier_key"]),
        }


class ExpectEveryConsultationToServeAPurposeOfTheLaw(FactsRule):
    """A consultation serves the purposes of art. 458ter only, each named by a basis before anybody relied on it."""

    judge: ClassVar[ModuleType | None] = purpose
    frame: ClassVar[str] = "consultations"
    controller: ClassVar[str | None] = "organiser"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_BASES,
        "consultations": ("organiser",),
        "dossiers": ("dossier_key", "consultation_key"),
        "entries": ("dossier_key", "introduced_at", "purpose"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Its bases, and the purposes that its entries rely on."""
        keys, entries = store.frames["consultations"]["consultation_key"], store.frames["entries"]
        relied = entries.assign(consultation=consultations_of(store, entries["dossier_key"]))
        untold = relied[["purpose", "introduced_at"]].isna().any(axis=1)
        first = relied[~untold].groupby(["consultation", "purpose"])[["introduced_at"]].min().reset_index()
        columns = {"named": "purpose", "since": "introduced_at"}
        return {
            "bases": per_row(keys, bases_of(store)),
            "relied_on": per_row(keys, gathered(first, "consultation", _reliance, columns)),
            "entries_without_purpose": keys.isin(relied.loc[untold, "consultation"]),
        }


class ExpectNoBasisToServeAnExcludedPurpose(FactsRule):
    """No basis serves traffic, tax or the collection of fines."""

    judge: ClassVar[ModuleType | None] = excluded_purpose
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    columns: ClassVar[Mapping[str, str]] = {"purposes": "consultation.purposes"}
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "legal_bases": ("granted_by", "consultation_key"),
        "consultations": ("consultation_key", "purposes", "purpose_text"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The purpose of its consultation."""
        keys = store.frames["legal_bases"]["consultation_key"]
        named = ("purposes", "purpose_text")
        return {name: store.looked_up(keys, "consultations", "consultation_key", name) for name in named}


class ExpectNoConsultationToServeStateSecurity(FactsRule):
    """The security of the State or of the public is no purpose of a consultation."""

    judge: ClassVar[ModuleType | None] = state_security
    frame: ClassVar[str] = "consultations"
    controller: ClassVar[str | None] = "organiser"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"consultations": ("organiser",)}


class ExpectEveryBasisToSayWhoWhyAndHow(FactsRule):
    """An authorisation has its three clauses and its modalities; a law is cited by its articles."""

    judge: ClassVar[ModuleType | None] = content
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"legal_bases": ("granted_by",)}


class ExpectEveryProtocolToBeReviewedUnderTheLawInForce(FactsRule):
    """A protocol was signed or compared since the youngest law."""

    judge: ClassVar[ModuleType | None] = review
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"legal_bases": ("granted_by",)}


class ExpectEveryAuthorisationToBeApprovedByTheProsecutorGeneral(FactsRule):
    """The prosecutor general approved each protocol, and each amendment, before it applied."""

    judge: ClassVar[ModuleType | None] = approval
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"legal_bases": ("granted_by",)}


class ExpectIndividualAuthorisationsToBeExceptional(FactsRule):
    """An authorisation for one case says what is exceptional and why no protocol would do."""

    judge: ClassVar[ModuleType | None] = individual
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"legal_bases": ("granted_by", "issued_at")}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """How often each prosecution grants them, and whether more often than before."""
        bases = store.frames["legal_bases"]
        individual_ones = (bases["type"] == INDIVIDUAL).where(bases["type"].isin(AUTHORISATIONS))
        share = individual_ones.astype("Float64").groupby(bases["granted_by"]).transform("mean")
        last, before = (_issued(bases, store, years) for years in (1, 2))
        rise = (last / before - 1).where((last >= _FEWEST) & (before >= _FEWEST))
        return {"share": share, "rise": told_by(bases["granted_by"], rise)}


class ExpectEveryProtocolToNameControllersAndTheWayToThem(FactsRule):
    """A protocol says who is responsible, among them all who introduce, and to whom a person can turn."""

    judge: ClassVar[ModuleType | None] = rights_clauses
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "legal_bases": ("granted_by", "consultation_key"),
        "basis_participants": ("legal_basis_key", "controller_key", "is_controller"),
        "dossiers": ("dossier_key", "consultation_key"),
        "entries": ("dossier_key", "introduced_by"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether the protocol names as controllers all who introduced something."""
        bases, entries, named = (store.frames[name] for name in ("legal_bases", "entries", "basis_participants"))
        consultations = consultations_of(store, entries["dossier_key"])
        introducers = entries["introduced_by"].groupby(consultations).agg(frozenset).to_dict()
        controllers = named[named["is_controller"].fillna(value=False)]
        listed = controllers.groupby("legal_basis_key")["controller_key"].agg(frozenset).to_dict()
        untold = frozenset(named.loc[named["is_controller"].isna(), "legal_basis_key"])
        answers = [
            True
            if introducers.get(consultation, frozenset()) <= listed.get(key, frozenset())
            else None
            if key in untold
            else False
            for key, consultation in zip(bases["legal_basis_key"], bases["consultation_key"], strict=True)
        ]
        return {"introducers_named": pd.Series(answers, index=bases.index, dtype="boolean")}


def _reliance(named: str, since: pd.Timestamp) -> Reliance:
    return Reliance(named, since.date())


def _issued(bases: pd.DataFrame, store: StoreView, years: int) -> pd.Series[Any]:
    """How many individual authorisations each prosecution issued in the year that ended so many years ago, less one."""
    end = pd.Timestamp(store.under.as_of) - pd.DateOffset(years=years - 1)
    within = bases["issued_at"].gt(end - pd.DateOffset(years=1)) & bases["issued_at"].le(end)
    found = bases[within & (bases["type"] == INDIVIDUAL)].groupby("granted_by").size()
    return found.reindex(bases["granted_by"].dropna().unique(), fill_value=0)
