"""discretio store draft, check, classes: databases that somebody else designed."""

from __future__ import annotations

import json
from collections import Counter, abc
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from discretio import resources
from discretio.cli.app import Format, console, leave, progress
from discretio.errors import EXIT_FAILED, EXIT_USAGE, UsageError
from discretio.settings import Settings
from discretio.steps import draft_mapping
from discretio.steps.detector import detector_of
from discretio.steps.whole_files import whole_file
from discretio.stores.foreign.class_table import class_table, with_classes
from discretio.stores.foreign.fides_dataset import dataset_text, read_dataset
from discretio.stores.foreign.remarks import Gravity
from discretio.stores.mapping import read_mapping


class ClassFormat(StrEnum):
    """How classes of columns are printed."""

    FIDES = "fides"
    CSV = "csv"


Mapping = Annotated[Path, typer.Argument(help="A mapping file (docs/mapping.md).")]
Asked = abc.Mapping[str, Sequence[str]]
"""By rule, the columns and frames that it asks for."""
_MOST_WANTED = 10
_EXIT_CODES = {Gravity.ERROR: EXIT_USAGE, Gravity.WARNING: EXIT_FAILED}


def draft(
    url: Annotated[str, typer.Argument(help="SQLAlchemy URL without a password; it is read in read-only transactions.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The mapping file to write.")],
    schema: Annotated[str | None, typer.Option(help="The schema to read; the connection's own by default.")] = None,
    rows: Annotated[
        int, typer.Option(min=1, help="Rows of a table that are sifted for numbers with a checksum, at most.")
    ] = draft_mapping.ROWS_SIFTED,
) -> None:
    """Draft a mapping for an unknown database: reasons and confidence behind each line, no value of it."""
    if output.exists():
        raise UsageError("there is a file already", where=output.name, remedy="name another, or move it away")
    asked = draft_mapping.Asked(url, schema, rows)
    with progress() as bars:
        task = bars.add_task("reading tables", total=None)
        text = draft_mapping.draft_mapping(
            asked,
            resources.folder("expectations") / "mapped_store",
            lambda: detector_of(Settings.from_environment()),
            lambda done, total: bars.update(task, completed=done, total=total),
        )
    with whole_file(output) as stream:
        stream.write(text.encode())
    console.print(f"written; read every line of it, then: discretio store check {output.name}", soft_wrap=True, markup=False)


def check(mapping: Mapping, output: Annotated[Format, typer.Option("--format")] = Format.TABLE) -> None:
    """Check a mapping against its live database. 0: it fits. 1: with warnings. 2: it doesn't fit. 3: can't be reached."""
    remarks, missed = draft_mapping.check_mapping(mapping, resources.folder("expectations") / "mapped_store")
    if output is Format.JSON:
        typer.echo(json.dumps({"remarks": [asdict(each) for each in remarks], "not_checkable": missed}, indent=1))
    else:
        for each in remarks:
            lines = [f"{each.gravity}: {each.what}", f"  where: {each.where}", f"  what to do: {each.remedy}"]
            console.print("\n".join(line for line in lines if not line.endswith(": ")), soft_wrap=True, markup=False)
        for rule, columns in missed.items():
            console.print(f"NOT_CHECKABLE: {rule} lacks {', '.join(columns)}", soft_wrap=True, markup=False)
        _print_most_wanted(missed)
        counts = [f"{sum(each.gravity is gravity for each in remarks)} {gravity}s" for gravity in Gravity]
        console.print(", ".join(counts))
    leave(max((_EXIT_CODES.get(each.gravity, 0) for each in remarks), default=0))


def _print_most_wanted(missed: Asked) -> None:
    """What most rules wait for: what to map next."""
    wanted = Counter(column for columns in missed.values() for column in columns).most_common(_MOST_WANTED)
    for column, rules in wanted:
        console.print(f"most wanted: {column}, by {rules} rules", soft_wrap=True, markup=False)


def classes(
    mapping: Mapping,
    output: Annotated[ClassFormat, typer.Option("--format", help="A Dataset of fideslang, or a table.")] = ClassFormat.CSV,
    dataset: Annotated[
        Path | None, typer.Option("--import", help="A Dataset of fideslang: its classes take the place of the mapping's.")
    ] = None,
) -> None:
    """Print what a mapping says of columns for a data catalogue, or take it over from a Dataset of fideslang."""
    if dataset is not None:
        taken = read_dataset(dataset)
        read_mapping(mapping)  # a file that isn't understood is left as it is
        text = with_classes(mapping.read_text(encoding="utf-8"), taken)
        with whole_file(mapping) as stream:
            stream.write(text.encode())
        console.print(f"{len(taken)} columns taken over")
        return
    known = read_mapping(mapping).classes
    typer.echo(dataset_text(mapping.stem, known) if output is ClassFormat.FIDES else class_table(known), nl=False)
