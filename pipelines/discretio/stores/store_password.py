"""The password of a store: in the environment or in a file, never in a URL, and shown to no other server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from discretio.errors import UsageError

STORE_PASSWORD = "DISCRETIO_STORE_PASSWORD"  # noqa: S105 - the name of a variable
STORE_PASSWORD_FILE = "DISCRETIO_STORE_PASSWORD_FILE"  # noqa: S105 - the name of a variable

FILES_PASSWORD_FILE = "DISCRETIO_FILES_PASSWORD_FILE"  # noqa: S105 - the name of a variable


def store_password(environment: Mapping[str, str]) -> str | None:
    """The password that an environment holds, or names the file of; null if it does neither.

    Raises:
        UsageError: the file can't be read.
    """
    password, file = environment.get(STORE_PASSWORD), environment.get(STORE_PASSWORD_FILE)
    if password is not None or not file:
        return password
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"the file named by {STORE_PASSWORD_FILE} can't be read") from None


def scope_environment(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a store that is read in an owner's scope: it has a password file of its own, or none.

    Args:
        name: the name under which the scope is registered.
        environment: the process's; DISCRETIO_STORE_PASSWORD_FILE_<NAME> is the scope's, the name in capitals, _ for -.
    """
    return _instead(environment, environment.get(f"{STORE_PASSWORD_FILE}_{name.upper().replace('-', '_')}"))


def files_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a server of files beside a store, which must not be offered the password of the store.

    Args:
        environment: the process's; DISCRETIO_FILES_PASSWORD_FILE is that server's.
    """
    return _instead(environment, environment.get(FILES_PASSWORD_FILE))


def _instead(environment: Mapping[str, str], file: str | None) -> dict[str, str]:
    others = {key: value for key, value in environment.items() if key not in (STORE_PASSWORD, STORE_PASSWORD_FILE)}
    return others | ({STORE_PASSWORD_FILE: file} if file else {})
