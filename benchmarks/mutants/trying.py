"""Trying one mutant: which cases run it, and whether one of them notices."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from enum import StrEnum
from types import CodeType

from judges import Judge
from places import Mutant

SECONDS = 10
"""How long one case may take before its mutant counts as one that never ends."""


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    NEVER_RUN = "never run"


class Bench:
    """The legal cases, and which code each of them runs."""

    def __init__(self, judges: Iterable[Judge]) -> None:
        self._judges = list(judges)
        self._by_code: dict[CodeType, list[int]] = {}
        self._by_module: dict[str, list[int]] = {}
        for number, judge in enumerate(self._judges):
            for code in _codes_run_by(judge):
                self._by_code.setdefault(code, []).append(number)
                cases = self._by_module.setdefault(code.co_filename, [])
                if not cases or cases[-1] != number:
                    cases.append(number)

    def verdicts(self, mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, Verdict]]:
        """Try each mutant, in their order."""
        for mutant in mutants:
            yield mutant, self._verdict(mutant)

    def _verdict(self, mutant: Mutant) -> Verdict:
        cases = self._cases(mutant)
        if not cases:
            return Verdict.NEVER_RUN
        try:
            with mutant.swapped():
                return Verdict.KILLED if any(_notices(self._judges[case]) for case in cases) else Verdict.SURVIVED
        except TypeError:  # a constant that can't even be made
            return Verdict.KILLED

    def _cases(self, mutant: Mutant) -> list[int]:
        """Those that run the function; for a constant those that run anything, the ones of its own module first."""
        if mutant.code is not None:
            return self._by_code.get(mutant.code, [])
        near = self._by_module.get(str(mutant.module.__file__), [])
        return [*near, *sorted(set(range(len(self._judges))) - set(near))]


def _codes_run_by(judge: Judge) -> set[CodeType]:
    profile = Profile(subcalls=False, builtins=False)
    profile.runcall(judge)
    codes = (entry.code for entry in profile.getstats())
    return {code for code in codes if isinstance(code, CodeType) and "/discretio/" in code.co_filename}


def _notices(judge: Judge) -> bool:
    try:
        with _within(SECONDS):
            judge()
    except Exception:  # noqa: BLE001 - an exception is another answer
        return True
    return False


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError

    was: Callable[..., object] | int | None = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, was)
