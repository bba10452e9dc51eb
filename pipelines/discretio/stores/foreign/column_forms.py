"""The forms in which a mapping says where a column's value comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from discretio.domain.frames import MOMENT, Column
from discretio.errors import MappingError
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag, categories_mask, flags_mask
from discretio.stores.foreign.written_dates import DateFormat, date_format
from discretio.stores.foreign.yaml_reader import Place, Plain, YamlReader
from discretio.stores.port import CONTENT

OPTIONS: Mapping[str, str] = {
    "column": "the column, as `name`, or `join.name` for one of a joined table",
    "columns": "several columns: their texts one after the other, or one key made of all",
    "separator": "with `columns`: what stands between the texts; a line's end by default",
    "value": "the same value for every row",
    "json": "the path inside a JSON, JSONB or text column: one name, or a list of names from the outside in",
    "codes": "what each code stands for; a list of numbers or class names for categories and special_declared",
    "otherwise": "with `codes`: what every other code stands for; without it an unlisted code is refused",
    "date": "how dates are written: YYYY, MM, DD, hh, mm, ss, or epoch_seconds, epoch_milliseconds; a list is tried in turn",
    "precision_of": "the precision (DAY, MONTH, YEAR) to which that date of this frame is known",
    "encoding": "of a text kept as bytes: utf-8 by default",
    "file": "of a text: `bytes` if the column holds a file (PDF, DOCX, ...), `path` if it says where one lies in store.files",
}
"""What a column may say, and what it means: the documentation is checked against this table."""

_SOURCES = ("column", "columns", "value", "precision_of")
_BITS: Mapping[str, Callable[[list[object]], int]] = {
    "categories": lambda values: categories_mask(_category(value) for value in values),
    "special_declared": lambda values: flags_mask(Flag(str(value)) for value in values),
}


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """Where a column's value comes from, and how it is understood.

    Attributes:
        where: file and line.
        columns: the foreign columns; none if `constant` is the value of every row.
        constant: that value.
        separator: between the texts of several columns.
        json: path inside the column.
        codes: by code, as text, what it stands for; null if values are taken as they are.
        otherwise: a one-element tuple of what every other code stands for; empty if none is accepted.
        dates: how dates are written; empty for the database's own.
        precision_of: the column of this frame whose precision this is.
        encoding: of bytes.
        file: bytes or path, if the content is a file; else empty.
    """

    where: str
    columns: tuple[Place, ...] = ()
    constant: Plain = None
    separator: str = "\n"
    json: tuple[str, ...] = ()
    codes: Mapping[str, Plain] | None = None
    otherwise: tuple[Plain, ...] = ()
    dates: tuple[DateFormat, ...] = field(default=())
    precision_of: str | None = None
    encoding: str = "utf-8"
    file: str = ""


def read_form(reader: YamlReader, columns: CommentedMap, definition: Column) -> ColumnForm:
    """Read what the mapping says of one column.

    Raises:
        MappingError: it isn't understood.
    """
    name = definition.name
    if not isinstance(columns[name], CommentedMap):
        place = reader.word(columns, name)
        return ColumnForm(place.where, (place,))
    form = columns[name]
    where = reader.line(columns, name)
    reader.known(form, OPTIONS, name)
    _one_source(form, name, where)
    names = [key for key in ("column", "columns") if key in form]
    return ColumnForm(
        where=where,
        columns=reader.words(form, names[0]) if names else (),
        constant=_meant(reader, definition, form["value"], where) if "value" in form else None,
        separator=str(form.get("separator", "\n")),
        json=tuple(place.name for place in reader.words(form, "json")) if "json" in form else (),
        codes=_codes(reader, definition, form) if "codes" in form else None,
        otherwise=(_meant(reader, definition, form["otherwise"], where),) if "otherwise" in form else (),
        dates=_dates(reader, definition, form) if "date" in form else (),
        precision_of=reader.word(form, "precision_of").name if "precision_of" in form else None,
        encoding=_encoding(reader, form) if "encoding" in form else "utf-8",
        file=_file(reader, definition, form) if "file" in form else "",
    )


def _one_source(form: CommentedMap, name: str, where: str) -> None:
    if sum(key in form for key in _SOURCES) != 1:
        raise MappingError(
            f"{name} says more than one source, or none", where=where, remedy=f"give one of {', '.join(_SOURCES)}"
        )
    for option, source in (("separator", "columns"), ("otherwise", "codes"), ("json", "column")):
        if option in form and source not in form:
            raise MappingError(f"{option} goes with {source}", where=where, remedy=f"add {source}, or take {option} out")


def _codes(reader: YamlReader, definition: Column, form: CommentedMap) -> dict[str, Plain]:
    codes = reader.part(form, "codes")
    return {code_of(key): _meant(reader, definition, codes[key], reader.line(codes, key)) for key in codes}


def code_of(value: object) -> str:
    """A code as text: 1, 1.0, True and "1" are one code, however the database holds a flag."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, bytes) and len(value) == 1:  # MariaDB's bit(1)
        return str(value[0])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _meant(reader: YamlReader, definition: Column, value: object, where: str) -> Plain:
    name = definition.name
    if name not in _BITS:
        plain = reader.as_plain(value, name, where)
        if definition.words and plain is not None and plain not in definition.words:
            raise MappingError(f"{name} can't be {plain}", where=where, remedy=f"use {', '.join(definition.words)}")
        return plain
    listed = list(value) if isinstance(value, CommentedSeq) else [] if value is None else [value]
    try:
        return _BITS[name](listed)
    except ValueError:
        known = "1 to 16" if name == "categories" else ", ".join(flag.value for flag in Flag)
        raise MappingError(f"{name} names what is none", where=where, remedy=f"use {known}") from None


def _category(value: object) -> int:
    number = int(str(value))
    if number not in CATEGORY_NUMBERS:
        raise ValueError("no category")
    return number


def _dates(reader: YamlReader, definition: Column, form: CommentedMap) -> tuple[DateFormat, ...]:
    where = reader.line(form, "date")
    if definition.dtype != MOMENT and "precision_of" not in form:
        raise MappingError(f"{definition.name} is no date", where=where, remedy="take `date` out")
    try:
        return tuple(date_format(place.name) for place in reader.words(form, "date"))
    except ValueError:
        raise MappingError(
            "a date's form is written with YYYY, MM, DD, hh, mm and ss",
            where=where,
            remedy='for example "DD/MM/YYYY", or [YYYY-MM-DD, YYYY-MM, YYYY], or epoch_seconds',
        ) from None


def _file(reader: YamlReader, definition: Column, form: CommentedMap) -> str:
    place = reader.word(form, "file")
    if definition.name != CONTENT or place.name not in {"bytes", "path"}:
        raise MappingError("only a text can be a file, as bytes or by its path", where=place.where, remedy="take `file` out")
    return place.name


def _encoding(reader: YamlReader, form: CommentedMap) -> str:
    place = reader.word(form, "encoding")
    try:
        "".encode(place.name)
    except LookupError:
        raise MappingError("there is no such encoding", where=place.where, remedy="use utf-8, latin-1 or cp1252") from None
    return place.name
