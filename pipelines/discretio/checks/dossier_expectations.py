"""The rules over dossiers: agreed terms and closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import Row, StoreView, judge_distinct, told_by
from discretio.domain.judgements import closures, term_set, term_within_cap
from discretio.domain.outcomes import Judgement


class ExpectTheRetentionTermToBeSetBeforeTheFirstSession(RuleExpectation):
    """The participants of a shared dossier decided on a retention term before they first met about it."""

    rule_id: ClassVar[str] = term_set.RULE_ID
    frame: ClassVar[str] = "dossiers"
    scope_kind: ClassVar[str] = "dossier"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossiers": ("dossier_key", "kind", "agreed_term", "agreed_term_decided_at"),
        "sessions": ("dossier_key", "started_at"),
    }

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per dossier."""
        columns = {"decided_at": "agreed_term_decided_at"} | {name: name for name in ("kind", "agreed_term", "times_known")}
        facts = _facts(store, columns)
        sessions, keys = store.frames["sessions"], store.frames["dossiers"]["dossier_key"]
        facts["first_session_at"] = told_by(keys, _first_sessions(sessions))
        projects = store.column("dossiers", "consultation_key")
        facts["project_known"] = projects.notna()
        facts["first_of_project_at"] = told_by(projects, _first_sessions(_of_projects(store, sessions, projects)))
        facts["undated_sessions"] = keys.isin(sessions.loc[sessions["started_at"].isna(), "dossier_key"])

        def judge(row: Row) -> Judgement:
            return term_set.judge(term_set.Facts(**row), store.under)

        return judge_distinct(facts, judge)


class ExpectTheRetentionTermToKeepWithinTheLegalCap(RuleExpectation):
    """The agreed retention term of a shared dossier ends no later than the legal cap."""

    rule_id: ClassVar[str] = term_within_cap.RULE_ID
    frame: ClassVar[str] = "dossiers"
    scope_kind: ClassVar[str] = "dossier"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"dossiers": ("dossier_key", "kind", "agreed_term")}

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per dossier."""
        columns = {"start": "agreed_term_start"}
        names = ("kind", "agreed_term", "closed_at", "closed_precision", "opened_at")
        facts = _facts(store, columns | {name: name for name in names})
        if "sessions" in store.frames:
            facts["first_session_at"] = told_by(
                store.frames["dossiers"]["dossier_key"], _first_sessions(store.frames["sessions"])
            )

        def judge(row: Row) -> Judgement:
            return term_within_cap.judge(term_within_cap.Facts(**row), store.under)

        return judge_distinct(facts, judge)


class ExpectEveryClosureToBeKnown(RuleExpectation):
    """A closed dossier has a date of closure, and none stays open for as long as the cap."""

    rule_id: ClassVar[str] = closures.RULE_ID
    frame: ClassVar[str] = "dossiers"
    scope_kind: ClassVar[str] = "dossier"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"dossiers": ("dossier_key", "status", "opened_at", "closed_at")}

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per dossier."""
        names = ("kind", "status", "opened_at", "closed_at", "closed_precision")
        facts = _facts(store, {name: name for name in names})
        closer, owner = store.column("dossiers", "closed_by"), store.column("dossiers", "owner")
        # Who isn't named closed as in a store that doesn't record it; who is, is compared with the owner if there is one.
        same = (closer == owner).astype("boolean").mask(owner.isna())
        facts["closed_by_organiser"] = same.mask(closer.isna(), other=True)

        def judge(row: Row) -> Judgement:
            return closures.judge(closures.Facts(**row), store.under)

        return judge_distinct(facts, judge)


def _facts(store: StoreView, columns: Mapping[str, str]) -> pd.DataFrame:
    """Columns of the dossiers under the names of the facts; null where the store lacks them."""
    return pd.DataFrame({fact: store.column("dossiers", name) for fact, name in columns.items()})


def _of_projects(store: StoreView, sessions: pd.DataFrame, projects: pd.Series[Any]) -> pd.DataFrame:
    """The sessions under the consultation of their dossier instead of the dossier."""
    of_dossiers = projects.set_axis(pd.Index(store.frames["dossiers"]["dossier_key"]))
    return sessions.assign(dossier_key=told_by(sessions["dossier_key"], of_dossiers))


def _first_sessions(sessions: pd.DataFrame) -> pd.Series[Any]:
    return sessions.groupby("dossier_key")["started_at"].min()
