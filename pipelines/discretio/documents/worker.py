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


class ReadingClock:
    """Seconds spent on reading; while the other process takes its time with a part, the clock stands still."""

    def __init__(self) -> None:
        self._waited = 0.0

    def __call__(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic() - self._waited

    def send(self, connection: socket.socket, frame: bytes) -> None:
        """Send a frame, off the clock."""
        before = time.monotonic()
        connection.sendall(frame)
        self._waited += time.monotonic() - before


def main(arguments: list[str]) -> None:
    """Serve until the other end closes, or until as much was read as one process should."""
    order = json.loads(arguments[1])
    connection = socket.socket(fileno=int(arguments[0]))
    confine(order["memory_bytes"])
    clock = ReadingClock()
    limits = Limits(**order["limits"], clock=clock)
    for number in range(1, order["documents"] + 1):
        data, descriptors, _, _ = socket.recv_fds(connection, wire.REQUEST.size, 1)
        if len(data) < wire.REQUEST.size or not descriptors:
            return
        begin_document(limits.seconds)
        with os.fdopen(descriptors[0], "rb", buffering=0) as source:
            for part in read_document(source, wire.suffix_of(data), limits):
                clock.send(connection, wire.part_frame(part))
        # A library seldom gives back what a large document took: the next one shall not suffer for it.
        retires = number == order["documents"] or used_bytes() > order["memory_bytes"] // 4
        clock.send(connection, wire.end_frame(retires=retires))
        if retires:
            return


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError:
        os._exit(0)  # the other end is gone
