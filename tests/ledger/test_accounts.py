"""On PostgreSQL, workers can't write what persons decide, and the page can write nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Role
from discretio.errors import LedgerError, UsageError
from discretio.ledger.accounts import PAGE_MAY, grants, workers_may
from discretio.ledger.approvals import approvals, record_approval
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.columns import METADATA
from discretio.ledger.confirmations import CONFIRMED, enrolment, standing_people
from discretio.ledger.connection import Ledger
from discretio.ledger.declarations import Declaration
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.locked_keys import lock_key, unlock_key
from discretio.ledger.opening import open_ledger
from discretio.ledger.people import PersonRecord, enrol
from discretio.ledger.plans import set_plan_state
from discretio.ledger.runs import runs
from discretio.steps.people_keys import public_half
from ledger.conftest import KEY, SteppingClock
from ledger.databases import schema_on
from ledger.ledger_story import AT, KEYS, Story, approval, enrolled, planned, told


@dataclass
class Accounts:
    owner: Ledger
    page: Ledger
    workers: Ledger
    story: Story


@pytest.fixture
def accounts() -> Iterator[Accounts]:
    with schema_on("postgresql") as url:
        owner, clock = open_ledger(url, KEY, clock=SteppingClock()), SteppingClock()
        schema, names = url.rsplit("%3D", 1)[1], [f"{part}_{secrets.token_hex(4)}" for part in ("page", "workers")]
        admin = owner.engine.execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            for statement in (*(f"CREATE ROLE {name} LOGIN" for name in names), *grants(names[0], names[1], schema)):
                connection.execute(sa.text(statement))
        page, workers = (open_ledger(url.replace("postgres@", f"{name}@"), KEY, clock=clock) for name in names)
        try:
            story = told(owner)
            enrolled(owner, story)
            yield Accounts(owner, page, workers, story)
        finally:
            page.close()
            workers.close()
            with admin.connect() as connection:
                for name in names:
                    connection.execute(sa.text(f"DROP OWNED BY {name}"))
                    connection.execute(sa.text(f"DROP ROLE {name}"))
            owner.close()


@pytest.mark.services
def test_the_page_records_an_approval_and_the_workers_only_read_it(accounts: Accounts) -> None:
    plan = planned(accounts.workers, accounts.story)
    given = approval(plan, "anna", accounts.story.controllers["police"])
    with pytest.raises(LedgerError):
        record_approval(accounts.workers, given)
    record_approval(accounts.page, given)
    assert approvals(accounts.workers, plan.plan_id) == [given]
    set_plan_state(accounts.page, plan.plan_id, "PLANNED", "WITHDRAWN")
    assert verify_chain(accounts.workers)


@pytest.mark.services
def test_the_page_records_a_confirmation_and_the_workers_only_read_it(accounts: Accounts) -> None:
    person = PersonRecord("new", ("APPROVER",), (), public_half(KEYS["stranger"]), AT - timedelta(hours=2))
    enrol(accounts.owner, person)
    said = Declaration(CONFIRMED, "new", enrolment(person), "dpo", AT - timedelta(hours=1)).signed(KEYS["dpo"])
    entitled = Entitled(frozenset({Role.DPO}), confirmed=True)
    with pytest.raises(LedgerError):
        declare(accounts.workers, said, entitled)
    assert person not in standing_people(accounts.workers)
    declare(accounts.page, said, entitled)
    assert person in standing_people(accounts.workers)


@pytest.mark.services
def test_the_page_unlocks_a_key_that_workers_can_t_even_read(accounts: Accounts) -> None:
    lock_key(accounts.page, "anna", KEYS["anna"], "a long enough phrase")
    assert unlock_key(accounts.page, "anna", "a long enough phrase") == KEYS["anna"]
    with pytest.raises(LedgerError):
        unlock_key(accounts.workers, "anna", "a long enough phrase")


@pytest.mark.services
@pytest.mark.parametrize("table", ["runs", "findings", "certificates", "stores", "locator", "plan_items"])
def test_the_page_writes_nothing_of_the_workers(accounts: Accounts, table: str) -> None:
    assert runs(accounts.page) == runs(accounts.owner)
    with pytest.raises(LedgerError), accounts.page.writing() as connection:
        connection.execute(sa.delete(METADATA.tables[table]))


@pytest.mark.services
@pytest.mark.parametrize("table", ["chain_records", "chain_segments", "certificates", "tombstones", "frozen_reports"])
def test_the_workers_rewrite_no_evidence(accounts: Accounts, table: str) -> None:
    for statement in (sa.delete(METADATA.tables[table]), _update(table)):
        with pytest.raises(LedgerError), accounts.workers.writing() as connection:
            connection.execute(statement.where(sa.false()))


@pytest.mark.services
@pytest.mark.parametrize("table", ["approvals", "declarations", "holds", "hold_acts", "people", "mandates"])
def test_the_workers_write_nothing_that_a_person_decides(accounts: Accounts, table: str) -> None:
    with pytest.raises(LedgerError), accounts.workers.writing() as connection:
        connection.execute(_update(table).where(sa.false()))


def _update(table: str) -> sa.Update:
    there = METADATA.tables[table]
    return sa.update(there).values({next(iter(there.c)): sa.null()})


def test_the_accounts_name_tables_that_there_are() -> None:
    assert (set(workers_may()) | set(PAGE_MAY)) <= set(METADATA.tables)


@pytest.mark.parametrize(("page", "workers"), [("one", "one"), ("a; DROP TABLE approvals", "b"), ("", "b")])
def test_an_account_is_a_plain_name_of_its_own(page: str, workers: str) -> None:
    with pytest.raises(UsageError):
        grants(page, workers)
