"""Chapter C, too: whether everybody and everything in a dossier has to be there."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import days_of, per_row
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.data import case_by_case, relation_necessity
from discretio.domain.judgements.data.grounds import SPECIAL_BITS


class ExpectEveryPersonToBeNecessary(FactsRule):
    """Whoever is in a dossier has to be, by a note that is confirmed each year and at the closure."""

    judge: ClassVar[ModuleType | None] = relation_necessity
    frame: ClassVar[str] = "persons"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "persons": ("dossier_key",),
        "entries": ("person_key", "special_declared"),
        "dossiers": ("dossier_key", "status", "opened_at", "closed_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The state of the dossier, and whether special data are about this person."""
        persons, entries = store.frames["persons"], store.frames["entries"]
        special = entries["special_declared"].fillna(0).astype("int64") & SPECIAL_BITS
        told = entries["person_key"].notna().any() or entries.empty
        about = persons["person_key"].isin(entries.loc[special > 0, "person_key"]).astype("boolean")
        names = ("status", "opened_at", "closed_at")
        dossier = {name: store.looked_up(persons["dossier_key"], "dossiers", "dossier_key", name) for name in names}
        return {"special_about": about if told else about.mask(pd.Series(data=True, index=about.index)), **dossier}


class ExpectEveryDossierToBeReviewedCaseByCase(FactsRule):
    """Somebody looks whether the data are adequate and not excessive, before the first session and then twice a year."""

    judge: ClassVar[ModuleType | None] = case_by_case
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "sessions": ("dossier_key", "started_at"),
        "minimisation_reviews": ("dossier_key", "reviewed_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The first session, the reviews, and whether there are long attachments."""
        keys, reviews = store.frames["dossiers"]["dossier_key"], store.frames["minimisation_reviews"]
        return {
            "first_session_at": told_by(keys, store.frames["sessions"].groupby("dossier_key")["started_at"].min()),
            "reviews": per_row(keys, days_of(reviews, "dossier_key", "reviewed_at")),
            "long_attachments": _long_attachments(store, keys),
        }


def _long_attachments(store: StoreView, keys: pd.Series[Any]) -> pd.Series[Any]:
    """Whether each dossier holds an attachment of many pages that is no extract; null where nobody counts pages."""
    attachments = store.frames.get("attachments")
    most = store.under.policy.values.get("minimisation.pages")
    if attachments is None or "pages" not in attachments.columns or most is None:
        return pd.Series([None] * len(keys), index=keys.index, dtype=object)
    extract = store.column("attachments", "is_extract").astype("boolean").fillna(value=False)
    long = attachments["pages"].gt(most) & ~extract.astype("bool")
    return keys.isin(attachments.loc[long, "dossier_key"])
