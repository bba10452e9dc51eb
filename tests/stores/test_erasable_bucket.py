"""Dossiers in a bucket are listed with every version, judged, and these versions deleted: whole, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from discretio.errors import DiscretioError, MappingError, PurgeRefusedError, SecretInUrlError, StoreUnavailableError
from discretio.stores import bucket_versions as versions
from discretio.stores.bucket import Bucket, BucketError
from discretio.stores.bucket_lease import LEASE, BucketLease
from discretio.stores.erasable_bucket import ErasableBucket
from discretio.stores.local_files import ERASING
from discretio.stores.opening import open_store
from discretio.stores.port import ErasableStore
from stores.file_servers import Bucket as Server

pytestmark = pytest.mark.services

SECRET = b"a key of the ledger"
CANARY = "Zqxkanarie"
INVENTORY = "dossier_key,status,owner,closed_at,closed_precision\nd0,CLOSED,K,2020-05-06,DAY\nelsewhere,OPEN,K,,\n"
Kept = list[tuple[str, str, bytes | None]]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A bucket that keeps versions, with four dossiers; of some of them older versions and markers lie there."""
    one = Server(tmp_path)
    for name, value in one.environment.items():
        monkeypatch.setenv(name, value)
    one.keep_versions()
    for number in range(4):
        one.write(f"d{number}/note.txt", f"over {CANARY}{number}".encode())
        one.write(f"d{number}/below/more.md", b"meer")
    one.write("d0/note.txt", b"anders gezegd")
    one.write("alone.txt", b"alleen")
    one.write("d00.txt", b"een ander, dat net zo begint")
    one.asked("delete_object", Key="tree/d3/note.txt")
    one.asked("delete_object", Key="tree/d3/below/more.md")
    one.asked("create_multipart_upload", Key="tree/d1/half.pdf")
    yield one
    one.stop()


def opened(folder: Path, url: str) -> ErasableBucket:
    (folder / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    (folder / "tree.yaml").write_text(f"store: {{tree: '{url}', inventory: inventory.csv}}\nerase: {{holds: ledger}}\n")
    store = open_store(str(folder / "tree.yaml"), {})
    assert isinstance(store, ErasableBucket)
    assert isinstance(store, ErasableStore)
    return store


@pytest.fixture
def store(server: Server, tmp_path: Path) -> ErasableBucket:
    return opened(tmp_path, server.url)


def erase(store: ErasableBucket, keys: set[str]) -> dict[str, int]:
    with store.erasing() as eraser:
        eraser.lock(keys)
        eraser.dossier_hashes(keys, SECRET)
        counts = eraser.delete(keys)
        eraser.commit()
    return counts


def of(kept: Kept, *dossiers: str) -> Kept:
    return [one for one in kept if one[0].split("/")[1] in dossiers]


@pytest.mark.parametrize(
    ("gone", "counts"),
    [
        ({"d0"}, {"versions": 3}),
        ({"d1", "alone.txt"}, {"versions": 3, "unfinished_uploads": 1}),
        ({"d3"}, {"versions": 2, "delete_markers": 2}),
    ],
    ids=["overwritten", "upload", "deleted"],
)
def test_every_version_goes_and_every_other_byte_and_version_stays(
    gone: set[str], counts: dict[str, int], server: Server, store: ErasableBucket
) -> None:
    before = server.stored()
    assert erase(store, gone) == counts
    assert server.stored() == [one for one in before if one not in of(before, *gone)]
    assert store.remaining(gone) == {}
    assert store.remaining({"d2"}) == {"versions": 2}


def test_what_delete_markers_hide_is_listed_as_unreadable_and_its_words_are_found(store: ErasableBucket) -> None:
    assert store.read("dossiers").dossier_key.tolist() == ["alone.txt", "d0", "d00.txt", "d1", "d2", "d3"]
    assert {unit.dossier_key for unit in store.texts() if unit.not_examined} == {"d3"}
    said = {(held.dossier_key, held.value) for held in store.values(["d0", "d3"]) if held.column == "text"}
    assert {("d0", f"over {CANARY}0"), ("d0", "anders gezegd"), ("d3", f"over {CANARY}3")} <= said


def test_what_is_only_listed_stays_and_is_judged_as_it_lies(server: Server, store: ErasableBucket) -> None:
    before, hashes = server.stored(), store.dossier_hashes(["d0", "d1", "d3"], SECRET)
    with store.erasing() as eraser:
        assert eraser.lock(["d0", "d1", "d3", "nobody"]) == {"d0", "d1", "d3"}
        assert eraser.dossier_hashes(["d0", "d1", "d3"], SECRET) == hashes
        assert eraser.read("holds", ["d0"]).empty
        assert eraser.read("entries", ["d0"]).entry_key.tolist() == ["d0/below/more.md", "d0/note.txt"]
        assert eraser.read("dossiers", ["d0"]).owner.tolist() == ["K"]
        assert eraser.linked(["d0"]) == frozenset()
        eraser.delete(["d1"])
        with pytest.raises(PurgeRefusedError):
            eraser.delete(["d2"])
    assert server.stored() == before
    assert ERASING not in store.read("dossiers").dossier_key.tolist()


CHANGES: dict[str, Callable[[Server], object]] = {
    "another": lambda one: one.write("d0/came.txt", b"erbij"),
    "the same bytes again": lambda one: one.write("d0/note.txt", b"anders gezegd"),
    "marked": lambda one: one.asked("delete_object", Key="tree/d0/note.txt"),
    "upload": lambda one: one.asked("create_multipart_upload", Key="tree/d0/half.pdf"),
    "file of its name": lambda one: one.write("d0", b"erbij"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_changes_the_hash_and_one_before_the_commit_keeps_everything(
    change: Callable[[Server], object], server: Server, store: ErasableBucket
) -> None:
    hashes = store.dossier_hashes(["d0", "d1"], SECRET)
    with store.erasing() as eraser:
        eraser.lock(["d0", "d1"])
        eraser.dossier_hashes(["d0", "d1"], SECRET)
        eraser.delete(["d0", "d1"])
        change(server)
        before = server.stored()
        with pytest.raises(StoreUnavailableError, match="was written into a dossier"):
            eraser.commit()
        assert server.stored() == before
    again = store.dossier_hashes(["d0", "d1"], SECRET)
    assert (again["d0"] != hashes["d0"], again["d1"] == hashes["d1"]) == (True, True)


def test_what_comes_after_the_commit_is_not_deleted_and_is_told(
    server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = BucketLease.commit

    def with_a_writer(lease: BucketLease, going: Any) -> None:  # noqa: ANN401 - passed on
        server.write("d0/note.txt", b"net geschreven")
        original(lease, going)

    monkeypatch.setattr(BucketLease, "commit", with_a_writer)
    erase(store, {"d0"})
    assert [one[2] for one in of(server.stored(), "d0")] == [b"net geschreven"]
    assert store.remaining(["d0"]) == {"versions": 1}


def test_the_last_who_comes_may_erase_and_whoever_came_before_deletes_nothing(server: Server, store: ErasableBucket) -> None:
    before = server.stored()
    with store.erasing() as first:
        first.lock(["d0"])
        first.dossier_hashes(["d0"], SECRET)
        first.delete(["d0"])
        with store.erasing() as second:
            second.lock(["d1"])
            second.dossier_hashes(["d1"], SECRET)
            second.delete(["d1"])
            with pytest.raises(StoreUnavailableError, match="another erasure began"):
                first.commit()
            assert of(server.stored(), "d0") == of(before, "d0")
            second.commit()
    assert server.stored() == [one for one in before if one not in of(before, "d1")]


def test_an_erasure_that_broke_off_after_its_commit_is_finished_by_the_next(
    server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, calls = Bucket.call, 0

    def dying(bucket: Bucket, method: str, **asked: Any) -> Any:  # noqa: ANN401 - passed on
        nonlocal calls
        going = [one["Key"] for one in asked.get("Delete", {"Objects": ()})["Objects"] if ERASING not in one["Key"]]
        calls += bool(going)
        if going and calls > 1:
            raise BucketError("")
        return original(bucket, method, **asked)

    monkeypatch.setattr(versions, "_DELETED_AT_ONCE", 2)
    monkeypatch.setattr(Bucket, "call", dying)
    before = server.stored()
    with pytest.raises(StoreUnavailableError):
        erase(store, {"d0", "d1"})
    assert len(of(server.stored(), "d0", "d1")) == 3
    monkeypatch.setattr(Bucket, "call", original)
    with store.erasing() as eraser:
        # One of them is there in part; what was committed to is deleted before it is hashed.
        assert "d2" in eraser.lock(["d0", "d1", "d2"])
        assert eraser.dossier_hashes(["d0", "d1", "d2"], SECRET).keys() == {"d2"}
    assert server.stored() == [one for one in before if one not in of(before, "d0", "d1")]


def test_more_than_a_page_goes_whole(server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        server.write("d2/note.txt", b"nog eens")
    original = Bucket.call

    def by_two(bucket: Bucket, method: str, **asked: Any) -> Any:  # noqa: ANN401 - passed on
        return original(bucket, method, **asked | ({"MaxKeys": 2} if method == "list_object_versions" else {}))

    monkeypatch.setattr(Bucket, "call", by_two)
    assert store.read("dossiers").dossier_key.tolist() == ["alone.txt", "d0", "d00.txt", "d1", "d2", "d3"]
    hashes = store.dossier_hashes(["d2"], SECRET)
    with store.erasing() as eraser:
        eraser.lock(["d2"])
        assert eraser.dossier_hashes(["d2"], SECRET) == hashes
        assert eraser.delete(["d2"]) == {"versions": 5}
        eraser.commit()
    assert of(server.stored(), "d2") == []


def refusing(monkeypatch: pytest.MonkeyPatch, method: str, code: str = "AccessDenied", **when: object) -> None:
    """Let the bucket answer so to a call that has these arguments."""
    original = Bucket.call

    def asked(bucket: Bucket, called: str, **given: Any) -> Any:  # noqa: ANN401 - passed on
        if called == method and all(given.get(name) == value for name, value in when.items()):
            raise BucketError(code)
        return original(bucket, called, **given)

    monkeypatch.setattr(Bucket, "call", asked)


def deletes_nothing(server: Server, store: ErasableBucket, match: str, error: type[DiscretioError] = PurgeRefusedError) -> None:
    before = server.stored()
    with pytest.raises(error, match=match) as refused:
        erase(store, {"d0"})
    assert [one for one in server.stored() if ERASING not in one[0]] == [one for one in before if ERASING not in one[0]]
    assert refused.value.remedy
    assert not any(word in str(refused.value) for word in (CANARY, "d0", "note"))


def test_a_bucket_that_keeps_no_versions_is_refused_when_planned_and_when_run(server: Server, store: ErasableBucket) -> None:
    server.keep_versions("Suspended")
    with pytest.raises(PurgeRefusedError, match="doesn't keep versions"):
        store.dossier_hashes(["d0"], SECRET)
    deletes_nothing(server, store, "doesn't keep versions")


def test_a_bucket_that_may_hold_a_version_by_law_is_refused_when_planned_and_when_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = Server(tmp_path, ObjectLockEnabledForBucket=True)
    for name, value in locked.environment.items():
        monkeypatch.setenv(name, value)
    locked.write("d0/note.txt", b"bewijs")
    locked.asked("put_object_legal_hold", Key="tree/d0/note.txt", LegalHold={"Status": "ON"})
    store = opened(tmp_path, locked.url)
    with pytest.raises(PurgeRefusedError, match="object lock"):
        store.dossier_hashes(["d0"], SECRET)
    deletes_nothing(locked, store, "object lock")
    locked.stop()


@pytest.mark.parametrize(
    "method",
    ["get_bucket_versioning", "get_object_lock_configuration", "list_object_versions", "list_multipart_uploads", "put_object"],
)
def test_a_right_that_is_missing_is_named_before_anything_is_deleted(
    method: str, server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, method)
    deletes_nothing(server, store, "doesn't tell whether|may not write on a condition")


def test_an_account_that_may_not_delete_versions_is_found_out_by_the_lease(
    server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, "delete_objects")
    with pytest.raises(DiscretioError):
        erase(store, {"d0"})
    monkeypatch.undo()
    assert len(of(server.stored(), "d0")) == 3


def test_a_device_whose_code_every_deletion_asks_is_refused(
    server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Bucket.call
    answer = {"Status": "Enabled", "MFADelete": "Enabled"}
    monkeypatch.setattr(
        Bucket, "call", lambda one, called, **more: answer if "versioning" in called else original(one, called, **more)
    )
    deletes_nothing(server, store, "code of a device")


@pytest.mark.parametrize("condition", ["IfMatch", "IfNoneMatch"])
def test_a_place_that_writes_whatever_the_condition_is_refused(
    condition: str, server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Bucket.call

    def heedless(bucket: Bucket, called: str, **given: Any) -> Any:  # noqa: ANN401 - passed on
        given.pop(condition, None)
        return original(bucket, called, **given)

    monkeypatch.setattr(Bucket, "call", heedless)
    deletes_nothing(server, store, "on a condition that doesn't hold")


def test_a_bucket_that_is_away_deletes_nothing(server: Server, store: ErasableBucket, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "head_object", code="")
    deletes_nothing(server, store, "can't be reached", StoreUnavailableError)


def test_a_list_that_somebody_planted_has_nothing_deleted(server: Server, store: ErasableBucket) -> None:
    victim = of(server.stored(), "d2")
    server.write(LEASE, json.dumps({"going": [(victim[0][0], "versions", victim[0][1])], "mac": "0" * 64}).encode())
    deletes_nothing(server, store, "that no erasure of this ledger wrote")
    assert of(server.stored(), "d2") == victim
    with store.erasing() as eraser:
        eraser.lock(["d0"])
        eraser.delete(["d0"])
        with pytest.raises(PurgeRefusedError, match="without being hashed"):
            eraser.commit()
    # It stands there until somebody looked.
    deletes_nothing(server, store, "that no erasure of this ledger wrote")


def test_a_list_that_somebody_spoilt_is_not_taken_for_none(server: Server, store: ErasableBucket) -> None:
    server.write(LEASE, b"{}")
    deletes_nothing(server, store, "can't be read", StoreUnavailableError)


@pytest.mark.parametrize("url", ["gs://dossiers", "sftp://reader@server/tree", "webdavs://server/tree"])
@pytest.mark.parametrize("erasing", ["", "erase: {holds: ledger}\n"], ids=["read", "erased"])
def test_a_tree_behind_another_url_is_not_mapped_and_the_refusal_says_why(url: str, erasing: str, tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text(f"store: {{tree: '{url}'}}\n{erasing}", encoding="utf-8")
    with pytest.raises(MappingError, match="can't be locked there") as refused:
        open_store(str(tmp_path / "tree.yaml"), {})
    assert "bucket (s3://)" in refused.value.remedy


def test_a_secret_in_the_url_of_a_mapped_bucket_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text(f"store: {{tree: 's3://AKIA:{CANARY}@bucket'}}\nerase: {{holds: ledger}}\n")
    with pytest.raises(SecretInUrlError) as met:
        open_store(str(tmp_path / "tree.yaml"), {})
    assert CANARY not in str(met.value)
