"""What serving needs is named before anything is started."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio.airflow_ui import serving
from discretio.airflow_ui.one_database import settle_in
from discretio.errors import SecretInUrlError, UsageError


def test_a_missing_login_is_told_by_the_name_of_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def gone(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(serving, "version", gone)
    with pytest.raises(UsageError) as told:
        serving.prepare(tmp_path / "airflow", 8080)
    assert "discretio[serve]" in told.value.remedy
    assert not (tmp_path / "airflow").exists(), "nothing is made before"


@pytest.mark.parametrize(
    "url", ["sqlite:///x.db", "postgresql://anna@host", "nonsense", "postgresql://anna@host/db?options=-csearch_path%3Dx"]
)
def test_what_is_no_database_to_serve_from_is_refused_before_anything_is_made(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        serving.prepare(tmp_path / "airflow", 8080, url)
    assert not (tmp_path / "airflow").exists()


def test_a_password_in_the_database_s_url_is_refused() -> None:
    with pytest.raises(SecretInUrlError) as told:
        settle_in("postgresql://anna:wellknown@127.0.0.1/db")
    assert "wellknown" not in str(told.value)


@pytest.fixture
def database() -> Iterator[str]:
    server = "postgresql+psycopg://postgres@127.0.0.1:5432"
    name = f"serve_{secrets.token_hex(6)}"
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield f"postgresql://postgres@127.0.0.1:5432/{name}"
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.mark.services
def test_one_command_serves_from_postgresql_and_ends_when_told_to(database: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DISCRETIO"))}
    typed = "from discretio.cli import main; main()"
    command = [sys.executable, "-c", typed, "serve", "--database", database, "--port", str(port), "--demo-users"]
    child = subprocess.Popen(
        command, env=bare | {"DISCRETIO_HOME": str(tmp_path)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert child.stdout is not None
    try:
        # It gives up by itself after two minutes: `serving` waits no longer.
        told: list[str] = []
        while not any(line.startswith("Airflow:") for line in told) and (line := child.stdout.readline()):
            told.append(line)
        assert any(str(port) in line for line in told), "".join(told)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=30) as answer:
            parts = json.load(answer)
        assert {parts[part]["status"] for part in ("metadatabase", "scheduler", "dag_processor")} == {"healthy"}
    finally:
        child.send_signal(signal.SIGTERM)
        rest = child.stdout.read()
        child.wait(60)
    assert (child.returncode, "stopped" in rest) == (0, True)
    engine = sa.create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    found = {schema: set(sa.inspect(engine).get_table_names(schema)) for schema in ("airflow", "discretio", "public")}
    engine.dispose()
    assert {"dag_run", "ab_user"} <= found["airflow"]
    assert {"chain_records", "findings"} <= found["discretio"]
    assert found["public"] == set()
    assert not list(tmp_path.rglob("*.db")), "nothing of it lies in a file"
