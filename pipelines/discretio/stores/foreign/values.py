"""Values of a foreign database, turned into ours as each row arrives; a value that can't be is refused without being said."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import Dialect
from sqlalchemy.types import NullType, TypeDecorator

from discretio.domain.frames import MOMENT, TEXT, TRUTH, Column
from discretio.errors import StoreContentError
from discretio.stores.foreign.column_forms import ColumnForm, code_of
from discretio.stores.foreign.written_dates import known_date
from discretio.stores.held_contents import FilePath

Conversion = Callable[[object], object]


class Converted(TypeDecorator[object]):
    """A column whose values are converted when they are fetched; the database's own driver says what they were.

    Args:
        convert: turns a value into ours.
        name: frame and column, for the error message.
        where: file and line of the mapping.
    """

    impl = NullType
    cache_ok = False

    def __init__(self, convert: Conversion, name: str, where: str) -> None:
        super().__init__()
        self.convert = convert
        self.name = name
        self.where = where

    def process_result_value(self, value: object, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy's signature
        """The value as the frame holds it."""
        try:
            return self.convert(value)
        except StoreContentError:
            raise
        except (ValueError, TypeError, OverflowError, ArithmeticError, LookupError):
            raise StoreContentError(
                f"{self.name} holds what it can't",
                where=self.where,
                remedy="say in the mapping how it is written (date, codes, encoding), or correct it in the database",
            ) from None


def conversion(form: ColumnForm, definition: Column, date_form: ColumnForm | None, zone: ZoneInfo) -> Conversion:
    """How values of a column become ours.

    Args:
        form: what the mapping says of it.
        definition: our column.
        date_form: for a precision, what the mapping says of its date.
        zone: of moments that say none.
    """
    if date_form is not None:
        return lambda value: _precision(value, date_form, zone)
    if form.codes is not None:
        return _by_codes(form.codes, form, definition.name)
    if not form.columns and definition.dtype != MOMENT:
        return lambda _: form.constant
    if definition.dtype == MOMENT:
        return lambda value: _moment(value, form, zone)
    if definition.dtype == TRUTH:
        return _truth
    return _text_conversion(form) if definition.dtype == TEXT else (lambda value: value)


def _text_conversion(form: ColumnForm) -> Conversion:
    if form.file:
        return _plain if form.file == "bytes" else _path
    return lambda value: _text(value, form.encoding)


def _path(value: object) -> object:
    return None if value in (None, "") else FilePath(value)


def _moment(value: object, form: ColumnForm, zone: ZoneInfo) -> object:
    known = known_date(_plain(value), form.dates, zone)
    return known.moment if known else None


def _precision(value: object, form: ColumnForm, zone: ZoneInfo) -> object:
    known = known_date(_plain(value), form.dates, zone)
    return known.precision.value if known else None


def _by_codes(codes: Mapping[str, object], form: ColumnForm, name: str) -> Conversion:
    def decoded(value: object) -> object:
        code = code_of(_plain(value))
        if code in codes:
            return codes[code]
        if value is None:
            return None
        if form.otherwise:
            return form.otherwise[0]
        raise StoreContentError(
            f"{name} holds a code that the mapping doesn't list",
            where=form.where,
            remedy="add it to its codes, or say by `otherwise` what every other code stands for",
        )

    return decoded


def _truth(value: object) -> object:
    if isinstance(value, bytes):  # MariaDB's bit(1)
        return int.from_bytes(value, "big")
    return value


def _text(value: object, encoding: str) -> object:
    value = _plain(value)
    if isinstance(value, bytes):
        # What isn't valid becomes half characters, by which the reader declares the text not examined.
        return value.decode(encoding, "surrogateescape")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return None if value is None else str(value)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value
