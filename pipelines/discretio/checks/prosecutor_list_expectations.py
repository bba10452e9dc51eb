"""Chapter H, too: the prosecutor's list of persons whose case was consulted on with his authorisation (art. 8)."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import gathered, per_row
from discretio.checks.row_facts import any_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.rights import list_rows, listed_subjects

_USES = ("CONSULT", "DISCLOSE", "COMBINE")


class ExpectEverySubjectToBeOnTheList(FactsRule):
    """The subjects of the sessions under an authorisation stand on the list of the prosecutor who granted it."""

    judge: ClassVar[ModuleType | None] = listed_subjects
    frame: ClassVar[str] = "legal_bases"
    controller: ClassVar[str | None] = "granted_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "legal_bases": ("consultation_key", "granted_by", "valid_from", "valid_to", "revoked_at"),
        "dossiers": ("dossier_key", "consultation_key"),
        "sessions": ("dossier_key", "started_at", "cancelled_at"),
        "persons": ("person_key", "dossier_key", "role", "identity_key", "withdrawn_at"),
        "art8_rows": ("controller_key", "identity_key", "registered_at", "registered_precision", "erased_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who was discussed under each basis, and since when they are listed."""
        bases = store.frames["legal_bases"]
        columns = {
            "role": "role",
            "first_session_at": "started_at",
            "withdrawn_at": "withdrawn_at",
            "is_identified": "is_identified",
            "is_listed": "is_listed",
            "registered_at": "registered_at",
            "registered_precision": "registered_precision",
        }
        discussed = per_row(
            bases["legal_basis_key"], gathered(_discussed(store), "legal_basis_key", listed_subjects.Discussed, columns)
        )
        return {"discussed": discussed.mask(bases[["consultation_key", "granted_by"]].isna().any(axis=1), None)}


def _discussed(store: StoreView) -> pd.DataFrame:
    """Each person in a dossier with a session under a basis, with the person's first row on the list of who granted it."""
    persons = store.frames["persons"][["person_key", "dossier_key", "role", "identity_key", "withdrawn_at"]]
    there = _first_sessions(store).merge(persons.dropna(subset=["dossier_key"]), on="dossier_key")
    rows = store.frames["art8_rows"].dropna(subset=["controller_key", "identity_key"])
    rows = rows.rename(columns={"controller_key": "granted_by"}).sort_values(
        "registered_at", na_position="first", kind="stable"
    )
    kept = ["granted_by", "identity_key", "registered_at", "registered_precision", "erased_at"]
    listed = there[["legal_basis_key", "person_key", "granted_by", "identity_key", "started_at"]].merge(
        rows[kept], on=["granted_by", "identity_key"]
    )
    # An identity that was erased before the session isn't on the list any more.
    first = listed[~listed["erased_at"].lt(listed["started_at"])].drop_duplicates(["legal_basis_key", "person_key"])
    told: pd.DataFrame = there.merge(
        first[["legal_basis_key", "person_key", "registered_at", "registered_precision"]].assign(is_listed=True),
        on=["legal_basis_key", "person_key"],
        how="left",
    )
    told["is_listed"], told["is_identified"] = told["is_listed"].notna(), told["identity_key"].notna()
    return told


def _first_sessions(store: StoreView) -> pd.DataFrame:
    """For each basis and dossier of its consultation the first session while it was valid; no moment if it can't be told."""
    named = store.frames["legal_bases"].dropna(subset=["consultation_key"])
    bases = named[["legal_basis_key", "consultation_key", "granted_by", "valid_from", "valid_to", "revoked_at"]]
    dossiers = store.frames["dossiers"][["dossier_key", "consultation_key"]].dropna()
    sessions = store.frames["sessions"]
    held = sessions.loc[sessions["cancelled_at"].isna() & sessions["dossier_key"].notna(), ["dossier_key", "started_at"]]
    under = bases.merge(dossiers, on="consultation_key").merge(held, on="dossier_key")
    day = under["started_at"].dt.normalize()
    outside = day.lt(under["valid_from"]) | day.gt(under["valid_to"]) | under["started_at"].ge(under["revoked_at"])
    possible = under[~outside].sort_values("started_at", na_position="first", kind="stable")
    first: pd.DataFrame = possible.drop_duplicates(["legal_basis_key", "dossier_key"])
    return first.assign(started_at=first["started_at"].mask(first["valid_from"].isna()))


class ExpectTheListToHoldAuthorisedSubjectsOnly(FactsRule):
    """A row names a subject and the authorisation, holds nothing else, and serves requests of interested persons."""

    judge: ClassVar[ModuleType | None] = list_rows
    frame: ClassVar[str] = "art8_rows"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "art8_rows": ("controller_key", "identity_key", "legal_basis_key"),
        "legal_bases": ("legal_basis_key", "consultation_key", "type"),
        "dossiers": ("dossier_key", "consultation_key"),
        "persons": ("dossier_key", "identity_key", "role"),
        "accesses": ("row_key", "action", "request_key"),
        "rights_requests": ("request_key",),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The basis that it names, the role of the identity in that consultation, and what it was used for."""
        rows, accesses = store.frames["art8_rows"], store.frames["accesses"]
        named = rows["legal_basis_key"]
        served = accesses["request_key"].isin(store.frames["rights_requests"]["request_key"].dropna())
        used = accesses["action"].isin(_USES).astype("boolean").mask(accesses["action"].isna())
        return {
            "basis_type": store.looked_up(named, "legal_bases", "legal_basis_key", "type").mask(named.isna(), ""),
            "is_subject": _is_subject(store, rows),
            "used_otherwise": any_of(rows["row_key"], accesses["row_key"], used & ~served),
        }


def _is_subject(store: StoreView, rows: pd.DataFrame) -> pd.Series[Any]:
    """Whether the identity is a subject in a dossier of the consultation; null where it is in none, or its role isn't told."""
    consultations = store.looked_up(rows["legal_basis_key"], "legal_bases", "legal_basis_key", "consultation_key")
    persons = store.frames["persons"]
    roles = pd.DataFrame(
        {
            "consultation": store.looked_up(persons["dossier_key"], "dossiers", "dossier_key", "consultation_key"),
            "identity_key": persons["identity_key"],
            "subject": (persons["role"] == listed_subjects.SUBJECT).astype("boolean").mask(persons["role"].isna()),
        }
    ).dropna(subset=["consultation", "identity_key"])
    asked = rows[["row_key", "identity_key"]].assign(consultation=consultations).dropna()
    found = asked.merge(roles, on=["consultation", "identity_key"])
    told = any_of(rows["row_key"], found["row_key"], found["subject"])
    return told.mask(~rows["row_key"].isin(found["row_key"]))
