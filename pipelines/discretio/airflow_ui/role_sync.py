"""Bring the roles of Airflow's FAB auth manager to what `roles` says: exactly that, on every call."""

from __future__ import annotations

from collections.abc import Mapping

from discretio.airflow_ui.roles import Grant
from discretio.errors import UsageError


def sync_roles(wanted: Mapping[str, frozenset[Grant]]) -> dict[str, int]:
    """Make every role, and give it its grants and no other.

    Args:
        wanted: as `roles.roles` gives them.

    Returns:
        How many grants were added or taken away, by role.

    Raises:
        UsageError: Airflow's FAB provider isn't installed.
    """
    try:
        from airflow.providers.fab.auth_manager.cli_commands.utils import (  # noqa: PLC0415 - an optional part, slow to import
            get_application_builder,
        )
    except ImportError:
        raise UsageError("roles need Airflow's FAB provider", remedy="install discretio[serve]") from None
    with get_application_builder() as builder:
        manager = builder.sm
        manager.sync_roles()
        return {name: _sync(manager, name, grants) for name, grants in wanted.items()}


def _sync(manager, name: str, grants: frozenset[Grant]) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001 - FAB's own class
    role = manager.find_role(name) or manager.add_role(name)
    held = {(permission.action.name, permission.resource.name): permission for permission in role.permissions}
    for grant in held.keys() - grants:
        manager.remove_permission_from_role(role, held[grant])
    for action, resource in sorted(grants - held.keys()):
        manager.add_permission_to_role(role, manager.create_permission(action, resource))
    return len(held.keys() ^ grants)
