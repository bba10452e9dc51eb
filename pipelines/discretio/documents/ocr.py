"""Recognition of text in pictures by Tesseract, out of process and within a time."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from discretio.documents.limits import Budget
from discretio.documents.parts import Reason, UnreadableError
from discretio.documents.recognised import Graymap, Recognised, recognised

_PROGRAM = "tesseract"
_LANGUAGES = ("fra", "nld", "deu", "eng")
_TURNS = "osd"
"""What the program needs to see that a page lies on its side."""
_ORIENTATION = {True: ("--psm", "1"), False: ()}


def see_whether_possible(budget: Budget) -> None:
    """Refuse before a picture is made for nothing.

    Raises:
        UnreadableError: recognition is switched off, or the program isn't there.
    """
    if budget.limits.ocr_images == 0 or shutil.which(_PROGRAM) is None:
        raise UnreadableError(Reason.NO_OCR)


def languages() -> tuple[str, ...]:
    """The languages of ours that can be recognised here; none without the program."""
    program = shutil.which(_PROGRAM)
    return _installed(program) if program else ()


def recognise(picture: Graymap, budget: Budget) -> Recognised:
    """The text of a picture, whichever way up it lies.

    Raises:
        UnreadableError: it can't be had, or not in time.
    """
    see_whether_possible(budget)
    budget.take_image()
    program = str(shutil.which(_PROGRAM))
    languages = _installed(program)
    if not languages:
        raise UnreadableError(Reason.NO_OCR)
    command = [program, "stdin", "stdout", "-l", "+".join(languages), *_ORIENTATION[_TURNS in _known(program)], "tsv"]
    found = recognised(_run(command, picture, budget), picture)
    if not found.uncertain:
        return found
    # Tesseract sees that lines stand on end, but on a short page not that they stand on their heads.
    turned = recognised(_run(command, picture.turned_over(), budget), picture)
    return max(found, turned, key=lambda one: one.confidence)


def _run(command: list[str], picture: Graymap, budget: Budget) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and fixed arguments; the picture comes on its standard input
            command,
            input=picture.file(),
            capture_output=True,
            timeout=min(budget.limits.ocr_seconds, budget.seconds_left()),
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(Reason.TIME_LIMIT) from None
    except OSError:
        raise UnreadableError(Reason.NO_OCR) from None
    if done.returncode != 0:
        raise UnreadableError(Reason.DAMAGED)
    return done.stdout.decode("utf-8", "replace")


def _installed(program: str) -> tuple[str, ...]:
    """Which of our languages the program can read."""
    return tuple(language for language in _LANGUAGES if language in _known(program))


@cache
def _known(program: str) -> frozenset[str]:
    """What the program can read."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and fixed arguments
            [program, "--list-langs"], capture_output=True, timeout=30, check=False, env=_environment()
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset((done.stdout + done.stderr).decode("utf-8", "replace").split())


def _environment() -> dict[str, str]:
    # One thread: the pipeline runs as many workers as there are cores already.
    return os.environ | {"OMP_THREAD_LIMIT": "1"}
