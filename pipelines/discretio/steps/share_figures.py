"""A store's figures as far as they concern some controllers: counted when asked for, since runs keep sums over all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from discretio.ledger import counts
from discretio.ledger.connection import Ledger
from discretio.steps.standing_figures import StoreFigures, figures_of


def figures_for(ledger: Ledger, store_id: int, controllers: Collection[str] | None) -> StoreFigures:
    """What is known of one store, about these controllers; None for all of them.

    The calendar of ends is left out for some: a plan keeps its sums over all.
    """
    whole = figures_of(ledger, store_id)
    if controllers is None:
        return whole
    return replace(
        whole,
        coverage=_summed(counts.coverage_counts(ledger, store_id, controllers), "status"),
        unread=_summed(counts.not_examined_counts(ledger, store_id, controllers), "reason"),
        rules=_by_rule(counts.counts_of_store(ledger, store_id, "outcome", controllers)),
        dues=_summed(counts.counts_of_store(ledger, store_id, "status", controllers), "status"),
        ends={},
    )


def _summed(frame: pd.DataFrame, column: str) -> dict[str, int]:
    return {str(code): int(number) for code, number in frame.groupby(column)["n"].sum().items()}


def _by_rule(frame: pd.DataFrame) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for rule_id, outcome, number in frame.itertuples(index=False):
        found.setdefault(rule_id, {})[outcome] = int(number)
    return found
