"""The bounds that the system sets on a process which reads files of strangers."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

_SPARE_SECONDS = 30
_MOST_FILES = 64


def confine(memory_bytes: int) -> None:
    """Bound this process for good: its memory, no core dump (it would hold text), no byte written to any file."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every platform

    for limit, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _MOST_FILES),
    ):
        _, hard = resource.getrlimit(limit)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (bound, bound))
        except (ValueError, OSError):
            continue  # macOS has no bound on the address space; the time still is bounded


def begin_document(seconds: float) -> None:
    """Give the next document so much of the processor: a loop in a library ends even if nobody is there any more to end it."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every platform

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    bound = math.ceil(time.process_time() + seconds) + _SPARE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def used_bytes() -> int:
    """The most memory that this process held so far, as far as the system tells."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        # Linux has `getrusage` count what the parent held when it started this process.
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return 1024 * int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])
    import resource  # noqa: PLC0415 - not on every platform

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
