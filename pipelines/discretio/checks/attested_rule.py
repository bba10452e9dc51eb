"""A rule that no data can show: it asks controllers for an attestation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import Row, StoreView, judge_distinct, told_by
from discretio.domain.judgements import attested
from discretio.domain.outcomes import Judgement

_TOLD = ("result", "attested_by", "attested_on", "valid_until", "document_sha256")


class AttestedRule(RuleExpectation):
    """One attestation per controller. A subclass names its rule, and mostly that is all.

    Attributes:
        asked: the kinds of participants that the rule asks; empty for all.
    """

    frame: ClassVar[str] = "controllers"
    scope_kind: ClassVar[str] = "controller"
    controller: ClassVar[str | None] = "controller_key"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "controllers": ("controller_key", "kind"),
        "attestations": ("controller_key", "rule_id", *_TOLD),
    }
    asked: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per controller."""
        controllers = store.frames["controllers"]
        last = _last_of_each(store.frames["attestations"], cls.rule_id, pd.Timestamp(store.under.as_of))
        facts = pd.DataFrame({name: told_by(controllers["controller_key"], last[name]) for name in _TOLD})
        facts["asked"] = _asked(controllers["kind"], cls.asked)

        def judge(row: Row) -> Judgement:
            return attested.judge(attested.Facts(**row), store.under)

        return judge_distinct(facts, judge)


def _last_of_each(attestations: pd.DataFrame, rule_id: str, as_of: pd.Timestamp) -> pd.DataFrame:
    """Each controller's last attestation for a rule; one that lies ahead counts only where there is no other."""
    given = attestations[attestations["rule_id"] == rule_id]
    ahead = (given["attested_on"] > as_of).astype("int64")
    ranked = given.assign(_ahead=-ahead).sort_values(["_ahead", "attested_on"], na_position="first", kind="stable")
    return ranked.drop_duplicates("controller_key", keep="last").set_index("controller_key")


def _asked(kinds: pd.Series[Any], asked: frozenset[str]) -> pd.Series[Any]:
    if not asked:
        return pd.Series(data=True, index=kinds.index, dtype="boolean")
    return kinds.isin(asked).astype("boolean").mask(kinds.isna())
