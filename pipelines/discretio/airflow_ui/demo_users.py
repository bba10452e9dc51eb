"""One user of every role, to look at a deployment with. Their passwords are random, and lie in a file for its owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def add_users(roles: Iterable[str], passwords: Path) -> None:
    """Add a user of every role that has none yet, named after it.

    Args:
        roles: names of roles that `sync_roles` made.
        passwords: the file that gets a line "login password" for each new user.
    """
    from airflow.providers.fab.auth_manager.cli_commands.utils import (  # noqa: PLC0415 - an optional part, slow to import
        get_application_builder,
    )

    descriptor = os.open(passwords, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with get_application_builder() as builder, os.fdopen(descriptor, "a") as file:
        manager = builder.sm
        for role in roles:
            login = role.removeprefix("discretio_").replace("_", "-")
            if manager.find_user(username=login):
                continue
            password = secrets.token_urlsafe(12)
            manager.add_user(login, login, "Demonstration", f"{login}@example.org", manager.find_role(role), password=password)
            file.write(f"{login} {password}\n")
