"""The demo's own store keeps every register, so that its rules are answered; a store of other rows keeps none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dags import homes
from discretio.domain.frames import STORE_FRAMES
from discretio.stores.reference import ReferenceStore
from discretio.stores.reference.schema import WHOLE


def test_the_demo_s_store_keeps_every_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from discretio.airflow_ui import demo

    monkeypatch.setattr(demo, "DOSSIERS", 40)
    made = demo.Demo(tmp_path)
    with homes.at_home(made.home):
        demo.build_store(made)
        store = ReferenceStore(made.store_url)
        assert set(store.frames()) == set(WHOLE.frames)
        assert len(store.read("legal_bases")) > 0


def test_rows_of_one_s_own_come_without_registers(tmp_path: Path) -> None:
    """A frame that nobody filled would say that there is nothing."""
    from discretio.airflow_ui import demo

    made = demo.Demo(tmp_path)
    with homes.at_home(made.home):
        demo.build_store(made, homes.small_rows())
        assert set(ReferenceStore(made.store_url).frames()) <= set(STORE_FRAMES)
