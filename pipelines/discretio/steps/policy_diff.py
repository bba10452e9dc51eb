"""What a change of policy would alter, before anyone adopts it: outcomes and deletion proposals, as counts. Records nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from discretio.checks import CheckRequest, run_checks
from discretio.errors import PolicyError
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import locator, stores
from discretio.policy_files import load_policy, policy_set_ids
from discretio.steps.check import frames_for_judging
from discretio.steps.freezing import PLANNING_FRAMES
from discretio.steps.terms import ScopedDue, deletable, dues_of
from discretio.steps.workplace import Workplace

CURRENT = "current"
NOT_ASKED = "NOT_ASKED"
"""What stands for an outcome where the policy doesn't hold the rule."""
_SCOPE = ["rule_id", "scope_kind", "scope_key", "controller_key"]
_CHANGED = ["rule", "controller", "before", "after"]


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What differs between two policies over one store.

    Attributes:
        outcomes: rule, controller (surrogate id, empty for the store as a whole), before, after, n scopes.
        proposals: rule, controller, change (ADDED, DROPPED, OTHER_RULE), n dossiers or rows of the art. 8 list. The rule is the
            one of the policy after the change, or before it for what is dropped.
        same_outcomes: how many outcomes stay as they are.
        same_proposals: how many proposals stay as they are.
    """

    outcomes: pd.DataFrame
    proposals: pd.DataFrame
    same_outcomes: int
    same_proposals: int


def policy_named(place: Workplace, shipped: Path, name: str, as_of: date) -> ResolvedPolicy:
    """The policy that a word names: `current`, the id of a policy set of the folder in use, or a folder of policies.

    Args:
        place: the collaborators.
        shipped: the folder of policies in use.
        name: the word. A folder may be followed by `#` and the id of one of its sets; else the set in use is meant.
        as_of: the day.

    Raises:
        PolicyError: there is no such folder or set, or a file in it is wrong.
    """
    if name == CURRENT:
        return place.policy_on(as_of)
    if name in policy_set_ids(shipped):
        return load_policy(shipped, name, as_of)
    path, _, chosen = name.partition("#")
    if not Path(path).is_dir():
        remedy = f"name a folder, or one of {', '.join((CURRENT, *policy_set_ids(shipped)))}"
        raise PolicyError("this is neither a policy set nor a folder of policies", where=name, remedy=remedy)
    return load_policy(Path(path), chosen or place.settings.policy_set, as_of)


def compare_policies(place: Workplace, store_name: str, before: ResolvedPolicy, after: ResolvedPolicy) -> PolicyDiff:
    """Judge a store under both policies, and work out both plans.

    Raises:
        UsageError: the store isn't registered.
        StoreUnavailableError: it can't be read.
    """
    changed, same = _changed(_outcomes(place, store_name, before), _outcomes(place, store_name, after))
    proposals, kept = _proposals(place, store_name, before, after)
    return PolicyDiff(changed, proposals, same, kept)


def _outcomes(place: Workplace, store_name: str, policy: ResolvedPolicy) -> pd.DataFrame:
    """The outcomes under a policy; nothing is recorded."""
    frames = frames_for_judging(place, store_name, policy)
    suites = place.suites / place.open_store(store_name).kind
    return run_checks(CheckRequest(frames=frames, policy=policy, as_of=policy.as_of, suites=suites)).outcomes


def _changed(before: pd.DataFrame, after: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """How many scopes of each rule and controller get another outcome, and how many the same.

    What is answered for the store as a whole under one policy only gives way to the scopes under the other.
    """
    one, other = (frame.assign(controller_key=frame["controller_key"].fillna("")) for frame in (before, after))
    both = one.merge(other, on=_SCOPE, how="outer", suffixes=("_before", "_after"))
    both = both.fillna({"outcome_before": NOT_ASKED, "outcome_after": NOT_ASKED})
    differs = both["outcome_before"] != both["outcome_after"]
    told = both[differs].groupby(["rule_id", "controller_key", "outcome_before", "outcome_after"]).size().reset_index()
    return told.set_axis([*_CHANGED, "n"], axis=1), int((~differs).sum())


def _proposals(place: Workplace, store_name: str, before: ResolvedPolicy, after: ResolvedPolicy) -> tuple[pd.DataFrame, int]:
    """How many proposals of deletion come, go or change their rule, by controller, and how many stay."""
    store = place.open_store(store_name)
    frames = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    old, new = (_due_for_deletion(frames, policy) for policy in (before, after))
    named = _names(place, store_name, [*old.values(), *new.values()])
    same = 0
    counts: Counter[tuple[str, str, str]] = Counter()
    for key in old.keys() | new.keys():
        change = _change(old.get(key), new.get(key))
        scoped = new.get(key) or old[key]
        if change is None:
            same += 1
        else:
            counts[scoped.due.rule_id, named(scoped), change] += 1
    rows = [(*told, number) for told, number in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["rule", "controller", "change", "n"]), same


def _due_for_deletion(frames: Mapping[str, pd.DataFrame], policy: ResolvedPolicy) -> dict[tuple[str, str], ScopedDue]:
    dues = dues_of(frames, policy, policy.as_of)
    return {(scoped.kind, scoped.key): scoped for scoped in deletable(dues, policy)}


def _change(old: ScopedDue | None, new: ScopedDue | None) -> str | None:
    if old is None:
        return "ADDED"
    if new is None:
        return "DROPPED"
    return None if old.due.rule_id == new.due.rule_id else "OTHER_RULE"


def _names(place: Workplace, store_name: str, dues: list[ScopedDue]) -> Callable[[ScopedDue], str]:
    """The surrogate id of who owns what is due, empty where nobody is known."""
    store_id = stores.store_named(place.ledger, store_name).store_id
    keys = sorted({scoped.controller for scoped in dues if scoped.controller})
    ids = locator.surrogates(place.ledger, store_id, "controller", keys)
    return lambda scoped: ids.get(scoped.controller or "", "")
