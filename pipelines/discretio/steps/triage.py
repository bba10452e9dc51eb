"""Triage: list what waits, show one item, answer as a reviewer, decide as a data protection officer. Ids and codes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from discretio.domain.approvals import Person
from discretio.domain.triage.ageing import Overdue
from discretio.domain.triage.priority import Priority
from discretio.domain.triage.rights import Decided, require_may_answer, require_may_decide, sees
from discretio.domain.triage.standing import Binding, Event, Standing
from discretio.domain.triage.words import Answer, Decision, Dismissal, Status
from discretio.errors import UsageError
from discretio.ledger import locator, stores
from discretio.ledger.connection import server_date
from discretio.ledger.triage_events import SaidOfItem, record_said, said_of
from discretio.ledger.triage_items import items_of
from discretio.steps.acting import acting
from discretio.steps.triage_rows import Rows
from discretio.steps.workplace import Workplace

WAITING = frozenset(set(Status) - {Status.RESOLVED, Status.DISMISSED})
"""What is still somebody's business; an accepted risk too, since it ends."""


@dataclass(frozen=True, slots=True)
class TriageItem:
    """One item as it stands on a day.

    Attributes:
        item_id: under which it is answered and decided.
        store: the name of the store.
        rule_id: the rule that found it.
        scope_kind: what it is about (entry, dossier, ...).
        scope_id: its surrogate.
        dossier_id: the surrogate of its dossier; empty if it has none.
        controller_id: whose reviewer answers; empty if nobody is known.
        target: `category_<n>` or a special class, where the rule speaks of findings; else empty.
        outcome: FAIL or WARN.
        reason: why, as the rule says it.
        evidence: the kinds of evidence behind it, joined by a plus.
        first_seen: since when it is known.
        standing: where it stands, and what was last said.
        priority: how urgent it is, point by point.
        overdue: what somebody should have done by now.
        bound: what an answer or a decision of today would be about.
    """

    item_id: str
    store: str
    rule_id: str
    scope_kind: str
    scope_id: str
    dossier_id: str
    controller_id: str
    target: str
    outcome: str
    reason: str
    evidence: str
    first_seen: date
    standing: Standing
    priority: Priority
    overdue: Overdue | None
    bound: Binding


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose: an Answer or a Decision, and what belongs to it (see `domain.triage.standing.Event`).

    Attributes:
        private_key: the personal key that signs it; None where a login session proves who chose.
    """

    word: Answer | Decision
    reason: Dismissal | None = None
    assignee: str = ""
    due: date | None = None
    until: date | None = None
    private_key: bytes | None = field(default=None, repr=False)


def triage_list(place: Workplace, login: str, as_of: date, *, store: str | None = None) -> list[TriageItem]:
    """Every item that a person may see, the most urgent first, the resolved and the dismissed included.

    Args:
        place: the collaborators.
        login: who asks. A reviewer sees what his controllers introduced; a DPO sees his own controllers', or all.
        as_of: the day on which ages, ends and due dates are judged.
        store: the name of a store; all by default.

    Raises:
        ApprovalError: nobody is enrolled under this login.
        UsageError: no store has this name.
    """
    person = acting(place, login)
    store_id = None if store is None else stores.store_named(place.ledger, store).store_id
    rows = Rows.at(place, as_of)
    frame = items_of(place.ledger, store_id=store_id)
    items = [item for item in rows.built(frame, said_of(place.ledger), TriageItem) if sees(person, item.controller_id or None)]
    return sorted(items, key=lambda item: (-item.priority.points, item.first_seen, item.item_id))


def triage_show(place: Workplace, item_id: str, login: str, as_of: date) -> tuple[TriageItem, Sequence[SaidOfItem]]:
    """One item, and all that was ever said of it.

    Raises:
        ApprovalError: nobody is enrolled under this login.
        UsageError: there is no such item, or it is not this person's to see; the two are not told apart.
    """
    return _visible(place, item_id, acting(place, login), as_of)


def triage_answer(place: Workplace, item_id: str, login: str, choice: Choice) -> TriageItem:
    """Record what the introducing participant's reviewer says; returns the item as it then stands.

    Raises:
        ApprovalError: the answer is not this person's to give, or the key isn't this person's.
        UsageError: there is no such item, it is gone, or a reason is missing or doesn't fit.
    """
    person, today = acting(place, login), server_date(place.ledger)
    item, _ = _visible(place, item_id, person, today)
    event = _event(item, choice, today)
    require_may_answer(person, item.controller_id or None, event)
    return _recorded(place, person, choice, item, event)


def triage_decide(place: Workplace, item_id: str, login: str, choice: Choice) -> TriageItem:
    """Record what a data protection officer decides; returns the item as it then stands.

    Raises:
        ApprovalError: the decision is not this person's to take, or the key isn't this person's.
        UsageError: there is no such item, it is gone, or a reason, a day or an answer is missing or doesn't fit.
    """
    person, today = acting(place, login), server_date(place.ledger)
    item, said = _visible(place, item_id, person, today)
    event = _event(item, choice, today)
    if event.assignee and event.assignee not in locator.natural_keys(place.ledger, [event.assignee]):
        raise UsageError("no controller of this id is known", where=event.assignee, remedy="give the id that triage list shows")
    standing = item.standing.answer
    by = next((one.person_id for one in reversed(said) if one.event == standing), "")
    known = Decided(standing.word if standing and isinstance(standing.word, Answer) else None, by)
    require_may_decide(person, event, known, place.policy_on(today).period("triage.accept_at_most"))
    return _recorded(place, person, choice, item, event)


def _visible(place: Workplace, item_id: str, person: Person, as_of: date) -> tuple[TriageItem, Sequence[SaidOfItem]]:
    said = said_of(place.ledger, [item_id])
    found = Rows.at(place, as_of).built(items_of(place.ledger, only=[item_id]), said, TriageItem)
    seen = [item for item in found if sees(person, item.controller_id or None)]
    if not seen:
        raise UsageError(
            "there is no such item, or not for this login",
            where=item_id,
            remedy="discretio triage list shows those that you may see",
        )
    return seen[0], said.get(item_id, ())


def _event(item: TriageItem, choice: Choice, today: date) -> Event:
    if item.standing.status is Status.RESOLVED:
        raise UsageError("the rule does not find this any more", where=item.item_id, remedy="nothing is left to do about it")
    return Event(choice.word, today, item.bound, choice.reason, choice.assignee, choice.due, choice.until)


def _recorded(place: Workplace, person: Person, choice: Choice, item: TriageItem, event: Event) -> TriageItem:
    said = SaidOfItem(item.item_id, person.person_id, place.now(), event)
    record_said(place.ledger, said if choice.private_key is None else said.signed(choice.private_key))
    return replace(_visible(place, item.item_id, person, event.on)[0])
