"""Dossiers of a tree are renamed out of everybody's reach, judged there, and unlinked or put back: whole, and nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discretio.errors import MappingError, PurgeRefusedError, StoreUnavailableError
from discretio.stores import engines
from discretio.stores.erasable_tree import ErasableTree
from discretio.stores.erasing_folder import ErasingFolder
from discretio.stores.local_files import ERASING
from discretio.stores.opening import open_store
from discretio.stores.port import ErasableStore
from stores.test_document_tree import write

SECRET = b"a key of the ledger"
INVENTORY = "dossier_key,status,owner,closed_at,closed_precision\nd0,CLOSED,K,2020-05-06,DAY\nelsewhere,OPEN,K,,\n"


def filled(folder: Path, dossiers: int = 4) -> ErasableTree:
    for number in range(dossiers):
        write(folder / "tree", f"d{number}/note.txt", f"over kenmerk{number:04d}x")
        write(folder / "tree", f"d{number}/below/more.md", "meer")
    write(folder / "tree", "alone.txt", "alleen")
    (folder / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    return opened(folder)


def opened(folder: Path, erase: str = "erase: {holds: ledger}\n") -> ErasableTree:
    (folder / "tree.yaml").write_text(f"store: {{tree: tree, inventory: inventory.csv}}\n{erase}", encoding="utf-8")
    store = open_store(str(folder / "tree.yaml"), {})
    assert isinstance(store, ErasableTree) or not erase
    return store  # type: ignore[return-value]


def content(folder: Path) -> dict[str, bytes]:
    root = folder / "tree"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def erase(store: ErasableTree, keys: set[str]) -> dict[str, int]:
    with store.erasing() as eraser:
        eraser.lock(keys)
        counts = eraser.delete(keys)
        eraser.commit()
    return counts


@settings(max_examples=15, deadline=None)
@given(gone=st.sets(st.sampled_from(["d0", "d1", "d2", "d3", "alone.txt"])))
def test_what_is_erased_is_gone_and_every_other_byte_stays(gone: set[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tree")
    store = filled(folder)
    before = content(folder)
    files = sum(name.split("/")[0] in gone for name in before)
    assert sum(erase(store, gone).values()) == files
    assert content(folder) == {name: found for name, found in before.items() if name.split("/")[0] not in gone}
    assert store.remaining(gone) == {}
    assert not (folder / "tree" / ERASING).exists()


def test_what_is_locked_but_not_erased_comes_back(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before, hashes = content(tmp_path), store.dossier_hashes(["d0", "d1"], SECRET)
    with store.erasing() as eraser:
        assert eraser.lock(["d0", "d1", "nobody"]) == {"d0", "d1"}
        assert eraser.dossier_hashes(["d0", "d1"], SECRET) == hashes
        assert not (tmp_path / "tree" / "d0").exists()
        assert "d0" in set(store.read("dossiers").dossier_key)
        assert {unit.entry_key for unit in store.texts()} == before.keys()
        assert eraser.read("holds", ["d0"]).empty
        assert eraser.read("entries", ["d0"]).entry_key.tolist() == ["d0/below/more.md", "d0/note.txt"]
        assert eraser.read("dossiers", ["d0"]).owner.tolist() == ["K"]
        eraser.delete(["d1"])
        with pytest.raises(PurgeRefusedError):
            eraser.delete(["d2"])
        eraser.commit()
    assert content(tmp_path) == {name: found for name, found in before.items() if not name.startswith("d1/")}


CHANGES: tuple[Callable[[Path], object], ...] = (
    lambda d: (d / "note.txt").write_text("anders"),
    lambda d: (d / "note.txt").rename(d / "other.txt"),
    lambda d: (d / "empty").mkdir(),
    lambda d: (d / "below" / "more.md").unlink(),
    lambda d: (d / "link").symlink_to("note.txt"),
)


@pytest.mark.parametrize("change", CHANGES, ids=["text", "name", "folder", "missing", "link"])
def test_a_change_anywhere_changes_the_hash(change: Callable[[Path], object], tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = store.dossier_hashes(["d0", "d1"], SECRET)
    change(tmp_path / "tree" / "d0")
    after = store.dossier_hashes(["d0", "d1"], SECRET)
    assert (after["d0"] != before["d0"], after["d1"] == before["d1"]) == (True, True)


def test_a_link_that_leads_out_is_unlinked_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    store = filled(tmp_path)
    write(tmp_path, "outside/kept.txt", "blijft")
    (tmp_path / "tree" / "d0" / "out").symlink_to(tmp_path / "outside")
    erase(store, {"d0"})
    assert (tmp_path / "outside" / "kept.txt").read_text() == "blijft"


LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "file": (("d1/deed.txt", "../d0/note.txt"),),
    "folder": (("d1/other", "../d0/below"),),
    "whole": (("d1/below/other", "../../d0"),),
    "first level": (("link", "d0/note.txt"),),
    "absolute": (("d1/deed.txt", "{tree}/d0/note.txt"),),
    "from outside and back": (("d1/deed.txt", "{out}/back/note.txt"),),
    "itself": (("d0", "{out}/elsewhere"),),
    "from one that stays for it": (("d1/deed.txt", "../d2/deed.txt"), ("d2/more.txt", "../d0/note.txt")),
}


@pytest.mark.parametrize("links", LINKS.values(), ids=LINKS)
def test_what_a_dossier_that_stays_leads_into_can_not_go(links: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "back").symlink_to(tmp_path / "tree" / "d0")
    for name, target in links:
        link = tmp_path / "tree" / name
        if link.is_dir():
            link.rename(tmp_path / "elsewhere")
        link.symlink_to(target.format(tree=tmp_path / "tree", out=tmp_path))
    gone = {"d0"} | ({"d2"} if len(links) > 1 else set())
    with store.erasing() as eraser:
        eraser.lock([*gone, "d3"])
        assert eraser.linked([*gone, "d3"]) == gone


def test_links_among_what_goes_and_those_that_lead_nowhere_keep_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    for name, target in (("d1/deed.txt", "../d0/note.txt"), ("d0/self", "note.txt"), ("d2/gone", "../d9/x"), ("d2/top", "..")):
        (tmp_path / "tree" / name).symlink_to(target)
    with store.erasing() as eraser:
        eraser.lock(["d0", "d1", "d3"])
        assert eraser.linked(["d0", "d1", "d3"]) == frozenset()
        # Where it is locked, but stays after all, what it leads into stays too.
        assert eraser.linked(["d0", "d3"]) == {"d0"}


@pytest.mark.parametrize(("name", "stays"), [("lock", True), ("unlink", False)])
def test_killed_while_it_is_locked_it_comes_back_and_after_the_commit_it_is_gone(
    name: str, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)
    before = content(tmp_path)
    child = os.fork()
    if child == 0:
        # Between the renaming and the unlinking.
        step = "_empty_gone" if name == "unlink" else "lock"
        original, calls = getattr(ErasingFolder, step), 0

        def deadly(folder: ErasingFolder, *given: object) -> None:
            nonlocal calls
            calls += 1
            if name == "unlink" and any((tmp_path / "tree" / ERASING / "gone").glob("*")):
                os.kill(os.getpid(), signal.SIGKILL)
            original(folder, *given)
            if name == "lock":
                os.kill(os.getpid(), signal.SIGKILL)

        setattr(ErasingFolder, step, deadly)
        erase(store, {"d0", "d1"})
        os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert not (tmp_path / "tree" / "d0").exists()
    assert store.remaining(["d0", "d1"]) == ({"documents": 2} if stays else {})
    assert content(tmp_path) == {
        found: text for found, text in before.items() if stays or found.split("/")[0] not in {"d0", "d1"}
    }


def test_two_erasures_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.05)
    store = filled(tmp_path)
    with store.erasing() as eraser:
        eraser.lock(["d0"])
        with pytest.raises(StoreUnavailableError), opened(tmp_path).erasing():
            pass
    assert (tmp_path / "tree" / "d0").exists()


def test_a_dossier_made_under_the_name_of_a_locked_one_overwrites_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    with ExitStack() as erasure:
        erasure.enter_context(store.erasing()).lock(["d0"])
        write(tmp_path / "tree", "d0/new.txt", "nieuw")
        with pytest.raises(StoreUnavailableError, match="another stands under its name"):
            erasure.close()
    assert (tmp_path / "tree" / "d0" / "new.txt").read_text() == "nieuw"
    assert (tmp_path / "tree" / ERASING / "locked" / "d0" / "note.txt").exists()


@pytest.mark.parametrize("planted", ["", "locked", "gone"])
def test_a_link_under_the_name_of_the_erasing_folder_is_refused_before_anything(planted: str, tmp_path: Path) -> None:
    store = filled(tmp_path)
    write(tmp_path, "outside/gone/note.txt", "van iemand anders")
    write(tmp_path, "outside/locked/note.txt", "van iemand anders")
    link = tmp_path / "tree" / ERASING / planted
    (tmp_path / "tree" / ERASING).mkdir(mode=0o700) if planted else None
    link.symlink_to(tmp_path / "outside" / planted)
    before = content(tmp_path)
    with pytest.raises(StoreUnavailableError, match="is a link") as refused:
        store.remaining(["d0"])
    assert "tree" not in str(refused.value).replace("document_tree", "").replace("out of the tree", "")
    with pytest.raises(StoreUnavailableError, match="is a link"):
        erase(store, {"d0"})
    assert content(tmp_path) == before
    assert len(list((tmp_path / "outside").rglob("note.txt"))) == 2
    if planted != "gone":  # what lies behind the link is no dossier of this tree
        with pytest.raises(StoreUnavailableError, match="is a link"):
            store.read("dossiers")


@pytest.mark.parametrize("inner", ["locked", "gone"])
def test_a_folder_into_which_others_may_write_is_refused_before_anything(inner: str, tmp_path: Path) -> None:
    store = filled(tmp_path)
    for name in ("locked", "gone"):
        write(tmp_path / "tree" / ERASING, f"{name}/d9/note.txt", "van iemand anders")
    (tmp_path / "tree" / ERASING / inner).chmod(0o770)
    with pytest.raises(StoreUnavailableError, match="others may write"):
        store.remaining(["d9"])
    assert (tmp_path / "tree" / ERASING / "gone" / "d9" / "note.txt").exists()
    assert (tmp_path / "tree" / ERASING / "locked" / "d9" / "note.txt").exists()


def test_a_folder_that_can_not_be_listed_is_no_folder_in_which_nothing_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)
    listed = os.scandir

    def unlisted(path: str | Path = ".") -> object:
        if str(path).endswith("below"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", unlisted)
    for read in (store.disk().stored, store.disk().live):
        with pytest.raises(StoreUnavailableError, match="byte by byte") as refused:
            list(read() if read else ())
        assert "below" not in str(refused.value)


def test_without_erase_in_its_mapping_nothing_is_erased_and_an_inventory_holds_no_holds(tmp_path: Path) -> None:
    filled(tmp_path)
    bare = opened(tmp_path, erase="")
    assert not isinstance(bare, ErasableStore)
    with pytest.raises(PurgeRefusedError, match="under a lock"):
        bare.erasing()
    (tmp_path / "tree.yaml").write_text("store: {tree: tree, inventory: inventory.yaml}\nerase: {holds: ledger}\n")
    (tmp_path / "inventory.yaml").write_text("dossiers: [{dossier_key: d0}]\nholds: [{hold_key: h, dossier_key: d0}]\n")
    with pytest.raises(MappingError, match="can't be locked"):
        open_store(str(tmp_path / "tree.yaml"), {}).frames()
    (tmp_path / "tree.yaml").write_text("store: {tree: tree}\nerase: {holds: frame}\n")
    with pytest.raises(MappingError, match="stand in the ledger"):
        open_store(str(tmp_path / "tree.yaml"), {})


def test_the_inventory_tells_of_what_lies_there_and_of_nothing_else(tmp_path: Path) -> None:
    store = filled(tmp_path)
    dossiers = store.read("dossiers").set_index("dossier_key")
    assert sorted(dossiers.index) == ["alone.txt", "d0", "d1", "d2", "d3"]
    assert str(dossiers.closed_at["d0"].date()) == "2020-05-06"
    assert dossiers.closed_at.isna()["d1"]
    assert {"dossiers", "entries", "holds"} <= store.frames()
    assert [held.value for held in store.values(["d0"]) if held.column == "text"] == ["meer", "over kenmerk0000x"]
