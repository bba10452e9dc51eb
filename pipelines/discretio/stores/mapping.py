"""The mapping file: where a foreign database keeps what our frames hold. Strict: what isn't understood is refused."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from discretio.domain.frames import KNOWN_FRAMES, Column
from discretio.errors import MappingError
from discretio.stores.engines import safe_url
from discretio.stores.foreign.column_classes import ColumnClass, read_classes
from discretio.stores.foreign.column_forms import ColumnForm, read_form
from discretio.stores.foreign.erase_forms import ErasingMapping, WayOfErasing, read_erasing, read_left_out, read_way
from discretio.stores.foreign.manners import Manners, read_manners
from discretio.stores.foreign.table_forms import Condition, Join, read_conditions, read_joins
from discretio.stores.foreign.yaml_reader import Place, YamlReader, parse_file
from discretio.stores.port import CONTENT

FRAME_KEYS: Mapping[str, str] = {
    "table": "the table or view, as `table` or `schema.table`",
    "columns": "our columns, and where their values come from",
    "joins": "other tables, by the name that columns use: {NAME: {table: T, on: {their_column: our_column}, where: {...}}}",
    "where": "which rows count: `COLUMN: value`, `COLUMN: null`, `COLUMN: [one, another]`, or any of these below `not:`",
    "soft_deleted": "conditions under which the other system calls a row deleted; it is still there, and is read all the same",
    "of": "attachments and others with an entry_key: the part of `entries` that it means, if entries has parts",
    "version": "a column that changes whenever the content does (a row version, a moment of change); else it isn't read again",
    "erase": "what an erasure does to the rows: see below",
    "left_out": "with `erase`, of what `where` leaves out: `erase` (it goes with its dossier) or `others` (it isn't its)",
    "parts": "instead of all these: several tables that hold rows of one frame, by a name that goes before their keys",
}
"""What a frame may say, and what it means: the documentation is checked against this table."""

_PRECISIONS = {"closed_at": "closed_precision", "at": "precision", "registered_at": "registered_precision"}


@dataclass(frozen=True, slots=True)
class FrameMapping:
    """The tables behind a frame or a part of one, and where its columns come from.

    Attributes:
        table: the table.
        columns: by our column, where its value comes from.
        part: the part's name, which stands before its keys; empty if the frame has no parts.
        joins: tables beside it.
        where: which rows count.
        soft_deleted: which rows the other system calls deleted.
        of: the part of `entries` that an entry_key means.
        version: the column that changes whenever the content does; null if there is none.
        erase: what becomes of the rows of an erased dossier; null if the mapping doesn't say.
        left_out: whether the rows that `where` leaves out go with them; empty if the mapping doesn't say.
    """

    table: Place
    columns: Mapping[str, ColumnForm]
    part: str = ""
    joins: Mapping[str, Join] = field(default_factory=dict)
    where: tuple[Condition, ...] = ()
    soft_deleted: tuple[Condition, ...] = ()
    of: str = ""
    version: Place | None = None
    erase: WayOfErasing | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class StoreMapping:
    """A mapping file, read.

    Attributes:
        url: of the database.
        frames: by name, the parts of a frame; one without a name for most.
        manners: how gently the database is read.
        classes: what is known of its columns.
        erasing: that it may be erased in, and how; null if it is only read.
        sha256: of the file and the URL: a plan is bound to it.
    """

    url: str
    frames: Mapping[str, tuple[FrameMapping, ...]]
    manners: Manners
    classes: tuple[ColumnClass, ...] = ()
    erasing: ErasingMapping | None = None
    sha256: str = ""


def read_mapping(path: Path, environment: Mapping[str, str] | None = None) -> StoreMapping:
    """Read a mapping file.

    Args:
        path: the file.
        environment: where `url_environment` is looked up; the process's own by default.

    Raises:
        MappingError: the file is wrong; names file, line and how to mend it.
        SecretInUrlError: a password stands in the URL.
    """
    reader = YamlReader(path.name)
    document = reader.table(parse_file(path), "the file", f"{path.name}:1")
    reader.known(document, {"store", "frames", "classes", "erase"}, "the file")
    store = reader.part(document, "store")
    url = _url(reader, store, os.environ if environment is None else environment)
    frames = reader.part(document, "frames")
    reader.known(frames, set(KNOWN_FRAMES), "frames")
    mapped = {str(name): _parts(reader, str(name), reader.part(frames, name)) for name in frames}
    _require(reader, mapped)
    digest = hashlib.sha256(url.encode() + b"\0" + path.read_bytes()).hexdigest()
    erasing = read_erasing(reader, document)
    return StoreMapping(url, mapped, read_manners(reader, store), read_classes(reader, document), erasing, digest)


def _url(reader: YamlReader, store: CommentedMap, environment: Mapping[str, str]) -> str:
    reader.known(store, {"url", "url_environment", *Manners.FIELDS}, "store")
    if ("url" in store) == ("url_environment" in store):
        raise MappingError("store has either url or url_environment", where=reader.line(store), remedy="keep one of them")
    if "url" in store:
        url = reader.word(store, "url").name
    else:
        variable = reader.word(store, "url_environment")
        if not environment.get(variable.name):
            raise MappingError(f"the variable {variable.name} isn't set", where=variable.where, remedy="set it to the URL")
        url = environment[variable.name]
    safe_url(url)
    return url


def _parts(reader: YamlReader, name: str, frame: CommentedMap) -> tuple[FrameMapping, ...]:
    if "parts" not in frame:
        return (_frame(reader, name, frame, ""),)
    reader.known(frame, {"parts"}, name)
    parts = reader.part(frame, "parts")
    for part in parts:
        if not isinstance(part, str) or not part.isidentifier():
            raise MappingError("a part's name is one word", where=reader.line(parts, part), remedy="use letters, digits and _")
    return tuple(_frame(reader, name, reader.part(parts, part), part) for part in parts)


def _frame(reader: YamlReader, name: str, part: CommentedMap, called: str) -> FrameMapping:
    reader.known(part, FRAME_KEYS.keys() - {"parts"}, name)
    columns = reader.part(part, "columns")
    definitions = {column.name: column for column in KNOWN_FRAMES[name].columns}
    reader.known(columns, definitions, f"{name}.columns")
    forms = {column: read_form(reader, columns, definitions[column]) for column in columns}
    _refuse_lost_precision(forms, definitions)
    return FrameMapping(
        table=reader.word(part, "table"),
        columns=forms,
        part=called,
        joins=read_joins(reader, part),
        where=read_conditions(reader, part, "where"),
        soft_deleted=read_conditions(reader, part, "soft_deleted"),
        of=reader.word(part, "of").name if "of" in part else "",
        version=_version(reader, part, forms.get(CONTENT)) if "version" in part else None,
        erase=read_way(reader, part),
        left_out=read_left_out(reader, part),
    )


def _version(reader: YamlReader, part: CommentedMap, content: ColumnForm | None) -> Place:
    place = reader.word(part, "version")
    if content is None or content.file == "path":
        what = "a version goes with a content that stands in the database itself"
        raise MappingError(what, where=place.where, remedy="take `version` out: a row says nothing of the file it names")
    return place


def _refuse_lost_precision(forms: Mapping[str, ColumnForm], definitions: Mapping[str, Column]) -> None:
    for column, form in forms.items():
        if form.precision_of is not None and form.precision_of not in forms:
            what = f"{column} is the precision of a date that isn't mapped"
            raise MappingError(what, where=form.where, remedy=f"map {form.precision_of}")
        precision = _PRECISIONS.get(column)
        if precision in definitions and precision not in forms and not all(known.names_a_day for known in form.dates):
            what = f"{column} may be known to the month or the year, and nothing says when it is"
            raise MappingError(what, where=form.where, remedy=f"add {precision}: {{precision_of: {column}}}")


def _require(reader: YamlReader, frames: Mapping[str, tuple[FrameMapping, ...]]) -> None:
    for name, parts in frames.items():
        for part in parts:
            _require_keys(name, part, frames)
    if not {"dossiers", "entries"} & set(frames):
        raise MappingError("neither dossiers nor entries are mapped", where=reader.file, remedy="map at least one of them")


def _require_keys(name: str, part: FrameMapping, frames: Mapping[str, tuple[FrameMapping, ...]]) -> None:
    definition = KNOWN_FRAMES[name]
    needed = {definition.key} | ({"dossier_key", "entry_key"} & set(definition.column_names))
    if name == "attachments":
        needed -= {"dossier_key"}  # it is that of the entry
    missing = sorted(needed - set(part.columns))
    if missing:
        raise MappingError(
            f"{name} needs {' and '.join(missing)}: without it no row can be told, or its dossier found",
            where=part.table.where,
            remedy=f"add {', '.join(missing)} to its columns",
        )
    if "entry_key" not in needed or name == "entries":
        return
    if "entries" not in frames:
        raise MappingError(f"{name} needs the frame entries", where=part.table.where, remedy="map entries too")
    entries = [entry.part for entry in frames["entries"]]
    if part.of not in entries:
        raise MappingError(
            f"{name} doesn't say of which part of entries it is",
            where=part.table.where,
            remedy=f"add of: {' or '.join(entries)}",
        )
