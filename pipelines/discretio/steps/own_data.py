"""Erase what Discretio keeps itself once its term has passed (PIPE-FINDING-RETENTION). A dry run unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from discretio.law.policy import Reference
from discretio.ledger.connection import server_date
from discretio.ledger.own_data import OWN_DATA
from discretio.steps.workplace import Workplace

_TERMS = {
    "findings": "findings.kept",
    "holds": "holds.kept",
    "requests": "requests.kept",
    "tombstones": "tombstones.kept",
    "reports": "figures.kept",
    "audit_log": "log.kept_at_most",
}


@dataclass(frozen=True, slots=True)
class OwnDataDue:
    """One kind of our own data: its term, where that comes from, the day before which it ends, and how many have ended."""

    kind: str
    term: str
    reference: Reference | None
    before: date
    ended: int


def own_data_due(place: Workplace) -> list[OwnDataDue]:
    """What has ended its term by the ledger server's date; touches nothing.

    Raises:
        KeyError: the policy lacks a term.
    """
    return [_due(place, kind, len(OWN_DATA[kind].expired(place.ledger, _before(place, kind)))) for kind in OWN_DATA]


def erase_own_data(place: Workplace) -> list[OwnDataDue]:
    """Erase what has ended its term, each kind in a transaction of its own, told in the audit chain; twice is once.

    Raises:
        KeyError: the policy lacks a term; nothing is erased.
        LedgerError: the ledger refused; what was erased before stays erased.
    """
    terms = {kind: _before(place, kind) for kind in OWN_DATA}
    reports = OWN_DATA["reports"].expired(place.ledger, terms["reports"])
    done = [_due(place, kind, OWN_DATA[kind].erase(place.ledger, before)) for kind, before in terms.items()]
    for report_id in reports:
        for file in (place.settings.home / "reports").glob(f"*-{report_id}.*"):
            file.unlink()
    return done


def _before(place: Workplace, kind: str) -> datetime:
    today = server_date(place.ledger)
    day = place.policy_on(today).period(_TERMS[kind]).before(today)
    return datetime.combine(day, time(), UTC)


def _due(place: Workplace, kind: str, ended: int) -> OwnDataDue:
    policy = place.policy_on(server_date(place.ledger))
    name = _TERMS[kind]
    return OwnDataDue(kind, str(policy.period(name)), policy.references.get(name), _before(place, kind).date(), ended)
