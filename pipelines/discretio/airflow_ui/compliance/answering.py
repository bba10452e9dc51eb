"""From a route's values to the page that is sent: the language, the frame around it, the headers that keep it to itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from discretio.airflow_ui.compliance.areas import Area
from discretio.airflow_ui.compliance.drawing import HEADERS, chosen_language, draw
from discretio.airflow_ui.compliance.sent_forms import form_token
from discretio.airflow_ui.compliance.visits import visitor_of
from discretio.errors import ApprovalError, DiscretioError, LedgerError, NotYoursError, StoreUnavailableError, UsageError

_LANGUAGE = "discretio_language"
_KEPT_FOR = 365 * 24 * 3600
_WRONG, _MISSING = 400, 404
_STATUSES: Mapping[type[DiscretioError], int] = {
    NotYoursError: 403,
    ApprovalError: 403,
    LedgerError: 503,
    StoreUnavailableError: 503,
}


def answer(request: Request, area: Area, template: str, values: Mapping[str, Any]) -> Response:
    """The page of an area."""
    visitor = visitor_of(request)
    frame = {"areas": visitor.areas(), "login": visitor.login, "area": area, "token": form_token(request)}
    return _drawn(request, template, {**frame, **values}, 200)


def done(request: Request, address: str) -> Response:
    """Lead back to a page once its form was taken, so that loading it again sends nothing twice."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{address}?done=1", status_code=303, headers=HEADERS)


def failure(request: Request, error: DiscretioError) -> Response:
    """What the visitor reads instead of a page: what happened, where, what to do."""
    otherwise = _MISSING if request.method == "GET" else _WRONG
    status = next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), otherwise)
    visitor = getattr(request.state, "visitor", None)
    frame = {"areas": visitor.areas() if visitor else [], "login": visitor.login if visitor else "", "area": None}
    return _drawn(request, "error.html.jinja", {**frame, "error": error, "kind": _kind(error)}, status)


def _kind(error: DiscretioError) -> str:
    """The kind of error of which the page speaks in the visitor's language."""
    return next((kind.__name__ for kind in (*_STATUSES, UsageError) if isinstance(error, kind)), DiscretioError.__name__)


def _drawn(request: Request, template: str, values: Mapping[str, Any], status: int) -> Response:
    asked, kept = request.query_params.get("lang"), request.cookies.get(_LANGUAGE)
    language = chosen_language(asked, kept, request.headers.get("accept-language", ""))
    base = request.scope.get("root_path", "")
    page = HTMLResponse(draw(template, language, {**values, "base": base, "here": request.url.path}), status, headers=HEADERS)
    if asked == language:
        page.set_cookie(_LANGUAGE, language, max_age=_KEPT_FOR, path=f"{base}/", httponly=True, samesite="lax")
    return page
