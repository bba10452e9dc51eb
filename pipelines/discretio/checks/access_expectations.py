"""Chapter E: who may reach a dossier, what the logs say, and the lists of those who see sensitive data."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.attested_rule import AttestedRule
from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import among, any_of, with_any
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.shared_dossier import access_lists, grants, logging_of_accesses
from discretio.law.authorities import Regime
from discretio.law.special_classes import Flag, categories_mask, flags_mask


class ExpectEveryAccessToBeManaged(FactsRule):
    """A grant is a person's who takes part, confirmed twice a year, and ends with the dossier."""

    judge: ClassVar[ModuleType | None] = grants
    frame: ClassVar[str] = "access_grants"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "access_grants": ("dossier_key", "controller_key", "user_key"),
        "users": ("user_key", "is_generic", "left_at"),
        "dossiers": ("dossier_key", "owner", "closed_at"),
        "dossier_participants": ("dossier_key", "controller_key"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whose account it is, and what its participant is to the dossier."""
        rows = store.frames["access_grants"]
        users, dossiers = rows["user_key"], rows["dossier_key"]
        pair = rows[["dossier_key", "controller_key"]]
        owners = store.frames["dossiers"][["dossier_key", "owner"]]
        return {
            "is_generic": store.looked_up(users, "users", "user_key", "is_generic"),
            "left_at": store.looked_up(users, "users", "user_key", "left_at"),
            "takes_part": among(pair, store.frames["dossier_participants"][["dossier_key", "controller_key"]])
            | among(pair, owners),
            "is_administrator": any_of(users, users, (rows["access_role"] == grants.ADMIN).mask(rows["access_role"].isna())),
            "closed_at": store.looked_up(dossiers, "dossiers", "dossier_key", "closed_at"),
        }


class ExpectEveryLogToBeComplete(FactsRule):
    """A log under title 2 records all six actions, line by line, and is kept for a time that ends."""

    judge: ClassVar[ModuleType | None] = logging_of_accesses
    frame: ClassVar[str] = "logs"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "logs": ("controller_key",),
        "controllers": ("controller_key", "regime"),
        "accesses": ("log_key", "at", "user_key", "action", "reason", "recipient"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The regime of who keeps it, and whether its lines are complete."""
        logs, lines = store.frames["logs"], store.frames["accesses"]
        disclosed = lines["action"] == "DISCLOSE"
        lacking = lines[["at", "user_key"]].isna().any(axis=1) | _blank(lines["reason"])
        lacking |= disclosed & _blank(lines["recipient"])
        asked = disclosed | (lines["action"] == "CONSULT")
        return {
            "regime": store.looked_up(logs["controller_key"], "controllers", "controller_key", "regime"),
            "has_incomplete_lines": any_of(logs["log_key"], lines["log_key"], (asked & lacking).mask(lines["action"].isna())),
        }


class ExpectSensitiveDataToBeReadByListedPersonsOnly(FactsRule):
    """Who holds sensitive data lists the categories of persons who see them, and nobody else read them."""

    judge: ClassVar[ModuleType | None] = access_lists
    frame: ClassVar[str] = "controllers"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "controllers": ("regime",),
        "entries": ("entry_key", "introduced_by", "categories", "special_declared"),
        "access_lists": ("controller_key", "data_type", "persons_category", "updated_at"),
        "users": ("user_key", "controller_key", "persons_category", "role_changed_at"),
        "accesses": ("user_key", "entry_key"),
        "confidentiality_duties": ("user_key",),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What each controller holds, its lists, and who read what it introduced."""
        controllers = store.frames["controllers"]
        keys, lists, users = controllers["controller_key"], store.frames["access_lists"], store.frames["users"]
        held = _sensitive_types(store)
        reads = _reads(store, held)
        return {
            "sensitive": _types_of(keys, held, "introduced_by", "type").mask(controllers["regime"].isna()),
            "on_lists": _types_of(keys, lists, "controller_key", "data_type"),
            "oldest_update": told_by(keys, lists.groupby("controller_key")["updated_at"].agg(_earliest)),
            "role_changed_at": told_by(keys, users.groupby("controller_key")["role_changed_at"].max()),
            "read_by_unlisted": any_of(keys, reads["introduced_by"], ~reads["listed"]),
            "read_without_duty": any_of(keys, reads["introduced_by"], ~reads["has_duty"]),
        }


_HEALTH_AND_THE_LIKE = {"HEALTH": Flag.HEALTH, "GENETIC": Flag.GENETIC, "BIOMETRIC": Flag.BIOMETRIC, "CRIMINAL": Flag.CRIMINAL}
_CATEGORY_9 = categories_mask([9])


def _sensitive_types(store: StoreView) -> pd.DataFrame:
    """A row per entry and type of sensitive data: entry_key, introduced_by, type."""
    entries = store.frames["entries"]
    regimes = store.looked_up(entries["introduced_by"], "controllers", "controller_key", "regime")
    title_2, flags = regimes == Regime.T2, entries["special_declared"]
    found = [entries[title_2 & (flags != 0)].assign(type="T2_SPECIAL")]
    for name, flag in _HEALTH_AND_THE_LIKE.items():
        marked = (flags & flags_mask([flag])) != 0
        if flag is Flag.CRIMINAL:
            marked |= (entries["categories"] & _CATEGORY_9) != 0
        found.append(entries[~title_2 & regimes.notna() & marked].assign(type=name))
    return pd.concat(found, ignore_index=True)[["entry_key", "introduced_by", "type"]]


def _reads(store: StoreView, held: pd.DataFrame) -> pd.DataFrame:
    """A row per access to a sensitive entry and type: whether its reader is listed for it, and bound."""
    reads = store.frames["accesses"][["user_key", "entry_key"]].merge(held, on="entry_key").drop_duplicates()
    lists = store.frames["access_lists"][["controller_key", "data_type", "persons_category"]]
    category = store.looked_up(reads["user_key"], "users", "user_key", "persons_category")
    asked = pd.DataFrame({"by": reads["introduced_by"], "type": reads["type"], "category": category})
    return reads.assign(
        listed=among(asked, lists), has_duty=with_any(reads["user_key"], store.frames["confidentiality_duties"]["user_key"])
    )


class ExpectAppropriateSecurityToBeAttested(AttestedRule):
    """Each controller attests every year that its security measures are appropriate."""

    rule_id: ClassVar[str] = "ART3-2-SECURITY-ATTEST"


class ExpectPoliceDirectivesToBeAttested(AttestedRule):
    """The police attests that it keeps to its own directives on information, whose text isn't public."""

    rule_id: ClassVar[str] = "ART3-2-POLICE-DIRECTIVES"
    asked: ClassVar[frozenset[str]] = frozenset({"INTEGRATED_POLICE"})


def _blank(words: pd.Series[Any]) -> pd.Series[Any]:
    return words.fillna("").astype("str").str.strip() == ""


def _types_of(keys: pd.Series[Any], rows: pd.DataFrame, by: str, column: str) -> pd.Series[Any]:
    """For each key the words of a column in its rows, with | between; empty where it has none."""
    words = rows.dropna(subset=[column]).groupby(by)[column].agg(lambda found: "|".join(sorted(set(found)))).to_dict()
    return pd.Series([words.get(key, "") for key in keys], index=keys.index, dtype="str")


def _earliest(moments: pd.Series[Any]) -> Any:  # noqa: ANN401 - a moment, or null
    """The earliest; null if one of them is null, since that may be earlier still."""
    return pd.NaT if moments.isna().any() else moments.min()
