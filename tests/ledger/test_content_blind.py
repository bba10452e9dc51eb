from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio.ledger.batches import mark_done, write_intent
from discretio.ledger.columns import METADATA
from discretio.ledger.connection import Ledger
from discretio.ledger.locator import surrogates
from discretio.ledger.people import person_id_of
from discretio.ledger.stores import register_store
from discretio.ledger.tombstones import forget_dossiers
from ledger.ledger_story import results, running, told

CANARIES = {kind: f"kanarie-{kind}-Vandenbroucke" for kind in ("dossier", "entry", "person", "attachment", "user")}


def _bytes_of(ledger: Ledger) -> bytes:
    folder = Path(str(ledger.engine.url.database)).parent
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_no_key_path_or_login_can_be_read_in_the_ledgers_files(file_ledger: Ledger) -> None:
    store_id = register_store(file_ledger, "tree", "tree", "file:///home/kanarie-path-Vandenbroucke")
    for kind, canary in CANARIES.items():
        surrogates(file_ledger, store_id, kind, [canary])
    person_id_of(file_ledger, "kanarie-login")
    told(file_ledger)
    held = _bytes_of(file_ledger)
    assert b"findings.recorded" in held
    for encoding in ("utf-8", "utf-16-le"):
        assert "kanarie".encode(encoding) not in held
        assert "Vandenbroucke".encode(encoding) not in held


def test_the_bytes_of_what_was_forgotten_leave_the_files(file_ledger: Ledger) -> None:
    story = told(file_ledger)
    one = story.dossiers["one"]
    with file_ledger.reading() as connection:
        query = sa.text("SELECT natural_key FROM locator WHERE surrogate = :one")
        encrypted = connection.execute(query, {"one": one}).scalar_one()
    assert encrypted in _bytes_of(file_ledger)
    plan = running(file_ledger, story)
    write_intent(file_ledger, plan.plan_id, [one], plan.created_at)
    mark_done(file_ledger, plan.plan_id, results(**{one: "DELETED"}))
    forget_dossiers(file_ledger, [one])
    assert encrypted not in _bytes_of(file_ledger)


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_no_table_has_a_column_that_could_hold_a_text(table: sa.Table) -> None:
    long = {"payload", "figures_json", "body"}  # our own JSON: ids, counts and codes
    sizes = {column.name: column.type.length for column in table.c if isinstance(column.type, sa.String)}
    assert all(size is not None and size <= 200 for name, size in sizes.items() if name not in long)
