"""The tables in which rows of a dossier stand, and how they are found: from a mapping and the live schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Inspector, TableClause, and_, column, select, table, type_coerce
from sqlalchemy.types import NullType

from discretio.domain.frames import KNOWN_FRAMES
from discretio.errors import MappingError
from discretio.stores.foreign.erase_forms import LEFT_OUT_GOES, AlsoErased, WayOfErasing
from discretio.stores.foreign.expressions import value_of
from discretio.stores.foreign.keys import keys_of
from discretio.stores.foreign.parts import MappedPart, Parts, as_written, entries_of, parts_of
from discretio.stores.foreign.sources import MappedTables, absent, types_of
from discretio.stores.foreign.yaml_reader import Place
from discretio.stores.mapping import StoreMapping

OWNER = "of_dossier"
WRITTEN = "of_dossier_as_written"
ART8 = "art8_rows"
_OURS = (OWNER, WRITTEN)
_BOUND = {"dossier_key", "entry_key"}


@dataclass(frozen=True, slots=True)
class ErasedTable:
    """A table of the store, and what becomes of its rows.

    Attributes:
        name: as the mapping writes it.
        place: where that is, however the mapping writes it.
        listed: whether its rows are those of the prosecutor's list, and belong to no dossier.
        table: the table itself, its values as the driver gives them.
        rows: its rows with the key of the dossier (or of the listed row) that each belongs to: OWNER as the rows have it,
            WRITTEN as the dossier has it.
        key: the columns by which its rows are told apart.
        way: what becomes of them.
        beside: the name by which `erase.also` has it; empty for the table of a frame.
    """

    name: str
    place: str
    listed: bool
    table: TableClause
    rows: FromClause
    key: tuple[str, ...]
    way: WayOfErasing
    beside: str = ""

    @property
    def owner(self) -> ColumnElement[Any]:
        """The key of the dossier, or of the listed row, as the rows have it."""
        return self.rows.c[OWNER]

    @property
    def written(self) -> ColumnElement[Any]:
        """The same key as the dossier itself has it: the database may take two of them for one."""
        return self.rows.c[WRITTEN]

    @property
    def own_columns(self) -> list[str]:
        """The names of the table's own columns."""
        return [one.name for one in self.rows.c if one.name not in _OURS]


def erased_tables(inspector: Inspector, mapping: StoreMapping, dialect: str) -> list[ErasedTable]:
    """Every table of a mapping in which something is erased or knowingly kept.

    Raises:
        MappingError: the mapping doesn't say what becomes of rows, or they can't be told apart.
    """
    parts = parts_of(inspector, with_left_out(mapping), dialect)
    _refuse_several_kinds_of_dossier(parts)
    reached = {
        (name, part.mapping.part): _reached(inspector, name, part, parts, dialect)
        for name, some in parts.items()
        for part in some
        if _is_bound(name, part)
    }
    found = [_of_frame(inspector, part, name, reached[name, part.mapping.part]) for name, part in _bound(parts)]
    beside = mapping.erasing.also if mapping.erasing else ()
    found += [_of_also(inspector, also, reached) for also in beside]
    _refuse_forgotten_joins(parts, found)
    return found


def with_left_out(mapping: StoreMapping) -> StoreMapping:
    """The mapping with the rows that it leaves out, where it says that they go with their dossier."""
    return replace(
        mapping,
        frames={
            name: tuple(replace(part, where=()) if part.left_out == LEFT_OUT_GOES else part for part in parts)
            for name, parts in mapping.frames.items()
        },
    )


def _bound(parts: Parts) -> Iterator[tuple[str, MappedPart]]:
    for name, some in parts.items():
        for part in some:
            if _is_bound(name, part):
                yield name, part
            elif part.mapping.erase is not None:
                raise MappingError(
                    f"rows of {name} belong to no dossier", where=part.mapping.erase.where, remedy="take `erase` out"
                )


def _is_bound(name: str, part: MappedPart) -> bool:
    return name == ART8 or bool(_BOUND & part.mapping.columns.keys())


def _refuse_several_kinds_of_dossier(parts: Parts) -> None:
    dossiers = parts.get("dossiers", ())
    if len(dossiers) != 1 or dossiers[0].mapping.part:
        raise MappingError(
            "dossiers must stand in one table for anything to be erased",
            where="frames.dossiers",
            remedy="map them from one table without parts, or take `erase` out",
        )


def _reached(inspector: Inspector, name: str, part: MappedPart, parts: Parts, dialect: str) -> FromClause:
    """The rows of a frame's own table, every column as it is, beside the key of what each belongs to."""
    tables = MappedTables(inspector, name, part.mapping)
    definitions = {one.name: one for one in KNOWN_FRAMES[name].columns}
    own_key = "row_key" if name == ART8 else "dossier_key"

    def expression(ours: str) -> ColumnElement[Any]:
        return value_of(part.mapping.columns[ours], definitions[ours], tables.find, dialect)

    whole = tables.joined()
    if own_key in part.mapping.columns:
        owner = expression(own_key)
    else:
        entries = entries_of(parts, part)
        if entries is None:
            raise MappingError(f"{name} needs the frame entries", where=part.mapping.table.where, remedy="map entries too")
        whole = whole.join(entries.source.table, expression("entry_key") == entries.source.columns["entry_key"])
        owner = entries.source.columns["dossier_key"]
    raw = [type_coerce(one, NullType()).label(one.name) for one in tables.own.c]
    whole, written = as_written(parts, name, whole, owner)
    query = (
        select(owner.label(OWNER), (owner if written is None else written).label(WRITTEN), *raw)
        .select_from(whole)
        .where(*tables.counted())
    )
    return query.subquery(f"erased_{name}_{part.mapping.part}")


def _of_frame(inspector: Inspector, part: MappedPart, name: str, rows: FromClause) -> ErasedTable:
    way, place = part.mapping.erase, part.mapping.table
    if way is None or (way.kept and name == "dossiers"):
        raise MappingError(
            f"the mapping doesn't say what becomes of the rows of {name}",
            where=place.where,
            remedy="add erase: delete, or another way of docs/mapping.md",
        )
    if part.mapping.where and not way.kept and not part.mapping.left_out:
        raise MappingError(
            f"`where` leaves rows of {name} out, and the mapping doesn't say whether they belong to dossiers that are erased",
            where=part.mapping.where[0].column.where,
            remedy="add left_out: erase (a withdrawn row is personal data too), or left_out: others if they aren't theirs",
        )
    named = next((form.where for form in part.mapping.columns.values() if form.file == "path"), None)
    if named is not None and not way.kept:
        raise MappingError(
            f"the files that rows of {name} name would be left behind",
            where=named,
            remedy="keep them as bytes, or take `erase` out and erase by the other system's own means",
        )
    return _erased(inspector, place, way, rows, listed=name == ART8)


def _of_also(inspector: Inspector, also: AlsoErased, reached: Mapping[tuple[str, str], FromClause]) -> ErasedTable:
    base = reached.get((also.frame, also.part))
    if base is None:
        raise MappingError(
            "a table hangs on a frame that isn't mapped, or belongs to no dossier",
            where=also.table.where,
            remedy=f"name one of {', '.join('.'.join(filter(None, key)) for key in reached)}",
        )
    types = types_of(inspector, also.table)
    bare = _bare(also.table, types)
    on = []
    for theirs, ours in also.on:
        for place, columns, where in ((theirs, list(types), "it"), (ours, [*base.c.keys()], "the frame's own table")):
            if place.name not in columns:
                raise absent("column", place, [one for one in columns if one not in _OURS], f" in {where}")
        on.append(bare.c[theirs.name] == base.c[ours.name])
    query = select(*(base.c[name] for name in _OURS), *bare.c).select_from(bare.join(base, and_(*on)))
    found = _erased(inspector, also.table, also.way, query.subquery(), listed=also.frame == ART8)
    return replace(found, beside=also.table.name)


def _erased(inspector: Inspector, place: Place, way: WayOfErasing, rows: FromClause, *, listed: bool) -> ErasedTable:
    types = types_of(inspector, place)
    for named in (*(replaced for replaced, _ in way.constants), *way.unlinked):
        if named.name not in types:
            raise absent("column", named, list(types), f" in the table {place.name}")
    keys = keys_of(inspector, place.name)
    if not way.kept and (keys.is_view or not keys.primary):
        raise MappingError(
            f"{place.name} has no primary key by which a row that is to be erased can be told",
            where=place.where,
            remedy="name the table behind the view, or give the table a primary key",
        )
    return ErasedTable(place.name, _standing(inspector, place), listed, _bare(place, types), rows, keys.primary, way)


def _standing(inspector: Inspector, place: Place) -> str:
    schema, _, bare = place.name.rpartition(".")
    full = f"{schema or inspector.default_schema_name or ''}.{bare}"
    return full.lower() if inspector.dialect.name == "sqlite" else full


def _bare(place: Place, names: Iterable[str]) -> TableClause:
    schema, _, bare = place.name.rpartition(".")
    return table(bare, *(column(name, NullType()) for name in names), schema=schema or None)


def _refuse_forgotten_joins(parts: Parts, found: Sequence[ErasedTable]) -> None:
    told = {one.name for one in found}
    for _, part in _bound(parts):
        for join in part.mapping.joins.values():
            if join.table.name not in told:
                raise MappingError(
                    f"{join.table.name} is read for dossiers, and the mapping doesn't say whether its rows go with them",
                    where=join.table.where,
                    remedy="name it in `erase.also`, with erase: keep if it says nothing of a dossier",
                )
