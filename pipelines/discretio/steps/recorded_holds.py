"""The holds that are recorded here, beside those that a store declares itself: either suspends a deletion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from discretio.domain.frames import MOMENT, STORE_FRAMES
from discretio.domain.holds import HoldKind
from discretio.domain.recorded_holds import UNREAD, RecordedHold
from discretio.ledger import locator
from discretio.ledger.connection import Ledger
from discretio.ledger.holds import held_dossiers, holds_on

HOLDS = "holds"
_COLUMNS = {column.name: column.dtype for column in STORE_FRAMES[HOLDS].columns} | {"reviewed_at": MOMENT}
# The ground is kept encrypted; that there is one is all that a rule asks.
_GIVEN = "given"

Frames = dict[str, pd.DataFrame]


def with_recorded_holds(ledger: Ledger, store_id: int, frames: Mapping[str, pd.DataFrame]) -> Frames:
    """The frames of a store with the holds on its dossiers that are recorded here.

    A store whose own holds can't be read stays so: ours don't stand in for them.

    Raises:
        ApprovalError: an act about a hold is forged.
        LedgerError: one that the audit chain tells of is gone.
    """
    keys = locator.natural_keys(ledger, held_dossiers(ledger, store_id))
    return frames_under(frames, recorded_holds(ledger, keys))


def archive_holds(keys: Iterable[str]) -> pd.DataFrame:
    """Dossiers that wait for the archives, as the frame `holds`: waiting is a hold that nobody places."""
    return _frame(archive_hold_rows(keys))


def archive_hold_rows(keys: Iterable[str]) -> list[dict[str, Any]]:
    """The same as plain rows."""
    return [{"dossier_key": key, "kind": HoldKind.ARCHIVE_TRANSFER.value, "reason": _GIVEN} for key in sorted(keys)]


def frames_under(frames: Mapping[str, pd.DataFrame], recorded: pd.DataFrame) -> Frames:
    """The frames with these holds among the store's own."""
    if HOLDS not in frames or recorded.empty:
        return dict(frames)
    own = frames[HOLDS]
    return {**frames, HOLDS: recorded if own.empty else pd.concat([own, recorded], ignore_index=True)}


def recorded_holds(ledger: Ledger, keys: Mapping[str, str]) -> pd.DataFrame:
    """The holds recorded on these dossiers as the frame `holds`, with `reviewed_at`.

    Args:
        ledger: the ledger.
        keys: what each dossier is called in the frame, by surrogate id.
    """
    return _frame(recorded_hold_rows(ledger, keys))


def recorded_hold_rows(ledger: Ledger, keys: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same as plain rows."""
    return [_row(hold, keys[hold.dossier_id]) for hold in holds_on(ledger, list(keys))] if keys else []


def judged_holds(ledger: Ledger, store_id: int, columns: Sequence[str]) -> pd.DataFrame:
    """The holds recorded on dossiers of a store as a rule judges them: surrogate ids, and the columns that the store knows.

    The time to the next review runs from the last one.
    """
    frame = recorded_holds(ledger, {dossier: dossier for dossier in held_dossiers(ledger, store_id)})
    judged = frame.assign(from_at=frame["reviewed_at"].fillna(frame["from_at"]), law_citation=UNREAD)
    return judged[list(columns)]


def _frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in _COLUMNS.items()})


def _row(recorded: RecordedHold, dossier_key: str) -> dict[str, Any]:
    hold = recorded.as_hold()
    values = {name: getattr(hold, name) for name in _COLUMNS if hasattr(hold, name)}
    return {**values, "hold_key": recorded.hold_id, "dossier_key": dossier_key, "reason": _GIVEN}
