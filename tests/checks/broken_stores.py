"""The small store of each chapter, lawful, and with something changed: stores/<chapter>.yaml.

`frames` are rows by frame; a frame that isn't named is empty, which is to say that the store delivers it and there are none.
`breaks` say what is changed and what `rule` then answers for `scope` (the key itself if not named): `frame` and `key` with
`change`, or `add` for one more row (`times` for so many, numbered); `also` for more of the same; `policy` for other values;
`hears` for the controllers whose authorities hear of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from checks.frames_of_a_lawful_store import frame
from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES
from discretio.law.policy import ResolvedPolicy
from domain.judgements.told import told_policy

STORES = Path(__file__).parent / "stores"
Frames = dict[str, pd.DataFrame]


def policy(changes: Mapping[str, Any] | None = None) -> ResolvedPolicy:
    return told_policy(changes or {})


@cache
def told(chapter: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = YAML(typ="safe").load((STORES / f"{chapter}.yaml").read_text(encoding="utf-8"))
    return found


def lawful(chapter: str) -> Frames:
    """All frames of a chapter's lawful store; another may be put in its place, none is changed in place."""
    return dict(_made(chapter))


@cache
def _made(chapter: str) -> Frames:
    named = told(chapter)["frames"]
    return {name: frame(name, named.get(name) or []) for name in (*KNOWN_FRAMES, ENTRY_FINDINGS.name)}


def broken(chapter: str, change: Mapping[str, Any]) -> Frames:
    """The chapter's lawful store with what a break changes."""
    frames = lawful(chapter)
    for one in (change, *change.get("also", ())):
        name, table = one["frame"], frames[one["frame"]].copy()
        frames[name] = _with_more(name, table, one) if "add" in one else _changed(table, one["key"], one["change"])
    return frames


def _with_more(name: str, table: pd.DataFrame, one: Mapping[str, Any]) -> pd.DataFrame:
    added = frame(name, list(_numbered(one["add"], one.get("times", 0))))
    return pd.concat([table, added], ignore_index=True) if len(table) else added


def _numbered(row: Mapping[str, Any], times: int) -> Iterable[dict[str, Any]]:
    key = next(iter(row))
    return [{**row, key: f"{row[key]}{number}"} for number in range(times)] if times else [dict(row)]


def _changed(table: pd.DataFrame, key: str, change: Mapping[str, Any]) -> pd.DataFrame:
    rows = table.iloc[:, 0] == key
    assert rows.sum() == 1
    for column, value in change.items():
        table.loc[rows, column] = pd.Timestamp(value) if re.match(r"\d{4}-\d\d-\d\d", str(value)) else value
    return table
