"""Whether a key tells the rows of a foreign table apart: by its primary key or an index, else by counting."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Inspector, func, select

from discretio.errors import StoreContentError
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.parts import MappedPart


@dataclass(frozen=True, slots=True)
class TableKeys:
    """What the schema says of a table.

    Attributes:
        primary: the columns of its primary key; none for a view, or where it has none.
        unique: the sets of columns that are unique, the primary key's too.
        is_view: whether it is a view.
    """

    primary: tuple[str, ...]
    unique: frozenset[frozenset[str]]
    is_view: bool


def keys_of(inspector: Inspector, table: str) -> TableKeys:
    """The keys of a table or view, as `table` or `schema.table`."""
    schema, _, bare = table.rpartition(".")
    named = schema or None
    if bare in inspector.get_view_names(named):
        return TableKeys((), frozenset(), is_view=True)
    primary = tuple(inspector.get_pk_constraint(bare, named).get("constrained_columns") or ())
    unique = [frozenset(found["column_names"]) for found in inspector.get_unique_constraints(bare, named)]
    unique += [
        frozenset(map(str, index["column_names"])) for index in inspector.get_indexes(bare, named) if index.get("unique")
    ]
    return TableKeys(primary, frozenset({frozenset(primary), *unique} - {frozenset()}), is_view=False)


def is_proven(part: MappedPart, keys: TableKeys) -> bool:
    """Whether the schema itself promises that the part's key is unique."""
    form = part.mapping.columns[part.source.frame.key]
    return not part.mapping.joins and not form.json and frozenset(place.name for place in form.columns) in keys.unique


def refuse_shared_keys(database: ForeignDatabase, part: MappedPart, keys: TableKeys) -> None:
    """See by counting that no two rows have one key: pages by key would pass over one of them.

    Raises:
        StoreContentError: some do; says how many, never which.
    """
    if is_proven(part, keys):
        return
    key = part.source.columns[part.source.frame.key]
    question = select(func.count(), func.count(key), func.count(func.distinct(key))).select_from(part.source.table)
    with database.reading(part.mapping.table.name) as connection:
        rows, keyed, distinct = connection.execute(question).one()
    if rows == distinct:
        return
    name = part.source.frame.key
    remedy = "let a join match one row at most (`where`)" if part.mapping.joins else "name a column that is unique"
    if len(keys.primary) > 1:
        remedy = f"the table's key is composite: write {name}: {{columns: [{', '.join(keys.primary)}]}}"
    what = f"{rows - keyed} rows have no {name}" if rows != keyed else f"{rows - distinct} rows share their {name} with another"
    raise StoreContentError(what, where=part.mapping.columns[name].where, remedy=remedy)
