"""The queue as the database sorts it is the queue as the domain says it, item by item."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from discretio.domain.triage.ageing import age_band, oldest_in_time, overdue
from discretio.domain.triage.priority import Traits, priority
from discretio.domain.triage.standing import Binding, Event, standing
from discretio.domain.triage.words import Answer, Decision, Dismissal, Status
from discretio.law.periods import Period
from discretio.ledger.connection import Ledger
from discretio.ledger.opening import open_ledger
from discretio.ledger.people import PersonRecord, enrol, person_id_of
from discretio.ledger.stores import register_store
from discretio.ledger.triage_queue import Filters, Scale, queue_counts, queued
from discretio.ledger.triage_tables import triage_events, triage_items
from discretio.policy_files.priorities import load_priorities
from discretio.resources import folder
from ledger.conftest import KEY

AS_OF = date(2026, 11, 21)
WITHIN = Period.parse("P1M")
POINTS = load_priorities(folder("policies"))
SCALE = Scale(AS_OF, POINTS, oldest_in_time(AS_OF, WITHIN))
HASHES = ("record_hash", "policy_hash", "evidence_hash")
Row = dict[str, Any]


@pytest.fixture
def filled(ledger: Ledger) -> tuple[Ledger, list[Row], list[Row]]:
    return ledger, *fill(ledger, 150)


def fill(ledger: Ledger, number_of_items: int) -> tuple[list[Row], list[Row]]:
    store_id = register_store(ledger, "main", "reference_store", "sqlite:///nowhere.db")
    person = PersonRecord(person_id_of(ledger, "dora"), ("DPO",), (), ledger.keys.public_key, ledger.now())
    enrol(ledger, person)
    dice = random.Random(7)  # noqa: S311 - made-up rows
    rows = [an_item(dice, store_id, number) for number in range(number_of_items)]
    said = [an_event(dice, row, person.person_id, ledger) for row in rows for _ in range(dice.randrange(4))]
    with ledger.writing() as connection:
        connection.execute(insert(triage_items), rows)
        connection.execute(insert(triage_events), said)
    return rows, said


def an_item(dice: random.Random, store_id: int, number: int) -> Row:
    since = AS_OF - timedelta(days=dice.choice([0, 20, 30, 31, 32, 90, 91, 400]))
    return {
        "item_id": f"T{number:012}", "fingerprint": f"{number:064}", "store_id": store_id,
        "rule_id": dice.choice(["R-A", "R-B"]),
        "scope_kind": "entry", "scope_id": f"E{number}", "dossier_id": dice.choice(["D1", "D2", None]),
        "controller_id": dice.choice(["C1", "C2", None]), "target": dice.choice(["", "health", "category_9", "category_2"]),
        "outcome": dice.choice(["FAIL", "WARN"]), "reason": "r", "severity": dice.choice(["critical", "high", "medium", "low"]),
        "minor": dice.choice([True, False, None]), "evidence": "lexicon", "types": "t", "langs": "fr",
        **dict.fromkeys(HASHES, "now"), "first_seen": since, "gone_on": dice.choice([None, None, None, AS_OF]),
    }  # fmt: skip


def an_event(dice: random.Random, row: Row, person_id: str, ledger: Ledger) -> Row:
    word: Answer | Decision = dice.choice([*Answer, *Decision])
    due = dice.choice([None, AS_OF - timedelta(days=1), AS_OF, AS_OF + timedelta(days=9)])
    until = dice.choice([AS_OF - timedelta(days=1), AS_OF, AS_OF + timedelta(days=9)])
    return {
        "item_id": row["item_id"], "kind": "ANSWER" if isinstance(word, Answer) else "DECISION", "word": word.value,
        "person_id": person_id, "day": row["first_seen"],
        "reason": Dismissal.DUPLICATE.value if word is Decision.DISMISS else None,
        "assignee": None, "due": due if word is Decision.CONFIRM else None,
        "until_day": until if word is Decision.ACCEPT_RISK else None,
        **dict.fromkeys(HASHES, "now"), dice.choice(HASHES): dice.choice(["now", "now", "then"]), "at": ledger.now(),
        "seal": "s",
    }  # fmt: skip


def judged(rows: list[Row], said: list[Row]) -> Iterator[tuple[Row, Any, int, Any]]:
    for row in rows:
        told = [event_of(one) for one in said if one["item_id"] == row["item_id"]]
        stands = standing(told, Binding("now", "now", "now"), AS_OF, gone=row["gone_on"] is not None)
        traits = Traits(row["severity"], row["outcome"], row["target"], row["minor"], row["first_seen"])
        late = overdue(stands, row["first_seen"], AS_OF, WITHIN)
        yield row, stands.status, priority(traits, POINTS, AS_OF).points, late


def event_of(row: Row) -> Event:
    word = Answer(row["word"]) if row["kind"] == "ANSWER" else Decision(row["word"])
    return Event(word, row["day"], Binding(*(row[name] for name in HASHES)), due=row["due"], until=row["until_day"])


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(statuses={Status.OPEN, Status.ANSWERED}),
        Filters(statuses={Status.RESOLVED}, rule_id="R-A"),
        Filters(controllers={"C1"}, overdue=True),
        Filters(controllers=set()),
        Filters(dossier_id="D1", statuses={Status.CONFIRMED, Status.ACCEPTED, Status.DISMISSED}),
    ],
    ids=["all", "waiting", "resolved", "late", "nobody", "dossier"],
)
def test_the_queue_is_what_the_domain_says_in_its_order(filled: tuple[Ledger, list[Row], list[Row]], filters: Filters) -> None:
    ledger, rows, said = filled
    expected = [one for one in judged(rows, said) if fits(filters, *one)]
    ordered = [
        row["item_id"] for row, *_ in sorted(expected, key=lambda one: (-one[2], one[0]["first_seen"], one[0]["item_id"]))
    ]
    assert queued(ledger, filters, SCALE, first=0, most=1000) == ordered
    assert queued(ledger, filters, SCALE, first=3, most=5) == ordered[3:8], "a page is a part of the whole"
    counted = Counter((status, age_band(row["first_seen"], AS_OF), late) for row, status, _, late in expected)
    assert {(status, age, late): n for status, age, late, n in queue_counts(ledger, filters, SCALE)} == dict(counted)


def fits(filters: Filters, row: Row, status: Status, _points: int, late: object) -> bool:
    return (
        (not filters.statuses or status in filters.statuses)
        and (filters.controllers is None or row["controller_id"] in filters.controllers)
        and filters.rule_id in {"", row["rule_id"]}
        and filters.dossier_id in {"", row["dossier_id"]}
        and (late is not None or not filters.overdue)
    )


def test_four_times_the_items_are_about_four_times_the_work(tmp_path: Path) -> None:
    works = []
    for number in (300, 1200):
        ledger = open_ledger(f"sqlite:///{tmp_path / str(number)}.db", KEY)
        fill(ledger, number)
        works.append(steps_of_a_page(ledger))
        ledger.close()
    assert works[1] < 6 * works[0], "each item is compared with what was said of it, not of all"


def steps_of_a_page(ledger: Ledger) -> int:
    """How many steps SQLite takes to sort and to count the queue, in hundreds."""
    taken: list[None] = []
    with ledger.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: taken.append(None), 100)  # the one connection of the pool
    queued(ledger, Filters(), SCALE, first=0, most=9)
    queue_counts(ledger, Filters(), SCALE)
    return len(taken)


@pytest.mark.parametrize("term", ["P1M", "P30D", "P3M", "P1Y"])
def test_the_oldest_day_in_time_is_the_first_whose_term_still_runs(term: str) -> None:
    within = Period.parse(term)
    for days in range(800):
        as_of = date(2026, 1, 1) + timedelta(days=days)
        oldest = oldest_in_time(as_of, within)
        assert within.after(oldest) >= as_of > within.after(oldest - timedelta(days=1))
