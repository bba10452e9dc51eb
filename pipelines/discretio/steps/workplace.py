"""What the verbs work with: the collaborators that wiring introduces to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from discretio.detection.detector import Detector
from discretio.domain.triage.priority import PriorityTable
from discretio.law.authorities import AuthorityTable
from discretio.law.policy import ResolvedPolicy
from discretio.ledger.connection import Ledger
from discretio.settings import Settings
from discretio.stores.hooks import ErasureHook
from discretio.stores.outside_files import OutsideFiles
from discretio.stores.port import DossierStore


@dataclass(frozen=True, slots=True)
class Workplace:
    """The collaborators of a verb. Costly ones are made on first use; `now` is the ledger server's clock, in UTC."""

    settings: Settings
    ledger: Ledger
    open_store: Callable[[str], DossierStore]
    open_outside: Callable[[str], OutsideFiles]
    policy_on: Callable[[date], ResolvedPolicy]
    authorities: Callable[[], AuthorityTable]
    priorities: Callable[[], PriorityTable]
    detector: Callable[[], Detector]
    detector_version: Callable[[], str]
    suites: Path
    now: Callable[[], datetime]
    hooks: tuple[ErasureHook, ...] = ()
