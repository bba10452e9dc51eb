"""What the scan found in each entry, taken apart: by category or special class, with types, kinds of evidence and languages."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import func, select

from discretio.domain.detections import About
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import frame_of
from discretio.ledger.scan_tables import examined, findings

GROUP_DTYPES = {"entry_id": "str", "category": "Int64", "flags": "int64", "type": "str", "evidence": "str", "lang": "str"}
DECLARED_DTYPES = {"entry_id": "str", "declared_categories": "Int64", "declared_flags": "Int64"}


def finding_groups(ledger: Ledger, store_id: int, threshold: float) -> pd.DataFrame:
    """One row (GROUP_DTYPES) per entry, category, classes, type, evidence and language found in it.

    The same findings count as in `findings.entry_findings`: those at or above the threshold that are somebody's datum.
    """
    counted = (findings.c.store_id == store_id, findings.c.score >= threshold, findings.c.about != About.NOBODY.value)
    query = select(*(findings.c[name] for name in GROUP_DTYPES)).where(*counted).distinct()
    with ledger.reading() as connection:
        return frame_of(connection, query.order_by(*(findings.c[name] for name in GROUP_DTYPES)), GROUP_DTYPES)


def declarations(ledger: Ledger, store_id: int) -> pd.DataFrame:
    """What each entry declares, as bits (DECLARED_DTYPES); null where the store doesn't tell."""
    masks = (func.max(examined.c[name]) for name in ("declared_categories", "declared_flags"))
    query = select(examined.c.entry_id, *masks).where(examined.c.store_id == store_id, examined.c.entry_id.is_not(None))
    with ledger.reading() as connection:
        return frame_of(connection, query.group_by(examined.c.entry_id).order_by(examined.c.entry_id), DECLARED_DTYPES)


def entry_records(ledger: Ledger, store_id: int) -> dict[str, str]:
    """By entry, the hashes of the records of its units, joined; what was last read before they were kept has the older hash.

    The older hash also covers the detector's version, so a decision bound to it lapses once when that changes.
    """
    hashes = func.coalesce(examined.c.record_hash, examined.c.content_hash, "")
    query = select(examined.c.entry_id, hashes).where(examined.c.store_id == store_id, examined.c.entry_id.is_not(None))
    found: dict[str, str] = {}
    with ledger.reading() as connection:
        for entry_id, record in connection.execute(query.order_by(examined.c.entry_id, examined.c.unit_id)):
            found[entry_id] = f"{found.get(entry_id, '')}{record};"
    return found
