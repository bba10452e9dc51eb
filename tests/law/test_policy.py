"""A policy: when a deletion may rest on it, and that a parameter is read as what it is."""

from datetime import date

import pytest

from discretio.law.periods import Period
from discretio.law.policy import Adoption, ResolvedPolicy, Status

AS_OF = date(2026, 11, 21)


def policy(status: Status, adoption: Adoption | None = None) -> ResolvedPolicy:
    return ResolvedPolicy(
        policy_set_id="TEST",
        version="1",
        status=status,
        as_of=AS_OF,
        sha256="",
        adoption=adoption,
        values={"a.term": Period(days=1), "a.word": "FIRST", "a.number": 5, "a.list": ("x", "y"), "a.truth": True},
        references={},
        categories={},
        rules={},
    )


@pytest.mark.parametrize(
    ("status", "adopted_at", "expected"),
    [
        (Status.LAW, None, True),
        (Status.DECREE, None, True),
        (Status.BILL, None, False),
        (Status.CIRCULAR, None, False),
        (Status.DEFAULT, None, False),
        (Status.BILL, date(2026, 11, 20), True),
        (Status.BILL, AS_OF, True),
        (Status.BILL, date(2026, 11, 22), False),
    ],
)
def test_a_deletion_rests_on_law_or_on_an_adoption_that_came_before(
    status: Status, adopted_at: date | None, expected: bool
) -> None:
    adoption = Adoption("Board", adopted_at) if adopted_at else None
    assert policy(status, adoption).may_delete is expected


def test_a_parameter_is_read_as_what_it_is_and_as_nothing_else() -> None:
    read = policy(Status.LAW)
    assert read.period("a.term") == Period(days=1)
    assert read.choice("a.word") == "FIRST"
    assert read.number("a.number") == 5
    assert read.words("a.list") == ("x", "y")
    for wrong in (
        lambda: read.period("a.word"),
        lambda: read.choice("a.term"),
        lambda: read.number("a.truth"),
        lambda: read.words("a.word"),
    ):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(KeyError):
        read.period("a.term_that_nobody_sets")
