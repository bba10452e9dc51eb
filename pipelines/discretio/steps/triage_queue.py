"""The queue of triage a page at a time, for ledgers whose items nobody reads at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from discretio.domain.approvals import Person, Role
from discretio.domain.triage.ageing import AgeBand, Overdue, oldest_in_time
from discretio.domain.triage.words import Status
from discretio.ledger.triage_events import said_of
from discretio.ledger.triage_items import items_of
from discretio.ledger.triage_queue import Filters, Scale, queue_counts, queued
from discretio.steps.acting import acting
from discretio.steps.triage import TriageItem
from discretio.steps.triage_rows import Rows
from discretio.steps.workplace import Workplace

PAGE = 50


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue.

    Attributes:
        items: those of the page, the most urgent first.
        number: of the page, from 1.
        pages: how many there are, at least 1.
        total: how many items the filters leave.
        by_age: status: age: n items that the filters leave.
        overdue: what: n items that the filters leave.
    """

    items: list[TriageItem]
    number: int
    pages: int
    total: int
    by_age: Mapping[Status, Mapping[AgeBand, int]]
    overdue: Mapping[Overdue, int]


def queue_page(place: Workplace, login: str, as_of: date, filters: Filters, number: int = 1) -> QueuePage:
    """One page of what a person may see; a number beyond the last page gives the last.

    Args:
        place: the collaborators.
        login: who asks; sees what `triage_list` would show him.
        as_of: the day on which ages, ends and due dates are judged.
        filters: what is asked for; `controllers` is set here.
        number: which page, from 1.

    Raises:
        ApprovalError: nobody is enrolled under this login.
    """
    seen = replace(filters, controllers=_seen_by(acting(place, login)))
    rows = Rows.at(place, as_of)
    scale = Scale(as_of, rows.table, oldest_in_time(as_of, rows.within))
    counted = queue_counts(place.ledger, seen, scale)
    total = sum(count for *_, count in counted)
    pages = max(1, -(-total // PAGE))
    chosen = min(max(1, number), pages)
    ids = queued(place.ledger, seen, scale, first=(chosen - 1) * PAGE, most=PAGE)
    built = rows.built(items_of(place.ledger, only=ids), said_of(place.ledger, ids), TriageItem)
    by_id = {item.item_id: item for item in built}
    return QueuePage([by_id[item_id] for item_id in ids if item_id in by_id], chosen, pages, total, *_summed(counted))


def _seen_by(person: Person) -> frozenset[str] | None:
    """The controllers whose items a person sees; None for all (`domain.triage.rights.sees`)."""
    if Role.DPO in person.roles and not person.controllers:
        return None
    return person.controllers if {Role.REVIEWER, Role.DPO} & person.roles else frozenset()


def _summed(
    counted: list[tuple[Status, AgeBand, Overdue | None, int]],
) -> tuple[dict[Status, Counter[AgeBand]], Counter[Overdue]]:
    by_age: dict[Status, Counter[AgeBand]] = {}
    overdue: Counter[Overdue] = Counter()
    for status, age, late, number in counted:
        by_age.setdefault(status, Counter())[age] += number
        if late is not None:
            overdue[late] += number
    return by_age, overdue
