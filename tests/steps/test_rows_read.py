"""How far a search reached: a row counts once, as read whole or as not, whatever else it holds."""

from __future__ import annotations

from collections import Counter
from itertools import product

from discretio.steps.rows_read import RowsRead
from discretio.stores.port import Held

ROWS = [parts for length in range(4) for parts in product((None, "encrypted", "too_large"), repeat=length)]
"""What each row says of its contents, part by part: read, or why not."""


def test_every_row_counts_once_and_every_reason_once_a_row() -> None:
    values = []
    for number, parts in enumerate(ROWS):
        values.append(Held("D", "entries", f"E{number}", "entry_key", f"E{number}"))
        values += [Held("D", "entries", f"E{number}", "text", "" if reason else "text", reason) for reason in parts]
    read = RowsRead()
    assert list(read.texts(values)) == [held for held in values if held.not_examined is None]
    gaps = [{reason for reason in parts if reason} for parts in ROWS]
    assert (read.whole, read.unread) == (sum(not some for some in gaps), sum(bool(some) for some in gaps))
    assert read.reasons == Counter(reason for some in gaps for reason in some)


def test_what_is_read_in_several_goes_adds_up() -> None:
    values = [Held("D", "entries", "E", "entry_key", "E"), Held("D", "entries", "E", "text", "", "encrypted")]
    read = RowsRead()
    for _ in range(3):
        assert len(list(read.texts(values))) == 1
    assert (read.whole, read.unread, read.reasons) == (0, 3, {"encrypted": 3})
