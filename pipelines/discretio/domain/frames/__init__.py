"""The frames that travel between stores, detection and checks: their columns, dtypes and meanings, as data.

Keys (`*_key`) are the store's own inside `stores`, and surrogate ids of the ledger in everything that leaves it. Dates are
`datetime64[us]` without zone, in Europe/Brussels. A set of categories is an integer whose bit n is category n; a set of flags
one whose bit n is the n-th Flag; a set of words is text, its words separated by |. A column that the store lacks is absent
from the frame, and its rules are NOT_CHECKABLE.

`STORE_FRAMES` is what every reference store holds; `KNOWN_FRAMES` is all that a rule may ask for: by a mapping, or of a
reference store that keeps it as a register.
"""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, Frame
from discretio.domain.frames.known import KNOWN_FRAMES
from discretio.domain.frames.results import ENTRY_FINDINGS, OUTCOMES
from discretio.domain.frames.store import (
    AGREEMENTS,
    ATTACHMENTS,
    ENTRIES,
    ENTRY_INTRODUCERS,
    STORE_FRAMES,
)

__all__ = [
    "AGREEMENTS",
    "ATTACHMENTS",
    "ENTRIES",
    "ENTRY_FINDINGS",
    "ENTRY_INTRODUCERS",
    "KNOWN_FRAMES",
    "MOMENT",
    "NUMBER",
    "OUTCOMES",
    "STORE_FRAMES",
    "TEXT",
    "TRUTH",
    "Column",
    "Frame",
]
