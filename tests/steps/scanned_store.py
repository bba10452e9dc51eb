"""A store that is scanned by turns, and what its ledger and itself say afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from discretio.errors import StoreUnavailableError
from discretio.ledger import findings, locator
from discretio.steps import scan
from discretio.stores.port import TextUnit
from discretio.stores.reference import ReferenceStore
from steps.conftest import AS_OF, Made

UNITS = "SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM attachments)"


def sql(made: Made, statement: str, **values: object) -> Any:  # noqa: ANN401 - whatever the statement gives
    with made.store.database.writing() as connection:
        result = connection.execute(sa.text(statement), values)
        found = result.scalar() if result.returns_rows else None
        connection.commit()
    return found


def scanned(made: Made, *, full: bool = False) -> scan.ScanCounts:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id, full=full))
    return scan.finish_scan(made.place, run_id)


def found(made: Made) -> list[str]:
    return sorted(repr(row) for row in findings.all_findings(made.place.ledger, 1))


def named(made: Made, kind: str, natural: str) -> str:
    return locator.surrogates(made.place.ledger, 1, kind, [natural])[natural]


def spans(made: Made) -> list[tuple[Any, ...]]:
    """What was found, without the run and the numbers of rows."""
    return sorted(tuple(map(str, row.values())) for row in findings.all_findings(made.place.ledger, 1))


class DyingStore:
    """A store whose connection breaks when it comes to a dossier."""

    def __init__(self, store: ReferenceStore, at: str) -> None:
        self._store = store
        self._at = at

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - all but texts is the store's
        return getattr(self._store, name)

    def texts(self, partition: Any = None, wanted: Any = None) -> Iterator[TextUnit]:  # noqa: ANN401 - the store's
        for unit in self._store.texts(partition, wanted):
            if unit.dossier_key == self._at:
                raise StoreUnavailableError("the store died in the middle")
            yield unit
