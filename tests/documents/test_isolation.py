"""Documents are read in workers: whatever ends a worker ends one document, and nothing else."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.documents import Bounds, DocumentPart, IsolatedReader, Limits, read_document, wire
from discretio.documents.worker_process import WorkerProcess
from documents.formats import every_format

SMALL = Limits(piece=1_000)
LONG = b"Rien a signaler. " * 200_000


@pytest.fixture
def reader() -> IsolatedReader:
    return IsolatedReader(SMALL)


def pid_of(reader: IsolatedReader) -> int:
    """Of the worker that waits for the next document."""
    return reader._idle[-1]._process.pid


def begun(reader: IsolatedReader) -> tuple[int, Iterator[DocumentPart]]:
    """A worker in the middle of a long document."""
    list(reader(b"warm", "a.txt"))
    worker = pid_of(reader)
    parts = reader(LONG, "a.txt")
    next(parts)
    return worker, parts


@pytest.mark.parametrize("suffix", every_format())
def test_a_worker_reads_what_the_reader_reads(suffix: str) -> None:
    document = every_format()[suffix]
    assert list(READER(document, f"x.{suffix}")) == list(read_document(document, f"x.{suffix}"))


READER = IsolatedReader()


def test_files_streams_and_bytes_are_read_alike_by_one_worker(reader: IsolatedReader, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("één".encode())
    texts, workers = [], set()
    with path.open("rb") as file:
        for source in (file, io.BytesIO("één".encode()), "één".encode()):
            texts.append([part.text for part in reader(source, "a.txt")])
            workers.add(pid_of(reader))
    assert texts == [["één"]] * 3
    assert len(workers) == 1


@pytest.mark.parametrize(("how", "reason"), [(signal.SIGSEGV, "crashed"), (signal.SIGKILL, "out_of_memory")])
def test_a_document_over_which_workers_die_ends_with_a_gap_and_the_next_is_read(
    reader: IsolatedReader, how: signal.Signals, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = []
    real = WorkerProcess._next

    def deadly(self: WorkerProcess, seconds: float) -> DocumentPart | bool:
        part = real(self, seconds)
        if isinstance(part, DocumentPart) and part.offset == 5_000:
            os.kill(self._process.pid, how)
            self._process.wait()
            killed.append(self._process.pid)
        return part

    monkeypatch.setattr(WorkerProcess, "_next", deadly)
    *parts, last = reader(LONG, "a.txt")
    assert "".join(part.text for part in parts) == LONG.decode()[: len(parts) * 1_000]
    assert len(parts) >= 6
    assert (last.part, last.text, last.not_examined) == ("document", "", reason)
    assert len(set(killed)) == 2
    assert [part.text for part in reader(b"next", "a.txt")] == ["next"]


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGKILL])
def test_a_worker_that_dies_of_something_else_costs_nothing_but_time(reader: IsolatedReader, how: signal.Signals) -> None:
    worker, parts = begun(reader)
    os.kill(worker, how)
    assert "Rien" in next(parts).text
    rest = "".join(part.text for part in parts)
    assert 2_000 + len(rest) == len(LONG)
    assert pid_of(reader) != worker


def test_what_the_parent_holds_is_not_the_workers() -> None:
    reader = IsolatedReader(bounds=Bounds(SMALL, memory_bytes=1 << 30))
    ballast = b"x" * (300 << 20)
    list(reader(b"one", "a.txt"))
    first = pid_of(reader)
    list(reader(b"two", "a.txt"))
    assert pid_of(reader) == first
    assert ballast


def test_a_worker_that_hangs_is_killed_when_the_time_is_over() -> None:
    reader = IsolatedReader(bounds=Bounds(Limits(piece=1_000, seconds=0.2), spare_seconds=0.2))
    worker, parts = begun(reader)
    os.kill(worker, signal.SIGSTOP)
    *_, last = parts
    assert last.not_examined == "timed_out"
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_time_that_the_listener_takes_is_not_the_documents() -> None:
    reader = IsolatedReader(Limits(piece=1_000, seconds=2))
    parts = reader(LONG, "a.txt")
    next(parts)
    time.sleep(2.5)
    assert all(part.not_examined is None for part in parts)


def test_a_document_that_needs_too_much_memory_is_a_gap_and_the_next_is_read() -> None:
    reader = IsolatedReader(bounds=Bounds(Limits(), memory_bytes=400 << 20))
    hungry = b"[" + b'{"a": [1]},' * 1_500_000 + b"0]"
    *_, last = reader(hungry, "a.json")
    assert last.not_examined in {"out_of_memory", "crashed"}
    assert [part.text for part in reader(b'{"a": "next"}', "a.json")] == ["a: next"]


def test_a_worker_that_died_while_it_waited_is_replaced(reader: IsolatedReader) -> None:
    list(reader(b"first", "a.txt"))
    os.kill(pid_of(reader), signal.SIGKILL)
    assert [part.text for part in reader(b"second", "a.txt")] == ["second"]


def test_who_stops_listening_stops_the_reading(reader: IsolatedReader) -> None:
    worker, parts = begun(reader)
    parts.close()  # type: ignore[attr-defined]  # it is a generator
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert [part.text for part in reader(b"next", "a.txt")] == ["next"]


def test_a_worker_retires_after_so_many_documents() -> None:
    reader = IsolatedReader(bounds=Bounds(Limits(), documents=2))
    list(reader(b"one", "a.txt"))
    first = pid_of(reader)
    list(reader(b"two", "a.txt"))
    list(reader(b"three", "a.txt"))
    assert pid_of(reader) != first


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="Linux tells what a process may do")
def test_a_worker_has_no_secrets_writes_no_file_and_leaves_no_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCRETIO_LEDGER_KEY", "sesame-key")
    monkeypatch.setenv("DISCRETIO_STORE_PASSWORD", "sesame-password")
    reader = IsolatedReader()
    list(reader(b"text", "a.txt"))
    process = Path(f"/proc/{pid_of(reader)}")
    assert b"sesame" not in process.joinpath("environ").read_bytes() + process.joinpath("cmdline").read_bytes()
    limits = {line[:26].strip(): line[26:].split()[:2] for line in process.joinpath("limits").read_text().splitlines()}
    assert limits["Max file size"] == limits["Max core file size"] == ["0", "0"]
    assert limits["Max address space"] == [str(2 << 30)] * 2


def test_a_worker_ends_with_the_process_that_it_works_for() -> None:
    script = (
        "import os; from discretio.documents import IsolatedReader; r = IsolatedReader(); list(r(b'x', 'a.txt'))\n"
        "print(r._idle[-1]._process.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    worker = int(done.stdout)
    for _ in range(1_000):
        if not _runs(worker):
            return
        time.sleep(0.01)
    raise AssertionError("the worker outlived its process")


def test_a_forked_process_has_workers_of_its_own(reader: IsolatedReader) -> None:
    list(reader(b"before", "a.txt"))
    ours, (told, tell) = pid_of(reader), os.pipe()
    child = os.fork()
    if child == 0:
        parts = [part.text for part in reader(b"child", "a.txt")]
        os.write(tell, json.dumps([parts, pid_of(reader)]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    parts, theirs = json.loads(os.read(told, 1_000))
    assert (parts, theirs != ours) == (["child"], True)
    assert [part.text for part in reader(b"after", "a.txt")] == ["after"]
    assert pid_of(reader) == ours


def test_a_source_that_fails_is_unreadable_and_one_too_large_to_copy_is_too_large(reader: IsolatedReader) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            del buffer
            raise ConnectionError("sftp://user@server/Zqx")

    assert [part.not_examined for part in reader(io.BufferedReader(Failing()), "a.txt")] == ["unreadable"]
    narrow = IsolatedReader(Limits(document_bytes=10))
    assert [part.not_examined for part in narrow(io.BytesIO(b"x" * 11), "a.txt")] == ["too_large"]


@given(st.binary(max_size=200))
def test_a_worker_that_tells_nonsense_is_not_believed(data: bytes) -> None:
    stream = io.BytesIO(data)
    try:
        found = wire.receive(stream.read, most_text=100)
    except wire.BrokenFrameError:
        return
    assert isinstance(found, bool | DocumentPart)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 1 << 40))
def test_what_is_told_arrives_as_it_was(text: str, offset: int) -> None:
    part = DocumentPart("page 3", 3, text, None, (1, 2), offset)
    assert wire.receive(io.BytesIO(wire.part_frame(part)).read, most_text=1 << 20) == part
    assert wire.receive(io.BytesIO(wire.end_frame(retires=True)).read, most_text=0) is True


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that ended and that nobody asked about is still there as a name.
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
