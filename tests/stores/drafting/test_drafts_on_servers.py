"""Drafts of foreign schemas on the servers that these systems run on: read-only, in another schema, with their own types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from discretio.errors import StoreUnavailableError
from discretio.stores.drafting.classing import Hit
from discretio.stores.drafting.draft import DraftOrder, make_draft
from discretio.stores.drafting.writing import mapping_text
from discretio.stores.foreign.checking import remarks_on
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.remarks import Gravity
from discretio.stores.mapped import MappedStore
from discretio.stores.mapping import read_mapping
from stores.drafting.public_schemas import ALL
from stores.test_servers import url

pytestmark = pytest.mark.services

__all__ = ["url"]  # the fixture: a database of its own on each server

# JSONB and UUID where the system itself has them.
OWN_TYPES = {"postgresql": {"JSON": "JSONB", "CHAR(36)": "UUID"}, "mysql": {'"user"': "`user`"}}


def find(value: str) -> Iterator[Hit]:
    if "85073003328" in value:
        yield Hit("BE_NATIONAL_NUMBER", 1, (), 1.0, proved=True)


ORDER = DraftOrder(None, find, find, 1_000_000)


@pytest.fixture(params=ALL)
def filled(url: str, request: pytest.FixtureRequest) -> str:
    script = "\n".join(line for line in ALL[request.param].splitlines() if not line.startswith("--"))
    for general, own in OWN_TYPES[url.partition("+")[0]].items():
        script = script.replace(general, own)
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            if statement.strip(" ;\n"):
                connection.exec_driver_sql(statement.replace("%", "%%"))
    engine.dispose()
    return url


def test_a_draft_fits_the_database_that_it_was_made_from(filled: str, tmp_path: Path) -> None:
    draft = make_draft(ForeignDatabase(filled, Manners()), ORDER)
    (tmp_path / "mapping.yaml").write_text(mapping_text(draft, {}), encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.yaml")
    store = MappedStore(mapping)
    store.check()
    assert [remark for remark in remarks_on(store.database, mapping) if remark.gravity is Gravity.ERROR] == []
    units = [unit for cut in store.partitions(1) for unit in store.texts(cut)]
    assert units
    assert len(units) == len(list(store.digests())) == len(store.read("entries"))
    assert any(len(unit.text) > 20 for unit in units)


def test_a_table_that_may_not_be_read_is_left_out_and_said(url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("shown on PostgreSQL")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE dossier (id INTEGER PRIMARY KEY, opened_at DATE)"))
        connection.execute(text("CREATE FUNCTION broken(integer) RETURNS text LANGUAGE sql AS 'SELECT (1 / ($1 - $1))::text'"))
        connection.execute(text("CREATE VIEW sick AS SELECT id, broken(id) AS body FROM dossier"))
        connection.execute(text("INSERT INTO dossier VALUES (1, NULL)"))
    engine.dispose()
    draft = make_draft(ForeignDatabase(url, Manners()), ORDER)
    assert [(left.table, "can't be read" in left.reason) for left in draft.left_out] == [("sick", True)]


def test_a_database_that_is_not_there_is_unavailable(url: str) -> None:
    with pytest.raises(StoreUnavailableError):
        make_draft(ForeignDatabase(url.replace("127.0.0.1:", "127.0.0.1:1"), Manners()), ORDER)
