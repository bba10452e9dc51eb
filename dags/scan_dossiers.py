"""Every night: read what changed in the dossier stores and find special-category data, a part of a store at a time."""

from __future__ import annotations

from airflow.sdk import dag

from discretio import wiring
from discretio.airflow_ui import blind, context, forms, schedules


@blind.task()
def stores() -> list[str]:
    """The stores to scan."""
    return context.chosen_stores(wiring.store_names())


@blind.task()
def begin(store: str) -> str:
    """See that the store can be read, and start a run."""
    return wiring.begin_scan(store, context.chosen_date(store))


# A store that can't be read doesn't keep the others from being read.
@blind.task(trigger_rule="all_done")
def parts(runs: list[str]) -> list[str]:
    """Cut the stores into parts."""
    return wiring.scan_parts(runs[:])


@blind.task()
def scan(part: str) -> str:
    """Read one part."""
    return wiring.scan_part(part, full=context.reads_everything())


@blind.task(trigger_rule="all_done", outlets=[forms.SCANNED])
def finish(run: str, planned: list[str], done: list[str]) -> str:
    """Close a run of which every part was read."""
    store, as_of = wiring.finish_scan(run, planned, done[:])
    context.announce(forms.SCANNED, store, as_of)
    return run


@blind.task(trigger_rule="one_failed", retries=0)
def incomplete() -> None:
    """Fail the run if anything of any store was left out."""
    raise context.incomplete()


@dag(
    dag_id="scan_dossiers",
    schedule=schedules.schedule("scan_dossiers", "0 1 * * *"),
    catchup=False,
    max_active_runs=1,
    default_args=forms.DEFAULTS,
    tags=["discretio", "dpo"],
    doc_md=forms.doc("scan_dossiers"),
    params={"store": forms.store_param(), "as_of": forms.as_of_param(), "full": forms.full_param()},
)
def scan_dossiers() -> None:
    """Begin a scan of each store, scan their parts, finish each scan of which no part is missing."""
    runs = begin.expand(store=stores())
    planned = parts(runs)
    done = scan.expand(part=planned)
    finish.partial(planned=planned, done=done).expand(run=runs)
    [runs, planned, done] >> incomplete()


scan_dossiers()
