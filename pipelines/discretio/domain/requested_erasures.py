"""Whether a dossier may be erased because a person asked for it and was granted it: by holds, not by its term."""

from __future__ import annotations

from datetime import date

from discretio.domain.dossier_dates import DossierDates
from discretio.domain.holds import HoldKind, active_holds, hold_is_ahead
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy

RULE_ID = "RIGHTS-ERASURE"


def obstacle_to_requested_erasure(dossier: DossierDates, as_of: date, policy: ResolvedPolicy) -> Reason | None:
    """Why it may not; None if it may, once approved."""
    if not policy.may_delete:
        return Reason.POLICY_NOT_ADOPTED
    if dossier.holds is None:
        return Reason.HOLDS_UNREADABLE
    active = active_holds(dossier.holds, as_of)
    if active and all(hold.kind == HoldKind.ARCHIVE_TRANSFER for hold in active):
        return Reason.AWAITING_ARCHIVES
    return Reason.HELD if active or any(hold_is_ahead(hold, as_of) for hold in dossier.holds) else None
