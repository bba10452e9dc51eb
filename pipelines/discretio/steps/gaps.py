"""What of one unit could not be read: each part with its reason, and one reason for the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

MOST_LISTED = 100
"""Parts of one unit that are named one by one; an archive may hold thousands that nobody can read."""

_LIGHT = ("no_ocr", "uncertain_encoding", "uncertain_text")
"""Reasons that don't speak for the whole if there is a graver one."""


class Gaps:
    """Gathers the gaps of one unit."""

    def __init__(self) -> None:
        self._found: Counter[tuple[str | None, str]] = Counter()

    def take(self, part: str | None, reasons: Iterable[str | None]) -> None:
        """Note why a part could not be (wholly) read."""
        self._found.update((part, reason) for reason in reasons if reason)

    def gravest(self) -> str | None:
        """The reason that stands for the whole: the last one, unless it is a light one."""
        reasons = [reason for _, reason in self._found]
        return next((reason for reason in reversed(reasons) if reason not in _LIGHT), reasons[-1] if reasons else None)

    def listed(self) -> list[dict[str, Any]] | None:
        """Each part with its reason and how often; beyond the list one line per reason, without a part. Null if none."""
        listed: Counter[tuple[str | None, str]] = Counter()
        for number, ((part, reason), n) in enumerate(self._found.items()):
            listed[part if number < MOST_LISTED else None, reason] += n
        return [{"part": part, "reason": reason, "n": n} for (part, reason), n in listed.items()] or None
