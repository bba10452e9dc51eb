"""What the rows say of a mapping: a trial of the first ones, and how many are left out or called deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import String, cast, exists, func, inspect, not_, select

from discretio.errors import DiscretioError
from discretio.stores.casting import to_frame
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.keys import TableKeys, refuse_shared_keys
from discretio.stores.foreign.parts import MappedPart, Parts, entries_of
from discretio.stores.foreign.remarks import Gravity, Remark, remark_of
from discretio.stores.foreign.sources import MappedTables, count_of
from discretio.stores.port import CONTENT
from discretio.stores.relational import check_dates, check_keys

_ROWS_TRIED = 1_000


def content_remarks(database: ForeignDatabase, parts: Parts, part: MappedPart, keys: TableKeys) -> list[Remark]:
    """The remarks on the rows of one part."""
    layout = {part.source.frame.name: part.source}
    attempts: tuple[Callable[[], None], ...] = (
        partial(refuse_shared_keys, database, part, keys),
        partial(check_keys, database, layout),
        partial(_try_rows, database, part),
        partial(check_dates, database, layout),
    )
    remarks: list[Remark] = []
    for attempt in attempts:
        try:
            attempt()
        except DiscretioError as error:
            remarks.append(remark_of(error))
    return [*remarks, *_on_words(database, part), *_on_counts(database, part), *_on_strays(database, parts, part)]


def _try_rows(database: ForeignDatabase, part: MappedPart) -> None:
    """Read the first rows as a scan would, the text too, and forget them.

    Raises:
        StoreContentError: a value doesn't fit.
        StoreUnavailableError: the query can't be answered.
    """
    # Files are not fetched for a trial.
    files = {name for name, form in part.mapping.columns.items() if form.file}
    names = [name for name in part.source.frame.column_names if name in part.source.columns and name not in files]
    query = select(*(part.source.columns[name] for name in names)).limit(_ROWS_TRIED)
    with database.reading(part.mapping.table.name) as connection:
        rows = connection.execute(query).all()
    to_frame(part.source.frame, names, rows)


def _on_words(database: ForeignDatabase, part: MappedPart) -> Iterator[Remark]:
    """Columns taken as they are that hold other words than ours. None is told: it may be anything."""
    for column in part.source.frame.columns:
        form = part.mapping.columns.get(column.name)
        if not column.words or form is None or form.codes is not None or form.json or not form.columns:
            continue
        held = part.source.columns[column.name]
        query = select(func.count()).select_from(part.source.table).where(cast(held, String).not_in(column.words))
        with database.reading(part.mapping.table.name) as connection:
            strangers = connection.execute(query).scalar_one()
        if strangers:
            what = f"{column.name} of {strangers} rows of {part.mapping.table.name} isn't one of our words"
            remedy = f"write {{column: NAME, codes: {{THEIRS: OURS}}}}; ours are {', '.join(column.words)}"
            yield Remark(Gravity.WARNING, what, form.where, remedy)


def _on_counts(database: ForeignDatabase, part: MappedPart) -> Iterator[Remark]:
    mapping, name = part.mapping, part.source.frame.name
    if not mapping.soft_deleted and not mapping.where:
        return
    with database.reading(mapping.table.name) as connection:
        tables = MappedTables(inspect(connection), name, mapping)
        kept = connection.execute(count_of(tables, mapping.where)).scalar_one()
        whole = connection.execute(count_of(tables, ())).scalar_one()
        deleted = connection.execute(count_of(tables, (*mapping.where, *mapping.soft_deleted))).scalar_one()
    if mapping.where and whole != kept:
        what = f"{whole - kept} of {whole} rows of {mapping.table.name} are left out by `where`: no scan reads them"
        yield Remark(Gravity.NOTE, what, mapping.table.where, "see that another frame or part reads them, if they hold data")
    if mapping.soft_deleted and deleted:
        what = f"{deleted} rows of {mapping.table.name} are deleted for their system, and still there: they are scanned too"
        yield Remark(Gravity.NOTE, what, mapping.table.where, "have them really erased once their term is over")


def _on_strays(database: ForeignDatabase, parts: Parts, part: MappedPart) -> Iterator[Remark]:
    entries = entries_of(parts, part)
    if part.source.frame.name != "attachments" or entries is None:
        return
    if CONTENT not in part.source.columns:
        what = "the content of attachments isn't mapped: each is reported as not examined"
        yield Remark(Gravity.WARNING, what, part.mapping.table.where, "map text, if a table holds their text")
    with_entry = exists().where(part.source.columns["entry_key"] == entries.source.columns["entry_key"])
    query = select(func.count()).select_from(part.source.table).where(not_(with_entry))
    with database.reading(part.mapping.table.name) as connection:
        strays = connection.execute(query).scalar_one()
    if strays:
        what = f"{strays} rows of {part.mapping.table.name} belong to no entry: no scan reads them"
        yield Remark(Gravity.WARNING, what, part.mapping.table.where, "map what they belong to as a part of entries")
