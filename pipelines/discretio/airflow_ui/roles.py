"""Who may do what in Airflow, as data: a role for each kind of person and for each authority, with what is named here alone.

No role may edit a task instance, a run or an XCom: marking an approval as done by hand would otherwise pass for one. The purge
verifies the signatures again all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discretio.airflow_ui.compliance.areas import Area, reports_of

Grant = tuple[str, str]

_AUDITS = ("scan_dossiers", "check_minimisation", "report_authorities")
_PURGES = ("plan_retention", "purge_approved")
_PREFIX = "discretio_"
# Without the two, Airflow shows no page at all.
_ENTRY: tuple[Grant, ...] = (("can_read", "Website"), ("can_read", "Plugins"))
_RUNS: tuple[Grant, ...] = (
    ("menu_access", "DAGs"),
    *(("can_read", resource) for resource in ("DAG Runs", "Task Instances", "Task Logs", "DAG Versions")),
)


def roles(authorities: Iterable[str]) -> Mapping[str, frozenset[Grant]]:
    """Every role with its grants, as (action, resource).

    Args:
        authorities: ids of the authorities that get a supervisor's role of their own.
    """
    named = {
        "dpo": (*_ENTRY, *_RUNS, *_areas(*Area), *_runs_of(*_AUDITS), *_sees(*_PURGES)),
        "administrator": (*_ENTRY, *_RUNS, *_areas(Area.DELETIONS, Area.POLICIES), *_runs_of(*_PURGES), *_sees(*_AUDITS)),
        "approver": (*_ENTRY, *_areas(Area.DELETIONS, Area.POLICIES)),
        "operator": (*_ENTRY, *_RUNS, *_sees(*_AUDITS, *_PURGES)),
        **{f"supervisor_{authority}": (*_ENTRY, ("can_read", reports_of(authority))) for authority in authorities},
    }
    return {f"{_PREFIX}{name}": frozenset(grants) for name, grants in named.items()}


def _areas(*areas: Area) -> tuple[Grant, ...]:
    return tuple(("can_read", area.value) for area in areas)


def _sees(*dags: str) -> tuple[Grant, ...]:
    return tuple(("can_read", f"DAG:{dag}") for dag in dags)


def _runs_of(*dags: str) -> tuple[Grant, ...]:
    """Start and pause: Airflow asks for both an edit of the DAG and the making of a run of it."""
    edits = [(action, f"DAG:{dag}") for dag in dags for action in ("can_read", "can_edit")]
    return (*edits, *(("can_create", f"DAG Run:{dag}") for dag in dags), *(("can_read", f"DAG Run:{dag}") for dag in dags))
