"""How per-scope outcomes leave a metric: Great Expectations carries counts only, so that no result can hold a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import pandas as pd

from discretio.checks.store_view import StoreView

OutcomesOf = Callable[[StoreView], pd.DataFrame]


@dataclass(slots=True)
class Handover:
    """What one run lays on the counter: the store and the judges going in, outcomes and kinds of errors per rule coming out."""

    store: StoreView
    judges: Mapping[str, OutcomesOf]
    outcomes: dict[str, pd.DataFrame] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


_current: ContextVar[Handover] = ContextVar("handover")


@contextmanager
def handing_over(store: StoreView, judges: Mapping[str, OutcomesOf]) -> Iterator[Handover]:
    """Open the counter for one run."""
    handover = Handover(store, judges)
    token = _current.set(handover)
    try:
        yield handover
    finally:
        _current.reset(token)


def current_handover() -> Handover:
    """The counter of the run in progress.

    Raises:
        LookupError: no run is in progress.
    """
    return _current.get()
