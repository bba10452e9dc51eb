"""Plan the erasure of what a restored backup brought back: read from the tombstones, not from the terms. Touches nothing.

It is a plan like any other: the same approvals, cap, write-ahead, verification and certificate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd

from discretio.domain.dues import Due, DueStatus
from discretio.domain.retention_reasons import Reason
from discretio.ledger.replay_origins import record_origin
from discretio.ledger.tombstones import Tombstone, erased_before
from discretio.steps.dossier_facts import dossier_facts
from discretio.steps.erasure_jobs import REPLAY
from discretio.steps.freezing import Basis, Planned, basis_of, freeze
from discretio.steps.replay_obstacles import Obstacles, dossier_obstacles, row_obstacles
from discretio.steps.run_records import recorded_run
from discretio.steps.terms import ScopedDue
from discretio.steps.workplace import Workplace

VERB = REPLAY


def plan_replay(place: Workplace, store_name: str, as_of: date, *, requester: str, copy_of: str | None = None) -> Planned:
    """Freeze in a plan what was erased before and stands in the store again.

    Args:
        place: the collaborators.
        store_name: the store that was restored.
        as_of: the day on which holds are judged; after the ledger server's date the plan only dry-runs.
        requester: the login of who asks; he can't approve.
        copy_of: the name of the store whose backup it is, if it was restored elsewhere and stands under a name of its own.

    Raises:
        PurgeRefusedError: the plan exceeds the cap, or nothing can be erased in the store.
        StoreUnavailableError: the store can't be read.
    """
    policy = place.policy_on(as_of)
    basis = basis_of(place, store_name, policy, requester, copy_of)
    chosen, obstacles = _restored(place, basis)
    with recorded_run(place, policy, VERB, basis.record.store_id) as run:
        planned = freeze(place, basis, run.run_id, chosen, Counter(obstacle.value for obstacle in obstacles))
        if basis.known_as != basis.record.store_id:
            record_origin(place.ledger, planned.plan_id, basis.known_as)
        run.counts.update(items=planned.dossiers + planned.art8_rows)
    return planned


def erased_on(stones: Mapping[str, Tombstone]) -> dict[str, date]:
    """The day of each erasure."""
    return {key: stone.erased_at.date() for key, stone in stones.items()}


def _restored(place: Workplace, basis: Basis) -> tuple[list[ScopedDue], list[Reason]]:
    """What may be erased again, and why the rest may not."""
    frames, listed = basis.frames, _listed(basis)
    stones, obstacles = there_again(place, basis)
    keepers = {
        "dossier": _owners(frames["dossiers"], "dossier_key", "owner"),
        "art8_row": _owners(listed, "row_key", "controller_key"),
    }
    chosen = [
        ScopedDue(kind, key, keepers[kind].get(key), _due(stones[kind][key]))
        for kind, found in obstacles.items()
        for key, obstacle in sorted(found.items())
        if obstacle is None
    ]
    return chosen, [obstacle for found in obstacles.values() for obstacle in found.values() if obstacle is not None]


def there_again(place: Workplace, basis: Basis) -> tuple[dict[str, dict[str, Tombstone]], dict[str, Obstacles]]:
    """By kind and key: the last erasure of what stands there again, and why it may not be erased again (null if it may)."""
    frames, policy, store_id = basis.frames, basis.policy, basis.known_as
    keys = {"dossier": frames["dossiers"]["dossier_key"].tolist(), "art8_row": _listed(basis)["row_key"].tolist()}
    stones = {kind: erased_before(place.ledger, store_id, kind, keys[kind]) for kind in keys}
    return stones, {
        "dossier": dossier_obstacles(dossier_facts(frames), erased_on(stones["dossier"]), policy, policy.as_of),
        "art8_row": row_obstacles(_listed(basis), erased_on(stones["art8_row"]), policy),
    }


def _listed(basis: Basis) -> pd.DataFrame:
    return basis.frames.get("art8_rows", pd.DataFrame(columns=["row_key"]))


def _owners(rows: pd.DataFrame, key: str, owner: str) -> dict[str, str]:
    named = rows.reindex(columns=[key, owner]).dropna()
    return dict(zip(named[key], named[owner], strict=True))


def _due(stone: Tombstone) -> Due:
    day = stone.erased_at.date()
    return Due(rule_id=stone.rule_id, status=DueStatus.OVERDUE, reason=Reason.ERASED, due=day, last_lawful_day=day)
