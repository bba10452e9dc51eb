"""The rule over persons: everybody has a role, tied to a subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import Row, StoreView, judge_distinct
from discretio.domain.judgements import roles
from discretio.domain.outcomes import Judgement


class ExpectEveryPersonToHaveARoleTiedToASubject(RuleExpectation):
    """Everybody in a dossier is a subject, or a relation or contact of one."""

    rule_id: ClassVar[str] = roles.RULE_ID
    frame: ClassVar[str] = "persons"
    scope_kind: ClassVar[str] = "person"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"persons": ("person_key", "dossier_key", "role", "linked_to")}

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per person."""
        persons = store.frames["persons"]
        links = persons["linked_to"]
        other_dossier = store.looked_up(links, "persons", "person_key", "dossier_key")
        facts = pd.DataFrame(
            {
                "role": persons["role"],
                "linked": links.notna() & (links != ""),
                "linked_in_dossier": (other_dossier == persons["dossier_key"]).fillna(value=False),
                "linked_role": store.looked_up(links, "persons", "person_key", "role"),
            }
        )

        def judge(row: Row) -> Judgement:
            return roles.judge(roles.Facts(**row), store.under)

        return judge_distinct(facts, judge)
