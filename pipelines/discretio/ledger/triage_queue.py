"""The queue of triage as the database sorts it: which items a page shows, and how many wait in all.

The database only chooses; what is shown of the chosen items is read again with its seals (`triage_items`, `triage_events`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from discretio.domain.triage.ageing import LAST_DAYS, AgeBand, Overdue, age_band
from discretio.domain.triage.priority import SENSITIVE_CATEGORIES, PriorityTable
from discretio.domain.triage.words import Decision, Status
from discretio.ledger.connection import Ledger
from discretio.ledger.triage_tables import triage_events as events
from discretio.ledger.triage_tables import triage_items as items

_BINDING = ("record_hash", "policy_hash", "evidence_hash")
_SPOKEN_OF = items.c.item_id.in_(select(events.c.item_id))
_KINDS = ("ANSWER", "DECISION")
_DECIDED = {Decision.CONFIRM: Status.CONFIRMED, Decision.DISMISS: Status.DISMISSED, Decision.ACCEPT_RISK: Status.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Scale:
    """What items are ordered and judged by: the day, the points, and the oldest day that leaves an answer still in time."""

    as_of: date
    points: PriorityTable
    in_time: date


@dataclass(frozen=True, slots=True)
class Filters:
    """Which items are asked for; what is None or empty leaves out nothing."""

    store_id: int | None = None
    controllers: Collection[str] | None = None
    statuses: Collection[Status] = ()
    rule_id: str = ""
    dossier_id: str = ""
    overdue: bool = False


def queued(ledger: Ledger, filters: Filters, scale: Scale, *, first: int, most: int) -> list[str]:
    """Ids of items, the most urgent first: at most so many, from the first-th on (counted from 0)."""
    spoken = _judged(filters, scale, _SPOKEN_OF)
    columns = (spoken.c.item_id, spoken.c.first_seen, spoken.c.points)
    found = union_all(_chosen(select(*columns), spoken, filters), _unspoken(filters, scale)).subquery()
    order = (found.c.points.desc(), found.c.first_seen, found.c.item_id)
    query = select(found.c.item_id).order_by(*order).offset(first).limit(most)
    with ledger.counting() as connection:
        return [str(item_id) for item_id in connection.execute(query).scalars()]


def queue_counts(ledger: Ledger, filters: Filters, scale: Scale) -> list[tuple[Status, AgeBand, Overdue | None, int]]:
    """How many items stand in which status, of which age, with what overdue."""
    found = _judged(filters, scale, _SPOKEN_OF)
    kinds = (found.c.status, found.c.age, found.c.overdue)
    query = _chosen(select(*kinds, func.count()), found, filters).group_by(*kinds)
    with ledger.counting() as connection:
        rows = connection.execute(query).all()
        counted = _silent(connection, filters, scale)
    for status, age, late, number in rows:
        counted[Status(status), AgeBand(age), Overdue(late) if late else None] += number
    return [(*kind, number) for kind, number in counted.items()]


def _silent(connection: Connection, filters: Filters, scale: Scale) -> Counter[tuple[Status, AgeBand, Overdue | None]]:
    """The items of which nobody said anything, which are most: counted by the day, and judged a day at a time."""
    days = _by_day(connection, filters)
    days.subtract(_by_day(connection, filters, _SPOKEN_OF))
    counted: Counter[tuple[Status, AgeBand, Overdue | None]] = Counter()
    for (since, resolved), number in days.items():
        status = Status.RESOLVED if resolved else Status.OPEN
        late = Overdue.ANSWER if status is Status.OPEN and since < scale.in_time else None
        if (not filters.statuses or status in filters.statuses) and (late is not None or not filters.overdue):
            counted[status, age_band(since, scale.as_of), late] += number
    return counted


def _by_day(connection: Connection, filters: Filters, *only: ColumnElement[bool]) -> Counter[tuple[date, bool]]:
    """How many items were first seen on which day, and are gone or not."""
    day = (items.c.first_seen, items.c.gone_on)
    found: Counter[tuple[date, bool]] = Counter()
    for since, gone, number in connection.execute(select(*day, func.count()).where(*_plain(filters), *only).group_by(*day)):
        found[since, gone is not None] += number
    return found


def _unspoken(filters: Filters, scale: Scale) -> Select[Any]:
    """item_id, first_seen, points of the items of which nobody said anything: no answer and no decision is looked for."""
    status = case((items.c.gone_on.is_not(None), Status.RESOLVED.value), else_=Status.OPEN.value)
    late = case((and_(items.c.gone_on.is_(None), items.c.first_seen < scale.in_time), Overdue.ANSWER.value), else_=None)
    query = select(items.c.item_id, items.c.first_seen, _points(scale)).where(*_plain(filters), ~_SPOKEN_OF)
    if filters.statuses:
        query = query.where(status.in_(sorted(filters.statuses)))
    return query.where(late.is_not(None)) if filters.overdue else query


def _chosen(query: Select[Any], found: Subquery, filters: Filters) -> Select[Any]:
    if filters.statuses:
        query = query.where(found.c.status.in_(sorted(filters.statuses)))
    return query.where(found.c.overdue.is_not(None)) if filters.overdue else query


def _judged(filters: Filters, scale: Scale, *only: ColumnElement[bool]) -> Subquery:
    """item_id, first_seen, points, age, status, overdue of the items that the plain filters leave."""
    last, answer, decision = _last(), events.alias("answer"), events.alias("decision")
    status = _status(answer, decision, scale.as_of)
    query = select(
        items.c.item_id,
        items.c.first_seen,
        _points(scale).label("points"),
        _age(scale.as_of).label("age"),
        status.label("status"),
        _overdue(status, answer, decision, scale).label("overdue"),
    )
    told = items.outerjoin(last, last.c.item_id == items.c.item_id)
    for kind, event in zip(_KINDS, (answer, decision), strict=True):
        told = told.outerjoin(event, event.c.event_id == last.c[kind])
    return query.select_from(told).where(*_plain(filters), *only).subquery()


def _plain(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    for column, value in (
        (items.c.store_id, filters.store_id),
        (items.c.rule_id, filters.rule_id),
        (items.c.dossier_id, filters.dossier_id),
    ):
        wanted += [column == value] if value not in (None, "") else []
    if filters.controllers is not None:
        wanted.append(items.c.controller_id.in_(sorted(filters.controllers)))
    if filters.statuses and Status.RESOLVED not in filters.statuses:
        wanted.append(items.c.gone_on.is_(None))
    return wanted


def _last() -> Subquery:
    """The ids of the last answer and the last decision, for the items of which anybody said anything: few beside all."""
    newest = (func.max(case((events.c.kind == kind, events.c.event_id))).label(kind) for kind in _KINDS)
    return select(events.c.item_id, *newest).group_by(events.c.item_id).subquery()


def _status(answer: FromClause, decision: FromClause, as_of: date) -> ColumnElement[str]:
    """As `domain.triage.standing.standing` says it."""
    decided = _stands(decision, as_of)
    return case(
        (items.c.gone_on.is_not(None), Status.RESOLVED.value),
        *((and_(decided, decision.c.word == word.value), status.value) for word, status in _DECIDED.items()),
        (_stands(answer, as_of), Status.ANSWERED.value),
        else_=Status.OPEN.value,
    )


def _stands(event: FromClause, as_of: date) -> ColumnElement[bool]:
    bound = (event.c[name] == items.c[name] for name in _BINDING)
    return and_(event.c.event_id.is_not(None), *bound, or_(event.c.until_day.is_(None), event.c.until_day >= as_of))


def _overdue(status: ColumnElement[str], answer: FromClause, decision: FromClause, scale: Scale) -> ColumnElement[str | None]:
    """As `domain.triage.ageing.overdue` says it."""
    late = {
        Overdue.ACTION: and_(status == Status.CONFIRMED.value, decision.c.due < scale.as_of),
        Overdue.ANSWER: and_(status == Status.OPEN.value, items.c.first_seen < scale.in_time),
        Overdue.DECISION: and_(status == Status.ANSWERED.value, answer.c.day < scale.in_time),
    }
    return case(*((condition, what.value) for what, condition in late.items()), else_=None)


def _age(as_of: date) -> ColumnElement[str]:
    bands = ((items.c.first_seen >= as_of - timedelta(days=last), band.value) for band, last in LAST_DAYS.items())
    return case(*bands, else_=AgeBand.LONGER.value)


def _points(scale: Scale) -> ColumnElement[int]:
    """As `domain.triage.priority.priority` adds them up."""
    table = scale.points
    sensitive = [f"category_{number}" for number in sorted(SENSITIVE_CATEGORIES)]
    target = case(
        (items.c.target.in_(sensitive), table.sensitive_category),
        (or_(items.c.target == "", items.c.target.startswith("category_", autoescape=True)), 0),
        else_=table.special_class,
    )
    return (
        case(*((items.c.severity == word.value, points) for word, points in table.severity.items()), else_=0)
        + case(*((items.c.outcome == word.value, points) for word, points in table.outcome.items()), else_=0)
        + target
        + case((items.c.minor.is_(False), 0), else_=table.minor)
        + _age_points(scale)
    )


def _age_points(scale: Scale) -> ColumnElement[int]:
    """A step for every so many days, as far as points are given: the databases have no common way to subtract days."""
    table = scale.points
    steps = range(-(-table.age_most // table.age_points) if table.age_points else 0, 0, -1)
    given = {timedelta(days=table.age_days * step): min(table.age_most, table.age_points * step) for step in steps}
    aged = [(items.c.first_seen <= scale.as_of - age, points) for age, points in given.items()]
    return case(*aged, else_=0) if aged else literal(0)
