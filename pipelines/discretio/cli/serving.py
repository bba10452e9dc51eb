"""discretio serve, roles."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from discretio.airflow_ui import serving
from discretio.airflow_ui.roles import roles
from discretio.cli.app import app, console, print_table
from discretio.ledger.accounts import grants
from discretio.settings import Settings
from discretio.wiring import workplace

roles_app = typer.Typer(no_args_is_help=True, help="Who may do what in Airflow: show the roles, bring Airflow to them.")
app.add_typer(roles_app, name="roles")

Home = Annotated[Path | None, typer.Option(help="Airflow's home; airflow/ in Discretio's by default.")]


@roles_app.command("list")
def list_roles() -> None:
    """List every role with its grants."""
    for name, held in _roles().items():
        print_table(name, ("action", "resource"), sorted(held))


@roles_app.command("sync")
def sync() -> None:
    """Give every role in Airflow's FAB auth manager exactly its grants."""
    from discretio.airflow_ui.role_sync import sync_roles  # noqa: PLC0415 - imports Airflow

    print_table("Roles", ("role", "grants changed"), sync_roles(_roles()).items())


@roles_app.command("accounts")
def accounts(
    page: Annotated[str, typer.Argument(help="The Compliance page's account in the ledger's database.")],
    workers: Annotated[str, typer.Argument(help="The account of scheduler and workers.")],
    schema: Annotated[str, typer.Option(help="Where the ledger's tables stand.")] = "public",
) -> None:
    """Print the GRANTs by which only the page records approvals; for the owner of a ledger on PostgreSQL."""
    for statement in grants(page, workers, schema):
        typer.echo(f"{statement};")


@app.command("serve")
def serve(
    home: Home = None,
    database: Annotated[
        str | None, typer.Option(help="postgresql://USER@HOST/DATABASE for Airflow and the ledger; SQLite by default.")
    ] = None,
    port: Annotated[int, typer.Option(help="On 127.0.0.1.", min=1, max=65535)] = 8080,
    demo_users: Annotated[bool, typer.Option("--demo-users", help="A user of every role; see users.txt.")] = False,  # noqa: FBT002 - an option
) -> None:
    """Run Airflow with the Compliance page on this machine, until interrupted."""
    place = (home or Settings.from_environment().home / "airflow").resolve()
    serving.prepare(place, port, database)
    from discretio.airflow_ui.demo_users import add_users  # noqa: PLC0415 - Airflow reads its environment when it is imported
    from discretio.airflow_ui.role_sync import sync_roles  # noqa: PLC0415 - as above

    sync_roles(_roles())
    if demo_users:
        add_users(_roles(), place / "users.txt")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with serving.serving(place, port) as address:
        console.print(f"Airflow: {address}   Compliance page: {address}/compliance/")
        if demo_users:
            console.print(f"logins and passwords: {place / 'users.txt'}")
        stopped.wait()
    console.print("stopped")


def _roles() -> dict[str, frozenset[tuple[str, str]]]:
    return dict(roles(sorted(workplace().authorities().authorities)))
