"""Documents read in processes of their own, so that a hostile one ends a worker and nothing else."""

from __future__ import annotations

import io
import os
import socket
import tempfile
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from discretio.documents.dispatch import read_document
from discretio.documents.limits import Limits
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.sources import CHUNK
from discretio.documents.worker_process import Bounds, DeadWorkerError, WorkerProcess

POSSIBLE = hasattr(socket, "send_fds") and os.name == "posix"
"""Whether this platform can hand an open file to another process; elsewhere documents are read in this one."""


class IsolatedReader:
    """Reads documents as `read_document` does, in workers that live on from document to document.

    A worker that takes too long, needs too much memory or crashes is replaced. A document over which a worker died is read
    once more by a fresh one, which suffers from nothing that others before left behind; if that dies too, the document ends
    with a gap (timed_out, out_of_memory, crashed). Safe in threads and after a fork.
    """

    def __init__(self, limits: Limits | None = None, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds(limits or Limits())
        self._idle: list[WorkerProcess] = []
        self._owner = os.getpid()
        self._lock = threading.Lock()
        weakref.finalize(self, _close_all, self._idle, os.getpid())

    def __call__(self, source: BinaryIO | bytes, name: str = "") -> Iterator[DocumentPart]:
        """The parts of a document, as `read_document` gives them."""
        if not POSSIBLE:
            yield from read_document(source, name, self._bounds.limits)
            return
        try:
            with _descriptor_of(source, self._bounds.limits.document_bytes) as descriptor:
                yield from self._parts(descriptor, name)
        except UnreadableError as problem:
            yield _gap(problem.reason)

    def _parts(self, descriptor: int, name: str) -> Iterator[DocumentPart]:
        delivered = 0
        for last_try in (False, True):
            worker = WorkerProcess(self._bounds) if last_try else self._taken()
            complete = False
            try:
                for number, part in enumerate(worker.parts(descriptor, name, at_once=last_try)):
                    if number == delivered:
                        delivered += 1
                        yield part
                complete = True
            except DeadWorkerError as death:
                if last_try or death.reason is Reason.TIMED_OUT:
                    yield _gap(death.reason)
                    return
            finally:
                self._done_with(worker, complete=complete)
            if complete:
                return

    def _taken(self) -> WorkerProcess:
        with self._lock:
            if self._owner != os.getpid():
                while self._idle:
                    self._idle.pop().leave()
                self._owner = os.getpid()
            if self._idle:
                return self._idle.pop()
        return WorkerProcess(self._bounds)

    def _done_with(self, worker: WorkerProcess, *, complete: bool) -> None:
        if complete and not worker.retired:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.close()


def _close_all(workers: list[WorkerProcess], owner: int) -> None:
    if os.getpid() == owner:
        while workers:
            workers.pop().close()


def _gap(reason: Reason) -> DocumentPart:
    return DocumentPart("document", None, "", reason.value)


@contextmanager
def _descriptor_of(source: BinaryIO | bytes, most: int) -> Iterator[int]:
    """A file that a worker can be handed: the source's own, else a copy in memory that has no name.

    Raises:
        UnreadableError: the source fails, or holds more than may be copied.
    """
    if isinstance(source, io.BufferedReader) and isinstance(source.raw, io.FileIO):
        yield source.fileno()
        return
    with _nameless_file() as copy:
        _copy(io.BytesIO(source) if isinstance(source, bytes) else source, copy, most)
        yield copy.fileno()


def _nameless_file() -> BinaryIO:
    """A file in memory, else one on disk that has no name from the beginning."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("document", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _copy(source: BinaryIO, target: BinaryIO, most: int) -> None:
    count = 0
    while True:
        try:
            chunk = source.read(CHUNK)
        except Exception:  # noqa: BLE001 - remote file systems raise errors of their own, which name paths
            raise UnreadableError(Reason.UNREADABLE) from None
        if not chunk:
            return
        count += len(chunk)
        if count > most:
            raise UnreadableError(Reason.TOO_LARGE)
        view = memoryview(chunk)
        while view:
            view = view[target.write(view) :]
