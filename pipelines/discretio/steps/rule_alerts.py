"""Failures that are told at once: among what waits, or apart from it where title 3 or a classified marking is concerned.

A service under title 3 hears of its failures through its own channel alone, and so does whoever hears of classified markings
(catalogue §6): the ordinary message doesn't even count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from discretio.domain.deadlines import Deadline, Duty
from discretio.errors import StoreUnavailableError
from discretio.law.authorities import Regime
from discretio.law.rules import Action, Routing
from discretio.ledger import locator, stores
from discretio.ledger.outcomes import failures
from discretio.steps.workplace import Workplace


def alerts(place: Workplace, as_of: date) -> list[Deadline]:
    """How many failures the last check of each store found of rules that alert; those that are told apart aren't among them."""
    return [Deadline(Duty.RULE_ALERT, ordinary, store) for store, ordinary, _ in _counted(place, as_of)]


def alerts_apart(place: Workplace, as_of: date) -> list[Deadline]:
    """Those that are told apart, if there are any."""
    return [Deadline(Duty.RULE_ALERT_APART, apart, store) for store, _, apart in _counted(place, as_of) if apart]


def _counted(place: Workplace, as_of: date) -> Iterator[tuple[str, int, int]]:
    """Each store's name, and how many failures are told as usual and apart."""
    rules = {rule.id: rule.routing for rule in place.policy_on(as_of).rules.values() if Action.ALERT in rule.does}
    for record in stores.stores(place.ledger):
        failed = failures(place.ledger, record.store_id, rules)
        apart = failed["rule_id"].map(rules) == Routing.TITLE3_CHANNEL
        if not apart.all():  # who hears of it is looked up only where it matters
            apart |= _of_title_3(place, record, failed["controller_key"])
        yield record.name, _scopes(failed[~apart]), _scopes(failed[apart])


def _scopes(failed: pd.DataFrame) -> int:
    return len(failed.drop_duplicates(["rule_id", "scope_key"]))


def _of_title_3(place: Workplace, record: stores.StoreRecord, hearers: pd.Series[str]) -> pd.Series[bool]:
    """Whether each of them is under title 3. Of a store that can't be read nobody knows, so all may be."""
    try:
        store = place.open_store(record.name)
        if "controllers" not in store.frames():
            return pd.Series(data=False, index=hearers.index)
        known = store.read("controllers", columns=("regime",))
    except StoreUnavailableError:
        return pd.Series(data=True, index=hearers.index)
    regimes = known.get("regime", pd.Series(dtype="str", index=known.index))
    keys = sorted(known.loc[regimes == Regime.T3, "controller_key"])
    return hearers.isin(locator.surrogates(place.ledger, record.store_id, "controller", keys).values())
