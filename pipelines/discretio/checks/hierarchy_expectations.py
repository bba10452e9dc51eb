"""Chapter I, too: what the superiors of the participants see and hear."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import gathered, per_row
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.secrecy import hierarchy

_CONTENT = "CONTENT"


class ExpectHierarchyToHearTheMinimum(FactsRule):
    """No superior reads a dossier without access to that case, and what superiors are told names nobody."""

    judge: ClassVar[ModuleType | None] = hierarchy
    frame: ClassVar[str] = "controllers"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "users": ("user_key", "controller_key", "is_manager"),
        "accesses": ("access_key", "at", "user_key", "dossier_key", "entry_key", "shows_content", "inquiry_ref"),
        "access_grants": ("dossier_key", "user_key", "from_at", "until_at", "access_role"),
        "dossiers": ("dossier_key", "owner"),
        "disclosures": ("dossier_key", "discloser", "recipient_kind", "holds_identifiers", "inquiry_ref"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What its users looked at, and what it disclosed; for what is nobody's, the owner of the dossier answers."""
        participants, passed = store.frames["controllers"]["controller_key"], store.frames["disclosures"]
        told = passed.assign(answerable=_or_owner(store, passed["discloser"], passed["dossier_key"]))
        of_read = {name: name for name in ("is_manager", "shows_content", "has_case_role", "inquiry_ref")}
        of_told = {name: name for name in ("recipient_kind", "holds_identifiers", "inquiry_ref")}
        return {
            "reads": per_row(participants, gathered(_reads(store), "answerable", hierarchy.Read, of_read)),
            "disclosures": per_row(participants, gathered(told, "answerable", hierarchy.Told, of_told)),
        }


def _reads(store: StoreView) -> pd.DataFrame:
    """The lines of the logs that are about a dossier, with who answers for each."""
    accesses = store.frames["accesses"]
    lines = accesses[accesses["dossier_key"].notna() | accesses["entry_key"].notna()]
    employer = store.looked_up(lines["user_key"], "users", "user_key", "controller_key")
    return lines.assign(
        answerable=_or_owner(store, employer, lines["dossier_key"]),
        is_manager=store.looked_up(lines["user_key"], "users", "user_key", "is_manager"),
        has_case_role=_has_case_role(store, lines),
    )


def _or_owner(store: StoreView, named: pd.Series[Any], dossiers: pd.Series[Any]) -> pd.Series[Any]:
    """Who is named, or else the owner of the dossier."""
    owners = store.looked_up(dossiers, "dossiers", "dossier_key", "owner")
    return named.where(named.notna(), owners)


def _has_case_role(store: StoreView, lines: pd.DataFrame) -> pd.Series[Any]:
    """Whether the user was then granted access to the content of that dossier; null where the store doesn't tell."""
    grants = store.frames["access_grants"][["dossier_key", "user_key", "from_at", "until_at", "access_role"]]
    held = lines[["access_key", "at", "user_key", "dossier_key"]].merge(grants, on=["dossier_key", "user_key"])
    over = held["from_at"].gt(held["at"]) | held["at"].dt.normalize().gt(held["until_at"])
    other = held["access_role"].notna() & (held["access_role"] != _CONTENT)
    possible = held[~over & ~other]
    certain = possible[possible["from_at"].notna() & possible["access_role"].notna()]
    found = lines["access_key"].isin(certain["access_key"]).astype("boolean")
    unsure = lines["access_key"].isin(possible["access_key"]) & ~found
    return found.mask(unsure | lines[["at", "user_key", "dossier_key"]].isna().any(axis=1))
