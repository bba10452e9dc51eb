"""What erasing in a store offers, and why most stores refuse it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, Protocol

from pandas import DataFrame

from discretio.errors import PurgeRefusedError


class Eraser(Protocol):
    """One write transaction. Nothing happens until `commit`; leaving without it undoes everything.

    Every method raises StoreUnavailableError when the store dies, or when others hold the rows for too long.
    """

    def lock(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Lock dossiers with all their rows, so that nobody changes them or adds to them, holds included.

        Returns:
            Those of the dossiers that exist.
        """

    def records(self, frame: str, dossier_keys: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of a frame in locked dossiers, without content, as plain rows: None for every kind of null."""

    def read(self, frame: str, keys: Iterable[str]) -> DataFrame:
        """The rows of a frame in these dossiers, read under the lock; for art8_rows the keys are those of the rows."""

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows; one that doesn't exist has none."""

    def linked(self, dossier_keys: Iterable[str]) -> frozenset[str]:
        """Those of locked dossiers that can't be erased whole and alone: another one leads into them, or they are a link."""

    def delete(self, dossier_keys: Iterable[str]) -> dict[str, int]:
        """Delete dossiers with everything in them; how many rows of each table went.

        Raises:
            PurgeRefusedError: a dossier isn't locked.
        """

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """Lock rows of the prosecutor's list, and hash each (HMAC-SHA256)."""

    def delete_art8(self, row_keys: Iterable[str]) -> int:
        """Delete rows of the prosecutor's list; how many went.

        Raises:
            PurgeRefusedError: a row isn't locked.
        """

    def commit(self) -> None:
        """Make it so. When this fails, read again to learn what happened."""


class WithoutLinks:
    """An eraser of a database: its rows are found by keys, and none is the content of another."""

    def linked(self, dossier_keys: Iterable[str]) -> frozenset[str]:  # noqa: ARG002 - the port's signature
        """None of them."""
        return frozenset()


class WithoutList:
    """What says that there is no prosecutor's list: an eraser, or a store, of files."""

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:  # noqa: ARG002 - the port's signature
        """None: files hold no list."""
        return {}

    def delete_art8(self, row_keys: Iterable[str]) -> int:  # noqa: ARG002 - the port's signature
        """None: files hold no list."""
        return 0


class NeverDemo:
    """A store that a mapping describes."""

    def is_demo(self) -> bool:
        """No: the demo's own is a reference store."""
        return False


class NeverErased:
    """A store whose holds can't be read under a lock."""

    kind: ClassVar[str]

    def erasing(self) -> NoReturn:
        """Refuse to erase.

        Raises:
            PurgeRefusedError: always.
        """
        raise PurgeRefusedError(
            "nothing can be erased in this store: its holds can't be read under a lock, and a hold always wins",
            where=self.kind,
            remedy="erase there by the store's own means, and let `discretio purge verify` record that it is gone",
        )
