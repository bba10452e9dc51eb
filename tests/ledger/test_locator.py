from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.errors import LedgerError, UsageError
from discretio.ledger.connection import Ledger
from discretio.ledger.locator import natural_keys, surrogates
from discretio.ledger.scan_tables import locator
from discretio.ledger.stores import register_store, store_named, stores
from ledger.ledger_story import told

CANARY = "Zwaanepoel-Kanarie"


def test_a_store_is_found_again_under_its_name(ledger: Ledger) -> None:
    first = register_store(ledger, "shared", "reference", "sqlite:///a.db")
    demo = register_store(ledger, "demo", "reference", "sqlite:///b.db", True)
    assert register_store(ledger, "shared", "reference", "sqlite:///moved.db") == first
    assert store_named(ledger, "shared").locator == "sqlite:///moved.db"
    assert [(store.store_id, store.demo) for store in stores(ledger)] == [(first, False), (demo, True)]


def test_a_real_store_can_not_be_turned_into_the_demos_own(ledger: Ledger) -> None:
    register_store(ledger, "shared", "reference", "sqlite:///a.db")
    with pytest.raises(UsageError, match="another kind"):
        register_store(ledger, "shared", "reference", "sqlite:///a.db", True)
    with pytest.raises(UsageError, match="no store"):
        store_named(ledger, "unheard of")


def test_a_key_keeps_its_surrogate_and_comes_back_from_it(ledger: Ledger) -> None:
    store_id = register_store(ledger, "shared", "reference", "x")
    first = surrogates(ledger, store_id, "dossier", ["a", "b"])
    again = surrogates(ledger, store_id, "dossier", ["b", "c", "a"])
    assert {key: again[key] for key in "ab"} == first
    assert all(surrogate.startswith("D") and len(surrogate) == 13 for surrogate in again.values())
    assert natural_keys(ledger, [*again.values(), "Dnever-seen"]) == {surrogate: key for key, surrogate in again.items()}


def test_surrogates_differ_between_stores_kinds_and_ledgers(ledger: Ledger) -> None:
    one = register_store(ledger, "one", "reference", "x")
    two = register_store(ledger, "two", "reference", "y")
    found = [surrogates(ledger, store, kind, ["7"])["7"] for store in (one, two) for kind in ("dossier", "entry")]
    assert len({surrogate[1:] for surrogate in found}) == 4


def test_workers_that_meet_the_same_new_keys_name_them_alike(ledger: Ledger) -> None:
    store_id = register_store(ledger, "shared", "reference", "x")
    keys = [f"key {number}" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: surrogates(ledger, store_id, "entry", keys), range(4)))
    assert all(one == found[0] for one in found)
    assert len(set(found[0].values())) == 200


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(keys=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20))
def test_any_text_can_be_a_key(file_ledger: Ledger, keys: list[str]) -> None:
    store_id = register_store(file_ledger, "shared", "reference", "x")
    found = surrogates(file_ledger, store_id, "entry", keys)
    assert set(found) == set(keys)
    assert natural_keys(file_ledger, list(found.values())) == {surrogate: key for key, surrogate in found.items()}


def test_rows_of_the_locator_can_not_be_exchanged(ledger: Ledger) -> None:
    story = told(ledger)
    one, two = story.dossiers.values()
    with ledger.writing() as connection:
        stolen = connection.execute(sa.select(locator.c.natural_key).where(locator.c.surrogate == one)).scalar_one()
        connection.execute(sa.update(locator).where(locator.c.surrogate == two).values(natural_key=stolen))
    with pytest.raises(LedgerError, match="was changed"):
        natural_keys(ledger, [two])


def test_neither_errors_nor_representations_show_a_key_or_a_path(file_ledger: Ledger) -> None:
    store_id = register_store(file_ledger, "shared", "reference", f"sqlite:///{CANARY}.db")
    surrogates(file_ledger, store_id, "person", [CANARY])
    assert CANARY not in repr(stores(file_ledger))
    assert "key" not in repr(file_ledger).casefold()
    with file_ledger.writing() as connection:
        connection.execute(sa.update(locator).values(lookup=CANARY))
    row = {"surrogate": "X", "store_id": store_id, "kind": "person", "lookup": CANARY, "natural_key": b""}
    with pytest.raises(LedgerError) as error, file_ledger.writing() as connection:
        connection.execute(sa.insert(locator).values(row))
    assert CANARY not in str(error.value)
    assert error.value.__suppress_context__
