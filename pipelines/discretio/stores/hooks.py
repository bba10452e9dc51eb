"""What stands beside a store and repeats what its dossiers say (a search index, a cache): told of every erasure.

Whoever runs one makes a class with these methods, and names it in the entry points `discretio.erasure_hooks` of his package.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from discretio.errors import StoreUnavailableError, UsageError

GROUP = "discretio.erasure_hooks"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class ErasureHook(Protocol):
    """A search index or a cache. `name` is a plain word, since it is told in certificates and errors."""

    @property
    def name(self) -> str:
        """What it is called, such as opensearch."""

    def forget(self, store: str, kind: str, keys: Sequence[str]) -> None:
        """Remove everything that it holds of these; the same keys again, or keys that it doesn't know, change nothing.

        Args:
            store: the name under which the store is registered.
            kind: dossier, or art8_row (a row of the prosecutor's list).
            keys: the store's own.
        """

    def remaining(self, store: str, kind: str, keys: Sequence[str]) -> int:
        """How much it still holds of these; what is still under way counts."""


def installed_hooks() -> tuple[ErasureHook, ...]:
    """The hooks that are installed beside us, in the order of their names.

    Raises:
        UsageError: one can't be loaded, or has no plain name: an index that is left out would keep what was erased.
    """
    return tuple(sorted((_loaded(entry) for entry in entry_points(group=GROUP)), key=lambda hook: hook.name))


def tell(hooks: Sequence[ErasureHook], store: str, kind: str, keys: Sequence[str]) -> None:
    """Tell every hook what was erased.

    Raises:
        StoreUnavailableError: one failed; what it was told is told again when the plan is run again.
    """
    for hook in hooks if keys else ():
        try:
            hook.forget(store, kind, keys)
        except Exception:  # noqa: BLE001 - foreign code, whose exceptions may quote what it holds
            raise _failed(hook, "was not told of what was erased") from None


def still_held(hooks: Sequence[ErasureHook], store: str, kind: str, keys: Sequence[str]) -> dict[str, int]:
    """How much each hook still holds of what was erased, by its name; those that hold nothing are left out.

    Raises:
        StoreUnavailableError: one can't say.
    """
    found: dict[str, int] = {}
    for hook in hooks if keys else ():
        try:
            found[hook.name] = int(hook.remaining(store, kind, keys))
        except Exception:  # noqa: BLE001 - as above
            raise _failed(hook, "can't say what it still holds") from None
    return {name: number for name, number in found.items() if number}


def _loaded(entry: EntryPoint) -> ErasureHook:
    with suppress(Exception):  # foreign code; whatever it raises, it isn't loaded
        hook: ErasureHook = entry.load()()
        if _NAME.fullmatch(hook.name):
            return hook
    raise UsageError(
        "an erasure hook can't be loaded, or its name is no plain word",
        where=entry.name,
        remedy="mend it or uninstall it; nothing runs before",
    )


def _failed(hook: ErasureHook, what: str) -> StoreUnavailableError:
    remedy = "see that it runs, then run the plan again: it goes on from there"
    return StoreUnavailableError(f"a search index or cache {what}", where=hook.name, remedy=remedy)
