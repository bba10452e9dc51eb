"""A bounded sample of each column, in memory only; and whole columns, for the one certain number among a million rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, cast, column, func, literal_column, or_, select, table

from discretio.stores.drafting.schema import SketchColumn, SketchTable
from discretio.stores.foreign.database import ForeignDatabase

ROWS_SAMPLED = 200
LETTERS_SAMPLED = 2_000
JSON_LETTERS_SAMPLED = 50_000  # so that its keys can be read
ROWS_AT_ONCE = 1_000
# Eight digits with little between them: every number with a checksum that detection knows has at least as many.
NUMBER_PATTERN = "[0-9]([^0-9]{0,3}[0-9]){7}"
_ENOUGH_TO_TELL = 20
_SAMPLED = ("text", "json", "number", "unknown")


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of one column that were read: texts, none empty, cut after 2,000 letters. Never written, logged or printed."""

    values: tuple[str, ...]

    @property
    def distinct(self) -> frozenset[str]:
        """The different values, small and without spaces around."""
        return frozenset(value.strip().casefold() for value in self.values)

    def json_keys(self) -> frozenset[str]:
        """The keys of the values that are JSON objects."""
        keys: set[str] = set()
        for value in self.values:
            with suppress(ValueError):
                document = json.loads(value)
                keys.update(document if isinstance(document, dict) else ())
        return frozenset(keys)

    def is_never_words(self) -> bool:
        """Whether there are enough values to tell, and none holds more than a word."""
        return len(self.values) >= _ENOUGH_TO_TELL and not any(" " in value.strip() for value in self.values)

    def reads_as_sentences(self) -> bool:
        """Whether a good part of the values holds several words."""
        return bool(self.values) and sum(value.count(" ") >= 3 for value in self.values) * 4 >= len(self.values)


def sampled(sketch: SketchTable) -> list[SketchColumn]:
    """The columns whose values can tell anything: no truth values, dates and bytes."""
    return [one for one in sketch.columns if one.kind in _SAMPLED]


def sample_table(database: ForeignDatabase, sketch: SketchTable) -> Mapping[str, Sample]:
    """The first rows of a table.

    Raises:
        StoreUnavailableError: the table can't be read.
    """
    columns = sampled(sketch)
    if not columns:
        return {}
    letters = {one.name: JSON_LETTERS_SAMPLED if one.kind == "json" else LETTERS_SAMPLED for one in columns}
    cut = [func.substr(_text(one), 1, letters[one.name]).label(one.name) for one in columns]
    with database.reading(sketch.name) as connection:
        rows = connection.execute(select(*cut).select_from(_table(sketch)).limit(ROWS_SAMPLED)).all()
    by_column = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return {
        one.name: Sample(tuple(str(value) for value in values if value is not None and str(value).strip()))
        for one, values in zip(columns, by_column, strict=True)
    }


def numbers_in(database: ForeignDatabase, sketch: SketchTable, rows_at_most: int) -> Iterator[Mapping[str, str]]:
    """The rows of a table in which a column may hold a number with a checksum, as the database itself sifts them.

    Yields:
        By column its text, of the columns that may.

    Raises:
        StoreUnavailableError: the table can't be read.
    """
    columns = sampled(sketch)
    if not columns:
        return
    query = _sifted(sketch, columns, rows_at_most)
    with database.reading(sketch.name) as connection:
        for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
            yield {one.name: str(value) for one, value in zip(columns, row, strict=True) if value is not None}


def has_more_rows(database: ForeignDatabase, sketch: SketchTable, rows: int) -> bool:
    """Whether a table has more rows than so many."""
    query: Select[Any] = select(literal_column("1")).select_from(_table(sketch)).limit(1).offset(rows)
    with database.reading(sketch.name) as connection:
        return connection.execute(query).first() is not None


def _sifted(sketch: SketchTable, columns: Sequence[SketchColumn], rows_at_most: int) -> Select[Any]:
    first = select(*(_text(one).label(one.name) for one in columns)).select_from(_table(sketch)).limit(rows_at_most).subquery()
    return select(*first.c).where(or_(*(one.regexp_match(NUMBER_PATTERN) for one in first.c)))


def _text(one: SketchColumn) -> Any:  # noqa: ANN401 - an expression of text
    own: Any = column(one.name)
    return own if one.kind == "text" else cast(own, Text)


def _table(sketch: SketchTable) -> Any:  # noqa: ANN401 - a table of SQLAlchemy
    schema, _, bare = sketch.name.rpartition(".")
    return table(bare, schema=schema or None)
