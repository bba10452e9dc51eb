"""The pages of frames, parameters and rules are what the code and the policies say."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretio.domain.frames import KNOWN_FRAMES
from discretio.steps.reference_pages import pages

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = dict(pages())


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name], "run make docs"


def test_every_frame_that_a_mapping_can_fill_stands_on_its_page_with_every_column() -> None:
    told = PAGES["mapping.md"]
    for frame in KNOWN_FRAMES.values():
        section = told.split(f"## {frame.name}")[1].split("\n## ")[0]
        assert all(f"`{column.name}`" in section for column in frame.columns), frame.name
