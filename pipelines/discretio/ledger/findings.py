"""Findings, asked for: what a scan saw, by surrogate id and offset, and how much of a store was examined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd
from sqlalchemy import func, select

from discretio.domain.detections import About
from discretio.domain.frames import NUMBER, TEXT, TRUTH
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import Row, same_names
from discretio.ledger.scan_tables import examined as units_table
from discretio.ledger.scan_tables import findings as table

FINDING_COLUMNS = (
    "dossier_id", "entry_id", "attachment_id", "controller_id", "category", "flags", "type", "lang", "score", "negated",
    "about", "evidence", "start", "end",
)  # fmt: skip
PART = "part"
"""The kind and number of the part of a document that a finding lies in."""
_FINDING_NAMES = same_names(*FINDING_COLUMNS[:-2]) | {"start": "span_start", "end": "span_end"}


def entry_findings(ledger: Ledger, store_id: int, threshold: float) -> pd.DataFrame:
    """What the scan found in each entry, its attachments included: the frame ENTRY_FINDINGS, keyed by surrogate.

    Args:
        ledger: the ledger.
        store_id: the store.
        threshold: the least score that counts.

    Returns:
        One row per entry that the scan met. A negated datum counts (the absence of an illness is health data too); what is
        nobody's datum doesn't. `examined` is false if any unit of the entry could not be examined.
    """
    read = func.count() - func.count(units_table.c.not_examined)
    entries = select(units_table.c.entry_id, (read == func.count()).label("examined"))
    entries = entries.where(units_table.c.store_id == store_id, units_table.c.entry_id.is_not(None))
    counted = (table.c.store_id == store_id, table.c.score >= threshold, table.c.about != About.NOBODY.value)
    found = select(table.c.entry_id, table.c.category, table.c.flags).where(*counted).distinct()
    with ledger.reading() as connection:
        known = connection.execute(entries.group_by(units_table.c.entry_id).order_by(units_table.c.entry_id)).all()
        seen = connection.execute(found).all()
    categories: dict[str, int] = {}
    flags: dict[str, int] = {}
    for entry_id, category, mask in seen:
        categories[entry_id] = categories.get(entry_id, 0) | (0 if category is None else 1 << category)
        flags[entry_id] = flags.get(entry_id, 0) | mask
    keys = [row.entry_id for row in known]
    columns = {
        "entry_key": pd.Series(keys, dtype=TEXT),
        "detected_categories": pd.Series([categories.get(key, 0) for key in keys], dtype=NUMBER),
        "detected_flags": pd.Series([flags.get(key, 0) for key in keys], dtype=NUMBER),
        "examined": pd.Series([bool(row.examined) for row in known], dtype=TRUTH),
    }
    return pd.DataFrame(columns)


def all_findings(ledger: Ledger, store_id: int) -> Iterator[Row]:
    """Every finding of a store: FINDING_COLUMNS and PART, streamed in the order of their units and offsets."""
    columns = [table.c[column].label(name) for name, column in (_FINDING_NAMES | same_names(PART)).items()]
    query = select(*columns).where(table.c.store_id == store_id).order_by(table.c.unit_id, table.c.span_start, table.c.span_end)
    with ledger.reading() as connection:
        for row in connection.execution_options(yield_per=5_000).execute(query).mappings():
            yield dict(row)


def unexamined_units(ledger: Ledger, store_id: int) -> int:
    """How many units of a store could not be (wholly) examined."""
    query = select(func.count()).where(units_table.c.store_id == store_id, units_table.c.not_examined.is_not(None))
    with ledger.reading() as connection:
        return int(connection.execute(query).scalar_one())


def gap_counts(ledger: Ledger, store_id: int) -> dict[str, int]:
    """In how many units of a store a part could not be read, by reason; a unit counts once for each of its reasons."""
    query = select(units_table.c.gaps).where(units_table.c.store_id == store_id, units_table.c.gaps.is_not(None))
    counts: Counter[str] = Counter()
    with ledger.reading() as connection:
        for gaps in connection.execution_options(yield_per=5_000).execute(query).scalars():
            counts.update({gap["reason"] for gap in gaps})
    return dict(counts)


def run_counts(ledger: Ledger, run_id: str, store_id: int) -> dict[str, int]:
    """What a scan gave: units known of the store, units read in this run, their detections and characters.

    `not_examined` are those of all known units, whether it was this run that could not read them or one before: what a scan
    had no reason to try again has not been examined for all that.
    """
    known = select(func.count(), func.count(units_table.c.not_examined)).where(units_table.c.store_id == store_id)
    read = select(func.count(), func.coalesce(func.sum(units_table.c.characters), 0)).where(units_table.c.run_id == run_id)
    with ledger.reading() as connection:
        units, unread = connection.execute(known).one()
        number, characters = connection.execute(read).one()
        # By the units that it read, and not by a look at every finding of the store.
        read_in_it = select(units_table.c.unit_id).where(units_table.c.run_id == run_id)
        found = connection.execute(select(func.count()).where(table.c.unit_id.in_(read_in_it))).scalar_one()
    counts = {"units": units, "read": number, "detections": found, "not_examined": unread, "characters": characters}
    return {name: int(count) for name, count in counts.items()}
