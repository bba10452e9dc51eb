"""What a request brings along: who sent it, and the collaborators that answer it."""

from __future__ import annotations

from fastapi import Request

from discretio.airflow_ui.compliance.areas import Visitor
from discretio.errors import NotYoursError
from discretio.steps.workplace import Workplace


def visitor_of(request: Request) -> Visitor:
    """Who looks, as the application's dependency found out.

    Raises:
        NotYoursError: nobody was settled: nothing is open.
    """
    visitor = getattr(request.state, "visitor", None)
    if not isinstance(visitor, Visitor):
        raise NotYoursError("nobody is logged in", remedy="log in to Airflow")
    return visitor


def place_of(request: Request) -> Workplace:
    """The collaborators."""
    place: Workplace = request.app.state.place()
    return place
