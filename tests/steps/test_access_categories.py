"""The lists of who may see sensitive data are told as a store keeps them, with the duties on record; nothing is filled in."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from discretio.domain.access_categories import Bound
from discretio.steps import access_categories as step

FRAMES = {
    "controllers": pd.DataFrame({"controller_key": ["a", "b"]}),
    "access_lists": pd.DataFrame(
        {
            "controller_key": ["a", "a"],
            "data_type": ["HEALTH", "CRIMINAL"],
            "persons_category": ["case managers", None],
            "updated_at": pd.to_datetime(["2026-03-01", None]),
        }
    ),
    "users": pd.DataFrame({"user_key": ["1", "2"], "controller_key": ["a", "a"], "persons_category": ["case managers"] * 2}),
    "confidentiality_duties": pd.DataFrame({"user_key": ["1"]}),
}


class KeptStore:
    """A store that keeps these frames and no other."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        self._frames = frames

    def frames(self) -> frozenset[str]:
        return frozenset(self._frames)

    def read(self, frame: str, columns: list[str] | None = None) -> pd.DataFrame:
        return self._frames[frame] if columns is None else self._frames[frame][columns]


def lines(monkeypatch: pytest.MonkeyPatch, frames: dict[str, pd.DataFrame]) -> list[tuple[Any, ...]]:
    record = SimpleNamespace(name="main", store_id=1, owner=None)
    monkeypatch.setattr(step.stores, "stores", lambda _ledger: [record])
    monkeypatch.setattr(step.locator, "surrogates", lambda _ledger, _store, _kind, keys: {key: f"C{key}" for key in keys})
    place: Any = SimpleNamespace(ledger=None, open_store=lambda _name: KeptStore(frames))
    found = step.access_categories(place, "all")
    return [(one.controller_id, one.data_type, one.persons_category, one.updated_on, one.bound) for one in found]


def test_a_list_is_told_line_by_line_and_who_keeps_none_has_a_line_to_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(monkeypatch, FRAMES) == [
        ("Ca", "CRIMINAL", None, None, Bound.UNKNOWN),
        ("Ca", "HEALTH", "case managers", date(2026, 3, 1), Bound.NOT_ALL),
        ("Cb", None, None, None, Bound.UNKNOWN),
    ]


def test_everyone_is_bound_where_every_duty_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    duties = pd.DataFrame({"user_key": ["1", "2"]})
    assert lines(monkeypatch, FRAMES | {"confidentiality_duties": duties})[1][-1] is Bound.ALL


def test_a_store_that_keeps_no_users_tells_nothing_of_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {name: frame for name, frame in FRAMES.items() if name != "users"}
    assert lines(monkeypatch, without)[1][-1] is Bound.UNKNOWN
