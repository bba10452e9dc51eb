"""Chapter A: what a consultation rests on, what it is for, and how its protocol came about."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.legal_basis import individual
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS, INDIVIDUAL


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
        return {"share": share, "rise": bases["granted_by"].map(rise)}


_FEWEST = 5


def _issued(bases: pd.DataFrame, store: StoreView, years: int) -> pd.Series[Any]:
    """How many individual authorisations each prosecution issued in the year that ended so many years ago, less one."""
    end = pd.Timestamp(store.under.as_of) - pd.DateOffset(years=years - 1)
    within = bases["issued_at"].gt(end - pd.DateOffset(years=1)) & bases["issued_at"].le(end)
    found = bases[within & (bases["type"] == INDIVIDUAL)].groupby("granted_by").size()
    return found.reindex(bases["granted_by"].dropna().unique(), fill_value=0)
