"""The page as an ASGI application: who looks is settled before any route runs, and every error becomes a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response

from discretio.airflow_ui.compliance import deletion_pages, pages, people_pages, standing_pages, triage_pages
from discretio.airflow_ui.compliance.answering import failure
from discretio.errors import DiscretioError
from discretio.steps.workplace import Workplace


def create_application(
    place: Callable[[], Workplace], authenticate: Callable[..., Any], dag_runs: Callable[[], Sequence[object]] = tuple
) -> FastAPI:
    """The page.

    Args:
        place: gives the collaborators; called once for every page.
        authenticate: a FastAPI dependency that refuses who isn't logged in, and sets `request.state.visitor` for who is.
        dag_runs: gives the last run of each DAG (`airflow_ui.dag_runs`); none where there is no Airflow.
    """
    application = FastAPI(
        title="Discretio", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(authenticate)]
    )
    application.state.place = place
    application.state.dag_runs = dag_runs
    for part in (pages, triage_pages, deletion_pages, standing_pages, people_pages):
        application.include_router(part.router)

    @application.exception_handler(DiscretioError)
    def _told(request: Request, error: DiscretioError) -> Response:
        return failure(request, error)

    return application
