"""A purge in a process of its own: killed in the middle of what it does, or short of room on its disk."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from typing import Any

from discretio.errors import DiscretioError
from discretio.steps import erase
from steps.conftest import Made
from steps.mapped_places import ForeignPlace

Moment = tuple[object, str, int]
"""Where it is killed: right after the n-th call of a function of a module or class."""


def killed_after(made: Made | ForeignPlace, plan_id: str, moment: Moment, run: Callable[..., object] = erase.run_purge) -> None:
    """Run in a process of its own that is killed at that moment."""
    where, name, calls = moment
    made.place.ledger.engine.dispose()
    child = os.fork()
    if child == 0:
        original, done = getattr(where, name), 0

        def deadly(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
            nonlocal done
            result = original(*arguments, **named)
            done += 1
            if done == calls:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(where, name, deadly)
        try:
            run(made.place, plan_id)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def bytes_at_most(made: Made | ForeignPlace, plan_id: str, limit: int) -> int:
    """Run a purge while no file can grow beyond so many bytes: 0 done, 3 refused, 9 anything else."""
    made.place.ledger.engine.dispose()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            erase.run_purge(made.place, plan_id)
        except DiscretioError:
            os._exit(3)
        except BaseException:  # noqa: BLE001 - the parent fails on it
            os._exit(9)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
