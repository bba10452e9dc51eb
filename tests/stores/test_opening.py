from __future__ import annotations

from pathlib import Path

import pytest

from discretio.errors import SecretInUrlError, StoreUnavailableError, UsageError
from discretio.stores.engines import Database, Purpose
from discretio.stores.opening import open_store
from discretio.stores.reference import ReferenceStore, create_store


def test_a_name_a_url_a_folder_and_a_mapping_file_open_their_stores(tmp_path: Path, url: str) -> None:
    create_store(url)
    mapping = tmp_path / "mapping.yml"
    entries = "{table: entries, columns: {entry_key: entry_key, dossier_key: dossier_key}}"
    mapping.write_text(f"store: {{url: '{url}'}}\nframes: {{entries: {entries}}}\n")
    registered = {"main": url, "papers": str(tmp_path)}
    opened = {target: open_store(target, registered).kind for target in ("main", "papers", url, str(tmp_path), str(mapping))}
    assert list(opened.values()) == ["reference_store", "document_tree", "reference_store", "document_tree", "mapped_store"]
    for target in opened:
        open_store(target, registered).check()


@pytest.mark.parametrize("target", ["mian", "x0001x/nowhere", "nowhere.yaml", ""])
def test_an_unknown_store_is_a_wrong_use_and_is_not_repeated(target: str) -> None:
    with pytest.raises(UsageError) as error:
        open_store(target, {"main": "sqlite:///a.db"})
    assert ("main" in str(error.value)) == (target == "mian")
    assert "x0001x" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://reader:hunter2@db/store",
        "mysql+pymysql://db/store?passwd=hunter2",
        "postgresql://db/store?password=hunter2",
        "postgresql://reader:hunter2@[db/store",
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as error:
        open_store(url, {})
    assert "hunter2" not in str(error.value)
    if "[" not in url:
        assert isinstance(error.value, SecretInUrlError)
        assert "DISCRETIO_STORE_PASSWORD" in error.value.remedy


@pytest.mark.parametrize("url", ["oracle9://db/x", "sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=memory", "://"])
def test_a_url_that_can_not_be_a_store_is_a_wrong_use(url: str) -> None:
    with pytest.raises(UsageError):
        open_store(url, {}).check()


def test_a_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(StoreUnavailableError):
        ReferenceStore("postgresql+psycopg://reader@127.0.0.1:1/store").check()


def test_the_password_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from a file\n")
    url = "postgresql+psycopg://reader@db/store"
    for environment, password in (
        ({"DISCRETIO_STORE_PASSWORD": "from the environment"}, "from the environment"),
        ({"DISCRETIO_STORE_PASSWORD_FILE": str(tmp_path / "password")}, "from a file"),
        ({}, None),
    ):
        database = Database(url, environment)
        assert database._password().get("password") == password
        assert password is None or password not in str(database._engine(Purpose.READ).url) + database.locator
    with pytest.raises(UsageError, match="PASSWORD_FILE"):
        Database(url, {"DISCRETIO_STORE_PASSWORD_FILE": str(tmp_path / "none")})._password()
