"""The process that reads documents for another: confined, without secrets in its environment, silent but for its one socket."""

from __future__ import annotations

import json
import os
import socket
import sys
import time

from discretio.documents import wire
from discretio.documents.confinement import begin_document, confine, used_bytes
from discretio.documents.dispatch import read_document
from discretio.documents.limits import Limits

OUT_OF_MEMORY = 3
"""Exit code: memory was short even for saying so."""


_FULL = 1 << 16
_LONGEST_WAIT = 0.02


class Outbox:
    """Frames on their way; small ones wait for each other a moment, since each sending wakes the other process.

    Called, it is a clock of the seconds spent on reading: while the other process takes its time, it stands still.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._waiting: list[bytes] = []
        self._size = 0
        self._sent_at = time.monotonic()
        self._off_the_clock = 0.0

    def __call__(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic() - self._off_the_clock

    def add(self, frame: bytes) -> None:
        """Send a frame now or soon."""
        self._waiting.append(frame)
        self._size += len(frame)
        if self._size >= _FULL or time.monotonic() - self._sent_at > _LONGEST_WAIT:
            self.send()

    def send(self) -> None:
        """Send all that waits."""
        before = time.monotonic()
        self._connection.sendall(b"".join(self._waiting))
        self._waiting, self._size, self._sent_at = [], 0, time.monotonic()
        self._off_the_clock += self._sent_at - before


def main(arguments: list[str]) -> None:
    """Serve until the other end closes, or until as much was read as one process should."""
    order = json.loads(arguments[1])
    connection = socket.socket(fileno=int(arguments[0]))
    confine(order["memory_bytes"])
    outbox = Outbox(connection)
    limits = Limits(**order["limits"], clock=outbox)
    for number in range(1, order["documents"] + 1):
        data, descriptors, _, _ = socket.recv_fds(connection, wire.REQUEST.size, 1)
        if len(data) < wire.REQUEST.size or not descriptors:
            return
        begin_document(limits.seconds)
        at_once, suffix = wire.asked(data)
        with os.fdopen(descriptors[0], "rb", buffering=0) as source:
            for part in read_document(source, suffix, limits):
                outbox.add(wire.part_frame(part))
                if at_once:
                    outbox.send()
        # A library seldom gives back what a large document took: the next one shall not suffer for it.
        retires = number == order["documents"] or used_bytes() > order["memory_bytes"] // 4
        outbox.add(wire.end_frame(retires=retires))
        outbox.send()
        if retires:
            return


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError:
        os._exit(0)  # the other end is gone
