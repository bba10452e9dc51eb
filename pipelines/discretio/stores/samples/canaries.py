"""Canary strings planted in a store: found anywhere else after a full run, they prove a leak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

Frames = dict[str, pd.DataFrame]

# The columns of all frames that hold a key of that kind.
_KEY_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dossier": ("dossier_key",),
    "entry": ("entry_key",),
    "person": ("person_key", "linked_to", "identity_key"),
    "controller": ("controller_key", "owner", "introduced_by", "holder", "giver", "receiver", "addressed_to"),
    "user": ("user_key",),
    "officer": ("requested_by", "approved_by"),
}
# What a canary sentence says: the detectors find its terms, so that a leak of what they matched would show.
_SENTENCES = {
    "fr": "{name} souffre de diabète ({term}), joignable à {mail}, NN {number}.",
    "nl": "{name} lijdt aan suikerziekte ({term}), te bereiken op {mail}, RR {number}.",
    "de": "{name} leidet an Diabetes ({term}), erreichbar unter {mail}, NR {number}.",
    "en": "{name} suffers from diabetes ({term}), can be reached at {mail}, NRN {number}.",
}


@dataclass(slots=True)
class _Planter:
    """Plants in the frames and keeps what it planted."""

    frames: Frames
    planted: list[str] = field(default_factory=list)

    def canary(self, kind: str) -> str:
        """A new unmistakable word."""
        word = f"Zqxkanarie{kind}{len(self.planted):03d}"
        self.planted.append(word)
        return word

    def key(self, kind: str, old: str) -> str:
        """A new key for an old one, everywhere; returned so that more can be planted beside it."""
        new = self.canary(kind)
        for frame in self.frames.values():
            for column in [name for name in _KEY_COLUMNS[kind] if name in frame.columns]:
                frame[column] = frame[column].where(frame[column] != old, new).astype(frame[column].dtype)
        return new

    def content(self, name: str, row: int, column: str, text: str) -> None:
        """A text into one cell."""
        self.frames[name].loc[row, column] = text


def plant(rows: Mapping[str, pd.DataFrame]) -> tuple[Frames, tuple[str, ...]]:
    """Plant canaries as terms, names, keys, file names, reasons.

    They go into the first dossier, the one that closed first (so that a purge meets them), and the first with a hold, an
    attachment, a request and a justification of category 16.

    Args:
        rows: the frames of a store; left as they are.

    Returns:
        Frames with canaries in them, and the canaries: nothing of them may be found outside the store.
    """
    planter = _Planter({name: frame.copy() for name, frame in rows.items()})
    for key in _chosen(rows):
        _plant_in_dossier(planter, key)
    _plant_in_controllers(planter)
    return planter.frames, tuple(planter.planted)


def _chosen(rows: Mapping[str, pd.DataFrame]) -> list[str]:
    justified = rows["entries"].loc[rows["entries"]["cat16_justification"].notna(), "dossier_key"]
    closed = rows["dossiers"].dropna(subset="closed_at").sort_values("closed_at", kind="stable")["dossier_key"]
    columns = [rows["dossiers"]["dossier_key"], closed, justified]
    columns += [rows[name]["dossier_key"] for name in ("holds", "attachments", "rights_requests")]
    return list(dict.fromkeys(str(column.iloc[0]) for column in columns if len(column)))


def _plant_in_dossier(planter: _Planter, old_key: str) -> None:
    key = planter.key("dossier", old_key)
    for row in _rows_of(planter, "persons", key)[:1]:
        planter.key("person", str(planter.frames["persons"].loc[row, "person_key"]))
        planter.content("persons", row, "name", planter.canary("name"))
    for row in _rows_of(planter, "attachments", key):
        planter.content("attachments", row, "filename", f"{planter.canary('file')}.pdf")
    for row in _rows_of(planter, "holds", key):
        planter.content("holds", row, "reason", planter.canary("reason"))
        planter.key("officer", str(planter.frames["holds"].loc[row, "requested_by"]))
    for row in _rows_of(planter, "access_grants", key)[:1]:
        planter.key("user", str(planter.frames["access_grants"].loc[row, "user_key"]))
    entries = _rows_of(planter, "entries", key)
    for row in entries[:2]:
        _plant_in_entry(planter, row)
    reasoned = planter.frames["entries"]["cat16_justification"].notna()
    for row in (row for row in entries if reasoned.loc[row]):
        planter.content("entries", row, "cat16_justification", planter.canary("justification"))


def _plant_in_entry(planter: _Planter, row: int) -> None:
    entries = planter.frames["entries"]
    planter.key("entry", str(entries.loc[row, "entry_key"]))
    mail = f"{planter.canary('mail')}@kanarie.example"
    serial = 900 + len(planter.planted) % 98
    number = f"85.01.01-{serial}.{97 - (850101 * 1000 + serial) % 97:02d}"
    planter.planted.append(number)
    sentence = _SENTENCES[str(entries.loc[row, "lang"])]
    told = sentence.format(name=planter.canary("name"), term=planter.canary("term"), mail=mail, number=number)
    planter.content("entries", row, "text", f"{entries['text'].iloc[row]} {told}")


def _plant_in_controllers(planter: _Planter) -> None:
    controllers = planter.frames["controllers"]
    for row in range(min(3, len(controllers))):
        planter.key("controller", str(controllers.loc[row, "controller_key"]))
        planter.content("controllers", row, "organisation", planter.canary("organisation"))


def _rows_of(planter: _Planter, name: str, dossier_key: str) -> list[int]:
    frame = planter.frames[name]
    return [int(row) for row in frame.index[frame["dossier_key"] == dossier_key]]
