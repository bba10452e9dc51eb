"""Explain until when a dossier may be kept: which rule, which dates, which source, and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from discretio.domain.dues import Due, obstacle_to_deletion
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import Reference, ResolvedPolicy
from discretio.ledger import locator
from discretio.steps.archive_waits import under_all
from discretio.steps.freezing import PLANNING_FRAMES, introducers
from discretio.steps.one_dossier import no_such_dossier, one_dossier
from discretio.steps.terms import dues_of, ends_of
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ExplainedDue:
    """The due of one rule, the text that its term comes from (None if none does), and why it may not be deleted on it."""

    due: Due
    reference: Reference | None
    obstacle: Reason | None


def explain_dossier(
    place: Workplace, store_name: str, dossier: str, as_of: date, controllers: Collection[str] | None = None
) -> list[ExplainedDue]:
    """The due of each retention rule for one dossier, read from the store now; nothing is recorded.

    Args:
        place: the collaborators.
        store_name: a registered store.
        dossier: the store's own key, or the surrogate id that findings and plans name.
        as_of: the day on which terms are judged.
        controllers: for whom somebody asks (surrogate ids); None for all.

    Raises:
        UsageError: the store holds no such dossier, or none that concerns these controllers: a key may be a name, so that no
            answer tells whether there is one.
        StoreUnavailableError: the store can't be read.
    """
    policy = place.policy_on(as_of)
    names = (name for name in PLANNING_FRAMES if name != "art8_rows")
    key, frames = one_dossier(place, store_name, dossier, names)
    if controllers is not None and not _concern(place, frames, key, controllers):
        raise no_such_dossier(place, store_name)
    frames = under_all(place, store_name, frames, policy)
    found = [scoped.due for scoped in dues_of(frames, policy, as_of) if scoped.key == key]
    return [ExplainedDue(due, _reference(due, policy), obstacle_to_deletion(due, policy)) for due in found]


def _concern(place: Workplace, frames: Mapping[str, pd.DataFrame], key: str, controllers: Collection[str]) -> bool:
    """Whether any of these controllers introduced something into the dossier, or owns it where nobody did."""
    theirs = set(locator.natural_keys(place.ledger, sorted(controllers)).values())
    return not theirs.isdisjoint(introducers(frames).get(key, set()))


def calendar(place: Workplace, store_name: str, as_of: date) -> Mapping[str, tuple[int, ...]]:
    """By rule, how many dossiers and rows of the art. 8 list end within each column of `calendar_ends`.

    Raises:
        StoreUnavailableError: the store can't be read.
    """
    return ends_of(dues_of(_frames(place, store_name, as_of), place.policy_on(as_of), as_of), as_of)


def _frames(place: Workplace, store_name: str, as_of: date) -> dict[str, pd.DataFrame]:
    store = place.open_store(store_name)
    frames = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    return under_all(place, store_name, frames, place.policy_on(as_of))


def _reference(due: Due, policy: ResolvedPolicy) -> Reference | None:
    source = dict(due.explanation).get("source", "")
    return policy.references.get(source)
