"""How much one run may delete, and when a run may only be a dry run (design, promise 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from discretio.domain.retention_reasons import Reason
from discretio.errors import PurgeRefusedError
from discretio.law.policy import ResolvedPolicy

CAP_DOSSIERS = "purge.cap_dossiers"
CAP_SHARE = "purge.cap_share"

_DRY_RUN = {
    Reason.CATCH_UP_RUN: ("A catch-up or backfill run deletes nothing.", "Start a run of today."),
    Reason.AS_OF_IN_THE_FUTURE: (
        "The plan's date lies after the ledger server's date.",
        "Wait for that day; until then, dry-run.",
    ),
}


def check_cap(dossiers_planned: int, dossiers_in_store: int, policy: ResolvedPolicy) -> None:
    """Make sure that the plan stays within the cap: at most so many dossiers, and at most such a share of the store.

    Raises:
        PurgeRefusedError: it doesn't, or the policy sets no cap. The whole plan is refused, never cut down to fit.
    """
    obstacle = cap_obstacle(dossiers_planned, dossiers_in_store, policy)
    if obstacle is Reason.CAP_NOT_SET:
        raise PurgeRefusedError(
            "The policy sets no cap on a purge.",
            where="policy",
            remedy=f"Set {CAP_DOSSIERS} and {CAP_SHARE} (between 0 and 1).",
        )
    if obstacle is Reason.CAP_EXCEEDED:
        raise PurgeRefusedError(
            f"The plan would delete {dossiers_planned} of {dossiers_in_store} dossiers, more than the cap allows.",
            remedy=f"Check the dates first; then plan fewer dossiers, or have {CAP_DOSSIERS} or {CAP_SHARE} raised.",
        )


def cap_obstacle(dossiers_planned: int, dossiers_in_store: int, policy: ResolvedPolicy) -> Reason | None:
    """Why the cap forbids the plan: CAP_NOT_SET or CAP_EXCEEDED; None if it doesn't."""
    try:
        most, share = policy.number(CAP_DOSSIERS), policy.number(CAP_SHARE)
    except (KeyError, TypeError):
        return Reason.CAP_NOT_SET
    if not (most >= 0 and 0 <= share <= 1):
        return Reason.CAP_NOT_SET
    # Decimal, since 0.29 * 100 is less than 29 in binary floating point.
    fits = dossiers_planned <= most and dossiers_planned <= Decimal(str(share)) * dossiers_in_store
    return None if fits else Reason.CAP_EXCEEDED


def may_execute(as_of: date, server_date: date, *, own_demo_store: bool, catch_up: bool) -> bool:
    """Whether a run may delete; False if it may only be a dry run.

    Args:
        as_of: the plan's date.
        server_date: today by the clock of the ledger's server.
        own_demo_store: the store is the demo's own, made by us for that demo; its plans may lie in the future.
        catch_up: the run makes up for a missed one, or is a backfill.
    """
    return execution_obstacle(as_of, server_date, own_demo_store=own_demo_store, catch_up=catch_up) is None


def check_execution(as_of: date, server_date: date, *, own_demo_store: bool, catch_up: bool) -> None:
    """Make sure that a run may delete.

    Raises:
        PurgeRefusedError: it may only be a dry run.
    """
    obstacle = execution_obstacle(as_of, server_date, own_demo_store=own_demo_store, catch_up=catch_up)
    if obstacle is not None:
        what, remedy = _DRY_RUN[obstacle]
        raise PurgeRefusedError(what, remedy=remedy)


def execution_obstacle(as_of: date, server_date: date, *, own_demo_store: bool, catch_up: bool) -> Reason | None:
    """Why a run may only be a dry run; None if it may delete."""
    if catch_up:
        return Reason.CATCH_UP_RUN
    return Reason.AS_OF_IN_THE_FUTURE if as_of > server_date and not own_demo_store else None
