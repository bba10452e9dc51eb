"""From a route's values to the page that is sent: the language, the frame around it, the headers that keep it to itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from discretio.airflow_ui.compliance.areas import Area, Visitor
from discretio.airflow_ui.compliance.drawing import HEADERS, chosen_language, draw
from discretio.errors import DiscretioError, NotYoursError
from discretio.steps.workplace import Workplace

_LANGUAGE = "discretio_language"
_KEPT_FOR = 365 * 24 * 3600
_REFUSED, _MISSING = 403, 404


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


def answer(request: Request, area: Area, template: str, values: Mapping[str, Any]) -> Response:
    """The page of an area."""
    visitor = visitor_of(request)
    frame = {"areas": visitor.areas(), "login": visitor.login, "area": area}
    return _drawn(request, template, {**frame, **values}, 200)


def failure(request: Request, error: DiscretioError) -> Response:
    """What the visitor reads instead of a page: what happened, where, what to do."""
    status = _REFUSED if isinstance(error, NotYoursError) else _MISSING
    visitor = getattr(request.state, "visitor", None)
    frame = {"areas": visitor.areas() if visitor else [], "login": visitor.login if visitor else "", "area": None}
    return _drawn(request, "error.html.jinja", {**frame, "error": error}, status)


def _drawn(request: Request, template: str, values: Mapping[str, Any], status: int) -> Response:
    asked, kept = request.query_params.get("lang"), request.cookies.get(_LANGUAGE)
    language = chosen_language(asked, kept, request.headers.get("accept-language", ""))
    base = request.scope.get("root_path", "")
    page = HTMLResponse(draw(template, language, {**values, "base": base, "here": request.url.path}), status, headers=HEADERS)
    if asked == language:
        page.set_cookie(_LANGUAGE, language, max_age=_KEPT_FOR, path=f"{base}/", httponly=True, samesite="lax")
    return page
