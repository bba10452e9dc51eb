"""What deploy/ sets up is closed unless somebody opens it, and holds no secret. (`make lint` checks syntax and schemas.)"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(file for file in DEPLOY.rglob("*") if file.suffix == ".yaml" or file.name == "Containerfile")
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


def loaded(name: str) -> Any:  # noqa: ANN401 - YAML
    return YAML(typ="safe").load(DEPLOY / name)


def pins(file: Path) -> set[str]:
    return {line.split(" ")[0] for line in file.read_text(encoding="utf-8").splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_secret_stands_in_a_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"://[^/\s:@]+:[^/\s@]+@", text) == [], "a password in an address"
    # What is named after a secret points to where it is.
    named = re.findall(r"(?m)^\s*-?\s*\{?(?:name: )?([A-Z_]*(?:PASSWORD|SECRET|KEY|TOKEN)[A-Z_]*)\b\s*[:=,]", text)
    assert [name for name in named if not name.endswith(("_FILE", "_CMD"))] == []
    assert re.findall(r"\b(fernetKey|jwtSecret|apiSecretKey|brokerUrl|metadataConnection)\b", text) == [], (
        "a value of the chart"
    )


def test_nothing_listens_beyond_this_machine() -> None:
    services = loaded("compose.yaml")["services"]
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8080:8080"]
    assert loaded("compose.yaml")["networks"]["inside"] == {"internal": True}
    assert "AIRFLOW__API__HOST=127.0.0.1" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert loaded("helm/values.yaml")["apiServer"]["service"]["type"] == "ClusterIP"


def test_logins_are_real_and_nobody_is_root() -> None:
    assert FAB in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert loaded("helm/values.yaml")["config"]["core"]["auth_manager"] == FAB
    assert re.search(r"(?m)^USER 50000$", (DEPLOY / "Containerfile").read_text(encoding="utf-8"))
    assert loaded("helm/values.yaml")["securityContexts"]["pod"]["runAsNonRoot"] is True


def test_what_is_typed_into_a_form_stays_out_of_the_audit_log() -> None:
    assert "AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES=conf" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert loaded("helm/values.yaml")["config"]["core"]["sensitive_var_conn_names"] == "conf"


def test_workers_and_the_page_have_roles_of_their_own_in_the_ledger() -> None:
    services = loaded("compose.yaml")["services"]
    addresses = {name: services[name]["environment"]["DISCRETIO_LEDGER_URL"] for name in ("worker", "api-server", "migrate")}
    assert len(set(addresses.values())) == 3
    values = loaded("helm/values.yaml")
    (worker,) = (one["value"] for one in values["env"] if one["name"] == "DISCRETIO_LEDGER_URL")
    (page,) = (one["value"] for one in values["apiServer"]["env"] if one["name"] == "DISCRETIO_LEDGER_URL")
    assert worker != page


def test_the_image_holds_what_was_locked_and_tested_without_the_tools_of_tests() -> None:
    image, tested = pins(DEPLOY / "requirements.lock"), pins(ROOT / "requirements.lock")
    assert image - tested == set()
    assert not any(pin.startswith(("pytest==", "moto==", "mutmut==")) for pin in image)
