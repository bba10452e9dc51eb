"""What several DAGs share: their parameters as a typed form, assets, schedules, retries and documentation."""

from __future__ import annotations

from airflow.sdk import Asset, ExceptionRetryPolicy, Param, RetryAction, RetryRule

from discretio.airflow_ui.notifying import tell_of_failure
from discretio.errors import DiscretioError, LedgerError, StoreUnavailableError
from discretio.resources import folder

SCANNED = Asset("discretio://dossiers/scanned")
CHECKED = Asset("discretio://dossiers/checked")
PLANNED = Asset("discretio://dossiers/planned")
ERASED = Asset("discretio://dossiers/erased")

# A database that is away may come back; what the law, a policy or a person refuses is refused again. How long to wait between
# two tries is the operator's to say: [core] default_task_retry_delay, five minutes by default.
DEFAULTS = {
    "owner": "discretio",
    "retries": 2,
    "on_failure_callback": tell_of_failure,
    "retry_policy": ExceptionRetryPolicy(
        rules=[
            RetryRule(exception=[StoreUnavailableError, LedgerError], action=RetryAction.RETRY),
            RetryRule(exception=DiscretioError, action=RetryAction.FAIL),
        ]
    ),
}


def doc(dag_id: str) -> str:
    """What the UI says of a DAG: the text beside its file, in French, Dutch, German and English."""
    return (folder("dags") / f"{dag_id}.md").read_text(encoding="utf-8")


def parameter_help(name: str) -> str:
    """What the form says beside a field, in the same four languages."""
    return (folder("dags") / "parameters" / f"{name}.md").read_text(encoding="utf-8")


def store_param() -> Param:
    """The name of a registered store."""
    return Param(
        None,
        type=["null", "string"],
        pattern="^[a-z0-9][a-z0-9_-]{0,62}$",
        title="Store · Système · Systeem · System",
        description_md=parameter_help("store"),
    )


def as_of_param() -> Param:
    """The day on which dossiers are judged."""
    return Param(
        None,
        type=["null", "string"],
        format="date",
        title="As of · À la date du · Op datum van · Stichtag",
        description_md=parameter_help("as_of"),
    )


def full_param() -> Param:
    """Whether to read everything again."""
    return Param(
        default=False,
        type="boolean",
        title="Full · Tout · Alles",
        description_md=parameter_help("full"),
    )


def plan_param() -> Param:
    """One plan."""
    return Param(
        None,
        type=["null", "string"],
        pattern="^PLAN[A-Z2-7]{12}$",
        title="Plan",
        description_md=parameter_help("plan"),
    )


def period_param() -> Param:
    """A reporting period."""
    return Param(
        None,
        type=["null", "string"],
        pattern=r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$",
        title="Period · Période · Periode · Zeitraum",
        description_md=parameter_help("period"),
    )


def controller_param() -> Param:
    """One controller, or all of an authority's."""
    return Param(
        "all",
        type="string",
        pattern="^(all|C[A-Z2-7]{12})$",
        title="Controller · Responsable · Verantwoordelijke · Verantwortlicher",
        description_md=parameter_help("controller"),
    )
