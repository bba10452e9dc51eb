"""A draft as a mapping file, with a reason behind every line; nothing in it is a value of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from discretio.stores.drafting.draft import Draft
from discretio.stores.drafting.proposals import LeftOut, ProposedColumn, ProposedPart
from discretio.stores.drafting.samples import ROWS_SAMPLED
from discretio.stores.foreign.class_table import classes_part
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.yaml_words import quoted

_HEAD = f"""\
# Drafted by `discretio store draft` from the schema and a sample of at most {ROWS_SAMPLED} rows a table.
# Behind each line: how sure it is, from 0 to 1, and why. A line that begins with # is a question to you, or a remark.
# No value of the database stands in this file. Then: discretio store check THIS_FILE
"""
_LINE_ENDS = "\r\n\x85\u2028\u2029"


def mapping_text(draft: Draft, missed: Mapping[str, Sequence[str]]) -> str:
    """The mapping file.

    Args:
        draft: what is proposed.
        missed: by rule, the columns that it lacks, as frame.column.
    """
    lines = [_HEAD, "store:", f"  url: {_text(draft.url)}", "frames:"]
    for frame in dict.fromkeys(part.frame for part in draft.parts):
        lines += _frame(frame, [part for part in draft.parts if part.frame == frame], draft)
    lines += ["", *_left_out(draft.left_out), *_missed(missed), *_classes(draft.classes)]
    return "\n".join(lines) + "\n"


def _frame(frame: str, parts: Sequence[ProposedPart], draft: Draft) -> Iterator[str]:
    if len(parts) == 1:
        yield f"  {frame}:  {_why(parts[0].confidence, parts[0].reason)}"
        yield from _part(parts[0], "    ", draft)
        return
    yield f"  {frame}:"
    yield "    parts:"
    for part in parts:
        yield f"      {part.part}:  {_why(part.confidence, part.reason)}"
        yield from _part(part, "        ", draft)


def _part(part: ProposedPart, indent: str, draft: Draft) -> Iterator[str]:
    yield f"{indent}table: {quoted(part.table)}"
    several = sum(other.frame == "entries" for other in draft.parts) > 1
    if part.of and several:
        named = next(other.part for other in draft.parts if other.frame == "entries" and other.table == part.of)
        yield f"{indent}of: {named}"
    if part.joins:
        yield f"{indent}joins:"
        yield from (f"{indent}  {quoted(name)}: {join}" for name, join in part.joins.items())
    if part.soft_deleted:
        yield f"{indent}soft_deleted: {part.soft_deleted}  # these rows are still there, and are read all the same"
    yield f"{indent}columns:"
    yield from (_column(column, indent) for column in part.columns)


def _column(column: ProposedColumn, indent: str) -> str:
    mark = "# " if column.is_question else ""
    return f"{indent}  {mark}{column.name}: {column.form}  {_why(column.confidence, column.reason)}"


def _why(confidence: float, reason: str) -> str:
    return f"# {confidence:.2f} {_one_line(reason)}"


def _left_out(tables: Sequence[LeftOut]) -> Iterator[str]:
    if tables:
        yield "# Not mapped, although it holds text or files:"
        yield from (f"#   {_one_line(each.table)}: {_one_line(each.reason)}" for each in tables)
        yield ""


def _missed(missed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if missed:
        yield "# NOT_CHECKABLE as long as these columns of ours aren't mapped:"
        yield from (f"#   {rule}: {', '.join(columns)}" for rule, columns in missed.items())
        yield ""


def _classes(classes: Sequence[ColumnClass]) -> Iterator[str]:
    if classes:
        yield "# What columns hold: for data catalogues (discretio store classes THIS_FILE), and for your own eyes."
        yield classes_part(classes).rstrip("\n")


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _one_line(text: str) -> str:
    return "".join(" " if letter in _LINE_ENDS else letter for letter in text)
