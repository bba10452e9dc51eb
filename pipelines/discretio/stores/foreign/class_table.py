"""The classes of columns as a table that a data catalogue loads, and as a part of a mapping file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from itertools import groupby

from discretio.law.special_classes import SPECIAL_DATA
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.fides_dataset import keys_of
from discretio.stores.foreign.yaml_words import quoted

COLUMNS = ("table", "column", "special", "categories", "flags", "types", "fides", "confidence", "evidence", "read")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PART = re.compile(r"^classes:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def class_table(classes: Iterable[ColumnClass]) -> str:
    """One line a column, as CSV; several values of a cell are separated by |."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sorted(classes, key=lambda one: (one.table, one.column)):
        special = "yes" if set(each.flags) & set(SPECIAL_DATA) else "no"
        lists = (each.categories, each.flags, each.types, keys_of(each))
        cells = [each.table, each.column, special, *("|".join(str(value) for value in values) for values in lists)]
        writer.writerow([_harmless(cell) for cell in [*cells, f"{each.confidence:g}", "|".join(each.evidence), each.read]])
    return stream.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def with_classes(mapping_text: str, classes: Iterable[ColumnClass]) -> str:
    """A mapping file with these classes in place of its own; all else stays as it is written."""
    without = _PART.sub("", mapping_text).rstrip("\n")
    return f"{without}\n\n{classes_part(classes)}"


def classes_part(classes: Iterable[ColumnClass]) -> str:
    """The part `classes` of a mapping file; empty without classes."""
    listed = sorted(classes, key=lambda each: each.table)
    lines = ["classes:"] if listed else []
    for table, some in groupby(listed, key=lambda each: each.table):
        lines.append(f"  {quoted(table)}:")
        lines += [f"    {quoted(each.column)}: {_form(each)}" for each in some]
    return "".join(f"{line}\n" for line in lines)


def _form(each: ColumnClass) -> str:
    lists = {"categories": each.categories, "flags": each.flags, "types": each.types, "evidence": each.evidence}
    parts = [f"{name}: [{', '.join(str(value) for value in values)}]" for name, values in lists.items() if values]
    read = "'" + each.read.replace("'", "''") + "'"
    return f"{{{', '.join([*parts, f'confidence: {each.confidence:g}', f'read: {read}'])}}}"
