"""Judging alike rows once answers exactly as judging each row."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from discretio.checks.store_view import Row, judge_distinct, rows_of
from discretio.domain.outcomes import Judgement, Outcome

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "mask": st.none() | st.integers(0, 3),
            "at": st.none() | st.sampled_from([pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-01 09:30")]),
            "told": st.none() | st.booleans(),
            "words": st.none() | st.sampled_from(["", "a", "b"]),
        }
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS)
def test_alike_rows_are_judged_once_and_answered_each(rows: list[dict[str, object]]) -> None:
    frame = pd.DataFrame(rows).astype({"mask": "Int64", "at": "datetime64[us]", "told": "boolean", "words": "str"})
    calls: list[Row] = []

    def judge(row: Row) -> Judgement:
        calls.append(row)
        return Judgement(Outcome.PASS, repr(list(row.values())))

    one_by_one = [repr(list(row.values())) for row in rows_of(frame)]
    assert [answer.reason for answer in judge_distinct(frame, judge)] == one_by_one
    assert len(calls) == len(set(one_by_one))


@given(ROWS)
def test_rows_hold_none_for_every_kind_of_null_and_the_value_otherwise(rows: list[dict[str, object]]) -> None:
    frame = pd.DataFrame(rows).astype({"mask": "Int64", "at": "datetime64[us]", "told": "boolean", "words": "str"})
    assert list(rows_of(frame)) == rows
