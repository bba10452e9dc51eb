"""Work out when each dossier and each identity of the art. 8 list is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd

from discretio.domain.art8 import Art8Start, resolve_art8
from discretio.domain.due_calendar import due_calendar
from discretio.domain.dues import ART8_ERASURE, Due, DueStatus, may_delete, obstacle_to_deletion
from discretio.domain.retention import resolve
from discretio.law.policy import ResolvedPolicy
from discretio.steps.dossier_facts import art8_identities, dossier_facts

_ENDED = (DueStatus.OVERDUE, DueStatus.OVERDUE_HELD, DueStatus.DUE_UNCERTAIN)


@dataclass(frozen=True, slots=True)
class ScopedDue:
    """The due of one dossier (or row of the art. 8 list), by the store's own key, and the controller whose authority hears."""

    kind: str
    key: str
    controller: str | None
    due: Due


def dues_of(frames: Mapping[str, pd.DataFrame], policy: ResolvedPolicy, as_of: date) -> list[ScopedDue]:
    """Every due of every dossier and art. 8 row, one per rule."""
    owners = frames["dossiers"].set_index("dossier_key").get("owner", pd.Series(dtype=str)).to_dict()
    found = [
        ScopedDue("dossier", key, _known(owners.get(key)), due)
        for key, facts in dossier_facts(frames)
        for due in resolve(facts, policy, as_of)
    ]
    return found + (art8_dues(frames["art8_rows"], policy, as_of) if "art8_rows" in frames else [])


def deletable(dues: list[ScopedDue], policy: ResolvedPolicy) -> list[ScopedDue]:
    """One due per dossier or row that may be deleted once approved: the earliest end where several rules agree."""
    best: dict[tuple[str, str], ScopedDue] = {}
    for scoped in dues:
        if may_delete(scoped.due, policy):
            known = best.get((scoped.kind, scoped.key))
            if known is None or (scoped.due.due or date.max) < (known.due.due or date.max):
                best[scoped.kind, scoped.key] = scoped
    return [best[key] for key in sorted(best)]


def ends_of(dues: Sequence[ScopedDue], as_of: date) -> Mapping[str, tuple[int, ...]]:
    """By rule, how many dossiers and rows of the art. 8 list end within each column of `calendar_ends`."""
    by_scope = sorted(dues, key=_scope)
    return due_calendar([[scoped.due for scoped in group] for _, group in groupby(by_scope, key=_scope)], as_of)


def _scope(scoped: ScopedDue) -> tuple[str, str]:
    return scoped.kind, scoped.key


def held_back(dues: list[ScopedDue], policy: ResolvedPolicy) -> dict[str, int]:
    """How many dossiers and rows whose term has ended, or may have, can't be deleted all the same, by reason."""
    due = {(scoped.kind, scoped.key) for scoped in deletable(dues, policy)}
    reasons: dict[tuple[str, str], str] = {}
    for scoped in dues:
        reason = obstacle_to_deletion(scoped.due, policy)
        if scoped.due.status in _ENDED and reason is not None and (scoped.kind, scoped.key) not in due:
            reasons[scoped.kind, scoped.key] = reason.value
    return dict(sorted(Counter(reasons.values()).items()))


def art8_dues(rows: pd.DataFrame, policy: ResolvedPolicy, as_of: date) -> list[ScopedDue]:
    """The due of every standing row of the prosecutor's list; one for an identity of which none stands.

    Args:
        rows: every row of the identities concerned, the erased ones too.
        policy: whether the first registration of an identity counts, or each row's own (art8.start).
        as_of: the day.
    """
    keepers = rows.set_index("row_key")["controller_key"].to_dict() if "controller_key" in rows else {}
    found = []
    for listed in art8_identities(rows).values():
        standing = [row for row in listed if row.erased is None] or listed[:1]
        for row in standing:
            due = resolve_art8([row] if counts_per_entry(policy) else listed, policy, as_of)
            found.append(ScopedDue("art8_row", row.key, _known(keepers.get(row.key)), due))
    return found


def counts_per_entry(policy: ResolvedPolicy) -> bool:
    """Whether each row of the list counts for itself; otherwise an identity is due as a whole."""
    return policy.values.get("art8.start") == Art8Start.PER_ENTRY


def _known(value: object) -> str | None:
    return value if isinstance(value, str) else None


def is_worth_recording(due: Due) -> bool:
    """Whether a due says something: a rule that doesn't concern the dossier at all is not recorded, except for the list."""
    return due.status is not DueStatus.NOT_APPLICABLE or due.rule_id == ART8_ERASURE
