"""Which run of a plan began last: it alone may delete and tell results. No clock is asked whether the run before it lives.

A number on the plan's row grows with each run that begins. A run asks for it once it has locked what it will delete, and again
when it tells the result: one that was overtaken finds a higher number, and deletes and tells nothing more. Whoever overtakes
reads the open intents afterwards, and waits for the store's locks, so that he learns of all that was deleted before him.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from discretio.errors import PurgeRefusedError
from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.plans import locked_plan
from discretio.ledger.purge_tables import plans as table

BEGUN = "purge.begun"


def begin_attempt(ledger: Ledger, plan_id: str, state: str) -> int:
    """Begin a run of a plan, and keep every earlier one from going on.

    Args:
        ledger: the ledger.
        plan_id: the plan.
        state: where it was found to stand.

    Returns:
        The number of this run, from 1.

    Raises:
        PurgeRefusedError: another run has moved the plan on since.
    """
    with ledger.writing() as connection:
        found = locked_plan(ledger, connection, plan_id).state
        if found != state:
            raise PurgeRefusedError(
                f"another run of this plan made it {found} just now", where=plan_id, remedy="look at the plan again"
            )
        attempt = _latest(connection, plan_id) + 1
        connection.execute(update(table).where(table.c.plan_id == plan_id).values(attempt=attempt))
        append(ledger, connection, BEGUN, {"attempt": attempt}, subject=plan_id)
    return attempt


def require_latest(ledger: Ledger, plan_id: str, attempt: int) -> None:
    """Go on only if no other run of the plan has begun since this one.

    Raises:
        PurgeRefusedError: one has.
    """
    with ledger.reading() as connection:
        require_latest_in(connection, plan_id, attempt)


def require_latest_in(connection: Connection, plan_id: str, attempt: int) -> None:
    """The same, inside a transaction."""
    if _latest(connection, plan_id) != attempt:
        raise PurgeRefusedError(
            "another run of this plan has begun, and goes on from where this one was; this one deletes nothing more",
            where=plan_id,
            remedy="let the other one end, and run the plan again only if that one died; see who starts two",
        )


def _latest(connection: Connection, plan_id: str) -> int:
    return int(connection.execute(select(table.c.attempt).where(table.c.plan_id == plan_id)).scalar_one())
