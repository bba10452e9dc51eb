"""What the rules on bases have in common: which types there are, and what keeps a basis from carrying a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from discretio.domain.judgements.answers import UnjudgeableError, day, filled, known
from discretio.domain.judgements.legal_basis.reasons import Reason

PROTOCOL, INDIVIDUAL = "PR_PROTOCOL", "PR_INDIVIDUAL"
AUTHORISATIONS = frozenset({PROTOCOL, INDIVIDUAL})
ENACTED = frozenset({"LAW", "DECREE", "ORDINANCE", "IMPLEMENTING_ACT"})
TYPES = ENACTED | AUTHORISATIONS
PROSECUTOR = "PROSECUTOR"

# What is nearest to a valid basis explains best why there is none.
_NEAREST_FIRST = (
    Reason.BASIS_WITHOUT_REASONS,
    Reason.BASIS_WITHOUT_DOCUMENT,
    Reason.BASIS_ISSUED_LATER,
    Reason.BASIS_NOT_YET_VALID,
    Reason.BASIS_REVOKED,
    Reason.BASIS_ENDED,
    Reason.NOT_A_BASIS,
)


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis, as the frame `legal_bases` describes it; `purposes` has | between."""

    type: str | None = None
    issued_at: datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    revoked_at: datetime | None = None
    document_sha256: str | None = None
    reasons_present: bool | None = None
    purposes: str | None = None


def fault_on(bases: Iterable[Basis], on: date) -> Reason | None:
    """What keeps every basis from carrying that day; None if one of them does.

    Raises:
        UnjudgeableError: none does for certain, and the store doesn't tell enough about one of them.
    """
    faults: list[Reason] = []
    untold: UnjudgeableError | None = None
    for basis in bases:
        try:
            fault = _fault(basis, on)
        except UnjudgeableError as unjudgeable:
            untold = unjudgeable
            continue
        if fault is None:
            return None
        faults.append(fault)
    if untold is not None:
        raise untold
    return min(faults, key=_NEAREST_FIRST.index, default=Reason.NO_BASIS)


def _fault(basis: Basis, on: date) -> Reason | None:
    """What keeps one basis from carrying that day."""
    if known(basis.type, "type") not in TYPES:
        return Reason.NOT_A_BASIS
    fault = _fault_of_time(basis, on)
    if fault is not None:
        return fault
    if not filled(basis.document_sha256):
        return Reason.BASIS_WITHOUT_DOCUMENT
    without_reasons = basis.type in AUTHORISATIONS and not known(basis.reasons_present, "reasons_present")
    return Reason.BASIS_WITHOUT_REASONS if without_reasons else None


def _fault_of_time(basis: Basis, on: date) -> Reason | None:
    if day(known(basis.issued_at, "issued_at")) > on:
        return Reason.BASIS_ISSUED_LATER
    if day(known(basis.valid_from, "valid_from")) > on:
        return Reason.BASIS_NOT_YET_VALID
    if basis.revoked_at is not None and on >= day(basis.revoked_at):
        return Reason.BASIS_REVOKED
    return Reason.BASIS_ENDED if basis.valid_to is not None and on > day(basis.valid_to) else None
