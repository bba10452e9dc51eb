"""Chapter F: who reads own dossiers, and what protects them."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.access_expectations import (
    ExpectAppropriateSecurityToBeAttested,
    ExpectEveryAccessToBeManaged,
    ExpectEveryLogToBeComplete,
    ExpectSensitiveDataToBeReadByListedPersonsOnly,
)
from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import among
from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.own_dossier import measures, readers
from discretio.domain.outcomes import Outcome
from discretio.law.authorities import Regime


class ExpectOwnDossiersToBeReadByWhoTookPart(FactsRule):
    """Who sees what a consultation brought to an own dossier took part in it, or represents somebody who did."""

    judge: ClassVar[ModuleType | None] = readers
    frame: ClassVar[str] = "accesses"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "accesses": ("at", "user_key", "dossier_key"),
        "dossiers": ("dossier_key", "kind", "owner", "consultation_key"),
        "sessions": ("session_key", "dossier_key"),
        "attendees": ("session_key", "user_key", "controller_key"),
        "permanent_representatives": ("user_key", "controller_key", "from_at", "until_at"),
        "users": ("user_key", "controller_key"),
        "dossier_participants": ("dossier_key", "controller_key"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What the dossier is, and what its reader is to the consultation."""
        lines, dossiers = store.frames["accesses"], store.frames["accesses"]["dossier_key"]
        consultations = store.looked_up(dossiers, "dossiers", "dossier_key", "consultation_key")
        came = _came(store)
        employer = store.looked_up(lines["user_key"], "users", "user_key", "controller_key")
        reader = pd.DataFrame({"user_key": lines["user_key"], "consultation": consultations})
        participants = store.frames["dossier_participants"]
        taking_part = pd.DataFrame(
            {
                "consultation": store.looked_up(participants["dossier_key"], "dossiers", "dossier_key", "consultation_key"),
                "controller_key": participants["controller_key"],
            }
        )
        colleague = pd.DataFrame({"consultation": consultations, "controller_key": employer})
        return {
            "dossier_kind": store.looked_up(dossiers, "dossiers", "dossier_key", "kind").mask(dossiers.isna(), ""),
            "attended": among(reader, came[["user_key", "consultation"]]),
            "represents": _represents(store, lines.assign(consultation=consultations), came),
            "works_for_participant": among(colleague, taking_part),
        }


def _came(store: StoreView) -> pd.DataFrame:
    """Who came to a session of which consultation, for whom."""
    attendees = store.frames["attendees"]
    dossiers = store.looked_up(attendees["session_key"], "sessions", "session_key", "dossier_key")
    consultations = store.looked_up(dossiers, "dossiers", "dossier_key", "consultation_key")
    return attendees[["user_key", "controller_key"]].assign(consultation=consultations)


def _represents(store: StoreView, lines: pd.DataFrame, came: pd.DataFrame) -> pd.Series[Any]:
    """Whether the reader then held the mandate of a participant that came to a session of the consultation."""
    mandates = store.frames["permanent_representatives"][["user_key", "controller_key", "from_at", "until_at"]]
    held = lines[["access_key", "at", "user_key", "consultation"]].merge(mandates, on="user_key")
    there = among(held[["controller_key", "consultation"]], came[["controller_key", "consultation"]]).fillna(value=False)
    valid = held["from_at"].le(held["at"]) & ~held["at"].dt.normalize().gt(held["until_at"])
    found = lines["access_key"].isin(held.loc[there & valid, "access_key"]).astype("boolean")
    return found.mask(lines[["at", "user_key", "consultation"]].isna().any(axis=1))


_ACCESS, _LOGGING = ExpectEveryAccessToBeManaged, ExpectEveryLogToBeComplete
_LISTS, _SECURITY = ExpectSensitiveDataToBeReadByListedPersonsOnly, ExpectAppropriateSecurityToBeAttested
_WORST_FIRST = (Outcome.FAIL, Outcome.NOT_CHECKABLE, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE)


def _needs_of(*expectations: type[RuleExpectation]) -> dict[str, tuple[str, ...]]:
    """All that these expectations need."""
    frames = dict.fromkeys(name for expectation in expectations for name in expectation.needs)
    return {
        name: tuple(dict.fromkeys(column for expectation in expectations for column in expectation.needs.get(name, ())))
        for name in frames
    }


class ExpectOwnDossiersToBeProtected(FactsRule):
    """What art. 3 §2 asks of the shared dossier is met for each own dossier too."""

    judge: ClassVar[ModuleType | None] = measures
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = _needs_of(_ACCESS, _LOGGING, _LISTS, _SECURITY)

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The worst answer of each of the four rules."""
        keys, owners = (store.frames["dossiers"][name] for name in ("dossier_key", "owner"))
        regimes = store.looked_up(owners, "controllers", "controller_key", "regime")
        unasked = regimes.notna() & (regimes != Regime.T2)
        return {
            "access": keys.map(_worst(_ACCESS, "dossier_key", store)),
            "logging": owners.map(_worst(_LOGGING, "controller_key", store)).mask(unasked, Outcome.NOT_APPLICABLE.value),
            "lists": owners.map(_worst(_LISTS, "controller_key", store)),
            "security": owners.map(_worst(_SECURITY, "controller_key", store)),
        }


def _worst(expectation: type[RuleExpectation], by: str, store: StoreView) -> Mapping[str, str]:
    """The worst answer of a rule, by dossier or controller."""
    answers = expectation.outcomes(store)[[by, "outcome"]].dropna().drop_duplicates()
    ranked = answers.assign(rank=answers["outcome"].map({outcome.value: rank for rank, outcome in enumerate(_WORST_FIRST)}))
    worst = ranked.sort_values("rank", kind="stable").drop_duplicates(by)
    return dict(zip(worst[by].tolist(), worst["outcome"].tolist(), strict=True))
