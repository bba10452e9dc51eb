"""How many holds stand for the controllers of a report, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd

from discretio.domain.dues import RETENTION_MAX, DueStatus
from discretio.domain.retention_reasons import Reason
from discretio.ledger import stores
from discretio.ledger.counts import due_scopes
from discretio.steps.holds_listed import standing_holds
from discretio.steps.workplace import Workplace

STANDING, PAST_CEILING = "STANDING", "PAST_CEILING"
_TOLD = {
    Reason.HOLD_REVIEW_OVERDUE: "REVIEW_OVERDUE",
    Reason.HOLD_NOT_APPROVED: "NOT_APPROVED",
    Reason.HOLD_RELEASE_ASKED: "RELEASE_ASKED",
}


def hold_counts(place: Workplace, controllers: frozenset[str], as_of: date) -> pd.DataFrame:
    """State, n: holds that stand, those with a fault, and dossiers held beyond the longest term of the law.

    A hold is in STANDING and in each state that it has besides. PAST_CEILING is as the last plan found it.

    Raises:
        StoreUnavailableError: a store can't be read.
    """
    states: Counter[str] = Counter({STANDING: 0, **dict.fromkeys(_TOLD.values(), 0)})
    for record in stores.stores(place.ledger):
        for hold in standing_holds(place, record.name, as_of):
            if hold.controllers & controllers:
                states.update([STANDING, *(_TOLD[remark] for remark in hold.remarks if remark in _TOLD)])
    # Dossiers, each counted once: several controllers may hear of one.
    states[PAST_CEILING] = due_scopes(place.ledger, RETENTION_MAX, DueStatus.OVERDUE_HELD, controllers)
    return pd.DataFrame({"state": list(states), "n": list(states.values())})
