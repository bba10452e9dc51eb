"""What several DAGs share: their parameters as a typed form, assets, schedules, retries and documentation."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import Asset, CronTriggerTimetable, ExceptionRetryPolicy, Param, RetryAction, RetryRule

from discretio.errors import DiscretioError, LedgerError, StoreUnavailableError
from discretio.resources import folder

SCANNED = Asset("discretio://dossiers/scanned")
CHECKED = Asset("discretio://dossiers/checked")
PLANNED = Asset("discretio://dossiers/planned")
ERASED = Asset("discretio://dossiers/erased")

# A database that is away may come back; what the law, a policy or a person refuses is refused again.
DEFAULTS = {
    "owner": "discretio",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "retry_policy": ExceptionRetryPolicy(
        rules=[
            RetryRule(exception=[StoreUnavailableError, LedgerError], action=RetryAction.RETRY),
            RetryRule(exception=DiscretioError, action=RetryAction.FAIL),
        ]
    ),
}


def at(cron: str) -> CronTriggerTimetable:
    """A schedule on the clock of Brussels."""
    return CronTriggerTimetable(cron, timezone="Europe/Brussels")


def doc(dag_id: str) -> str:
    """What the UI says of a DAG: the text beside its file, in French, Dutch, German and English."""
    return (folder("dags") / f"{dag_id}.md").read_text(encoding="utf-8")


def store_param() -> Param:
    """The name of a registered store."""
    return Param(
        None,
        type=["null", "string"],
        pattern="^[a-z0-9][a-z0-9_-]{0,62}$",
        title="Store · Système · Systeem · System",
        description="Name of a registered store (discretio store list). Empty: the stores that triggered this run, else all.",
    )


def as_of_param() -> Param:
    """The day on which dossiers are judged."""
    return Param(
        None,
        type=["null", "string"],
        format="date",
        title="As of · À la date du · Op datum van · Stichtag",
        description="The day on which dossiers are judged. Empty: that of what triggered this run, else the date of the run.",
    )


def full_param() -> Param:
    """Whether to read everything again."""
    return Param(
        default=False,
        type="boolean",
        title="Full · Tout · Alles",
        description="Read everything again, also what did not change since the last scan.",
    )


def plan_param() -> Param:
    """One plan."""
    return Param(
        None,
        type=["null", "string"],
        pattern="^PLAN[A-Z2-7]{12}$",
        title="Plan",
        description="One plan. Empty: every plan that waits with its approvals.",
    )


def period_param() -> Param:
    """A reporting period."""
    return Param(
        None,
        type=["null", "string"],
        pattern=r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$",
        title="Period · Période · Periode · Zeitraum",
        description="2026-Q3, 2026-07 or 2026. Empty: the last quarter that is over.",
    )


def controller_param() -> Param:
    """One controller, or all of an authority's."""
    return Param(
        "all",
        type="string",
        pattern="^(all|C[A-Z2-7]{12})$",
        title="Controller · Responsable · Verantwoordelijke · Verantwortlicher",
        description="A controller's id, or all.",
    )
