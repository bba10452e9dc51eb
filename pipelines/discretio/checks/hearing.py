"""Who hears of an outcome: one partial result per controller concerned, never one that merges them (catalogue §6).

The authority of the introducer hears of what he introduced, the holder's of his copies, the host's of its measures. A rule that
judges a whole dossier concerns several of them at once, and each of their authorities gets a result of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView
from discretio.law.policy import Rule
from discretio.law.rules import Routing

_ROW, _HEARER = "row", "controller_key"
_Pairs = Callable[[type[RuleExpectation], StoreView], pd.DataFrame]


class Hearing:
    """Who hears of the rows of one store. Rules over one frame that are routed alike are heard of alike: asked once."""

    def __init__(self, store: StoreView) -> None:
        self._store = store
        self._pairs: dict[tuple[object, ...], pd.DataFrame] = {}

    def partial_results(self, expectation: type[RuleExpectation], rule: Rule, outcomes: pd.DataFrame) -> pd.DataFrame:
        """The outcomes of a rule, one row per controller whose authority hears of it.

        Args:
            expectation: whose outcomes they are.
            rule: how it is routed.
            outcomes: one row per row of the frame that the rule judges, in its order.

        Returns:
            The frame OUTCOMES. An outcome that concerns nobody known keeps the controller that it has.
        """
        named = expectation.hearers(self._store, outcomes)
        if named is not None:
            return _per_pair(outcomes, self._found(expectation, rule, outcomes, named))
        alike = (expectation.frame, expectation.controller, rule.routing, rule.heard_too)
        if alike not in self._pairs:
            self._pairs[alike] = self._found(expectation, rule, outcomes, _nobody())
        return _per_pair(outcomes, self._pairs[alike])

    def _found(
        self, expectation: type[RuleExpectation], rule: Rule, outcomes: pd.DataFrame, named: pd.DataFrame
    ) -> pd.DataFrame:
        """Pairs of a row's number and who hears of it, by the rows; of a row in `named` nobody else does but its controller."""
        routed = _PAIRS[rule.routing](expectation, self._store) if rule.routing in _PAIRS else _nobody()
        first = pd.concat([named, routed[~routed[_ROW].isin(named[_ROW])]], ignore_index=True)
        own = pd.DataFrame({_ROW: range(len(outcomes)), _HEARER: outcomes[_HEARER].to_numpy()})
        if expectation.controller is not None:
            first = pd.concat([own.dropna(), first], ignore_index=True)
        more = [_PAIRS[routing](expectation, self._store) for routing in rule.heard_too]
        pairs = pd.concat([first, own[~own[_ROW].isin(first[_ROW])].dropna(), *more], ignore_index=True)
        pairs = pd.concat([pairs, own[~own[_ROW].isin(pairs[_ROW])]], ignore_index=True)
        return pairs.drop_duplicates().sort_values(_ROW, kind="stable")


def _per_pair(outcomes: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The outcomes again, once per pair of a row's number and who hears of it."""
    heard = outcomes.iloc[pairs[_ROW].to_numpy(dtype="int64")].reset_index(drop=True)
    return heard.assign(**{_HEARER: pairs[_HEARER].to_numpy()}).astype("str")


def _introducers(expectation: type[RuleExpectation], store: StoreView) -> pd.DataFrame:
    """Who introduced the entry, or anything into the dossier that the row is about."""
    keys = [name for name in ("entry_key", "dossier_key") if name in store.frames[expectation.frame].columns]
    if expectation.controller is not None and "entry_key" not in keys:
        return _nobody()
    return _joined(expectation, store, keys[0], _introduced(store)) if keys else _nobody()


def _introduced(store: StoreView) -> pd.DataFrame:
    """Each entry with its dossier and one of its introducers."""
    if "entries" not in store.frames:
        return pd.DataFrame(columns=["entry_key", "dossier_key", _HEARER])
    entries = pd.DataFrame({name: store.column("entries", name) for name in ("entry_key", "dossier_key", "introduced_by")})
    first = entries.rename(columns={"introduced_by": _HEARER})
    if "entry_introducers" not in store.frames:
        return first
    more = store.frames["entry_introducers"][["entry_key", _HEARER]]
    return pd.concat([first, more.merge(entries[["entry_key", "dossier_key"]], on="entry_key")], ignore_index=True)


def _participants(expectation: type[RuleExpectation], store: StoreView) -> pd.DataFrame:
    """Who takes part in the dossier, or in the consultation, that the row is about."""
    frame = store.frames[expectation.frame]
    if "dossier_participants" not in store.frames or expectation.frame == "dossier_participants":
        return _nobody()
    parts = store.frames["dossier_participants"][["dossier_key", _HEARER]]
    if "dossier_key" in frame.columns:
        return _nobody() if expectation.controller is not None else _joined(expectation, store, "dossier_key", parts)
    if "consultation_key" not in frame.columns or "dossiers" not in store.frames:
        return _nobody()
    consultations = store.looked_up(parts["dossier_key"], "dossiers", "dossier_key", "consultation_key")
    return _joined(expectation, store, "consultation_key", parts.assign(consultation_key=consultations))


def _hosts(expectation: type[RuleExpectation], store: StoreView) -> pd.DataFrame:
    """Who hosts the dossier that the row is about."""
    if "dossiers" not in store.frames or "dossier_key" not in store.frames[expectation.frame].columns:
        return _nobody()
    hosts = {"dossier_key": store.column("dossiers", "dossier_key"), _HEARER: store.column("dossiers", "host")}
    return _joined(expectation, store, "dossier_key", pd.DataFrame(hosts))


def _link_ends(expectation: type[RuleExpectation], store: StoreView) -> pd.DataFrame:
    """Who receives what a link carries: the other end beside its source."""
    targets = store.column(expectation.frame, "link_target")
    return pd.DataFrame({_ROW: range(len(targets)), _HEARER: targets.to_numpy()})


def _joined(expectation: type[RuleExpectation], store: StoreView, key: str, hearers: pd.DataFrame) -> pd.DataFrame:
    """Each row's number with everyone who hears under its key."""
    keys = store.frames[expectation.frame][key]
    rows = pd.DataFrame({_ROW: range(len(keys)), key: keys.to_numpy()}).dropna()
    return rows.merge(hearers[[key, _HEARER]].dropna().drop_duplicates(), on=key)[[_ROW, _HEARER]]


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({_ROW: pd.Series([], dtype="int64"), _HEARER: pd.Series([], dtype="str")})


_PAIRS: Mapping[Routing, _Pairs] = {
    Routing.BY_INTRODUCER: _introducers,
    Routing.TITLE3_CHANNEL: _introducers,
    Routing.NOT_A_DPA: _introducers,
    Routing.BY_PARTICIPANT: _participants,
    Routing.ALL_PARTICIPANTS: _participants,
    Routing.BY_HOST: _hosts,
    Routing.BY_BOTH_ENDS: _link_ends,
}
"""How each routing finds its controllers; any other is heard of by the controller that the expectation names."""
