"""What can be asked over HTTP, as a page: the addresses of the Compliance page, the DAGs with their parameters, the roles.

`make docs` writes it, a test sees that it is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from discretio.airflow_ui.compliance import deletion_pages, pages, standing_pages, triage_pages
from discretio.airflow_ui.roles import DAGS, roles

_HEAD = """# What can be asked over HTTP

Made from the code by `make docs`. Everything asks for a login of Airflow (a session's cookie, or `Authorization: Bearer`
with the token that `POST /auth/token` gives), and answers 401 or 403 without one. Runs are started by Airflow's own API:
`POST /api/v2/dags/DAG/dagRuns` with `{"logical_date": null, "conf": {...}}`; a parameter that doesn't fit is answered by 400.

## The Compliance page

Below `/compliance`. Pages are HTML in the language of `?lang=fr|nl|de|en`; a POST takes a form with the `token` of a page
of the same session.
"""


def page() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *_addresses(), "\n## DAGs\n", *_parameters(), "\n## Roles\n", *_roles(), ""])


def _addresses() -> Iterator[str]:
    yield "| | address | what |\n|---|---|---|"
    for part in (pages, triage_pages, deletion_pages, standing_pages):
        for route in part.router.routes:
            if isinstance(route, APIRoute):
                what = (route.endpoint.__doc__ or "").split("\n")[0]
                yield f"| {', '.join(sorted(route.methods))} | `{route.path or '/'}` | {what} |"


def _parameters() -> Iterator[str]:
    yield "| DAG | parameter | fits | by default |\n|---|---|---|---|"
    for dag_id, params in _forms():
        for name, param in params:
            yield f"| `{dag_id}` | `{name}` | {_fits(param.schema)} | {param.value if param.value is not None else ''} |"


def _forms() -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    from airflow.dag_processing.dagbag import DagBag  # noqa: PLC0415 - Airflow reads its environment when it is imported

    from discretio.resources import folder  # noqa: PLC0415 - beside the one that needs it

    loaded = DagBag(str(folder("dags"))).dags
    for dag_id in DAGS:
        params = loaded[dag_id].params
        yield dag_id, [(name, params.get_param(name)) for name in params]


def _fits(schema: dict[str, Any]) -> str:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    several = ", ".join(str(one) for one in schema.get("enum", ()) if one is not None)
    told = [several or " or ".join(kinds), f"format {schema['format']}" if "format" in schema else ""]
    pattern = f"`{schema['pattern']}`".replace("|", "\\|") if "pattern" in schema else ""
    return ", ".join(filter(None, [*told, pattern]))


def _roles() -> Iterator[str]:
    yield "A grant of the code is a grant in Airflow: `discretio roles sync` gives each role exactly these.\n"
    yield "| role | may |\n|---|---|"
    for name, grants in sorted(roles(["AUTHORITY"]).items()):
        held: dict[str, list[str]] = {}
        for action, resource in sorted(grants):
            held.setdefault(action, []).append(resource)
        told = "; ".join(f"{action}: {', '.join(several)}" for action, several in held.items())
        yield f"| `{name}` | {told} |"


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    from discretio.airflow_ui import home

    with TemporaryDirectory() as made:
        home.prepare(Path(made))
        home.migrate()
        Path(sys.argv[1]).write_text(page(), encoding="utf-8")
