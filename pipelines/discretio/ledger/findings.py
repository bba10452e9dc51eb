"""Findings: what the scan saw, by surrogate id and offset; and which units it examined, so that it can skip the unchanged.

A unit is what has a text of its own: an entry or an attachment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from discretio.domain.detections import About
from discretio.domain.frames import NUMBER, TEXT, TRUTH
from discretio.ledger.audit_chain import append
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import keyed_hash
from discretio.ledger.locator import forget
from discretio.ledger.rows import Row, pieces, rows_of, same_names
from discretio.ledger.scan_tables import examined as units_table
from discretio.ledger.scan_tables import findings as table

FINDING_COLUMNS = (
    "dossier_id", "entry_id", "attachment_id", "controller_id", "category", "flags", "type", "lang", "score", "negated",
    "about", "evidence", "start", "end",
)  # fmt: skip
EXAMINED_COLUMNS = (
    "unit_id", "dossier_id", "entry_id", "controller_id", "content_hash", "characters", "not_examined", "examined_at",
)  # fmt: skip
DECLARED_COLUMNS = ("declared_categories", "declared_flags")
PART = "part"
"""Optional in the findings: the kind and number of the part of a document that a finding lies in."""
GAPS = "gaps"
"""Optional in the examined: each part that could not be read, as {"part", "reason", "n"}; a part of null stands for several."""
_FINDING_NAMES = same_names(*FINDING_COLUMNS[:-2]) | {"start": "span_start", "end": "span_end"}


def record_partition(ledger: Ledger, run_id: str, store_id: int, findings: pd.DataFrame, examined: pd.DataFrame) -> None:
    """Record what the scan found in some units; what was known of the same units is replaced, so a retry changes nothing.

    Args:
        ledger: the ledger.
        run_id: the scan.
        store_id: the store.
        findings: FINDING_COLUMNS; ids are surrogates; category Int64 (null for a special class alone), flags as bits, about
            and evidence as words. The unit is the attachment where there is one, else the entry.
        examined: EXAMINED_COLUMNS, one row per unit, also those that could not be examined (not_examined holds the reason);
            content_hash is the store's digest of the unit, of which the ledger keeps a keyed hash only. DECLARED_COLUMNS may
            join them: what the entry declares, as bits; without them a report can't say what was declared. PART may join the
            findings, and GAPS the examined.

    Raises:
        ValueError: a column is missing, or a finding lies in a unit that is not among the examined.
    """
    common = {"run_id": run_id, "store_id": store_id}
    more = [name for name in (*DECLARED_COLUMNS, GAPS) if name in examined.columns]
    units = [_hashed(ledger, row) | common for row in rows_of(examined, same_names(*EXAMINED_COLUMNS, *more))]
    names = _FINDING_NAMES | (same_names(PART) if PART in findings.columns else {})
    found = [_with_unit(row) | common for row in rows_of(findings, names)]
    unit_ids = {row["unit_id"] for row in units}
    if any(row["unit_id"] not in unit_ids for row in found):
        raise ValueError("a finding lies in a unit that is not among the examined")
    with ledger.writing() as connection:
        _drop(connection, unit_ids)
        if units:
            connection.execute(insert(units_table), units)
        if found:
            connection.execute(insert(table), found)
        unread = sum(row["not_examined"] is not None for row in units)
        counts = {"store_id": store_id, "units": len(units), "findings": len(found), "not_examined": unread}
        append(ledger, connection, "findings.recorded", counts, subject=run_id)


def unchanged(ledger: Ledger, store_id: int, digests: Mapping[str, str], settled: Collection[str] = ()) -> set[str]:
    """The units that were examined with the same digest before.

    One that could not be (wholly) examined counts as unchanged only if each of its reasons is settled.

    Args:
        ledger: the ledger.
        store_id: the store.
        digests: digest by unit id, as it was given to `record_partition`. A digest that also covers the detector's version
            makes a new detector examine everything again.
        settled: reasons that stay for as long as the digest does (a password, a damage): to try again would give the same.
    """
    same: set[str] = set()
    with ledger.reading() as connection:
        for piece in pieces(digests):
            columns = (units_table.c[name] for name in ("unit_id", "content_hash", "not_examined", "gaps"))
            query = select(*columns).where(units_table.c.store_id == store_id, units_table.c.unit_id.in_(piece))
            rows = [row for row in connection.execute(query) if _is_settled(row.not_examined, row.gaps, settled)]
            same |= {row.unit_id for row in rows if row.content_hash == _hash(ledger, digests[row.unit_id])}
    return same


def _is_settled(reason: str | None, gaps: list[Row] | None, settled: Collection[str]) -> bool:
    return reason is None or (bool(gaps) and all(gap["reason"] in settled for gap in gaps or ()))


def known_units(ledger: Ledger, store_id: int) -> set[str]:
    """Every unit of the store that the ledger has a record of."""
    with ledger.reading() as connection:
        return set(connection.execute(select(units_table.c.unit_id).where(units_table.c.store_id == store_id)).scalars())


def drop_units(ledger: Ledger, run_id: str, unit_ids: Collection[str]) -> None:
    """Drop units that the store no longer has, with their findings and what the store called them."""
    if not unit_ids:
        return
    with ledger.writing() as connection:
        _drop(connection, unit_ids)
        forget(connection, unit_ids)
        append(ledger, connection, "findings.dropped", {"units": len(unit_ids)}, subject=run_id)


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
        found = connection.execute(select(func.count()).where(table.c.run_id == run_id)).scalar_one()
    counts = {"units": units, "read": number, "detections": found, "not_examined": unread, "characters": characters}
    return {name: int(count) for name, count in counts.items()}


def _drop(connection: Connection, unit_ids: Collection[str]) -> None:
    for piece in pieces(unit_ids):
        connection.execute(delete(table).where(table.c.unit_id.in_(piece)))
        connection.execute(delete(units_table).where(units_table.c.unit_id.in_(piece)))


def _hash(ledger: Ledger, digest: str) -> str:
    return keyed_hash(ledger.keys.content_hash, digest)


def _hashed(ledger: Ledger, row: Row) -> Row:
    digest = row["content_hash"]
    return row | {"content_hash": None if digest is None else _hash(ledger, digest)}


def _with_unit(row: Row) -> Row:
    return row | {"unit_id": row["attachment_id"] or row["entry_id"]}
