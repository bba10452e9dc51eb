"""A real `discretio serve` with a demo store behind it and a user of every role, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from required import absent

LANGUAGES = ("fr", "nl", "de", "en")
_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# In a process of its own: Airflow reads its environment when it is imported.
_SERVER = """
import sys
from pathlib import Path
from browser.served import serve
serve(Path(sys.argv[1]), int(sys.argv[2]))
"""


@dataclass(frozen=True)
class Served:
    """A running deployment: its address, the passwords of its users, its home."""

    address: str
    passwords: dict[str, str]
    home: Path

    def page(self, path: str = "/") -> str:
        return f"{self.address}/compliance{path}"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("browser")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    if not entry_points(group="airflow.plugins", name="discretio"):
        plugins = home / "airflow" / "plugins"
        plugins.mkdir(parents=True)
        (plugins / "page.py").write_text("from discretio.airflow_ui.plugin import DiscretioPlugin\n", encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DISCRETIO"))}
    tests = str(Path(__file__).parents[1])
    paths = os.pathsep.join([tests, *filter(None, [bare.get("PYTHONPATH")])])
    environment = bare | {"DISCRETIO_HOME": str(home / "home"), "PYTHONPATH": paths}
    with (home / "server.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(home), str(port)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        told = child.stdout.readline()
        assert told == "up\n", (home / "server.log").read_text(encoding="utf-8")[-3000:]
        passwords = dict(line.split() for line in (home / "airflow" / "users.txt").read_text().splitlines())
        yield Served(f"http://127.0.0.1:{port}", passwords, home)
    finally:
        with suppress(BrokenPipeError):
            child.stdin.close()
        child.wait(60)
        child.stdout.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")  # Playwright's event loop runs while it is open: no later test could start another
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not Path(_CHROMIUM).exists():
        absent(f"there is no {_CHROMIUM}; .ci/prepare installs it")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def as_user(served: Served, browser: Any) -> Iterator[Callable[..., Any]]:  # noqa: ANN401 - Playwright's browser
    """Opens a page as a user who typed name and password into Airflow's own form; kept logins are used again."""
    contexts: list[Any] = []

    def opened(login: str, *, scripts: bool = True, language: str = "en") -> Any:  # noqa: ANN401 - Playwright's page
        kept = served.home / f"{login}.state"
        state = str(kept) if kept.exists() else None
        context = browser.new_context(
            java_script_enabled=scripts or state is None,
            storage_state=state,
            locale=language,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if state is None:
            page.goto(f"{served.address}/auth/login/")
            page.fill("input[name=username]", login)
            page.fill("input[name=password]", served.passwords[login])
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/login" not in url)
            context.storage_state(path=str(kept))
            if not scripts:
                return opened(login, scripts=False, language=language)
        return page

    yield opened
    for context in contexts:
        context.close()
