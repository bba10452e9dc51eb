from __future__ import annotations

import pandas as pd
import pytest

from discretio.errors import StoreContentError
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore
from stores.store_rows import sample_rows


def refused(store: ReferenceStore, rows: dict[str, pd.DataFrame]) -> str:
    """The message of the refusal; nothing was loaded, and nothing of a row is said."""
    with pytest.raises(StoreContentError) as error:
        load_rows(store, rows)
    assert store.read("controllers").empty
    assert "x000" not in str(error.value)
    return str(error.value)


def test_loading_counts_what_it_loaded(empty: ReferenceStore) -> None:
    rows = sample_rows(4)
    assert load_rows(empty, rows) == {name: len(frame) for name, frame in rows.items()}
    assert load_rows(empty, {}) == {}
    assert load_rows(empty, {"holds": pd.DataFrame()}) == {"holds": 0}


def test_a_closure_before_the_opening_is_refused_with_its_row(empty: ReferenceStore) -> None:
    rows = sample_rows(4)
    rows["dossiers"].loc[2, "closed_at"] = pd.Timestamp("2001-01-01")
    assert "dossiers, row 3" in refused(empty, rows)


@pytest.mark.parametrize(("precision", "closed"), [("YEAR", "2021-01-01"), ("MONTH", "2021-03-01"), ("DAY", "2021-03-04")])
def test_a_closure_in_the_period_of_the_opening_is_no_contradiction(precision: str, closed: str, empty: ReferenceStore) -> None:
    rows = sample_rows(1)
    rows["dossiers"]["closed_at"], rows["dossiers"]["closed_precision"] = pd.Timestamp(closed), precision
    assert load_rows(empty, rows)["dossiers"] == 1
    empty.check()


@pytest.mark.parametrize(("precision", "closed"), [("YEAR", "2020-01-01"), ("MONTH", "2021-02-01"), ("DAY", "2021-03-03")])
def test_a_closure_in_a_period_before_the_opening_is_refused(precision: str, closed: str, empty: ReferenceStore) -> None:
    rows = sample_rows(1)
    rows["dossiers"]["closed_at"], rows["dossiers"]["closed_precision"] = pd.Timestamp(closed), precision
    assert "closed_at lies before opened_at" in refused(empty, rows)


def test_a_key_that_stands_twice_is_refused_with_its_row(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["sessions"].loc[1, "session_key"] = rows["sessions"].loc[0, "session_key"]
    assert "sessions, row 2" in refused(empty, rows)


def test_a_row_without_its_dossier_is_refused(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["sessions"].loc[1, "dossier_key"] = None
    assert "sessions, row 2" in refused(empty, rows)


def test_a_row_that_refers_to_nothing_is_refused(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["sessions"].loc[1, "dossier_key"] = "D-nowhere"
    assert "sessions" in refused(empty, rows)


def test_an_attachment_in_another_dossier_than_its_entry_is_refused(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["attachments"].loc[0, "dossier_key"] = rows["dossiers"].loc[2, "dossier_key"]
    assert "attachments" in refused(empty, rows)


def test_a_row_that_is_there_already_is_refused_and_nothing_else_is_loaded(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    load_rows(empty, rows)
    with pytest.raises(StoreContentError, match="already"):
        load_rows(empty, {name: rows[name] for name in ("sessions",)})
    assert len(empty.read("sessions")) == 3


@pytest.mark.parametrize("bad", ["a\0b", "half \ud83d a character"])
def test_a_text_that_not_every_database_can_hold_is_refused_with_its_row(bad: str, empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["entries"]["text"] = rows["entries"]["text"].astype(object)
    rows["entries"].loc[1, "text"] = bad
    assert "entries, row 2" in refused(empty, rows)


def test_a_date_that_is_none_is_refused_with_its_row(empty: ReferenceStore) -> None:
    rows = sample_rows(3)
    rows["sessions"]["started_at"] = ["2021-01-01", "x0001x", None]
    assert "sessions, row 2" in refused(empty, rows)


def test_an_unknown_frame_or_column_is_refused_by_name(empty: ReferenceStore) -> None:
    assert "minutes" in refused(empty, {"minutes": pd.DataFrame({"a": [1]})})
    assert "colour" in refused(empty, {"sessions": pd.DataFrame({"colour": [1]})})
