"""Documents on real servers, each by the same path: a bucket, SFTP, WebDAV; and what goes wrong there."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import moto.settings
import pytest

from discretio.errors import StoreUnavailableError
from discretio.steps.extracting import DocumentExtractor
from discretio.stores import file_contents
from discretio.stores.document_tree import DocumentTree
from discretio.stores.opening import open_store
from discretio.stores.port import DossierStore
from discretio.stores.remote_place import RemotePlace
from documents.office_builders import docx, run
from documents.pdf_builders import pdf
from stores.file_servers import PASSWORD, SERVERS, USER, Bucket, Sftp, WebDav

pytestmark = pytest.mark.services

Server = Bucket | Sftp | WebDav
EXTRACT = DocumentExtractor()
CANARY = "Zqxkanarie"
TREE = {
    f"{CANARY} één/verslag.pdf": pdf("verslag in PDF"),
    f"{CANARY} één/onder/brief.docx": docx(f"<w:p>{run('brief in Word')}</w:p>"),
    "ander/nota.txt": "nota über alles".encode(),
    "los.txt": b"los",
}


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "served").mkdir()
    one = SERVERS[request.param](tmp_path / "served")
    for name, content in TREE.items():
        one.write(name, content)
    yield one
    one.stop()


@pytest.fixture
def opened(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., DossierStore]:
    def at(url: str = server.url, **changed: str) -> DossierStore:
        environment: Mapping[str, str] = server.environment | changed
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return open_store(url, {}, EXTRACT, os.environ)

    return at


def told(store: DossierStore) -> dict[str, tuple[str, str | None]]:
    """How each file begins, and why it could not be read."""
    found: dict[str, tuple[str, str | None]] = {}
    for unit in store.texts():
        found.setdefault(unit.entry_key, (unit.text.strip(), unit.not_examined))
    return found


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What was logged, but by the servers themselves, which live in this process only here."""
    own = [record for record in caplog.records if not record.name.startswith(("wsgidav", "werkzeug", "moto"))]
    return "\n".join(record.getMessage() for record in own)


def test_a_tree_is_read_as_a_folder_of_this_machine_is(opened: Callable[..., DossierStore], tmp_path: Path) -> None:
    for name, content in TREE.items():
        path = tmp_path / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    here, there = DocumentTree(tmp_path / "here", extract=EXTRACT), opened()
    there.check()
    assert there.read("entries").equals(here.read("entries"))
    assert list(there.texts()) == list(here.texts())
    assert {text for text, _ in told(there).values()} == {"verslag in PDF", "brief in Word", "nota über alles", "los"}


def test_what_did_not_change_is_not_fetched_and_what_did_is_seen(
    server: Server, opened: Callable[..., DossierStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {entry: digest for entry, _, digest in opened().digests()}
    opening: list[str] = []
    monkeypatch.setattr(RemotePlace, "opened", lambda _, name: opening.append(name))
    server.write("los.txt", b"nog losser")
    after = {entry: digest for entry, _, digest in opened().digests()}
    assert {entry for entry in after if after[entry] != before[entry]} == {"los.txt"}
    assert opening == []


def test_wrong_credentials_are_said_without_naming_any(
    server: Server,
    opened: Callable[..., DossierStore],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if isinstance(server, Bucket):  # from now on only those may read who have keys, and nobody was given any
        monkeypatch.setattr(moto.settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0)
    caplog.set_level(logging.DEBUG)
    (tmp_path / "wrong").write_text(f"{CANARY}wrong", encoding="utf-8")
    for changed in ({"DISCRETIO_STORE_PASSWORD_FILE": str(tmp_path / "wrong")}, {"DISCRETIO_STORE_PASSWORD_FILE": ""}):
        with pytest.raises(StoreUnavailableError) as met:
            opened(**changed).check()
        assert met.value.__suppress_context__
        assert not any(word in str(met.value) + logged(caplog) for word in (CANARY, USER, PASSWORD, "127.0.0.1"))


def test_a_bucket_that_denies_or_is_not_there_is_said_without_naming_it(
    server: Server, opened: Callable[..., DossierStore]
) -> None:
    for url in (server.url + CANARY, server.url.replace("/tree", f"{CANARY}/tree")):
        with pytest.raises(StoreUnavailableError) as met:
            opened(url).check()
        assert CANARY not in str(met.value)


def test_no_path_account_or_password_is_logged_at_any_level(
    opened: Callable[..., DossierStore], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = opened()
    assert len(told(store)) == len(TREE)
    assert not any(word in logged(caplog) for word in (CANARY, "verslag", USER, PASSWORD))
    assert PASSWORD not in store.locator


def test_a_server_that_goes_away_is_unavailable_and_is_read_wholly_once_it_is_back(
    server: Server, opened: Callable[..., DossierStore], tmp_path: Path
) -> None:
    texts = opened().texts()
    next(texts)
    server.stop()
    with pytest.raises(StoreUnavailableError) as met:
        list(texts)
    assert met.value.__suppress_context__
    (tmp_path / "again" / "served").mkdir(parents=True)
    back = type(server)(tmp_path / "again" / "served")
    try:
        for name, content in TREE.items():
            back.write(name, content)
        assert len(told(opened(back.url, **back.environment))) == len(TREE)
    finally:
        back.stop()


def test_a_file_beyond_the_bounds_is_not_fetched(
    server: Server, opened: Callable[..., DossierStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(server, Bucket):
        monkeypatch.setattr(file_contents, "LARGEST", 100_000)
        server.write("ander/groot.txt", b" " * 100_001)
    else:
        with (tmp_path / "served/tree/ander/groot.txt").open("wb") as file:
            file.truncate(10 << 30)
    found = told(opened())
    assert found["ander/groot.txt"] == ("", "too_large")
    assert found["ander/nota.txt"] == ("nota über alles", None)


@pytest.mark.parametrize("server", ["sftp", "webdav"], indirect=True)
def test_a_link_is_not_followed_wherever_it_stands(server: Server, opened: Callable[..., DossierStore], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(CANARY, encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_text(CANARY, encoding="utf-8")
    tree = tmp_path / "served/tree"
    for link in ("link.txt", "ander/link.txt"):
        (tree / link).symlink_to(tmp_path / "secret.txt")
    (tree / "folder").symlink_to(tmp_path / "outside")
    (tree / "ander/folder").symlink_to(tmp_path / "outside")
    found = told(opened())
    assert CANARY not in {text for text, _ in found.values()}
    links = {name: why for name, (_, why) in found.items() if "link" in name or "folder" in name}
    assert set(links.values()) <= {"link", "unreadable"}
    if isinstance(server, Sftp):
        assert links.keys() == {"link.txt", "ander/link.txt", "folder", "ander/folder"}


@pytest.mark.parametrize("server", ["sftp"], indirect=True)
def test_a_server_whose_key_nobody_wrote_down_is_not_given_the_password(
    server: Sftp, opened: Callable[..., DossierStore], tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(StoreUnavailableError, match="ssh-keyscan"):
        opened(DISCRETIO_KNOWN_HOSTS=str(tmp_path / "empty")).check()
    assert not any(transport.is_authenticated() for transport in server._transports)
