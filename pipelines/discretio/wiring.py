"""Who is introduced to whom: the one place that makes collaborators from settings, and the verbs that DAGs call by ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from discretio import resources
from discretio.domain.approvals import Role
from discretio.domain.calendar_periods import just_ended
from discretio.domain.deadlines import Deadline, heard_by
from discretio.domain.deliveries import Way
from discretio.errors import StoreUnavailableError
from discretio.ledger import runs, stores
from discretio.ledger.connection import Ledger, server_clock
from discretio.ledger.keys import parse_key, read_key
from discretio.ledger.opening import open_ledger
from discretio.ledger.plans import load_plan
from discretio.policy_files import load_authorities, load_policy
from discretio.policy_files.priorities import load_priorities
from discretio.settings import Settings
from discretio.steps import (
    approve,
    check,
    deadlines,
    deliver_report,
    erase,
    paper,
    plan,
    report,
    rule_alerts,
    scan,
    verify_again,
)
from discretio.steps import verify_purge as verification
from discretio.steps.detector import detector_of, detector_version, lexicon_folders, policy_folder
from discretio.steps.extracting import DocumentExtractor
from discretio.steps.issued_reports import report_file
from discretio.steps.pipeline_health import verify_and_note
from discretio.steps.workplace import Workplace
from discretio.stores.hooks import installed_hooks
from discretio.stores.opening import open_outside, open_store
from discretio.stores.owner_scope import scoped
from discretio.stores.port import DossierStore
from discretio.stores.store_password import scope_environment

MOST_PARTS = 1_000


def workplace(settings: Settings | None = None, now: Callable[[], datetime] | None = None) -> Workplace:
    """Open the ledger and introduce everyone to everyone.

    Args:
        settings: where things are; from the environment by default.
        now: says the time, in UTC; the clock of the ledger's server by default, so that several machines agree.

    Raises:
        LedgerError: the ledger can't be opened.
    """
    chosen = settings or Settings.from_environment()
    policies = policy_folder(chosen)
    ledger = _ledger_of(chosen, now)
    extractor = cache(DocumentExtractor)

    def opened(target: str) -> DossierStore:
        known = {record.name: record for record in stores.stores(ledger)}
        names = {name: record.locator for name, record in known.items()}
        if target not in known or (owner := known[target].owner) is None:
            return open_store(target, names, extract=extractor(), environment=os.environ)
        return scoped(open_store(target, names, extract=extractor(), environment=scope_environment(target, os.environ)), owner)

    return Workplace(
        settings=chosen,
        ledger=ledger,
        open_store=opened,
        open_outside=lambda target: open_outside(
            target, [opened(record.name) for record in stores.stores(ledger)], extract=extractor()
        ),
        policy_on=cache(lambda day: load_policy(policies, chosen.policy_set, day)),
        authorities=cache(lambda: load_authorities(policies)),
        priorities=cache(lambda: load_priorities(policies)),
        detector=cache(lambda: detector_of(chosen)),
        detector_version=cache(lambda: detector_version(*lexicon_folders(chosen))),
        suites=resources.folder("expectations"),
        now=ledger.clock,
        hooks=installed_hooks(),
    )


def _ledger_of(chosen: Settings, now: Callable[[], datetime] | None) -> Ledger:
    chosen.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = parse_key(chosen.ledger_key) if chosen.ledger_key else read_key(chosen.ledger_key_file, create=True)
    ledger = open_ledger(chosen.ledger_url, key, clock=now or (lambda: datetime.now(UTC)))
    return ledger if now else replace(ledger, clock=server_clock(ledger))


def ledger_if_any() -> Ledger | None:
    """The ledger of this place; None where there is none, so that verifying makes neither ledger nor key.

    Raises:
        LedgerError: there is one, and it can't be opened.
    """
    settings = Settings.from_environment()
    dialect, _, path = settings.ledger_url.partition(":///")
    if dialect.startswith("sqlite") and not Path(path).is_file():
        return None
    if not settings.ledger_key and not settings.ledger_key_file.is_file():
        return None
    return workplace(settings).ledger


def trusted_roots(settings: Settings | None = None) -> list[Path]:
    """The root certificates of sealers that this place trusts: its own seal's, and those in trusted/ in its home."""
    settings = settings or Settings.from_environment()
    return [*settings.signing_key_file.parent.glob("*.root.pem"), *(settings.home / "trusted").glob("*.pem")]


@cache
def _place() -> Workplace:
    return workplace()


@cache
def page_workplace() -> Workplace:
    """The one workplace of whoever serves pages: the ledger under the page's own database account, if it has one."""
    settings = Settings.from_environment()
    return workplace(replace(settings, ledger_url=settings.approvals_url or settings.ledger_url))


def store_names() -> list[str]:
    """The names of the registered stores."""
    return [record.name for record in stores.stores(_place().ledger)]


def begin_scan(store: str, as_of: date) -> str:
    """Start a scan; returns the run id."""
    return scan.begin_scan(_place(), store, as_of)


def scan_parts(run_ids: Sequence[str]) -> list[str]:
    """Cut the stores of these runs into parts, RUN:FIRST-LAST by partition number; never more than Airflow maps over."""
    counts = {run_id: len(scan.partitions_of(_place(), run_id)) for run_id in run_ids}
    size = 1 + sum(counts.values()) // max(1, MOST_PARTS - len(counts))
    return [f"{run}:{first}-{min(first + size, n) - 1}" for run, n in counts.items() for first in range(0, n, size)]


def scan_part(part: str, *, full: bool) -> str:
    """Scan the partitions of one part; returns the part, as done."""
    run_id, _, numbers = part.partition(":")
    first, _, last = numbers.partition("-")
    for number in range(int(first), int(last) + 1):
        scan.scan_partition(_place(), run_id, number, full=full)
    return part


def finish_scan(run_id: str, planned: Sequence[str], done: Sequence[str]) -> tuple[str, date]:
    """Close a scan of which every planned part is done; returns the store's name and the day.

    Raises:
        StoreUnavailableError: a part is missing; the scan stays open, and says nothing of the store.
    """
    missing = [part for part in planned if part.startswith(f"{run_id}:") and part not in set(done)]
    if missing:
        raise StoreUnavailableError(
            f"{len(missing)} parts of the store were not read",
            where=run_id,
            remedy="see which tasks failed, then scan again",
        )
    scan.finish_scan(_place(), run_id)
    start = runs.run(_place().ledger, run_id).start
    return next(record.name for record in stores.stores(_place().ledger) if record.store_id == start.store_id), start.as_of


def check_store(store: str, as_of: date) -> str:
    """Judge every rule; returns the run id."""
    return check.check(_place(), store, as_of, data_docs=_place().settings.home / "data_docs" / store)[0]


def plan_purge(store: str, as_of: date, *, requester: str) -> str:
    """Plan what is overdue; returns the plan id."""
    return plan.plan_purge(_place(), store, as_of, requester=requester).plan_id


def approved_plans() -> list[str]:
    """The plans whose approvals stand; those that wait for paper to be destroyed are left out until it is."""
    place = _place()
    return [plan for plan in approve.approved_plans(place) if not paper.undestroyed(place, load_plan(place.ledger, plan))]


def run_purge(plan_id: str, *, catch_up: bool) -> str:
    """Erase what an approved plan holds; returns the plan id."""
    return erase.run_purge(_place(), plan_id, catch_up=catch_up).plan_id


def verify_purge(plan_id: str) -> str:
    """Verify and certify a purge; returns the certificate id."""
    return verification.verify_purge(_place(), plan_id).certificate_id


def due_again() -> list[str]:
    """The plans whose second verification is due."""
    return verify_again.due_again(_place())


def verify_purge_again(plan_id: str) -> str:
    """Verify a certified purge a second time; returns the certificate id."""
    return verify_again.verify_again(_place(), plan_id).certificate_id


def authorities_to_report() -> list[str]:
    """The authorities that hear of at least one controller; then AUTHORITY/OWNER for each owner's scope, reported apart."""
    scopes = [f"{authority}/{owner}" for authority, owner in report.scopes_to_report(_place())]
    return [*report.authorities_to_report(_place()), *scopes]


def verify_ledger() -> int:
    """See that the audit chain is whole, and note that in it; returns how many records it has."""
    return verify_and_note(_place().ledger).records


def periods_to_report(as_of: date) -> list[str]:
    """The periods that have just ended: a quarter, and in January a year."""
    return [period.label for period in just_ended(as_of)]


def report_authority(authority: str, controller: str, period: str | None, as_of: date) -> str:
    """Make, sign and file one report; returns the report id. AUTHORITY/OWNER is a report about that owner's scope."""
    authority, _, owner = authority.partition("/")
    controller = owner or controller
    return report.file_report(_place(), report.ReportOrder.of(authority, controller, period, as_of)).report_id


def deadlines_of(role: str, as_of: date) -> list[Deadline]:
    """What waits for a role (dpo, administrator), or is told apart from all of it (separate)."""
    if role == "separate":
        return rule_alerts.alerts_apart(_place(), as_of)
    return heard_by(Role(role.upper()), deadlines.deadlines(_place(), as_of))


def report_to_send(report_id: str, way: str) -> tuple[Path, str, Way, tuple[str, ...]]:
    """What sending a report takes: its file, its authority, the way, and the languages of that authority.

    Raises:
        ReportError: its file isn't here, isn't what this ledger issued, or another report replaced it.
    """
    file = report_file(_place(), report_id)
    issued = deliver_report.deliverable(_place(), file, trusted_roots())
    return file, issued.authority, Way(way), _place().authorities().authorities[issued.authority].languages


def report_sent(report_id: str, way: str) -> None:
    """Write to the delivery log that a report was sent."""
    deliver_report.record_sending(_place(), report_id, Way(way))
