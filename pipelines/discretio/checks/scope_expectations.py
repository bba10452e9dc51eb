"""Chapter B: which law applies to whom."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.scope import policy_set, regime, title3

OF_INTRODUCERS: Mapping[str, tuple[str, ...]] = {
    "entries": ("introduced_by",),
    "controllers": ("controller_key", "kind", "regime"),
}


def of_introducers(store: StoreView, column: str) -> pd.Series[Any]:
    """What the store tells about the introducer of each entry."""
    return store.looked_up(store.frames["entries"]["introduced_by"], "controllers", "controller_key", column)


class ExpectEveryParticipantToBeUnderItsOwnLaw(FactsRule):
    """The policy set that the store applies is one for participants of that level."""

    judge: ClassVar[ModuleType | None] = policy_set
    frame: ClassVar[str] = "controllers"
    controller: ClassVar[str | None] = "controller_key"


class ExpectEveryEntryToBeUnderTheRegimeOfItsIntroducer(FactsRule):
    """An entry is under the GDPR or under title 2, as its introducer is."""

    judge: ClassVar[ModuleType | None] = regime
    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = OF_INTRODUCERS

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The regime and the kind of its introducer, and of the owner or organiser of its dossier."""
        owners = store.looked_up(store.column("entries", "dossier_key"), "dossiers", "dossier_key", "owner")
        return {
            "introducer_regime": of_introducers(store, "regime"),
            "introducer_kind": of_introducers(store, "kind"),
            "organiser_regime": store.looked_up(owners, "controllers", "controller_key", "regime"),
            "organiser_kind": store.looked_up(owners, "controllers", "controller_key", "kind"),
        }


class ExpectEntriesUnderTitle3ToCiteTheirOwnLaw(FactsRule):
    """The bill gives services under title 3 no ground: what they enter is reported, with the law that they cite."""

    judge: ClassVar[ModuleType | None] = title3
    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by",),
        "controllers": ("controller_key", "regime"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The regime of its introducer."""
        return {"introducer_regime": of_introducers(store, "regime")}
