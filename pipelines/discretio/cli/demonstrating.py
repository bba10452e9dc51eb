"""discretio demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discretio.airflow_ui import demo as demonstration
from discretio.airflow_ui import home as airflow_home
from discretio.cli.app import app, console, print_table, progress
from discretio.cli.demo_summary import summary_rows
from discretio.steps.workplace import Workplace


@app.command("demo")
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the demo's files.")] = Path("discretio-demo"),
) -> None:
    """Build the sample store of 1,000 dossiers and run all five DAGs, to signed reports. Needs no server."""
    made = demonstration.prepare(out)
    with progress() as bars:
        task = bars.add_task("sample store", total=8)
        place = demonstration.build_store(made)
        demonstration.enrol_people(place, demonstration.STORE)
        bars.advance(task)
        bars.update(task, description="Airflow metadata")
        airflow_home.migrate()
        bars.advance(task)
        for name, run in demonstration.dag_steps(place):
            bars.update(task, description=name)
            run()
            bars.advance(task)
        bars.update(task, description="done")
    _show(place, made)


def _show(place: Workplace, made: demonstration.Demo) -> None:
    print_table("What the five DAGs did with 1,000 invented dossiers", ("step", "what", "number"), summary_rows(place))
    reports = made.home / "reports"
    # What goes through a channel of its own lies in a folder of its own.
    issued = sorted(reports.glob("*.pdf")) + sorted(reports.glob("*/*.pdf"))
    files = [(file.relative_to(reports).as_posix(), f"{file.stat().st_size / 1024:.0f} KB") for file in issued]
    print_table("Reports, sealed with a demonstration key", ("file", "size"), files)
    console.print(f"reports: {reports}", soft_wrap=True)
    console.print(f"data docs: {made.home / 'data_docs'}", soft_wrap=True)
    console.print(f"ledger and keys: {made.home}", soft_wrap=True)
    first = reports / (files[0][0] if files else "")
    console.print(f"verify one:  DISCRETIO_HOME={made.home} discretio verify {first}", soft_wrap=True)
