"""Who looks, as Airflow knows him: its login, its permissions; and the controllers for which he is enrolled."""

from __future__ import annotations

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.base_auth_manager import COOKIE_NAME_JWT_TOKEN
from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import Request

from discretio.airflow_ui.compliance.areas import EVERY_CONTROLLER, Visitor
from discretio.steps.acting import scope_of


def authenticate(request: Request, user: GetUserDep) -> None:
    """Settle who looks; Airflow answers 401 or 403 itself to who isn't logged in."""
    manager = get_auth_manager()
    login = user.get_name()

    def may_read(resource: str) -> bool:
        return bool(manager.is_authorized_custom_view(method="GET", resource_name=str(resource), user=user))

    def may_act(resource: str) -> bool:
        return bool(manager.is_authorized_custom_view(method="POST", resource_name=str(resource), user=user))

    # Airflow gives each login a token of its own; whoever forges a form doesn't know it.
    session = request.headers.get("authorization") or request.cookies.get(COOKIE_NAME_JWT_TOKEN, "")
    confined = scope_of(request.app.state.place(), login, unbound=may_read(EVERY_CONTROLLER))
    request.state.visitor = Visitor(login, may_read, may_act, session, confined)
