from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.errors import PurgeRefusedError, StoreUnavailableError, UsageError
from discretio.stores import local_files
from discretio.stores.document_tree import DocumentTree
from discretio.stores.port import TextUnit
from discretio.stores.windows import WindowSize, windows

SMALL = WindowSize(length=1_000, overlap=100, whole_up_to=2_000)


def write(root: Path, name: str, content: str | bytes = "texte") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def units(root: Path, size: WindowSize = SMALL) -> dict[str, list[TextUnit]]:
    found: dict[str, list[TextUnit]] = {}
    for unit in DocumentTree(root, size).texts():
        found.setdefault(unit.entry_key, []).append(unit)
    return found


def reasons(root: Path) -> dict[str, str | None]:
    return {name: some[-1].not_examined for name, some in units(root).items()}


def test_each_folder_is_a_dossier_and_so_is_each_file_beside_them(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/below/2.md", "b/3.TXT", "alone.txt"):
        write(tmp_path, name)
    (tmp_path / "empty").mkdir()
    tree = DocumentTree(tmp_path)
    assert tree.read("dossiers").dossier_key.tolist() == ["a", "alone.txt", "b", "empty"]
    assert set(tree.read("dossiers").kind) == {"SHARED"}
    assert tree.read("entries").set_index("entry_key").dossier_key.to_dict() == {
        "a/1.txt": "a", "a/below/2.md": "a", "b/3.TXT": "b", "alone.txt": "alone.txt",
    }  # fmt: skip
    assert tree.frames() == {"dossiers", "entries"}
    with pytest.raises(UsageError):
        tree.read("holds")


def test_partitions_hold_each_file_once(tmp_path: Path) -> None:
    for number in range(7):
        write(tmp_path, f"d{number}/{number}.txt")
    tree = DocumentTree(tmp_path)
    cuts = tree.partitions(3)
    assert [cut.dossiers for cut in cuts] == [3, 3, 1]
    assert [unit.entry_key for cut in cuts for unit in tree.texts(cut)] == [unit.entry_key for unit in tree.texts()]
    assert tree.read("entries", cuts[2]).entry_key.tolist() == ["d6/6.txt"]


def test_utf8_with_and_without_a_mark_and_an_empty_file_are_read(tmp_path: Path) -> None:
    write(tmp_path, "plain.txt", "é\r\n😀")
    write(tmp_path, "marked.txt", b"\xef\xbb\xbf" + "é".encode())
    write(tmp_path, "empty.txt", "")
    assert {name: some[0].text for name, some in units(tmp_path).items()} == {
        "plain.txt": "é\r\n😀", "marked.txt": "é", "empty.txt": "",
    }  # fmt: skip
    assert set(reasons(tmp_path).values()) == {None}


def test_what_can_not_be_read_is_declared_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "d/bad.txt", b"caf\xe9 et la suite")
    write(tmp_path, "d/cut.txt", "é".encode()[:1])
    write(tmp_path, "d/scan.pdf", b"%PDF")
    write(tmp_path, "d/no_suffix")
    write(tmp_path, "d/forbidden.txt")
    write(tmp_path, "d/good.txt")
    (tmp_path / "d/dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "d/pipe.txt")
    real = os.open

    def deny(path: Path, *args: int) -> int:
        if Path(path).name == "forbidden.txt":
            raise PermissionError
        return real(path, *args)

    monkeypatch.setattr(local_files.os, "open", deny)
    assert reasons(tmp_path) == {
        "d/bad.txt": "invalid_utf8", "d/cut.txt": "invalid_utf8", "d/scan.pdf": "unknown_type", "d/no_suffix": "unknown_type",
        "d/forbidden.txt": "unreadable", "d/dangling.txt": "unreadable", "d/pipe.txt": "no_file", "d/good.txt": None,
    }  # fmt: skip
    assert all(unit.text == "" for some in units(tmp_path).values() for unit in some if unit.not_examined)


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "x0001x")
    root = tmp_path / "root"
    write(root, "a/1.txt")
    (root / "a/file.txt").symlink_to(tmp_path / "outside/secret.txt")
    (root / "a/folder").symlink_to(tmp_path / "outside")
    (root / "a/loop").symlink_to(root)
    (root / "a/same.txt").symlink_to(root / "a/1.txt")
    assert reasons(root) == {
        "a/1.txt": None, "a/file.txt": "link_outside", "a/folder": "link_outside", "a/same.txt": None,
    }  # fmt: skip
    assert not any("x0001x" in unit.text for unit in DocumentTree(root).texts())


def test_a_name_that_is_no_utf8_is_a_key_like_another(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:  # noqa: PTH123 - a Path can't write this name in Python
        file.write("texte")
    (entry,) = DocumentTree(tmp_path).read("entries").entry_key
    assert entry == "caf\\xe9.txt"
    assert units(tmp_path)[entry][0].text == "texte"


@given(text=st.text(max_size=400), cut=st.integers(1, 50), length=st.integers(2, 60), overlap=st.integers(0, 59))
def test_windows_cover_a_text_and_each_has_its_true_offset(text: str, cut: int, length: int, overlap: int) -> None:
    size = WindowSize(length, min(overlap, length - 1))
    pieces = [text[start : start + cut] for start in range(0, len(text), cut)]
    found = list(windows(pieces, size))
    assert all(text[offset : offset + len(window)] == window for offset, window in found)
    assert all(len(window) <= length for _, window in found)
    assert {p for offset, window in found for p in range(offset, offset + len(window))} == set(range(len(text)))
    # Whatever is no longer than the overlap is whole in some window.
    spans = {(o + p, o + p + size.overlap) for o, w in found for p in range(len(w) - size.overlap + 1)}
    assert all((p, p + size.overlap) in spans for p in range(len(text) - size.overlap + 1))


def test_a_long_file_comes_in_overlapping_windows_and_says_where_it_ends_being_readable(tmp_path: Path) -> None:
    text = "".join(f"é{number:04d}" for number in range(900))
    write(tmp_path, "long.txt", text)
    write(tmp_path, "broken.txt", text.encode() + b"\xff" + b"after")
    found = units(tmp_path)
    assert [unit.offset for unit in found["long.txt"]] == [0, 900, 1_800, 2_700, 3_600]
    assert all(unit.text == text[unit.offset : unit.offset + 1_000] for unit in found["long.txt"])
    *read, end = found["broken.txt"]
    assert all(unit.not_examined is None and text.startswith(unit.text, unit.offset) for unit in read)
    assert (end.text, end.not_examined, read[-1].offset + len(read[-1].text)) == ("", "invalid_utf8", end.offset)


def test_a_file_of_20_mb_costs_the_memory_of_a_few_windows(tmp_path: Path) -> None:
    write(tmp_path, "long.txt", "le gardé à vue " * 1_300_000)
    tracemalloc.start()
    total = sum(len(unit.text) for unit in DocumentTree(tmp_path, WindowSize(length=1 << 18)).texts())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 19_000_000
    assert peak < 4_000_000


def test_digests_change_with_the_bytes_and_with_what_hinders_reading(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.pdf"):
        write(tmp_path, name)
    before = {entry: digest for entry, _, digest in DocumentTree(tmp_path).digests()}
    write(tmp_path, "a.txt", "autre")
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    after = {entry: digest for entry, _, digest in DocumentTree(tmp_path).digests()}
    assert {entry for entry in after if after[entry] != before[entry]} == {"a.txt", "b.txt"}


def test_a_folder_that_is_not_there_is_unavailable_and_an_empty_one_is_an_empty_store(tmp_path: Path) -> None:
    gone = DocumentTree(tmp_path / "x0001x")
    for look in (gone.check, lambda: gone.partitions(3), lambda: list(gone.texts())):
        with pytest.raises(StoreUnavailableError) as error:
            look()
        assert "x0001x" not in str(error.value)
    empty = DocumentTree(tmp_path)
    empty.check()
    assert empty.partitions(3) == []
    assert empty.read("entries").empty
    assert list(empty.texts()) == []


def test_nothing_is_erased_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PurgeRefusedError):
        DocumentTree(tmp_path).erasing()
