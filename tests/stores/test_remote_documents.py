"""A tree of files behind a URL: read as a folder is, with nothing said of accounts, paths and errors."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
import pytest
from fsspec.registry import known_implementations

from discretio.errors import DiscretioError, SecretInUrlError, StoreUnavailableError, UsageError
from discretio.stores.document_tree import DocumentTree
from discretio.stores.opening import open_store
from discretio.stores.remote_access import entered
from discretio.stores.remote_files import RemoteFiles
from stores.test_document_tree import write

WORD = "Zqxkanarie"


class Faulty(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """A server with whatever a test gives it; its errors quote all they know."""

    protocol = "faulty"
    cachable = False
    listing: dict[str, list[dict[str, Any]]] = {}  # noqa: RUF012 - set by each test
    contents: dict[str, bytes] = {}  # noqa: RUF012 - as above
    broken: type[Exception] | None = None

    def ls(self, path: str, **_: object) -> list[dict[str, Any]]:
        found = self.listing.get(path.rstrip("/"))
        if self.broken or found is None:
            raise (self.broken or FileNotFoundError)(f"user {WORD} may not list {path}")
        return found

    def info(self, path: str, **_: object) -> dict[str, Any]:
        every = [info for infos in self.listing.values() for info in infos]
        return next(info for info in every if info["name"] == path)

    def _open(self, path: str, **_: object) -> Any:  # noqa: ANN401 - a file
        content = self.contents[path]
        if content == b"!":
            raise ConnectionError(f"{WORD} {path}")
        return Stream(content)


class Stream:
    """A file that may break off."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, count: int = -1) -> bytes:
        if self._content.startswith(b"?"):
            raise RuntimeError(f"{WORD} lost {self._content!r}")
        given, self._content = self._content[:count], self._content[count:]
        return given

    def close(self) -> None:
        self._content = b""


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> type[Faulty]:
    fsspec.register_implementation("faulty", Faulty, clobber=True)
    for name, value in (("listing", {}), ("contents", {}), ("broken", None)):
        monkeypatch.setattr(Faulty, name, value)
    return Faulty


def file(name: str, size: int = 5, **more: object) -> dict[str, Any]:
    return {"name": name, "size": size, "type": "file"} | more


def folder(name: str) -> dict[str, Any]:
    return {"name": name, "size": 0, "type": "directory"}


@pytest.fixture
def memory() -> Iterator[tuple[str, Any]]:
    files, root = fsspec.filesystem("memory"), f"/{uuid4().hex}"
    files.makedirs(f"{root}/empty")
    yield f"memory:/{root}", files
    files.rm(root, recursive=True)


def test_a_url_holds_what_a_folder_holds(memory: tuple[str, Any], tmp_path: Path) -> None:
    url, files = memory
    (tmp_path / "empty").mkdir()
    for name in ("a/1.txt", "a/below/2.md", "b/3.TXT", "alone.txt", "é è/ü.txt"):
        write(tmp_path, name, f"texte {name}")
        files.pipe(f"{url.removeprefix('memory:/')}/{name}", f"texte {name}".encode())
    here, there = DocumentTree(tmp_path), open_store(url, {})
    for frame in ("dossiers", "entries"):
        assert here.read(frame).equals(there.read(frame))
    assert list(here.texts()) == list(there.texts())
    assert list(here.digests()) == list(there.digests())
    assert here.partitions(2) == there.partitions(2)
    cut = here.partitions(2)[1]
    assert [unit.entry_key for unit in there.texts(cut)] == [unit.entry_key for unit in here.texts(cut)]


def test_a_file_url_is_a_folder_here(tmp_path: Path) -> None:
    write(tmp_path, "a b/1.txt", "texte")
    store = open_store(f"file://{tmp_path}".replace(" ", "%20"), {})
    assert [unit.text for unit in store.texts()] == ["texte"]
    assert store.locator == str(tmp_path)


def test_a_change_is_told_by_what_the_place_says_without_reading_and_else_by_the_bytes(faulty: type[Faulty]) -> None:
    faulty.listing = {"root": [folder("root/d")], "root/d": [file("root/d/1.txt", ETag="a"), file("root/d/2.txt")]}
    faulty.contents = {"root/d/2.txt": b"bytes"}  # the other can't even be opened
    tree = DocumentTree(RemoteFiles("faulty://root"))
    before = {entry: digest for entry, _, digest in tree.digests()}
    faulty.listing["root/d"][0]["ETag"] = "b"
    faulty.contents["root/d/2.txt"] = b"other"
    after = {entry: digest for entry, _, digest in tree.digests()}
    assert {entry for entry in after if after[entry] != before[entry]} == {"d/1.txt", "d/2.txt"}


def test_what_leads_out_is_no_file_or_breaks_is_said_and_the_rest_is_read(faulty: type[Faulty]) -> None:
    inside = [
        folder("root/d"), file("root/d/good.txt"), file("root/d/../../etc/passwd.txt"), file("elsewhere/x.txt"),
        {"name": "root/d/link.txt", "size": 3, "type": "link"}, {"name": "root/d/pipe.txt", "type": "other"},
        folder("root/d/closed"), file("root/d/gone.txt"), file("root/d/lost.txt"), file("root/d/huge.txt", 3 << 30),
    ]  # fmt: skip
    faulty.listing = {"root": [folder("root/d"), file("root/f.txt"), file("secrets/y.txt")], "root/d": inside}
    faulty.contents = {"root/d/good.txt": b"texte", "root/d/gone.txt": b"!", "root/d/lost.txt": b"?", "root/f.txt": b"texte"}
    tree = DocumentTree(RemoteFiles("faulty://root"))
    reasons = {(unit.entry_key, unit.text): unit.not_examined for unit in tree.texts() if unit.text or unit.not_examined}
    assert reasons == {
        ("d/good.txt", "texte"): None, ("f.txt", "texte"): None, ("../..", ""): "link_outside", ("d/..", ""): "link_outside",
        ("d/link.txt", ""): "link", ("d/pipe.txt", ""): "no_file", ("d/closed", ""): "unreadable",
        ("d/gone.txt", ""): "unreadable", ("d/lost.txt", ""): "unreadable", ("d/huge.txt", ""): "too_large",
    }  # fmt: skip
    assert len(list(tree.digests())) == 11


@pytest.mark.parametrize("error", [ConnectionError, RuntimeError, PermissionError, TimeoutError, KeyError])
def test_a_place_that_can_not_be_reached_is_unavailable_and_its_error_says_nothing(
    error: type[Exception], faulty: type[Faulty], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    faulty.broken = error
    tree = DocumentTree(RemoteFiles(f"faulty://{WORD}"))
    for look in (tree.check, lambda: tree.partitions(3), lambda: list(tree.texts()), lambda: list(tree.digests())):
        with pytest.raises(StoreUnavailableError) as met:
            look()
        assert WORD not in str(met.value) + caplog.text
        assert met.value.__cause__ is None
        assert met.value.__suppress_context__


def test_a_place_that_dies_in_the_middle_is_unavailable(faulty: type[Faulty]) -> None:
    faulty.listing = {"root": [folder("root/a"), folder("root/b")], "root/a": [file("root/a/1.txt")]}
    faulty.contents = {"root/a/1.txt": b"texte"}
    texts = DocumentTree(RemoteFiles("faulty://root")).texts()
    assert next(texts).text == "texte"
    faulty.broken = ConnectionError
    with pytest.raises(StoreUnavailableError):
        list(texts)


@pytest.mark.parametrize(
    "url",
    [
        f"sftp://user:{WORD}@server/folder", f"s3://AKIA:{WORD}@bucket", f"webdav://server/x?password={WORD}",
        f"abfs://c@a/x?sig={WORD}", f"s3://bucket?aws_secret_access_key={WORD}",
    ],
)  # fmt: skip
def test_a_secret_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SecretInUrlError) as met:
        open_store(url, {})
    assert WORD not in str(met.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("simplecache::memory://x", "chain"),
        ("zip://x.zip::file:///tmp/y", "chain"), ("memory://[", "no URL"),
    ],
)  # fmt: skip
def test_a_url_that_can_not_be_used_says_what_to_do(url: str, said: str) -> None:
    with pytest.raises(UsageError) as met:
        open_store(url, {})
    assert said in str(met.value)


@pytest.mark.parametrize(
    ("protocol", "extra"),
    [("s3", "discretio[s3]"), ("sftp", "discretio[sftp]"), ("webdavs", "discretio[webdav]"), ("gs", "gcsfs")],
)
def test_a_backend_that_is_not_installed_is_named(protocol: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("s3fs", "fsspec.implementations.sftp", "webdav4.fsspec", "gcsfs"):
        monkeypatch.setitem(sys.modules, module, None)
    for known in ("s3", "sftp", "webdav", "gs"):
        monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, known, raising=False)
    with pytest.raises(UsageError) as met:
        open_store(f"{protocol}://bucket/folder", {})
    assert f"pip install {extra}" in str(met.value)


def test_a_password_does_not_travel_in_the_clear() -> None:
    with pytest.raises(UsageError, match="webdavs://"):
        open_store("webdav://server/folder", {}).check()


def test_a_database_is_still_a_database() -> None:
    for url in ("sqlite:///nowhere.db", "postgresql+psycopg://user@[::1]/dossiers"):
        assert open_store(url, {}).kind == "reference_store"
    with pytest.raises(DiscretioError):
        open_store("nonsense://x", {}).check()


@pytest.fixture
def levels() -> Iterator[None]:
    """The levels of all loggers as they were."""
    before = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(before.get(name, logging.NOTSET))


@pytest.mark.usefixtures("levels")
@pytest.mark.parametrize(
    "name", ["azure.core.pipeline.policies", "adlfs", "smbprotocol.open", "smbclient", "gcsfs", "google.auth", "urllib3.pool"]
)
def test_no_library_by_which_a_place_is_reached_writes_down_a_path(name: str, caplog: pytest.LogCaptureFixture) -> None:
    entered("memory://place", {})
    logging.getLogger(name).critical("GET /dossiers/Peeters-Piet/verslag.pdf")
    assert not caplog.records


@pytest.mark.usefixtures("levels")
def test_a_library_that_we_have_never_heard_of_is_silent_too(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(known_implementations, "unheard", {"class": "unheard_of.files.FileSystem"})
    with pytest.raises(ImportError):
        entered("unheard://place/x", {})
    logging.getLogger("unheard_of.files").critical("GET /dossiers/Peeters-Piet/verslag.pdf")
    assert not caplog.records
