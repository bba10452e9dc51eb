"""Who may do what in Airflow, as data: a role for each kind of person and for each authority, with what is named here alone.

No role may edit a task instance, a run or an XCom: marking an approval as done by hand would otherwise pass for one. The purge
verifies the signatures again all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discretio.airflow_ui.compliance.areas import EVERY_CONTROLLER, Area, reports_of
from discretio.law.authorities import NO_AUTHORITY

Grant = tuple[str, str]

_AUDITS = ("scan_dossiers", "check_minimisation", "report_authorities")
_PURGES = ("plan_retention", "purge_approved")
_WATCHES = ("watch_deadlines",)
DAGS = (*_AUDITS, *_PURGES, *_WATCHES)
"""Every DAG of ours."""

_DPO_ACTS_ON = (Area.TRIAGE, Area.DELETIONS, Area.HEALTH, Area.PEOPLE)
_RUNNING = (Area.CALENDAR, Area.DELETIONS, Area.POLICIES, Area.HEALTH, Area.PEOPLE)
_APPROVER_ACTS_ON = (Area.DELETIONS, Area.PEOPLE)
_PREFIX = "discretio_"
# Without the two, Airflow shows no page at all.
# Both see every plan, unless they are enrolled for some controllers.
_UNBOUND: tuple[Grant, ...] = (("can_read", EVERY_CONTROLLER),)
_ENTRY: tuple[Grant, ...] = (("can_read", "Website"), ("can_read", "Plugins"))
_RUNS: tuple[Grant, ...] = (
    ("menu_access", "DAGs"),
    *(("can_read", resource) for resource in ("DAG Runs", "Task Instances", "Task Logs", "DAG Versions")),
)


def roles(authorities: Iterable[str]) -> Mapping[str, frozenset[Grant]]:
    """Every role with its grants, as (action, resource).

    Args:
        authorities: ids of the authorities that get a supervisor's role of their own; where none is competent, nobody does.
    """
    named = {
        "dpo": (
            *_ENTRY,
            *_UNBOUND,
            *_RUNS,
            *_areas(*Area),
            *_acts_on(*_DPO_ACTS_ON),
            *_runs_of(*_AUDITS, *_WATCHES),
            *_sees(*_PURGES),
        ),
        "administrator": (
            *(*_ENTRY, *_UNBOUND, *_RUNS, *_areas(*_RUNNING), *_acts_on(Area.HEALTH)),
            *(*_runs_of(*_PURGES), *_sees(*_AUDITS, *_WATCHES)),
        ),
        "approver": (*_ENTRY, *_areas(*_APPROVER_ACTS_ON, Area.POLICIES), *_acts_on(*_APPROVER_ACTS_ON)),
        "reviewer": (*_ENTRY, *_areas(Area.TRIAGE, Area.POLICIES), *_acts_on(Area.TRIAGE)),
        "operator": (*_ENTRY, *_RUNS, *_areas(Area.HEALTH), *_sees(*DAGS)),
        **{
            f"supervisor_{authority}": (*_ENTRY, ("can_read", reports_of(authority)))
            for authority in authorities
            if authority != NO_AUTHORITY
        },
    }
    return {f"{_PREFIX}{name}": frozenset(grants) for name, grants in named.items()}


def _areas(*areas: Area) -> tuple[Grant, ...]:
    return tuple(("can_read", area.value) for area in areas)


def _acts_on(*areas: Area) -> tuple[Grant, ...]:
    return tuple(("can_create", area.value) for area in areas)


def _sees(*dags: str) -> tuple[Grant, ...]:
    return tuple(("can_read", f"DAG:{dag}") for dag in dags)


def _runs_of(*dags: str) -> tuple[Grant, ...]:
    """Start and pause: Airflow asks for both an edit of the DAG and the making of a run of it."""
    edits = [(action, f"DAG:{dag}") for dag in dags for action in ("can_read", "can_edit")]
    return (*edits, *(("can_create", f"DAG Run:{dag}") for dag in dags), *(("can_read", f"DAG Run:{dag}") for dag in dags))
