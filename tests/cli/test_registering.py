"""Stores are registered by name, as a whole or in one owner's scope."""

from __future__ import annotations

from pathlib import Path

from cli.conftest import Run, refused, url


def test_a_store_is_registered_as_a_whole_or_in_one_owners_scope(run: Run, tmp_path: Path) -> None:
    assert run("store", "create", url(tmp_path), "--name", "main").code == 0
    assert run("store", "register", url(tmp_path), "--name", "police", "--owner", "K-police").code == 0
    told = run("store", "list").out
    assert "one owner's" in told
    assert "K-police" not in told
    refused(run("store", "register", url(tmp_path), "--name", "police", "--owner", "K-school"), 2, "another kind or scope")
    refused(run("store", "register", url(tmp_path), "--name", "police"), 2, "under another name", "main")


def test_the_scope_of_a_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    refused(run("store", "register", tmp_path / "tree", "--name", "tree", "--owner", "K"), 2, "whose a dossier is")
