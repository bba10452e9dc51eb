"""The forms in which a mapping says what an erasure does to the rows of a dossier: nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ruamel.yaml.comments import CommentedMap

from discretio.errors import MappingError
from discretio.stores.foreign.yaml_reader import Place, Plain, YamlReader

ERASE_KEYS: Mapping[str, str] = {
    "holds": "where holds stand: `frame` (the frame holds above) or `ledger` (the system has none: those recorded here count)",
    "also": "tables beside the frames, by a name: {NAME: {table: T, of: FRAME or FRAME.PART, on: {their_column: its_column}, "
    "erase: ...}}",
}
"""What `erase` at the top of a mapping may say: the documentation is checked against this table."""

WAYS: Mapping[str, str] = {
    "delete": "the rows are deleted",
    "keep": "the rows stay as they are: they say nothing of a dossier, or go with another frame of the same table",
    "{set: {COLUMN: value}}": "the rows stay, with these columns replaced; one value isn't null: an erased row is told by them",
    "{unlink: [COLUMN]}": "the rows are deleted, after these columns were set to null: for tables that refer to each other",
}
"""What `erase` of a frame may say: as above."""

LEFT_OUT_GOES, LEFT_OUT_IS_OTHERS = "erase", "others"
"""What `left_out` says of the rows that `where` leaves out: they are the dossier's too and go with it, or something else's."""

_DELETE, _KEEP, _SET, _UNLINK = "delete", "keep", "set", "unlink"
_HOLDS = ("frame", "ledger")


@dataclass(frozen=True, slots=True)
class WayOfErasing:
    """What becomes of rows whose dossier is erased.

    Attributes:
        where: file and line.
        kept: they stay as they are.
        constants: by column, the value that replaces what stood there; the rows stay. Empty: they are deleted.
        unlinked: columns set to null before rows are deleted.
    """

    where: str
    kept: bool = False
    constants: tuple[tuple[Place, Plain], ...] = ()
    unlinked: tuple[Place, ...] = ()

    @property
    def deletes(self) -> bool:
        """Whether the rows go."""
        return not self.kept and not self.constants


@dataclass(frozen=True, slots=True)
class AlsoErased:
    """A table that isn't read, but holds rows of a dossier.

    Attributes:
        table: the table.
        frame: the frame to whose rows its own belong.
        part: the part of it; empty if it has none.
        on: its column, and the column of the frame's own table that it equals.
        way: what becomes of its rows.
    """

    table: Place
    frame: str
    part: str
    on: tuple[tuple[Place, Place], ...]
    way: WayOfErasing


@dataclass(frozen=True, slots=True)
class ErasingMapping:
    """That a store may be erased in: whether its holds are those of the ledger alone, and what goes beside the frames."""

    where: str
    holds_in_ledger: bool
    also: tuple[AlsoErased, ...]


def read_way(reader: YamlReader, parent: CommentedMap) -> WayOfErasing | None:
    """What `erase` below a frame or a table says; None if it isn't there.

    Raises:
        MappingError: it isn't understood.
    """
    if "erase" not in parent:
        return None
    where = reader.line(parent, "erase")
    if not isinstance(parent["erase"], CommentedMap):
        word = reader.word(parent, "erase").name
        if word not in (_DELETE, _KEEP):
            raise MappingError("this is no way of erasing", where=where, remedy=f"use one of {', '.join(WAYS)}")
        return WayOfErasing(where, kept=word == _KEEP)
    form = reader.part(parent, "erase")
    reader.known(form, {_SET, _UNLINK}, "erase")
    if len(form) != 1:
        raise MappingError("rows either stay or go", where=where, remedy="give one of set and unlink")
    if _UNLINK in form:
        return WayOfErasing(where, unlinked=reader.words(form, _UNLINK))
    return WayOfErasing(where, constants=_constants(reader, reader.part(form, _SET)))


def read_left_out(reader: YamlReader, parent: CommentedMap) -> str:
    """What `left_out` below a frame says; empty if it isn't there.

    Raises:
        MappingError: it isn't understood.
    """
    if "left_out" not in parent:
        return ""
    word = reader.word(parent, "left_out")
    if word.name not in (LEFT_OUT_GOES, LEFT_OUT_IS_OTHERS):
        remedy = f"use {LEFT_OUT_GOES} if they go with the dossier, {LEFT_OUT_IS_OTHERS} if they belong to something else"
        raise MappingError("this says nothing of the rows that `where` leaves out", where=word.where, remedy=remedy)
    return word.name


def _constants(reader: YamlReader, columns: CommentedMap) -> tuple[tuple[Place, Plain], ...]:
    constants = tuple((Place(str(name), reader.line(columns, name)), reader.plain(columns, name)) for name in columns)
    if all(value is None for _, value in constants):
        raise MappingError(
            "a row of nulls alone can't be told from one that never held anything",
            where=reader.line(columns),
            remedy="set one column to a word that stands nowhere else, such as erased",
        )
    return constants


def read_erasing(reader: YamlReader, document: CommentedMap) -> ErasingMapping | None:
    """What `erase` at the top of a mapping says; None if nothing may be erased.

    Raises:
        MappingError: it isn't understood.
    """
    if "erase" not in document:
        return None
    part = reader.part(document, "erase")
    reader.known(part, ERASE_KEYS, "erase")
    holds = reader.word(part, "holds")
    if holds.name not in _HOLDS:
        raise MappingError("holds stand in the frame or in the ledger", where=holds.where, remedy=f"use {' or '.join(_HOLDS)}")
    also = reader.part(part, "also") if "also" in part else None
    beside = tuple(_also(reader, str(name), reader.part(also, name)) for name in also) if also else ()
    return ErasingMapping(reader.line(document, "erase"), holds.name == "ledger", beside)


def _also(reader: YamlReader, name: str, part: CommentedMap) -> AlsoErased:
    reader.known(part, {"table", "of", "on", "erase"}, name)
    frame, _, called = reader.word(part, "of").name.partition(".")
    on = reader.part(part, "on")
    pairs = tuple((Place(str(theirs), reader.line(on, theirs)), reader.word(on, theirs)) for theirs in on)
    way = read_way(reader, part)
    if way is None:
        raise MappingError(f"{name} doesn't say what becomes of its rows", where=reader.line(part), remedy="add erase: delete")
    return AlsoErased(reader.word(part, "table"), frame, called, pairs, way)
