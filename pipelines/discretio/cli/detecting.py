"""discretio detect, evaluate."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from discretio.cli.app import Format, app, leave, print_table
from discretio.detection import detect_lines, evaluate
from discretio.detection.detector import Detector
from discretio.detection.text_stream import detect_text
from discretio.errors import EXIT_NOT_EXAMINED, UsageError
from discretio.settings import Settings
from discretio.steps.detector import detector_of
from discretio.steps.whole_files import whole_file
from discretio.stores.samples.labelled import SAMPLES, labelled_sources

PIPE = Path("-")
_IN_SAMPLE = (
    "Discretio's own sample dossiers and notes: the statistical layer has learned from them, so that figures on them flatter. "
    "Its card, detection/statistical/model.md, tells those on authors that it had not seen."
)


@app.command("detect")
def detect(
    jsonl: Annotated[
        Path | None, typer.Option(help='Texts, one {"id", "text"[, "lang"]} a line; - for standard input.')
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Where the detections go, one line a text or window; - for standard output.")
    ] = PIPE,
    text: Annotated[Path | None, typer.Option(help="One plain text of any length, in UTF-8; - for standard input.")] = None,
) -> None:
    """Detect on text that you hand over. The only command that names a matched term. Exit code 3 if a text was not examined."""
    if (jsonl is None) is (text is None):
        raise UsageError("there is nothing to detect in, or too much", remedy="give either --jsonl FILE or --text FILE")
    answers = detect_lines if jsonl is not None else detect_text
    unexamined = 0
    with _source(jsonl or text or PIPE) as source, _target(out) as target:
        for answer in answers(source, _detector()):
            target.write(_line(answer))
            unexamined += bool(answer["not_examined"])
    leave(EXIT_NOT_EXAMINED if unexamined else 0)


@app.command("evaluate")
def evaluate_labelled(
    labelled: Annotated[list[Path], typer.Argument(help="Labelled dossiers or notes (JSONL), or folders of public corpora.")],
    output: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Measure precision and recall on labelled text, per category, special class and language, with 95 % intervals."""
    detector = _detector()
    measured = {name: evaluate(texts, detector).rows() for name, texts in labelled_sources(labelled).items()}
    if not any(measured.values()):
        raise UsageError("the file holds no labelled text", remedy="give one labelled dossier or note a line")
    if output is Format.JSON:
        typer.echo(json.dumps([{"corpus": name, **row} for name, rows in measured.items() for row in rows], indent=1))
        return
    for name, rows in measured.items():
        _print_rows(name, rows)
    if SAMPLES in measured:
        typer.echo(_IN_SAMPLE, err=True)


def _print_rows(corpus: str, rows: list[dict[str, Any]]) -> None:
    if len({row["lang"] for row in rows}) == 2:  # one language, and all of them: the same figures twice
        rows = [row for row in rows if row["lang"] != "all"]
    for level, measure in sorted({(row["level"], row["measure"]) for row in rows}):
        group = [row for row in rows if (row["level"], row["measure"]) == (level, measure)]
        columns = [name for name in group[0] if name not in {"level", "measure"} and not name.endswith(("_low", "_high"))]
        print_table(f"{corpus}: {measure}, by {level}", columns, _cells(group, columns))


def _cells(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> Iterable[list[object]]:
    for row in rows:
        yield [_with_interval(row, name) for name in columns]


def _with_interval(row: Mapping[str, Any], name: str) -> object:
    value, low, high = row[name], row.get(f"{name.removesuffix('_rate')}_low"), row.get(f"{name.removesuffix('_rate')}_high")
    if value is None:
        return "-"
    if not isinstance(value, float):
        return value
    return f"{value:.2f}" if low is None or high is None else f"{value:.2f} ({low:.2f}-{high:.2f})"


def _detector() -> Detector:
    return detector_of(Settings.from_environment())


def _source(path: Path) -> AbstractContextManager[BinaryIO]:
    if path == PIPE:
        return nullcontext(sys.stdin.buffer)
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(
            "the texts can't be read", where=error.strerror or "", remedy="check the file and its rights"
        ) from None


def _target(path: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if path == PIPE else whole_file(path)


def _line(answer: Mapping[str, Any]) -> bytes:
    text = json.dumps(answer, ensure_ascii=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a pair of surrogates, which JSON can hold and UTF-8 can't
        return json.dumps(answer).encode() + b"\n"
