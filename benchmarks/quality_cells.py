"""Cells and rows of the quality tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discretio.detection.evaluation import wilson
from discretio.detection.tallies import Tally

NONE = "-"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def share(hits: int, total: int) -> str:
    """A share with its interval, in per cent."""
    if not total:
        return NONE
    low, high = wilson(hits, total)
    return f"{100 * hits / total:.1f} ({100 * low:.0f}-{100 * high:.0f})"


def precision(tally: Tally) -> str:
    """Precision with its interval."""
    return share(tally.hits_of_found, tally.found)


def recall(tally: Tally) -> str:
    """Recall with its interval."""
    return share(tally.hits, tally.support)


def f_score(tally: Tally, beta: float) -> str:
    """An F measure; none where nothing is known of precision."""
    unknown = not tally.support or (not tally.found and tally.hits)
    return NONE if unknown else f"{tally.f_score(beta):.3f}"
