"""What the store takes for a dossier's row and we can't, keeps the whole batch: whose hold it is can't be said."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from discretio.steps.recheck import Recheck
from discretio.stores.erasing import Eraser


class Loose:
    """A store that compares keys without case, and so finds a hold of D-7 where d-7 is asked for."""

    def __init__(self, held: str) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {
            "dossiers": [{"dossier_key": "d-7", "status": "CLOSED"}],
            "holds": [{"dossier_key": held, "kind": "LITIGATION"}],
        }

    def lock(self, keys: dict[str, str]) -> frozenset[str]:
        return frozenset(keys)

    def records(self, frame: str, keys: list[str]) -> list[dict[str, Any]]:  # noqa: ARG002 - the port's signature
        return self.rows[frame]

    def dossier_hashes(self, keys: list[str], key: bytes) -> dict[str, str]:  # noqa: ARG002 - the port's signature
        return dict.fromkeys(keys, "x")


def holds_of(held: str) -> object:
    eraser = cast("Eraser", Loose(held))
    recheck = Recheck(eraser, cast("Any", None), date(2026, 6, 1), b"k", [], lambda _: frozenset(), [], ("dossiers", "holds"))
    _, facts = recheck.present({"d-7": "x"})
    return dict(facts)["d-7"].holds


def test_a_row_of_a_key_that_nobody_asked_for_makes_holds_unreadable() -> None:
    assert holds_of("D-7") is None
    assert len(cast("tuple[object, ...]", holds_of("d-7"))) == 1
