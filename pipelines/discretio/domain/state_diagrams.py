"""The tables of `purge_states` as a page of diagrams: `make docs` writes it, and a test sees that it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from discretio.domain.purge_states import ITEM_TRANSITIONS, PLAN_TRANSITIONS

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


def mermaid(transitions: Mapping[State, Mapping[Event, State]]) -> str:
    """A state diagram in Mermaid's notation: the first state begins, those without a way out end."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(transitions)).value}"]
    for state, events in transitions.items():
        together: dict[str, list[str]] = {}
        for event, reached in events.items():
            together.setdefault(reached.value, []).append(event.value)
        lines += [f"    {state.value} --> {reached}: {', '.join(names)}" for reached, names in together.items()]
        if not events:
            lines.append(f"    {state.value} --> [*]")
    return "\n".join(lines)


def page() -> str:
    """The page, in Markdown."""
    return f"""# The life of a plan

Made from the tables in `pipelines/discretio/domain/purge_states.py` by `make docs`; what is not drawn can't happen.

## A plan

```mermaid
{mermaid(PLAN_TRANSITIONS)}
```

## One dossier, or one row of the art. 8 list, in a plan

INTENT stands in the ledger before anything is deleted; DROP always comes with a reason.

```mermaid
{mermaid(ITEM_TRANSITIONS)}
```
"""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
