"""SQL expressions for what a mapping says of a column: nothing is selected that it doesn't name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import ARRAY, Boolean, Integer, LargeBinary, NullType, Numeric, String, _Binary

from discretio.domain.frames import Column
from discretio.stores.foreign.column_forms import ColumnForm
from discretio.stores.foreign.table_forms import Condition

Found = Callable[[Any], ColumnElement[Any]]
Expression = ColumnElement[Any]
KEY_SEPARATOR = "|"
_AS_KEY = (String, Integer, Numeric, Uuid)


def is_key(column: Column) -> bool:
    """Whether a column of ours holds a key, its own row's or another's."""
    return bool(column.kind) or column.name.endswith("_row")


def value_of(form: ColumnForm, definition: Column, find: Found, dialect: str) -> Expression:
    """The expression for a column's value, before it is converted."""
    columns = [find(place) for place in form.columns]
    if not columns:
        return null() if form.constant is None else literal(str(form.constant))
    if form.json:
        return _json_text(columns[0], form.json, dialect)
    if is_key(definition):
        return key_of(columns, dialect)
    return _as_text(columns[0]) if len(columns) == 1 else _one_after_the_other(columns, form.separator)


def key_of(columns: Sequence[Expression], dialect: str) -> Expression:
    """One key made of all columns: two different rows never share it."""
    plain = [_key_part(column, dialect) for column in columns]
    if len(plain) == 1:
        return plain[0]
    parts = [func.replace(func.replace(cast(part, Text), "%", "%25"), KEY_SEPARATOR, "%7C") for part in plain]
    return reduce(lambda left, right: left.concat(KEY_SEPARATOR).concat(right), [cast(part, Text) for part in parts])


def _key_part(column: Expression, dialect: str) -> Expression:
    if isinstance(column.type, LargeBinary | _Binary):
        return func.encode(column, "hex", type_=Text()) if dialect == "postgresql" else func.hex(column, type_=Text())
    return column if isinstance(column.type, _AS_KEY) else cast(column, Text)


def _as_text(column: Expression) -> Expression:
    return cast(column, Text) if isinstance(column.type, JSON | ARRAY | NullType) else column


def _one_after_the_other(columns: Sequence[Expression], separator: str) -> Expression:
    pieces = [func.coalesce(cast(column, Text).concat(separator), "") for column in columns]
    return func.nullif(reduce(add, [type_coerce(piece, Text()) for piece in pieces]), "")


def _json_text(column: Expression, path: Sequence[str], dialect: str) -> Expression:
    if dialect == "postgresql":
        binary: Any = column if isinstance(column.type, JSONB) else cast(column, JSONB)
        return type_coerce(binary[tuple(path)].astext, Text())
    document: Any = type_coerce(column, JSON())
    return type_coerce(document[tuple(path)].as_string(), Text())


def holds(condition: Condition, column: Expression) -> ColumnElement[bool]:
    """That a row meets a condition; null is never left in doubt."""
    values = [_as_held(value, column) for value in condition.values if value is not None]
    some = [column.in_(values)] if values else []
    if not condition.negated:
        return or_(*some, *([column.is_(None)] if None in condition.values else []))
    if None in condition.values:
        return and_(column.is_not(None), *(~one for one in some))
    return or_(column.is_(None), *(~one for one in some))


def _as_held(value: object, column: Expression) -> object:
    """A value of the mapping as the column's type holds it: PostgreSQL compares nothing else with it."""
    if isinstance(column.type, Boolean):
        return bool(value)
    if isinstance(column.type, Integer):
        return int(str(int(value) if isinstance(value, bool) else value))
    return str(value) if isinstance(column.type, String) else value
