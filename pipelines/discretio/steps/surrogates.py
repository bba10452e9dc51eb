"""Natural keys of a store to surrogate ids of the ledger, a whole frame at a time: what leaves `stores` carries no key."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from discretio.domain.frames import KNOWN_FRAMES
from discretio.ledger import locator
from discretio.ledger.connection import Ledger

# Which kind of thing each key column names, and so which surrogates it gets.
KIND_OF_COLUMN: Mapping[str, str] = {
    column.name: column.kind for frame in KNOWN_FRAMES.values() for column in frame.columns if column.kind
}
# What is forgotten as a whole, by the column that says to which something belongs.
_OWNERS: Mapping[str, str] = {"dossier_key": "dossier", "row_key": "art8_row"}
# Kinds that are no frame's own key.
_LISTED: Mapping[str, str] = {"identity": "identity_key"}
# Keys that no rule joins on and no outcome names: they need no surrogate.
_UNNAMED = frozenset({"agreement_key", "event_key", "introducer_key", "review_key"})


def without_keys(frames: Mapping[str, pd.DataFrame], ledger: Ledger, store_id: int) -> dict[str, pd.DataFrame]:
    """The same frames with surrogate ids for keys and without content that no rule judges.

    What belongs to a dossier (or an identity to a row of the art. 8 list) is named so that it is forgotten with it.
    """
    bare = {name: _drop(name, frame) for name, frame in frames.items()}
    by_kind: dict[str, set[str]] = {}
    for frame in bare.values():
        for column in frame.columns.intersection(list(KIND_OF_COLUMN)):
            by_kind.setdefault(KIND_OF_COLUMN[column], set()).update(frame[column].dropna().unique())
    ids: dict[str, Mapping[str, str]] = {}
    for kind in sorted(by_kind, key=_owners_first):
        homes = _homes(bare, kind, ids)
        ids[kind] = locator.surrogates(ledger, store_id, kind, sorted(by_kind[kind]), dossier_of=homes)
    return {name: _renamed(frame, ids) for name, frame in bare.items()}


def _owners_first(kind: str) -> tuple[bool, str]:
    return kind not in _OWNERS.values(), kind


def _homes(frames: Mapping[str, pd.DataFrame], kind: str, ids: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """By key of a kind, the surrogate of what it is forgotten with; the frame whose own key it is says so."""
    homes: dict[str, str] = {}
    for name, frame in frames.items():
        own = KNOWN_FRAMES[name].key if kind not in _LISTED else _LISTED[kind]
        owner = next((column for column in _OWNERS if column in frame.columns and column != own), None)
        if own in frame.columns and owner is not None and KIND_OF_COLUMN.get(own) == kind:
            rows = frame[[own, owner]].dropna()
            homes |= dict(zip(rows[own], rows[owner].map(ids[_OWNERS[owner]]), strict=True))
    return homes


def _drop(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without content that no rule judges, and without keys that nobody names."""
    known = KNOWN_FRAMES[name]
    content = {column.name for column in known.columns if column.content and not column.judged}
    unnamed = _UNNAMED if known.scope else _UNNAMED | {known.key}
    return frame.drop(columns=[column for column in frame.columns if column in content | unnamed])


def _renamed(frame: pd.DataFrame, ids: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    named = [column for column in frame.columns if column in KIND_OF_COLUMN]
    return frame.assign(**{column: frame[column].map(ids[KIND_OF_COLUMN[column]]) for column in named})
