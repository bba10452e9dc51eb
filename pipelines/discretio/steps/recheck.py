"""Read a batch again under the store's lock: what changed, is held, or is not due after all, drops out whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from discretio.domain.dossier_dates import DossierDates
from discretio.domain.dues import obstacle_to_deletion
from discretio.domain.requested_erasures import obstacle_to_requested_erasure
from discretio.domain.retention import resolve
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy
from discretio.steps.archive_waits import Waits
from discretio.steps.dossier_facts import DECIDING_FRAMES, Rows, facts_of_rows
from discretio.steps.other_terms import INTRODUCERS, OVERRIDES
from discretio.steps.recorded_holds import HOLDS, archive_hold_rows
from discretio.steps.replay_obstacles import dossier_obstacles, row_obstacles
from discretio.steps.terms import ScopedDue, art8_dues, counts_per_entry, deletable
from discretio.stores.erasing import Eraser

CHANGED = Reason.DOSSIER_CHANGED.value

_TOLD_FIRST = (Reason.HELD, Reason.AWAITING_ARCHIVES, Reason.HOLDS_UNREADABLE, Reason.POLICY_NOT_ADOPTED, Reason.IN_TRANSITION)


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a re-reading needs: the open transaction, the policy, the day, and the key of the dossier hashes.

    `recorded` and `archives`: the holds on these dossiers that stand in the ledger, and what tells which of them wait for the
    archives; read once the intent was written. `overrides`: the terms of other provisions, read from the store likewise, since
    they belong to no dossier. `frames`: those that the store delivers.
    """

    eraser: Eraser
    policy: ResolvedPolicy
    as_of: date
    key: bytes
    recorded: Sequence[dict[str, Any]]
    archives: Waits
    overrides: Sequence[dict[str, Any]]
    frames: Collection[str]

    def present(self, expected: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, DossierDates]]]:
        """Lock dossiers; their hashes as they are now, and what decides on each."""
        present = sorted(self.eraser.lock(expected))
        deciding = (*DECIDING_FRAMES, INTRODUCERS) if self.overrides else DECIDING_FRAMES
        rows = {name: self.eraser.records(name, present) for name in deciding if name in self.frames}
        if not _all_of(rows, frozenset(present)):
            # The store takes two keys for one that we tell apart: whose holds these are can't be said.
            rows.pop(HOLDS, None)
        if HOLDS in rows:
            waiting = self.archives({row["dossier_key"]: row.get("kind") for row in rows["dossiers"]})
            rows[HOLDS] = [*rows[HOLDS], *self.recorded, *archive_hold_rows(waiting)]
        rows[OVERRIDES] = list(self.overrides)
        return dict(self.eraser.dossier_hashes(present, self.key)), list(facts_of_rows(rows))


def _all_of(rows: Rows, keys: Collection[str]) -> bool:
    return all(row["dossier_key"] in keys for name, some in rows.items() if name != INTRODUCERS for row in some)


@dataclass(frozen=True, slots=True)
class Rechecked:
    """By the store's own keys: what may be deleted, what isn't there any more, and what drops out with its reason."""

    deletable: list[str]
    absent: list[str]
    dropped: Mapping[str, str]

    def narrowed_by(self, other: Rechecked) -> Rechecked:
        """What may be deleted by this judgement and by another on the same."""
        both = [key for key in self.deletable if key in set(other.deletable)]
        return Rechecked(both, self.absent, {**other.dropped, **self.dropped})


def recheck_dossiers(recheck: Recheck, expected: Mapping[str, str]) -> Rechecked:
    """Lock dossiers, read them again, and judge them again.

    Args:
        recheck: the transaction and the rules.
        expected: the planned hash by dossier key.
    """
    hashes, dossiers = recheck.present(expected)
    policy, as_of = recheck.policy, recheck.as_of
    dues = [ScopedDue("dossier", key, None, due) for key, facts in dossiers for due in resolve(facts, policy, as_of)]
    return _unlinked(recheck, _judge(recheck, expected, hashes, dues))


def recheck_art8(recheck: Recheck, expected: Mapping[str, str], relatives: Mapping[str, frozenset[str]]) -> Rechecked:
    """The same for rows of the prosecutor's list.

    Where the first registration of an identity counts, its rows go together or stay together: once the first is gone, nothing
    would tell how old the others are.

    Args:
        recheck: the transaction and the rules.
        expected: the planned hash by row key.
        relatives: by row key, every row of the same identity.
    """
    wanted = set(expected).union(*(relatives.get(key, frozenset()) for key in expected))
    hashes = recheck.eraser.art8_hashes(sorted(wanted), recheck.key)
    rows = recheck.eraser.read("art8_rows", sorted(hashes))
    dues = art8_dues(rows, recheck.policy, recheck.as_of)
    judged = _judge(recheck, expected, {key: digest for key, digest in hashes.items() if key in expected}, dues)
    if counts_per_entry(recheck.policy):
        return judged
    identity_of = dict(zip(rows["row_key"], rows["identity_key"], strict=True))
    kept = {identity_of[scoped.key] for scoped in dues if scoped.key not in judged.deletable}
    left = {key: CHANGED for key in judged.deletable if identity_of[key] in kept}
    return Rechecked([key for key in judged.deletable if key not in left], judged.absent, {**judged.dropped, **left})


def recheck_restored(recheck: Recheck, expected: Mapping[str, str], erased: Mapping[str, date]) -> Rechecked:
    """Lock dossiers that a restored backup brought back, and judge by their erasure instead of their term.

    Args:
        recheck: the transaction and the rules.
        expected: the planned hash by dossier key.
        erased: the day of its last erasure, by dossier key.
    """
    hashes, dossiers = recheck.present(expected)
    obstacles = dossier_obstacles(dossiers, erased, recheck.policy, recheck.as_of)
    return _unlinked(recheck, _unobstructed(expected, hashes, obstacles))


def recheck_requested(recheck: Recheck, expected: Mapping[str, str]) -> Rechecked:
    """Lock dossiers whose erasure was asked for and granted, and judge by holds instead of their term."""
    hashes, dossiers = recheck.present(expected)
    obstacles = {key: obstacle_to_requested_erasure(found, recheck.as_of, recheck.policy) for key, found in dossiers}
    return _unlinked(recheck, _unobstructed(expected, hashes, obstacles))


def recheck_restored_rows(recheck: Recheck, expected: Mapping[str, str], erased: Mapping[str, date]) -> Rechecked:
    """The same for rows of the prosecutor's list; a row of the same identity that came since has a registration of its own."""
    hashes = recheck.eraser.art8_hashes(sorted(expected), recheck.key)
    obstacles = row_obstacles(recheck.eraser.read("art8_rows", sorted(hashes)), erased, recheck.policy)
    return _unobstructed(expected, hashes, obstacles)


def _unobstructed(expected: Mapping[str, str], hashes: Mapping[str, str], obstacles: Mapping[str, Reason | None]) -> Rechecked:
    dropped = {}
    for key, digest in hashes.items():
        obstacle = obstacles.get(key, Reason.NO_LONGER_OVERDUE)
        if obstacle is not None or digest != expected[key]:
            dropped[key] = CHANGED if obstacle is None else obstacle.value
    return Rechecked(sorted(hashes.keys() - dropped.keys()), sorted(expected.keys() - hashes.keys()), dropped)


def _unlinked(recheck: Recheck, judged: Rechecked) -> Rechecked:
    """What was judged without those that a dossier that stays leads into."""
    linked = recheck.eraser.linked(judged.deletable)
    dropped = {**judged.dropped, **dict.fromkeys(linked, Reason.DOSSIER_LINKED.value)}
    return Rechecked([key for key in judged.deletable if key not in linked], judged.absent, dropped)


def _judge(recheck: Recheck, expected: Mapping[str, str], hashes: Mapping[str, str], dues: list[ScopedDue]) -> Rechecked:
    due = {scoped.key for scoped in deletable(dues, recheck.policy)}
    dropped = {}
    for key, digest in hashes.items():
        if key not in due:
            dropped[key] = _obstacle(key, dues, recheck.policy)
        elif digest != expected[key]:
            dropped[key] = CHANGED
    return Rechecked(sorted(hashes.keys() - dropped.keys()), sorted(expected.keys() - hashes.keys()), dropped)


def _obstacle(key: str, dues: list[ScopedDue], policy: ResolvedPolicy) -> str:
    reasons = {obstacle_to_deletion(scoped.due, policy) for scoped in dues if scoped.key == key}
    return next((reason.value for reason in _TOLD_FIRST if reason in reasons), Reason.NO_LONGER_OVERDUE.value)
