"""A ledger of every version there ever was comes up to date with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from discretio.ledger import opening
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.opening import REVISIONS, open_ledger
from ledger.conftest import KEY

pytestmark = pytest.mark.services

_OURS = {"alembic_version", "identity", "retired_keys", "chain_head", "chain_records", "chain_segments"}
_MOMENT = datetime(2026, 3, 1)  # noqa: DTZ001 - in UTC, without saying so, as the ledger holds it
_VALUES: dict[type, object] = {
    str: "1", int: 1, float: 0.5, bool: False, bytes: b"x", date: _MOMENT.date(), datetime: _MOMENT,
}  # fmt: skip


@contextmanager
def at_revision(revision: str) -> Iterator[None]:
    """The program as it was when this was its last migration."""
    upgrade = command.upgrade
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "REVISIONS", REVISIONS[: REVISIONS.index(revision) + 1])
        patch.setattr(opening, "retired_masters", lambda *_: ())
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, revision))
        yield


def tables(engine: sa.Engine) -> list[sa.Table]:
    found = sa.MetaData()
    found.reflect(engine)
    return [table for table in found.sorted_tables if table.name not in _OURS]


def fill(engine: sa.Engine) -> dict[str, list[Any]]:
    """A row in every table, and what they hold."""
    with engine.begin() as connection:
        for table in tables(engine):
            connection.execute(sa.insert(table).values({column.name: _value(column) for column in table.columns}))
        return {table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in tables(engine)}


def _value(column: sa.Column[Any]) -> object:
    if isinstance(column.type, sa.JSON):
        return {}
    try:
        return _VALUES[column.type.python_type]
    except NotImplementedError:
        return None


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_ledger_of_every_version_comes_up_to_date_with_all_it_holds(database_url: str, revision: str) -> None:
    with at_revision(revision):
        old = open_ledger(database_url, KEY)
        held = fill(old.engine)
        old.close()
    current = open_ledger(database_url, KEY)
    with current.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == REVISIONS[-1]
        now = {table.name: table for table in tables(current.engine)}
        for name, rows in held.items():
            kept = list(now[name].columns)[: len(rows[0])]
            assert [tuple(row) for row in connection.execute(sa.select(*kept))] == rows, name
    assert current.ledger_id == old.ledger_id
    # The rows are invented, under no seal of this ledger, and verifying would say so: the chain is verified without them.
    with current.writing() as connection:
        for table in reversed(tables(current.engine)):
            connection.execute(sa.delete(table))
    assert verify_chain(current).records >= 1
    current.close()
