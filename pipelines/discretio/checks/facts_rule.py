"""A rule that its judge describes: the facts it asks for are columns, but for those that have to be looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import Row, StoreView, judge_distinct
from discretio.domain.frames import KNOWN_FRAMES
from discretio.domain.judgements.facts import names_of
from discretio.domain.outcomes import Judgement


class FactsRule(RuleExpectation):
    """A rule over the columns of one frame. A subclass names its judge and its frame, and mostly that is all.

    Attributes:
        judge: the module with `RULE_ID`, `Facts` and `judge`.
        columns: by fact, the column that tells it, where it has another name.
        more_needs: per frame, further columns without which the rule can't be answered: those that `looked_up` reads.
    """

    judge: ClassVar[ModuleType | None] = None
    columns: ClassVar[Mapping[str, str]] = {}
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init_subclass__(cls, **keywords: object) -> None:
        """Read from the judge what the rule needs."""
        super().__init_subclass__(**keywords)
        if cls.judge is None:
            return
        cls.rule_id = cls.judge.RULE_ID
        cls.scope_kind = KNOWN_FRAMES[cls.frame].scope
        own = (KNOWN_FRAMES[cls.frame].key, *cls.more_needs.get(cls.frame, ()), *cls._own_columns().values())
        cls.needs = {cls.frame: tuple(dict.fromkeys(own))} | {
            name: columns for name, columns in cls.more_needs.items() if name != cls.frame
        }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:  # noqa: ARG003 - for subclasses
        """The facts that no column of the frame tells, row by row in its order."""
        return {}

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per row, made once for rows that are alike."""
        module = cls.judge
        scopes = store.frames[cls.frame]
        facts = {name: scopes[column] for name, column in cls._own_columns().items()} | dict(cls.looked_up(store))
        if module is None or facts.keys() != set(names_of(module.Facts)):
            raise TypeError("a fact is neither a column of the frame nor looked up")

        def judge(row: Row) -> Judgement:
            answer: Judgement = module.judge(module.Facts(**row), store.under)
            return answer

        return judge_distinct(pd.DataFrame(facts, index=scopes.index), judge)

    @classmethod
    def _own_columns(cls) -> Mapping[str, str]:
        """By fact, the column of the frame that tells it."""
        known = KNOWN_FRAMES[cls.frame].column_names
        named = {name: cls.columns.get(name, name) for name in names_of(cls.judge.Facts if cls.judge else object)}
        return {name: column for name, column in named.items() if column in known}
