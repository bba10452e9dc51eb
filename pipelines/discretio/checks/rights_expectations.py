"""Chapter H: judicial data, the rights of persons, and what a prosecutor restricts."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import any_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS
from discretio.domain.judgements.rights import (
    gdpr_replies,
    judicial_flag,
    judicial_origins,
    restriction_ground,
    restriction_scope,
    routing,
)


class ExpectJudicialDataToBeMarked(FactsRule):
    """Wherever police or judicial data are declared or found, it is said whether they stand in a judicial file."""

    judge: ClassVar[ModuleType | None] = judicial_flag
    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "entry_findings": ("entry_key", "detected_categories", "examined"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What a scan found in it."""
        keys, named = store.frames["entries"]["entry_key"], ("detected_categories", "examined")
        return {name: store.looked_up(keys, "entry_findings", "entry_key", name).astype("object") for name in named}


class ExpectRequestsOverJudicialDataToGoTheJudicialWay(FactsRule):
    """A request over judicial data goes the way of arts 16 and 44, and the store changes nothing by itself."""

    judge: ClassVar[ModuleType | None] = routing
    frame: ClassVar[str] = "request_entries"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "request_entries": ("dossier_key", "entry_key"),
        "dossiers": ("dossier_key", "owner"),
        "entries": ("entry_key", "judicial_origin"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Where the datum stands besides."""
        keys = store.frames["request_entries"]["entry_key"]
        return {"judicial_origin": store.looked_up(keys, "entries", "entry_key", "judicial_origin")}


class ExpectEveryRestrictionToStayWithinItsScope(FactsRule):
    """A restriction is the prosecutor's, in a shared dossier that rests on his authorisation."""

    judge: ClassVar[ModuleType | None] = restriction_scope
    frame: ClassVar[str] = "restrictions"
    controller: ClassVar[str | None] = "decided_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "restrictions": ("dossier_key", "decided_by", "request_key"),
        "controllers": ("controller_key", "kind"),
        "dossiers": ("dossier_key", "kind", "consultation_key"),
        "consultations": ("consultation_key", "opened_at"),
        "legal_bases": ("consultation_key", "type", "valid_from", "valid_to", "revoked_at"),
        "request_entries": ("request_key", "entry_key"),
        "entries": ("entry_key", "judicial_origin"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who decided it, over what, and whether an authorisation carried the consultation."""
        rows, touched = store.frames["restrictions"], store.frames["request_entries"]
        dossiers = rows["dossier_key"]
        consultations = store.looked_up(dossiers, "dossiers", "dossier_key", "consultation_key")
        origin = store.looked_up(touched["entry_key"], "entries", "entry_key", "judicial_origin")
        untold = ~rows["request_key"].isin(touched["request_key"])
        halves = judicial_origins.HALVES | {judicial_origins.NONE}

        def touches(lesser: frozenset[str]) -> pd.Series[Any]:
            judicial = (~origin.isin(lesser)).astype("boolean").mask(origin.isna())
            return any_of(rows["request_key"], touched["request_key"], judicial).mask(untold)

        return {
            "decider_kind": store.looked_up(rows["decided_by"], "controllers", "controller_key", "kind"),
            "dossier_kind": store.looked_up(dossiers, "dossiers", "dossier_key", "kind"),
            "is_authorised": any_of(consultations, store.frames["legal_bases"]["consultation_key"], _carrying(store)),
            "touches_judicial_data": touches(frozenset({judicial_origins.NONE})),
            "touches_whole": touches(halves),
        }


def _carrying(store: StoreView) -> pd.Series[Any]:
    """For each basis whether it is an authorisation that was valid when its consultation began."""
    bases = store.frames["legal_bases"]
    began = store.looked_up(bases["consultation_key"], "consultations", "consultation_key", "opened_at")
    over = began.dt.normalize().gt(bases["valid_to"]) | began.ge(bases["revoked_at"])
    valid = (bases["valid_from"].le(began) & ~over).astype("boolean").mask(began.isna() | bases["valid_from"].isna())
    granted = bases["type"].isin(AUTHORISATIONS).astype("boolean").mask(bases["type"].isna())
    carrying: pd.Series[Any] = granted & valid
    return carrying


class ExpectEveryRestrictionToBeReasoned(FactsRule):
    """A restriction names its ground, why it is necessary and proportionate, and when it is reviewed."""

    judge: ClassVar[ModuleType | None] = restriction_ground
    frame: ClassVar[str] = "restrictions"
    controller: ClassVar[str | None] = "decided_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"restrictions": ("decided_by",)}

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """How often who decided it named the fifth ground."""
        rows = store.frames["restrictions"]
        return {"fifth_share": (rows["ground"] == restriction_ground.WIDEST).groupby(rows["decided_by"]).transform("mean")}


class ExpectEveryDataSubjectToBeAnsweredWithinAMonth(FactsRule):
    """A controller answers within a month of receipt, or of three if it said why in time."""

    judge: ClassVar[ModuleType | None] = gdpr_replies
    frame: ClassVar[str] = "rights_requests"
    controller: ClassVar[str | None] = "addressed_to"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "rights_requests": ("addressed_to",),
        "controllers": ("controller_key", "regime"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Under which law it was asked."""
        addressees = store.frames["rights_requests"]["addressed_to"]
        return {"regime": store.looked_up(addressees, "controllers", "controller_key", "regime")}
