"""Who looks, as Airflow knows him: its login, its permissions; and for an approver the controllers for which he is enrolled."""

from __future__ import annotations

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.core_api.security import GetUserDep
from fastapi import Request

from discretio.airflow_ui.compliance.areas import Area, Visitor
from discretio.domain.approvals import Role
from discretio.ledger.connection import Ledger
from discretio.ledger.people import people, person_id_of


def authenticate(request: Request, user: GetUserDep) -> None:
    """Settle who looks; Airflow answers 401 or 403 itself to who isn't logged in."""
    manager = get_auth_manager()
    login = user.get_name()

    def may_read(resource: str) -> bool:
        return bool(manager.is_authorized_custom_view(method="GET", resource_name=str(resource), user=user))

    # Who sees the overview sees every controller's plans; anyone else sees those of his own.
    confined = None if may_read(Area.OVERVIEW) else _own_controllers(request.app.state.place().ledger, login)
    request.state.visitor = Visitor(login, may_read, confined)


def _own_controllers(ledger: Ledger, login: str) -> frozenset[str]:
    person_id = person_id_of(ledger, login)
    mine = (one for one in people(ledger) if one.person_id == person_id and one.revoked_at is None)
    return frozenset(controller for one in mine if Role.APPROVER in one.roles for controller in one.controller_ids)
