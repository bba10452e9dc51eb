"""What holds for every dossier, whatever its dates: the properties on which a deletion rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from discretio.domain.art8 import Art8Row, resolve_art8
from discretio.domain.dossier_dates import DossierDates, DossierEvent, EntryDates
from discretio.domain.dues import DELETING_RULES, DueStatus, earliest_due, may_delete, may_propose, proposal
from discretio.domain.holds import Hold, HoldKind
from discretio.domain.partial_dates import PartialDate, Precision
from discretio.domain.retention import open_alarm, resolve, resolve_entries
from discretio.law.periods import Period
from domain.made_policy import make_policy

POLICY = make_policy()
DAYS = st.dates(date(1980, 1, 1), date(2080, 12, 31))
PARTIAL = st.builds(PartialDate, st.none() | DAYS, st.sampled_from(Precision))
HOLDS = st.builds(
    Hold, kind=st.sampled_from(HoldKind), from_at=st.none() | DAYS, until_at=st.none() | DAYS, released_at=st.none() | DAYS
)
DOSSIERS = st.builds(
    DossierDates,
    kind=st.sampled_from(["SHARED", "OWN", "PRESIGNAL", "OTHER"]),
    status=st.sampled_from(["OPEN", "CLOSED", "DRAFT", None]),
    opened=st.none() | PARTIAL,
    closed=st.none() | PARTIAL,
    events=st.lists(st.builds(DossierEvent, st.sampled_from(["CLOSED", "REOPENED"]), PARTIAL), max_size=4).map(tuple),
    agreed_term=st.sampled_from([None, "P1Y", "trente ans", "onbeperkt", "?"]),
    agreed_term_start=st.sampled_from([None, "EFFECTIVE_CLOSURE", "OPENED", "FIRST_SESSION", "?"]),
    first_session=st.none() | DAYS,
    drafted=st.none() | DAYS,
    last_edit=st.none() | DAYS,
    decision=st.sampled_from(["PENDING", "NOT_SIGNALLED", "SIGNALLED", None]),
    decision_at=st.none() | DAYS,
    extension_noted=st.none() | DAYS,
    not_needed_since=st.none() | DAYS,
    entries=st.none()
    | st.lists(
        st.builds(EntryDates, st.sampled_from("abcd"), st.none() | DAYS, st.sampled_from([True, False, None])), max_size=3
    ).map(tuple),
    holds=st.none() | st.lists(HOLDS, max_size=2).map(tuple),
    missing=st.sets(
        st.sampled_from(["closed", "events", "agreed_term", "decision", "opened", "not_needed_since"]), max_size=2
    ).map(frozenset),
)


@given(DOSSIERS, DAYS)
def test_every_rule_answers_once_and_overdue_is_never_before_due(dossier: DossierDates, as_of: date) -> None:
    dues = resolve(dossier, POLICY, as_of)
    assert [due.rule_id for due in dues] == [rule for rule in DELETING_RULES if rule != "ART8-ERASURE"]
    for due in dues:
        if due.status in (DueStatus.OVERDUE, DueStatus.OVERDUE_HELD):
            assert due.due is not None
            assert due.last_lawful_day is not None
            assert due.due <= due.last_lawful_day < as_of
        if due.status in (DueStatus.OK, DueStatus.DUE_SOON):
            assert due.due is not None
            assert as_of <= due.due


@given(DOSSIERS, DAYS, DAYS)
def test_what_is_overdue_stays_overdue(dossier: DossierDates, as_of: date, later: date) -> None:
    assume(as_of <= later)
    assume(dossier.extension_noted is None or dossier.extension_noted <= as_of)
    over = (DueStatus.OVERDUE, DueStatus.OVERDUE_HELD)
    for due, after in zip(resolve(dossier, POLICY, as_of), resolve(dossier, POLICY, later), strict=True):
        assert due.status not in over or after.status in over


@given(DOSSIERS, DAYS, st.sampled_from(HoldKind))
def test_a_hold_leaves_the_finding_and_takes_the_deletion(dossier: DossierDates, as_of: date, kind: HoldKind) -> None:
    free = resolve(_with(dossier, holds=()), POLICY, as_of)
    held = resolve(_with(dossier, holds=(Hold(kind=kind, from_at=as_of),)), POLICY, as_of)
    for without, with_hold in zip(free, held, strict=True):
        assert with_hold.status is not DueStatus.OVERDUE
        assert (with_hold.status is DueStatus.OVERDUE_HELD) == (without.status is DueStatus.OVERDUE)
        assert not may_delete(with_hold, POLICY)


@given(DOSSIERS, DAYS)
def test_only_what_is_certainly_overdue_and_certainly_free_can_be_deleted(dossier: DossierDates, as_of: date) -> None:
    for due in (*resolve_entries(dossier, POLICY, as_of), open_alarm(dossier, POLICY, as_of)):
        if may_delete(due, POLICY):
            assert due.status is DueStatus.OVERDUE
            assert due.entry_keys is None
            assert dossier.holds is not None
            assert may_propose(due)
        assert not may_delete(due, make_policy(adopted=False))


@given(DOSSIERS, DAYS, st.sampled_from(sorted(POLICY.values)))
def test_a_policy_that_lacks_a_parameter_never_makes_a_pass_or_a_deletion(
    dossier: DossierDates, as_of: date, name: str
) -> None:
    lacking = make_policy({name: None})
    for due, before in zip(resolve(dossier, lacking, as_of), resolve(dossier, POLICY, as_of), strict=True):
        assert due.status in (before.status, DueStatus.NOT_CHECKABLE)
        if due.status is not before.status:
            assert not may_delete(due, lacking)


@given(DOSSIERS, DAYS, st.integers(1, 60), st.integers(1, 60), st.sampled_from(["retention.cap", "presignal.draft_term"]))
def test_a_shorter_term_never_yields_a_later_due_date(
    dossier: DossierDates, as_of: date, one: int, other: int, name: str
) -> None:
    short, long = sorted((one, other))
    # Reopened dossiers aside: what expired before a reopening changes group, not only date.
    plain = _with(dossier, events=(), extension_noted=None)
    shorter = resolve(plain, make_policy({name: Period(months=12 * short)}), as_of)
    longer = resolve(plain, make_policy({name: Period(months=12 * long)}), as_of)
    for left, right in zip(shorter, longer, strict=True):
        if left.due is not None and right.due is not None:
            assert left.due <= right.due


@given(DOSSIERS, DAYS)
def test_counting_to_the_eve_is_never_later(dossier: DossierDates, as_of: date) -> None:
    eve = make_policy({"retention.mode": "EVE"})
    for anniversary, strict in zip(
        resolve_entries(_with(dossier, events=()), POLICY, as_of),
        resolve_entries(_with(dossier, events=()), eve, as_of),
        strict=True,
    ):
        if anniversary.due is not None and strict.due is not None:
            assert strict.due <= anniversary.due


@given(DOSSIERS, DAYS)
def test_the_governing_due_hides_nothing(dossier: DossierDates, as_of: date) -> None:
    dues = resolve(dossier, POLICY, as_of)
    governing = earliest_due(dues)
    assert governing is not None
    statuses = {due.status for due in dues}
    if statuses & {DueStatus.OVERDUE, DueStatus.OVERDUE_HELD}:
        assert governing.status in (DueStatus.OVERDUE, DueStatus.OVERDUE_HELD)
    elif DueStatus.NOT_CHECKABLE in statuses:
        assert governing.status in (DueStatus.NOT_CHECKABLE, DueStatus.DUE_UNCERTAIN)


@given(DOSSIERS, DAYS)
def test_what_may_be_deleted_is_proposed_as_such_and_nothing_else_is(dossier: DossierDates, as_of: date) -> None:
    for due in resolve(dossier, POLICY, as_of):
        proposed = proposal(due, POLICY)
        assert (proposed is not None and proposed.is_executable) == may_delete(due, POLICY)


@given(
    st.lists(st.builds(Art8Row, st.sampled_from("abcd"), st.none() | PARTIAL, st.none() | DAYS, st.none() | DAYS), max_size=4),
    DAYS,
)
def test_the_prosecutors_list_knows_no_hold_and_another_row_never_postpones(rows: list[Art8Row], as_of: date) -> None:
    due = resolve_art8(rows, POLICY, as_of)
    assert due.status is not DueStatus.OVERDUE_HELD
    assert due.holds_known
    if due.status is DueStatus.OVERDUE:
        more = resolve_art8([*rows, Art8Row("z", PartialDate(as_of))], POLICY, as_of)
        assert more.status is DueStatus.OVERDUE


def _with(dossier: DossierDates, **changes: object) -> DossierDates:
    return replace(dossier, **changes)
