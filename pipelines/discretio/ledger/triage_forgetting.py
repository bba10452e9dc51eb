"""What triage and samples know of an erased dossier goes with it: items and what was said of them, and the ids of a sample.

The anonymous part of a sample stays: that some entry of a stratum was drawn, and what was found missing in it.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_, select, update

from discretio.ledger.triage_tables import sample_entries, triage_events, triage_items


def forget_triage(connection: Connection, ids: list[str]) -> int:
    """Forget dossiers or rows of the art. 8 list; returns how many answers and decisions went.

    Args:
        connection: the transaction that forgets the rest of them.
        ids: their surrogates, few enough for one statement.
    """
    theirs = or_(triage_items.c.dossier_id.in_(ids), triage_items.c.scope_id.in_(ids))
    items = select(triage_items.c.item_id).where(theirs)
    said = connection.execute(delete(triage_events).where(triage_events.c.item_id.in_(items))).rowcount
    connection.execute(delete(triage_items).where(theirs))
    blank = update(sample_entries).where(sample_entries.c.dossier_id.in_(ids))
    connection.execute(blank.values(entry_id=None, dossier_id=None))
    return int(said)
