"""A scan of somebody else's database on real servers, which end its connections in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from discretio.ledger import findings
from discretio.steps import scan
from discretio.steps.registering import register
from discretio.stores.engines import Purpose
from discretio.stores.mapped import MappedStore
from steps.conftest import AS_OF, Made
from stores.foreign.foreign_databases import opened
from stores.foreign.test_foreign_servers import kill, run
from stores.test_servers import url

pytestmark = pytest.mark.services

__all__ = ["url"]  # the fixture: a database of its own on each server

FRAMES = """\
  dossiers: {table: zaak, columns: {dossier_key: nr}}
  entries: {table: nota, version: versie, columns: {entry_key: id, dossier_key: zaak, text: tekst}}
"""
ROWS = 60


class Unlucky:
    """A store whose server ends every connection but the first of a reading, once each time it gave a text."""

    def __init__(self, store: MappedStore) -> None:
        self.store = store
        self.kills = 0
        self._last: list[Connection] = []
        self._connect = store.database.connect
        store.database.connect = self.connect  # type: ignore[method-assign] # so that the connection in use is known

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def connect(self, purpose: Purpose) -> Connection:
        connection = self._connect(purpose)
        self._last = [connection]
        if self.kills < 3 and self.kills % 2:
            self.kills += 1
            kill(self.store, connection)
        return connection

    def texts(self, partition: object = None, wanted: object = None) -> Iterator[object]:
        for number, text in enumerate(self.store.texts(partition, wanted)):  # type: ignore[arg-type]
            yield text
            if number % 25 == 5 and self._last:
                self.kills += 1
                kill(self.store, self._last.pop())


@pytest.fixture
def mapping(url: str, tmp_path: Path) -> Path:
    notes = ", ".join(f"({n}, {n % 7}, 'Tel. 0470 12 34 {n:02d}, le patient est diabétique.', 1)" for n in range(ROWS))
    run(
        url,
        "CREATE TABLE zaak (nr INTEGER PRIMARY KEY)",
        "CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT, versie INTEGER)",
        f"INSERT INTO zaak VALUES {', '.join(f'({n})' for n in range(7))}",  # noqa: S608 - numbers
        f"INSERT INTO nota VALUES {notes}",  # noqa: S608 - constants
    )
    opened(tmp_path, url, FRAMES, "  page_rows: 10\n")
    return tmp_path / "mapping.yaml"


def scanned(made: Made, store: object, *, full: bool = False) -> scan.ScanCounts:
    place = replace(made.place, open_store=lambda _: store)
    run_id = scan.begin_scan(place, "foreign", AS_OF)
    list(scan.scan_in_turn(place, run_id, full=full))
    return scan.finish_scan(place, run_id)


def found(made: Made) -> list[tuple[object, ...]]:
    return sorted(tuple(map(str, row.values())) for row in findings.all_findings(made.place.ledger, 2))


def test_a_scan_whose_connections_are_killed_ends_complete_and_equal(made: Made, mapping: Path) -> None:
    register(made.place, "foreign", str(mapping))
    store = made.place.open_store("foreign")
    assert isinstance(store, MappedStore)
    scanned(made, store)
    whole = found(made)
    unlucky = Unlucky(opened(mapping.parent, str(store.mapping.url), FRAMES, "  page_rows: 10\n", pause=lambda _: None))
    counts = scanned(made, unlucky, full=True)
    assert unlucky.kills >= 3
    assert (counts.units, counts.read, counts.not_examined) == (ROWS, ROWS, 0)
    assert found(made) == whole


def test_a_second_scan_reads_the_rows_whose_version_changed_and_notices_those_that_are_gone(made: Made, mapping: Path) -> None:
    register(made.place, "foreign", str(mapping))
    store = made.place.open_store("foreign")
    assert isinstance(store, MappedStore)
    assert scanned(made, store).read == ROWS
    run(store.mapping.url, "UPDATE nota SET versie = 2, tekst = 'Il est venu.' WHERE id = 9", "DELETE FROM nota WHERE id = 3")
    counts = scanned(made, store)
    assert (counts.units, counts.read) == (ROWS - 1, 1)
