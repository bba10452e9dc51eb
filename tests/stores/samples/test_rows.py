"""The frames are exactly those of the contract, complete, and canaries reach every place where a leak could start."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import UsageError
from discretio.law.authorities import ParticipantKind
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.canaries import plant
from discretio.stores.samples.casting import to_frame
from discretio.stores.samples.enrichment import SHIPPED, load_enrichment
from discretio.stores.samples.multiplying import SAMPLES
from discretio.stores.samples.rows import rows_of

Frames = dict[str, pd.DataFrame]


def columns_of(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return [(str(name), str(dtype)) for name, dtype in frame.dtypes.items()]


@pytest.fixture(scope="module")
def plain() -> Frames:
    return rows_of(SAMPLES)


@pytest.fixture(scope="module")
def enriched() -> Frames:
    return rows_of(SAMPLES, SHIPPED)


@pytest.mark.parametrize("made", ["plain", "enriched", "demo"])
def test_frames_have_the_columns_and_dtypes_of_the_contract(made: str, request: pytest.FixtureRequest) -> None:
    frames: Frames = request.getfixturevalue(made)
    assert set(frames) == set(STORE_FRAMES)
    for name, frame in STORE_FRAMES.items():
        assert columns_of(frames[name].drop(columns="content", errors="ignore")) == [
            (column.name, column.dtype) for column in frame.columns
        ]
        assert frames[name][frame.key].is_unique
        assert frames[name][frame.key].notna().all()


@pytest.mark.parametrize("made", ["plain", "enriched", "demo"])
def test_a_store_takes_all_of_them(made: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    frames: Frames = request.getfixturevalue(made)
    loaded = load_rows(create_store(f"sqlite:///{tmp_path / 'store.db'}"), frames)
    assert loaded == {name: len(frame) for name, frame in frames.items()}


def test_without_enrichment_nothing_is_made_up(plain: Frames) -> None:
    assert plain["controllers"]["kind"].isna().all()
    assert plain["persons"]["linked_to"].isna().all()
    assert (plain["entries"]["special_declared"] == 0).all()
    assert not plain["dossiers"]["times_known"].any()
    assert plain["holds"]["reason"].isna().all()
    assert all(plain[name].empty for name in ("own_copies", "agreements", "rights_requests", "art8_rows", "access_grants"))


def test_what_the_file_declares_is_kept(plain: Frames) -> None:
    assert int((plain["entries"]["categories"] == 0).sum()) == 51
    assert len(plain["holds"]) == 8


def test_every_participant_of_the_samples_has_a_kind(enriched: Frames) -> None:
    assert set(enriched["controllers"]["kind"]) <= {kind.value for kind in ParticipantKind}
    assert enriched["controllers"]["regime"].isin(["GDPR", "T2"]).all()


def test_dates_of_unusual_precision_occur(demo: Frames) -> None:
    assert {"DAY", "MONTH", "YEAR", "UNKNOWN"} <= set(demo["dossiers"]["closed_precision"].dropna())


def test_some_attachments_can_not_be_read(demo: Frames) -> None:
    unreadable = demo["attachments"]["text"].isna()
    assert unreadable.any()
    assert not unreadable.all()


def test_a_column_that_no_frame_has_is_refused() -> None:
    with pytest.raises(KeyError, match="no column colour"):
        to_frame(STORE_FRAMES["sessions"], [{"session_key": "s", "colour": "red"}])


@pytest.mark.parametrize("content", ["", "demo: 1", "[", "- a", "demo: [\xe9"])
def test_a_broken_enrichment_is_refused_without_a_traceback(content: str, tmp_path: Path) -> None:
    path = tmp_path / "enrichment.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError):
        load_enrichment(path)


@pytest.fixture(scope="module")
def planted(demo: Frames) -> tuple[Frames, tuple[str, ...]]:
    return plant(demo)


class TestCanaries:
    def test_each_is_in_the_store(self, planted: tuple[Frames, tuple[str, ...]]) -> None:
        frames, canaries = planted
        everything = "\n".join(frame.to_csv(index=False) for frame in frames.values())
        assert len(set(canaries)) == len(canaries)
        assert not [canary for canary in canaries if canary not in everything]

    @pytest.mark.parametrize(
        ("frame", "column"),
        [
            ("entries", "text"), ("entries", "entry_key"), ("entries", "dossier_key"), ("entries", "cat16_justification"),
            ("persons", "name"), ("persons", "person_key"), ("attachments", "filename"), ("holds", "reason"),
            ("controllers", "organisation"), ("controllers", "controller_key"), ("access_grants", "user_key"),
            ("holds", "requested_by"), ("rights_requests", "dossier_key"), ("own_copies", "dossier_key"),
        ],
    )  # fmt: skip
    def test_they_stand_where_a_leak_could_start(
        self, planted: tuple[Frames, tuple[str, ...]], frame: str, column: str
    ) -> None:
        assert planted[0][frame][column].str.contains("Zqxkanarie").any()

    def test_the_first_to_be_purged_carries_one(self, planted: tuple[Frames, tuple[str, ...]]) -> None:
        first = planted[0]["dossiers"].dropna(subset="closed_at").sort_values("closed_at", kind="stable").iloc[0]
        assert str(first["dossier_key"]).startswith("Zqxkanarie")

    def test_the_store_stays_whole(self, planted: tuple[Frames, tuple[str, ...]], demo: Frames, tmp_path: Path) -> None:
        frames, _ = planted
        assert {name: columns_of(frame) for name, frame in frames.items()} == {
            name: columns_of(frame) for name, frame in demo.items()
        }
        load_rows(create_store(f"sqlite:///{tmp_path / 'canaries.db'}"), frames)

    def test_the_frames_handed_in_are_left_alone(self, demo: Frames) -> None:
        assert not demo["entries"]["text"].str.contains("Zqxkanarie").any()
