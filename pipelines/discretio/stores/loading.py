"""Filling a reference store, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from discretio.domain.frames import MOMENT, STORE_FRAMES, Frame
from discretio.errors import StoreContentError
from discretio.stores.casting import to_records, to_series
from discretio.stores.layout import FILE
from discretio.stores.plausible import DATE_ORDERS, impossible
from discretio.stores.reference import ReferenceStore
from discretio.stores.reference.rows import batches

_ROWS_AT_ONCE = 2_000
_SURROGATE = re.compile("[\ud800-\udfff]")


def load_rows(store: ReferenceStore, rows: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Insert rows into a store, in one transaction: all of them, or none.

    Args:
        store: a reference store.
        rows: frames by name, with the columns of domain/frames.py, `text` included; a column left out is null, or 0 for a
            set of categories or classes. Attachments may have a column more, `content`: documents as bytes.

    Returns:
        How many rows each frame gave.

    Raises:
        StoreContentError: a frame, column or row holds what can't be; names the frame and the row (from 1), never a value.
        StoreUnavailableError: the store can't be written.
    """
    _refuse_unknown(store, rows)
    records, tables = _all_records(store, rows), store.tables.by_name
    with store.database.writing() as connection:
        for name, batch in records.items():
            _insert(connection, tables[name], batch)
        connection.commit()
    return {name: len(batch) for name, batch in records.items()}


def replace_dossiers(store: ReferenceStore, rows: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Insert dossiers, or renew what these rows say of them, in one transaction; what they don't speak of stays.

    A dossier and its entries are renewed row by row; of every other frame that is given, a dossier's rows are replaced. A
    controller that is known stays as it is.

    Args:
        store: a reference store.
        rows: as for `load_rows`, `dossiers` among them.

    Returns:
        How many rows each frame gave.

    Raises:
        StoreContentError: as for `load_rows`.
        StoreUnavailableError: the store can't be written.
    """
    _refuse_unknown(store, rows)
    records, tables = _all_records(store, rows), store.tables.by_name
    dossiers = [str(record["dossier_key"]) for record in records["dossiers"]]
    with store.database.writing() as connection:
        for name, batch in records.items():
            if name not in _RENEWED:
                for keys in batches(dossiers):
                    connection.execute(delete(tables[name]).where(tables[name].c.dossier_key.in_(keys)))
            _insert(connection, tables[name], _unknown(connection, tables[name], batch))
        connection.commit()
    return {name: len(batch) for name, batch in records.items()}


_RENEWED = ("controllers", "dossiers", "entries")


def _unknown(connection: Connection, table: Table, records: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows whose key the store doesn't hold; a dossier that it holds is renewed."""
    name, key = table.name, next(iter(table.primary_key)).name
    known: set[object] = set()
    if name in _RENEWED:
        for keys in batches(str(record[key]) for record in records):
            known |= set(connection.execute(select(table.c[key]).where(table.c[key].in_(keys))).scalars())
    for record in records:
        if name == "dossiers" and record[key] in known:
            connection.execute(update(table).where(table.c[key] == record[key]).values(**record))
    return [record for record in records if record[key] not in known]


def _all_records(store: ReferenceStore, rows: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, object]]]:
    """The rows of each frame that is given, as values to be inserted, in the order in which they have to be."""
    frames = store.tables.frames
    return {name: _records(frames[name], rows[name]) for name in store.tables.insert_order if name in rows}


def _refuse_unknown(store: ReferenceStore, rows: Mapping[str, pd.DataFrame]) -> None:
    layout = store.layout
    for name, frame in rows.items():
        if name not in layout:
            remedy = f"one of {', '.join(layout)}; or let the store keep it: discretio store keep STORE {name}"
            raise StoreContentError("there is no such frame", where=name, remedy=remedy)
        unknown = [str(column) for column in frame.columns if column not in layout[name].columns]
        if unknown:
            raise StoreContentError(f"{name} has no column {', '.join(unknown)}", where=name)


def _records(frame: Frame, rows: pd.DataFrame) -> list[dict[str, object]]:
    if rows.empty:
        return []
    for required in _required(frame):
        absent = rows[required].isna() if required in rows else pd.Series(data=True, index=rows.index)
        _refuse(frame, absent, f"{required} is missing")
    _refuse(frame, rows[frame.key].duplicated(), f"{frame.key} stands twice")
    dated = pd.DataFrame(
        {
            column.name: to_series(frame, column, list(rows[column.name]))
            for column in frame.columns
            if column.name in rows and (column.dtype == MOMENT or column.name.endswith("precision"))
        }
    )
    for order in DATE_ORDERS:
        if order.frame == frame.name:
            _refuse(frame, impossible(order, dated), f"{order.later} lies before {order.earlier}")
    records = to_records(frame, rows)
    for record, document in zip(records, rows.get(FILE, ()), strict=False):
        record[FILE] = document if isinstance(document, bytes) else None
    _refuse(frame, pd.Series([_unstorable(record) for record in records]), "a text holds a NUL or half a character")
    numbers = {column.name: 0 for column in frame.columns if column.dtype == "int64"}
    return [numbers | record for record in records]


def _required(frame: Frame) -> set[str]:
    """The columns without which a row is refused; a register may hold rows of no dossier."""
    keys = {"dossier_key", "entry_key"} if frame.name in STORE_FRAMES else set()
    return {frame.key} | (keys & set(frame.column_names))


def _refuse(frame: Frame, wrong: pd.Series, what: str) -> None:
    count = int(wrong.sum())
    if count:
        row = int(wrong.to_numpy().argmax()) + 1
        more = f", and {count - 1} more" if count > 1 else ""
        raise StoreContentError(what, where=f"{frame.name}, row {row}{more}", remedy="correct it; nothing was loaded")


def _unstorable(record: Mapping[str, object]) -> bool:
    # PostgreSQL refuses a NUL, and a lone surrogate is no text anywhere: refused alike on every dialect.
    texts = (value for value in record.values() if isinstance(value, str))
    return any("\0" in text or (not text.isascii() and _SURROGATE.search(text) is not None) for text in texts)


def _insert(connection: Connection, table: Table, records: list[dict[str, object]]) -> None:
    try:
        for start in range(0, len(records), _ROWS_AT_ONCE):
            connection.execute(insert(table), records[start : start + _ROWS_AT_ONCE])
    except (IntegrityError, DataError):
        raise StoreContentError(
            "a row has a key that the store holds already, refers to one that it doesn't hold, or is too long",
            where=table.name,
            remedy="load what rows refer to before or with them, and each row once; nothing was loaded",
        ) from None
