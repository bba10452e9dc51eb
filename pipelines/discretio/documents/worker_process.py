"""One worker, seen from the process that has documents read."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass

from discretio.documents import wire
from discretio.documents.limits import Limits
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.worker import OUT_OF_MEMORY

_PASSED_ON = frozenset({"PATH", "LANG", "LC_ALL", "PYTHONPATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ"})
"""Variables that a worker gets; the others may hold passwords and keys."""

_KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(64 << 20), "MALLOC_TOP_PAD_": str(4 << 20)}
"""glibc is to keep what a page needed for the next page; giving it back each time costs a PDF a sixth of its time."""

_DEATH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use.

    Args:
        limits: of each document; its clock is the worker's own.
        memory_bytes: of the worker's address space.
        documents: after so many, a fresh worker takes over.
        spare_seconds: beyond the limit of a document, before the worker is killed; within the limit it stops by itself.
    """

    limits: Limits
    memory_bytes: int = 2 << 30
    documents: int = 1_000
    spare_seconds: float = 30.0

    def order(self) -> str:
        """What the worker is told."""
        numbers = {name: value for name, value in asdict(self.limits).items() if name != "clock"}
        return json.dumps({"limits": numbers, "memory_bytes": self.memory_bytes, "documents": self.documents})


class DeadWorkerError(Exception):
    """The worker is no more; the reason says how it ended."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class WorkerProcess:
    """A running worker; it ends when this object is closed, or the process that holds it ends."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._most_text = 4 * bounds.limits.piece + 4
        self.retired = False
        self._connection, theirs = socket.socketpair()
        with theirs:
            # Not by multiprocessing: Airflow's own workers may be daemons, which it lets have no children.
            self._process = subprocess.Popen(  # noqa: S603 - our own module; -P keeps a module of the current folder from being loaded
                [sys.executable, "-P", "-m", "discretio.documents.worker", str(theirs.fileno()), bounds.order()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={name: value for name, value in os.environ.items() if name in _PASSED_ON} | _KEPT_MEMORY,
            )
        self._stream = self._connection.makefile("rb", 1 << 18)

    def parts(self, descriptor: int, name: str, *, at_once: bool = False) -> Iterator[DocumentPart]:
        """The parts of a document; the caller keeps the descriptor. At once means that no part waits for another.

        Raises:
            DeadWorkerError: the worker died over it, or was killed since it took too long or told nonsense.
        """
        left = self._bounds.limits.seconds + self._bounds.spare_seconds
        characters = self._bounds.limits.characters
        self._ask(descriptor, wire.request(name, at_once=at_once))
        while True:
            before = time.monotonic()
            part = self._next(left)
            left -= time.monotonic() - before
            if isinstance(part, bool):
                self.retired = part
                return
            characters -= len(part.text)
            if characters < 0:
                # It keeps to this bound by itself, as long as it is itself.
                self.close()
                raise DeadWorkerError(Reason.CRASHED)
            yield part

    def close(self) -> None:
        """End the worker, whatever it does."""
        with suppress(OSError):
            self._stream.close()
            self._connection.close()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()

    def leave(self) -> None:
        """Forget a worker that belongs to the process which this one was forked from."""
        with suppress(OSError):
            self._stream.close()
            self._connection.close()
        self._process.returncode = 0

    def _ask(self, descriptor: int, request: bytes) -> None:
        try:
            self._connection.settimeout(_DEATH_SECONDS)
            socket.send_fds(self._connection, [request], [descriptor])
        except OSError:
            raise DeadWorkerError(self._cause_of_death()) from None

    def _next(self, seconds: float) -> DocumentPart | bool:
        try:
            self._connection.settimeout(max(0.001, seconds))
            return wire.receive(self._stream.read, self._most_text)
        except TimeoutError:
            self.close()
            raise DeadWorkerError(Reason.TIMED_OUT) from None
        except (wire.BrokenFrameError, OSError):
            raise DeadWorkerError(self._cause_of_death()) from None

    def _cause_of_death(self) -> Reason:
        try:
            code = self._process.wait(_DEATH_SECONDS)
        except subprocess.TimeoutExpired:
            self.close()
            return Reason.CRASHED
        if code == -signal.SIGXCPU:
            return Reason.TIMED_OUT
        # Nobody but the system's own watch over memory kills a worker that way.
        return Reason.OUT_OF_MEMORY if code in {OUT_OF_MEMORY, -signal.SIGKILL} else Reason.CRASHED
