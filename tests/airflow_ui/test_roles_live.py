"""Every role on a real Airflow with its real login: what is its own answers, everything else is refused."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path

import jwt
import pytest

from discretio.airflow_ui.roles import DAGS, roles
from discretio.ledger.keys import LedgerKeys, keyed_hash, read_key

pytestmark = pytest.mark.services

SERVER = """
import subprocess, sys
from pathlib import Path
from discretio.airflow_ui import serving
home, port = Path(sys.argv[1]), int(sys.argv[2])
serving.prepare(home, port)
from discretio import wiring
from discretio.airflow_ui.demo_users import add_users
from discretio.airflow_ui.role_sync import sync_roles
from discretio.airflow_ui.roles import roles
wanted = roles(["apd", "coc"])
sync_roles(wanted)
assert not any(sync_roles(wanted).values()), "a second time changes nothing"
add_users(wanted, home / "users.txt")
subprocess.run([sys.executable, "-m", "airflow", "dags", "reserialize"], check=True, stdout=subprocess.DEVNULL)
with serving.serving(home, port, ["api-server"]):
    print("up", flush=True)
    sys.stdin.read()
"""
# OPEN answers, SHUT refuses; the order is that of USERS.
USERS = ("dpo", "administrator", "approver", "reviewer", "operator", "supervisor-apd", "supervisor-coc")
LOGS = "/api/v2/dags/scan_dossiers/dagRuns/x/taskInstances/scan/logs/1"
PAGES = {
    # Who may not see the overview is led to what is his.
    "/compliance/": (200, 303, 303, 303, 303, 303, 303),
    "/compliance/findings": (200, 403, 403, 403, 403, 403, 403),
    # Nobody is enrolled here: whose findings a login would see is asked of the ledger besides.
    "/compliance/triage": (403, 403, 403, 403, 403, 403, 403),
    "/compliance/calendar": (200, 200, 403, 403, 403, 403, 403),
    "/compliance/deletions": (200, 200, 200, 403, 403, 403, 403),
    "/compliance/deletions/certificates": (200, 200, 200, 403, 403, 403, 403),
    "/compliance/coverage": (200, 403, 403, 403, 403, 403, 403),
    "/compliance/reports": (200, 403, 403, 403, 403, 200, 200),
    "/compliance/policies": (200, 200, 200, 200, 403, 403, 403),
    "/compliance/health": (200, 200, 403, 403, 200, 403, 403),
    "/compliance/people": (200, 200, 200, 403, 403, 403, 403),
    "/api/v2/dags": (200, 200, 403, 403, 200, 403, 403),
    "/api/v2/dags/~/dagRuns": (200, 200, 403, 403, 200, 403, 403),
    LOGS: (404, 404, 403, 403, 404, 403, 403),
    **dict.fromkeys(
        (
            "/api/v2/variables",
            "/api/v2/connections",
            "/api/v2/config",
            "/api/v2/pools",
            "/api/v2/eventLogs",
            "/api/v2/dagSources/scan_dossiers",
            "/api/v2/dags/scan_dossiers/dagRuns/~/taskInstances/~/xcomEntries",
            "/auth/fab/v1/users",
        ),
        (403,) * 7,
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    plugins = home / "airflow" / "plugins"
    plugins.mkdir(parents=True)
    # A checkout that isn't installed announces no plugin.
    if not entry_points(group="airflow.plugins", name="discretio"):
        (plugins / "page.py").write_text("from discretio.airflow_ui.plugin import DiscretioPlugin\n", encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "DISCRETIO"))}
    command = [sys.executable, "-c", SERVER, str(home / "airflow"), str(port)]
    child = subprocess.Popen(
        command,
        env=bare | {"DISCRETIO_HOME": str(home / "home")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "up\n"
        yield port
    finally:
        child.stdin.close()
        child.wait(60)
        child.stdout.close()
        shutil.rmtree(home, ignore_errors=True)


def asked(port: int, method: str, path: str, token: str = "", body: Mapping[str, object] | None = None) -> tuple[int, bytes]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


def cookie(port: int, method: str, path: str, token: str, form: str = "") -> tuple[int, bytes]:
    """As a browser asks: logged in by its cookie, sending a form."""
    headers = {"Cookie": f"_token={token}", "Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, form or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.fixture(scope="module")
def tokens(server: int, home: Path) -> dict[str, str]:
    passwords = dict(line.split() for line in (home / "airflow" / "users.txt").read_text().splitlines())
    assert (home / "airflow" / "users.txt").stat().st_mode & 0o077 == 0
    found = {}
    for login in USERS:
        status, told = asked(server, "POST", "/auth/token", body={"username": login, "password": passwords[login]})
        assert status == 201, told
        found[login] = json.loads(told)["access_token"]
    return found


def test_nobody_sees_anything_without_a_login(server: int) -> None:
    assert {path: asked(server, "GET", path)[0] for path in PAGES} == dict.fromkeys(PAGES, 401)


@pytest.mark.parametrize("path", PAGES)
def test_every_role_sees_what_is_its_own_alone(server: int, tokens: Mapping[str, str], path: str) -> None:
    assert tuple(asked(server, "GET", path, tokens[login])[0] for login in USERS) == PAGES[path]


@pytest.mark.parametrize(
    ("dag", "allowed"),
    [
        ("scan_dossiers", {"dpo"}),
        ("check_minimisation", {"dpo"}),
        ("report_authorities", {"dpo"}),
        ("plan_retention", {"administrator"}),
        ("purge_approved", {"administrator"}),
        ("watch_deadlines", {"dpo"}),
    ],
)
def test_audits_are_the_dpo_s_and_purges_the_administrator_s_to_start(
    server: int, tokens: Mapping[str, str], dag: str, allowed: set[str]
) -> None:
    # No scheduler runs here: what is started stays queued.
    for login in USERS:
        status, _ = asked(server, "POST", f"/api/v2/dags/{dag}/dagRuns", tokens[login], {"logical_date": None})
        assert status == (200 if login in allowed else 403), (login, status)


@pytest.mark.parametrize("dag", DAGS)
def test_a_dag_with_a_wrong_parameter_is_refused_and_nothing_is_run(server: int, tokens: Mapping[str, str], dag: str) -> None:
    login = "administrator" if dag in {"plan_retention", "purge_approved"} else "dpo"
    params = json.loads(asked(server, "GET", f"/api/v2/dags/{dag}/details", tokens[login])[1])["params"]
    assert params
    before = asked(server, "GET", f"/api/v2/dags/{dag}/dagRuns", tokens[login])[1]
    for name in params:
        for wrong in ("../../etc/passwd", "'; DROP TABLE findings --", -1, ["a"], {"a": 1}):
            conf = {"logical_date": None, "conf": {name: wrong}}
            status, told = asked(server, "POST", f"/api/v2/dags/{dag}/dagRuns", tokens[login], conf)
            assert status == 400, (name, wrong, told)
            assert name in json.loads(told)["detail"], "it says which"
    after = asked(server, "GET", f"/api/v2/dags/{dag}/dagRuns", tokens[login])[1]
    assert json.loads(after)["total_entries"] == json.loads(before)["total_entries"]


def test_nobody_marks_an_approval_done_or_forges_what_a_task_said(server: int, tokens: Mapping[str, str]) -> None:
    run = "/api/v2/dags/purge_approved/dagRuns/x"
    for login in USERS:
        for method, path, body in (
            ("PATCH", f"{run}/taskInstances/purge", {"new_state": "success"}),
            ("PATCH", run, {"state": "success"}),
            ("POST", f"{run}/taskInstances/purge/xcomEntries", {"key": "k", "value": "v"}),
            ("POST", "/api/v2/dags/purge_approved/clearTaskInstances", {"dry_run": False}),
        ):
            assert asked(server, method, path, tokens[login], body)[0] == 403, (login, path)


def test_a_forged_token_is_refused(server: int, tokens: Mapping[str, str]) -> None:
    head, body, _ = tokens["dpo"].split(".")
    assert asked(server, "GET", "/compliance/findings", f"{head}.{body}.AAAA")[0] in (401, 403)


@pytest.mark.parametrize("wrong", ["expired", "of another server", "of nobody"])
def test_a_session_that_is_over_or_none_opens_nothing(server: int, tokens: Mapping[str, str], home: Path, wrong: str) -> None:
    secret = (home / "airflow" / "jwt.secret").read_text()
    known = jwt.decode(tokens["dpo"], options={"verify_signature": False})
    claims, signed_with = {
        "expired": (known | {"exp": known["iat"] - 60, "iat": known["iat"] - 120, "nbf": known["iat"] - 120}, secret),
        "of another server": (known, "x" * len(secret)),
        "of nobody": (known | {"sub": "999999"}, secret),
    }[wrong]
    token = jwt.encode(claims, signed_with, algorithm=jwt.get_unverified_header(tokens["dpo"])["alg"])
    for path in ("/compliance/findings", "/compliance/triage", "/api/v2/dags"):
        assert asked(server, "GET", path, token)[0] in (401, 403, 404), path
        assert cookie(server, "GET", path, token)[0] in (302, 303, 307, 401, 403, 404), path
    assert cookie(server, "POST", "/compliance/health/verification", token)[0] in (401, 403)


@pytest.mark.parametrize(("language", "says"), [("fr", "formulaire"), ("nl", "formulier"), ("de", "Formular"), ("en", "form")])
def test_a_forged_form_is_refused_in_the_visitor_s_language(
    server: int, tokens: Mapping[str, str], language: str, says: str
) -> None:
    status, page = cookie(server, "POST", f"/compliance/health/verification?lang={language}", tokens["dpo"])
    assert status == 403
    assert f'lang="{language}"' in page.decode()
    assert says in page.decode()


def test_a_genuine_form_does_what_its_sender_s_role_may_and_nothing_else(
    server: int, tokens: Mapping[str, str], home: Path
) -> None:
    keys = LedgerKeys.derived_from(read_key(home / "home" / "ledger.key"))
    forms = {
        "/compliance/health/verification": ("", (303, 303, 403, 403, 403, 403, 403)),
        # Past the role, there is no such plan.
        "/compliance/deletions/PLANAAAAAAAAAAAA/decision": ("word=APPROVED", (400, 400, 400, 403, 403, 403, 403)),
        # Past the role, nobody is enrolled here, so that nobody has a key to sign with.
        "/compliance/people/confirmation": ("compared=1&login=anna", (403,) * 7),
        "/compliance/triage/TAAAAAAAAAAAA/answer": ("word=RIGHT", (403,) * 7),
        "/compliance/triage/TAAAAAAAAAAAA/decision": ("word=CONFIRM", (403,) * 7),
    }
    for address, (fields, expected) in forms.items():
        told = []
        for login in USERS:
            token = keyed_hash(keys.seal, "form", login, tokens[login])
            told.append(cookie(server, "POST", address, tokens[login], f"token={token}&{fields}")[0])
        assert tuple(told) == expected, address


def test_roles_are_exactly_what_the_code_says() -> None:
    named = roles(["apd", "none"])
    assert "discretio_supervisor_none" not in named, "where no authority is competent, nobody is to see reports"
    forbidden = {("can_edit", "Task Instances"), ("can_edit", "DAG Runs"), ("can_edit", "XComs"), ("can_edit", "DAGs")}
    assert all(forbidden.isdisjoint(grants) for grants in named.values())
    assert not {resource for action, resource in named["discretio_administrator"] if resource == "Compliance Reports"}
