"""The page that shows the states of a plan is drawn from the tables that the code obeys."""

from __future__ import annotations

from pathlib import Path

from discretio.domain.purge_states import PLAN_TRANSITIONS
from discretio.domain.state_diagrams import mermaid, page

PAGE = Path(__file__).parents[2] / "docs" / "purge-states.md"


def test_the_page_in_docs_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"


def test_every_transition_is_drawn() -> None:
    drawn = mermaid(PLAN_TRANSITIONS)
    for state, events in PLAN_TRANSITIONS.items():
        for event, reached in events.items():
            assert any(
                line.strip().startswith(f"{state.value} --> {reached.value}:") and event.value in line
                for line in drawn.splitlines()
            )
