"""Read a batch again under the store's lock: what changed, is held, or is not due after all, drops out whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from discretio.domain.dues import obstacle_to_deletion
from discretio.domain.requested_erasures import obstacle_to_requested_erasure
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy
from discretio.steps.dossier_facts import DECIDING_FRAMES, dossier_facts
from discretio.steps.recorded_holds import frames_under
from discretio.steps.replay_obstacles import dossier_obstacles, row_obstacles
from discretio.steps.terms import ScopedDue, art8_dues, counts_per_entry, deletable, dues_of
from discretio.stores.erasing import Eraser

CHANGED = Reason.DOSSIER_CHANGED.value

_TOLD_FIRST = (Reason.HELD, Reason.AWAITING_ARCHIVES, Reason.HOLDS_UNREADABLE, Reason.POLICY_NOT_ADOPTED)


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a re-reading needs: the open transaction, the policy, the day, and the key of the dossier hashes.

    `recorded`: the holds on these dossiers that stand in the ledger, read once the intent was written.
    """

    eraser: Eraser
    policy: ResolvedPolicy
    as_of: date
    key: bytes
    recorded: pd.DataFrame

    def present(self, expected: Mapping[str, str]) -> tuple[dict[str, str], dict[str, pd.DataFrame]]:
        """Lock dossiers; their hashes as they are now, and the frames that decide on them."""
        present = sorted(self.eraser.lock(expected))
        frames = {name: self.eraser.read(name, present) for name in DECIDING_FRAMES}
        return dict(self.eraser.dossier_hashes(present, self.key)), frames_under(frames, self.recorded)


@dataclass(frozen=True, slots=True)
class Rechecked:
    """By the store's own keys: what may be deleted, what isn't there any more, and what drops out with its reason."""

    deletable: list[str]
    absent: list[str]
    dropped: Mapping[str, str]


def recheck_dossiers(recheck: Recheck, expected: Mapping[str, str]) -> Rechecked:
    """Lock dossiers, read them again, and judge them again.

    Args:
        recheck: the transaction and the rules.
        expected: the planned hash by dossier key.
    """
    hashes, frames = recheck.present(expected)
    dues = dues_of(frames, recheck.policy, recheck.as_of) if hashes else []
    return _judge(recheck, expected, hashes, dues)


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
    hashes, frames = recheck.present(expected)
    obstacles = dossier_obstacles(frames, erased, recheck.policy, recheck.as_of) if hashes else {}
    return _unobstructed(expected, hashes, obstacles)


def recheck_requested(recheck: Recheck, expected: Mapping[str, str]) -> Rechecked:
    """Lock dossiers whose erasure was asked for and granted, and judge by holds instead of their term."""
    hashes, frames = recheck.present(expected)
    facts = dossier_facts(frames) if hashes else ()
    obstacles = {key: obstacle_to_requested_erasure(found, recheck.as_of, recheck.policy) for key, found in facts}
    return _unobstructed(expected, hashes, obstacles)


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
