"""Reading an inventory of dossiers on paper: YAML by frame, or CSV with a dossier a line."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from discretio.domain.frames import STORE_FRAMES
from discretio.errors import StoreContentError, UsageError
from discretio.stores.paper import INVENTORIED

_ENTRY_OF = "paper of {}"


def read_inventory(path: Path) -> dict[str, pd.DataFrame]:
    """The rows of an inventory by frame, with one entry per dossier for what is on the paper.

    Args:
        path: .yaml or .yml (frames of INVENTORIED, each a list of rows), or .csv (dossiers, columns as in domain/frames.py).

    Raises:
        UsageError: the file can't be read.
        StoreContentError: it holds no dossiers, or a frame or column that an inventory doesn't have.
    """
    frames = _of_csv(path) if path.suffix.lower() == ".csv" else _of_yaml(path)
    for number, (name, rows) in enumerate(frames.items(), start=1):
        _refuse_unknown(number, name, rows)
    if not frames.get("dossiers"):
        raise StoreContentError("the inventory names no dossier", where="dossiers", remedy="list each with a dossier_key")
    keys = [row.get("dossier_key") for row in frames["dossiers"]]
    frames["entries"] = [{"entry_key": _ENTRY_OF.format(key), "dossier_key": key} for key in keys if key]
    return {name: pd.DataFrame([_plain(row) for row in rows]) for name, rows in frames.items() if rows}


def _refuse_unknown(number: int, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Refuse a frame or a column that there isn't, by its number: a file without a head has a person's name in its place."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if name not in INVENTORIED:
        raise StoreContentError(
            "an inventory has no such frame",
            where=f"frame {number} of the file",
            remedy=f"frames: {', '.join(INVENTORIED)}",
        )
    known = STORE_FRAMES[name].column_names
    if unknown := next((place for place, column in enumerate(columns, start=1) if column not in known), None):
        raise StoreContentError(
            "an inventory has no such column",
            where=f"{name}, column {unknown}",
            remedy="its head names columns of docs/paper.md, written as there; a CSV file begins with its head",
        )


def _of_csv(path: Path) -> dict[str, list[dict[str, object]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {"dossiers": [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]}
    except (OSError, UnicodeDecodeError, csv.Error):
        raise _unreadable() from None


def _of_yaml(path: Path) -> dict[str, list[dict[str, object]]]:
    try:
        found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError):
        raise _unreadable() from None
    lists = found if isinstance(found, dict) else {"": None}
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists.values()):
        raise StoreContentError("an inventory is a list of rows for each frame", remedy="see docs/paper.md")
    return {str(name): list(rows or ()) for name, rows in lists.items()}


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Dates as they are written everywhere else."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _unreadable() -> UsageError:
    return UsageError("the inventory can't be read", remedy="give a CSV or YAML file in UTF-8 (docs/paper.md)")
