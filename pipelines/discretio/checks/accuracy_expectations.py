"""Chapter K, too: whether entries tell persons, facts and outcomes apart, and whether the persons know."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.data_expectations import EntryRule
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.accountability import classes, information, outcomes_of_prosecution, statements


class ExpectPersonsToBeToldApart(EntryRule):
    """An entry under title 2 says whether its person is a suspect, a convict, a victim or a witness, as far as possible."""

    judge: ClassVar[ModuleType | None] = classes
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by", "person_key"),
        "persons": ("person_key", "t2_class"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The class of its person, and how many of its introducer's entries have none."""
        entries = store.frames["entries"]
        named = store.looked_up(entries["person_key"], "persons", "person_key", "t2_class")
        unset = named.isna().where(entries["regime"] == classes.TITLE_2)
        return {"t2_class": named, "unset_share": unset.astype("float64").groupby(entries["introduced_by"]).transform("mean")}


class ExpectFactsToBeToldFromAssessments(EntryRule):
    """An entry under title 2 says whether it is a fact or somebody's assessment."""

    judge: ClassVar[ModuleType | None] = statements


class ExpectOutcomesOfProsecutionToBeTakenUp(EntryRule):
    """Criminal data follow the outcome of the prosecution."""

    judge: ClassVar[ModuleType | None] = outcomes_of_prosecution
    columns: ClassVar[Mapping[str, str]] = {"checked_at": "outcome_checked_at"}
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("dossier_key",),
        "dossiers": ("dossier_key", "status"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether its dossier is open."""
        return {"status": store.looked_up(store.frames["entries"]["dossier_key"], "dossiers", "dossier_key", "status")}


class ExpectPersonsToBeInformed(EntryRule):
    """The subject of an entry under the GDPR is told of it, or isn't for a recorded reason."""

    judge: ClassVar[ModuleType | None] = information
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("person_key",),
        "persons": ("person_key", "role", "informed_at", "restriction_ref"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The person that it is about."""
        keys = store.frames["entries"]["person_key"]
        return {
            name: store.looked_up(keys, "persons", "person_key", name) for name in ("role", "informed_at", "restriction_ref")
        }
