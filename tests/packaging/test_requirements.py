"""The lock can be installed from whatever index an installation is set to use, and from nothing that was altered."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+?)( ; [^\\]+)? \\$")


def _requirements() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    current = ""
    for line in LOCK.splitlines():
        if line.startswith("    --hash="):
            found[current].append(line.strip().removesuffix(" \\"))
        else:
            match = REQUIREMENT.match(line)
            assert match, f"neither a pinned requirement nor a hash: {line}"
            current = line
            found[current] = []
    return found


def test_every_requirement_is_pinned_and_has_hashes() -> None:
    for requirement, hashes in _requirements().items():
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", given) for given in hashes), requirement


def test_the_lock_names_no_index_no_address_and_no_path() -> None:
    for sign in ("://", "--index", "--find-links", "--trusted-host", " @ ", "file:", "-e ", "/"):
        assert sign not in LOCK, sign


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"], *project["build-system"]["requires"]]
    names = {_normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]) for requirement in wanted}
    locked = {_normal(requirement.split("==")[0]) for requirement in _requirements()}
    assert names - locked == set()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
