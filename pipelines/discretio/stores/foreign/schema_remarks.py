"""What the schema alone says of a mapping: keys, views, and types that can't hold what a column is said to hold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.types import Boolean, Date, DateTime, Integer, LargeBinary, NullType, Numeric, Time, TypeEngine

from discretio.domain.frames import KNOWN_FRAMES, MOMENT, NUMBER, TRUTH, Column
from discretio.stores.foreign.column_forms import ColumnForm
from discretio.stores.foreign.expressions import is_key
from discretio.stores.foreign.keys import TableKeys
from discretio.stores.foreign.remarks import Gravity, Remark
from discretio.stores.foreign.sources import MappedTables
from discretio.stores.mapping import FrameMapping


def schema_remarks(tables: MappedTables, name: str, frame: FrameMapping, keys: TableKeys) -> list[Remark]:
    """The remarks on one part of a frame whose tables and columns are all there."""
    definitions = {column.name: column for column in KNOWN_FRAMES[name].columns}
    remarks = list(_on_keys(name, frame, keys))
    for ours, form in frame.columns.items():
        for place in form.columns:
            remarks += _on_type(f"{name}.{ours}", definitions[ours], form, tables.find(place).type)
    return remarks


def _on_keys(name: str, frame: FrameMapping, keys: TableKeys) -> Iterator[Remark]:
    where = frame.table.where
    form = frame.columns[KNOWN_FRAMES[name].key]
    used = {place.name for place in form.columns}
    if keys.is_view:
        what = f"{frame.table.name} is a view: whether its keys are unique is counted before each scan"
        yield Remark(Gravity.NOTE, what, where, "map the tables behind it if the scan is slow")
    elif not keys.primary:
        what = f"{frame.table.name} has no primary key: whether its rows can be told apart is counted before each scan"
        yield Remark(Gravity.WARNING, what, where, "have a primary key or a unique index made, if the system's owner can")
    elif len(keys.primary) > 1 and used < set(keys.primary):
        what = f"the key of {frame.table.name} is composite, and the mapping takes a part of it"
        yield Remark(Gravity.WARNING, what, form.where, f"write {{columns: [{', '.join(keys.primary)}]}}")


def _on_type(name: str, definition: Column, form: ColumnForm, kind: TypeEngine[object]) -> list[Remark]:
    if isinstance(kind, NullType):
        what = f"{name} is of a type that SQLAlchemy doesn't know: it is read as text"
        return [Remark(Gravity.NOTE, what, form.where, "see in the trial below whether that does")]
    wrong = "" if form.codes is not None or form.json else _misfit(definition, form, kind)
    if not wrong:
        return []
    remedy = {
        MOMENT: "say how it is written: date: YYYY, or epoch_seconds",
        TRUTH: "write {column: NAME, codes: {CODE: true, CODE: false}}",
        NUMBER: "write {column: NAME, codes: {CODE: [5, 6]}, otherwise: []}",
    }.get(definition.dtype, "name a column of text")
    return [Remark(Gravity.ERROR, f"{name} can't be read from {wrong}", form.where, remedy)]


def _misfit(definition: Column, form: ColumnForm, kind: TypeEngine[object]) -> str:
    if definition.dtype == MOMENT or form.precision_of is not None:
        if isinstance(kind, Boolean | LargeBinary | Time):
            return "a column without dates"
        return "a number" if isinstance(kind, Integer | Numeric) and not form.dates and not form.precision_of else ""
    if definition.dtype in (TRUTH, NUMBER):
        return "" if isinstance(kind, Boolean | Integer) else "a column that holds no truth value or set of categories"
    if definition.content and not is_key(definition) and isinstance(kind, Boolean | Date | DateTime):
        return "a column without text"
    return ""
