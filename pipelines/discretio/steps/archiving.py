"""Record what the archives say about the series of a public body, and list what waits for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from discretio.domain.approvals import Role
from discretio.domain.archives import SERIES, Series, cleared_series, waits_too_long
from discretio.domain.retention_reasons import Reason
from discretio.errors import UsageError
from discretio.ledger import stores
from discretio.ledger.declarations import Declaration, sealed_note
from discretio.ledger.declaring import Entitled, declare
from discretio.steps.archive_waits import CLEARANCE, ArchiveGate, clearances, under_all
from discretio.steps.freezing import PLANNING_FRAMES
from discretio.steps.people_keys import Signer
from discretio.steps.terms import dues_of
from discretio.steps.workplace import Workplace

_LONGEST_GROUND = 200


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """A series of a public body, whether it may be destroyed, how many dossiers wait for that, how many of them too long."""

    series: Series
    cleared: bool
    waiting: int
    too_long: int


def declare_clearance(place: Workplace, series: Series, ground: str, signer: Signer, *, withdrawn: bool) -> None:
    """Record that the archives permit a series to be destroyed, or published a list that covers it; or that they take it back.

    Args:
        place: the collaborators.
        series: a controller (surrogate id) and one of SERIES.
        ground: the letter or the list, kept encrypted.
        signer: an approver of that controller.
        withdrawn: it may not be destroyed any more.

    Raises:
        UsageError: there is no such series, or no ground.
        ApprovalError: it isn't this person's to state.
    """
    controller, kind = series
    if kind not in SERIES:
        raise UsageError("there is no such series", where=kind, remedy=f"one of {', '.join(SERIES)}")
    if not ground.strip() or len(ground) > _LONGEST_GROUND:
        raise UsageError("a clearance rests on a letter or a list", remedy=f"name it in at most {_LONGEST_GROUND} signs")
    note = sealed_note(place.ledger, controller, ground)
    body = {"series": kind, "withdrawn": withdrawn}
    said = Declaration(CLEARANCE, controller, body, signer.person.person_id, place.now(), note)
    declare(place.ledger, said.signed(signer.private_key), Entitled(frozenset({Role.APPROVER}), frozenset({controller})))


def series_of(place: Workplace, store_name: str, as_of: date) -> list[ListedSeries]:
    """The series of a store that have a clearance, or dossiers that wait for one.

    Raises:
        StoreUnavailableError: the store can't be read.
    """
    store, policy = place.open_store(store_name), place.policy_on(as_of)
    store_id = stores.store_named(place.ledger, store_name).store_id
    read = {name: store.read(name) for name in PLANNING_FRAMES if name in store.frames()}
    waits = ArchiveGate.of(place.ledger, store_id, store, policy).waiting(store_id, read)
    held = [scoped for scoped in dues_of(under_all(place, store_name, read, policy), policy, as_of) if scoped.key in waits]
    waiting = {scoped.key for scoped in held if scoped.due.reason is Reason.AWAITING_ARCHIVES}
    late = {scoped.key for scoped in held if waits_too_long(scoped.due, policy, as_of)}
    counts, overdue = _by_series(waits, waiting), _by_series(waits, late)
    cleared = cleared_series(clearances(place.ledger))
    return [ListedSeries(one, one in cleared, counts[one], overdue[one]) for one in sorted(cleared | set(counts))]


def _by_series(waits: dict[str, frozenset[Series]], keys: set[str]) -> Counter[Series]:
    return Counter(series for key in keys for series in waits[key])
