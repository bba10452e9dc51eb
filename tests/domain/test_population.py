"""What was approved is what is deleted: any change shows in a hash."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.population import differences, dossier_hash, root_hash
from discretio.errors import PurgeRefusedError

POPULATIONS = st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=5)
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.binary(max_size=4) | st.dates()
ROWS = st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=3), max_size=3)
DOSSIERS = st.dictionaries(st.text(max_size=3), ROWS, max_size=3)


@given(POPULATIONS, POPULATIONS)
def test_the_root_hash_changes_with_any_change_and_with_no_other(one: dict[str, str], other: dict[str, str]) -> None:
    assert (root_hash(one.items()) == root_hash(other.items())) == (one == other)
    assert root_hash(reversed(list(one.items()))) == root_hash(one.items())
    assert bool(differences(one.items(), other.items())) == (one != other)


def test_ids_and_hashes_that_run_together_are_told_apart() -> None:
    assert root_hash([("ab", "c")]) != root_hash([("a", "bc")])
    assert root_hash([("a", "b"), ("c", "d")]) != root_hash([("a", "bc"), ("", "d")])
    assert root_hash([]) != root_hash([("", "")])


def test_a_dossier_that_occurs_twice_is_refused() -> None:
    for population in ([("d1", "h"), ("d1", "h")], [("d1", "h"), ("d1", "i")]):
        with pytest.raises(PurgeRefusedError):
            root_hash(population)
        with pytest.raises(PurgeRefusedError):
            differences(population, [])


def test_differences_name_what_came_went_and_changed() -> None:
    found = differences([("d1", "h1"), ("d2", "h2"), ("d3", "h3")], [("d2", "h2"), ("d3", "x"), ("d4", "h4")])
    assert (found.added, found.removed, found.changed) == (("d4",), ("d1",), ("d3",))


@given(DOSSIERS)
def test_the_order_of_rows_and_columns_changes_nothing(rows: dict[str, Any]) -> None:
    turned = {name: [dict(reversed(row.items())) for row in reversed(listed)] for name, listed in reversed(rows.items())}
    assert dossier_hash(rows, b"key") == dossier_hash(turned, b"key")


@given(DOSSIERS, st.text(max_size=3), st.text(max_size=3), VALUES)
def test_a_row_more_is_another_dossier(rows: dict[str, Any], frame: str, column: str, value: object) -> None:
    more = rows | {frame: [*rows.get(frame, []), {column: value}]}
    assert dossier_hash(rows, b"key") != dossier_hash(more, b"key")


@pytest.mark.parametrize("other", ["1", True, 1.0, None, b"1", date(1, 1, 1)])
def test_values_of_another_kind_differ(other: object) -> None:
    assert dossier_hash({"entries": [{"a": 1}]}, b"key") != dossier_hash({"entries": [{"a": other}]}, b"key")


def test_the_hash_of_a_dossier_is_keyed() -> None:
    assert dossier_hash({"entries": [{"a": 1}]}, b"key") != dossier_hash({"entries": [{"a": 1}]}, b"other")
