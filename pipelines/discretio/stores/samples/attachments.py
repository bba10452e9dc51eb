"""Attachments of the samples: short invented documents, some of which can't be read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import PurePath

from discretio.stores.layout import FILE
from discretio.stores.samples import files, numbers
from discretio.stores.samples.casting import Row
from discretio.stores.samples.enrichment import Enrichment
from discretio.stores.samples.model import Dossier

_EVERY, _UNREADABLE_EVERY, _FILE_EVERY = 9, 6, 40


def attachment_rows(dossier: Dossier, enrichment: Enrichment, turn: int) -> Iterator[Row]:
    """An attachment for every ninth entry; some of them are documents, not texts.

    Args:
        dossier: the dossier.
        enrichment: holds the wording.
        turn: the dossier's place in the store, so that the attachments don't all fall on the same entries.
    """
    subject = next((person for person in dossier.persons if person.role == "SUBJECT"), None)
    if subject is None:
        return
    for number, entry in enumerate(dossier.entries):
        place = turn * len(dossier.entries) + number
        if place % _EVERY:
            continue
        rng = random.Random(f"attachment:{entry.id}")  # noqa: S311 - invented data, no secret
        filled = {"name": subject.name, "surname": subject.name.split()[-1], "iban": numbers.iban(rng), "number": place}
        document = rng.choice(enrichment.wording["attachments"][entry.labelled.lang])
        attached, text = place // _EVERY, document["text"].format(**filled)
        row: Row = {
            "attachment_key": f"{entry.id}-A1",
            "entry_key": entry.id,
            "dossier_key": dossier.id,
            "filename": document["filename"].format(**filled),
            "text": text if attached % _UNREADABLE_EVERY else None,
        }
        yield _as_file(row, text, attached // _FILE_EVERY) if attached % _FILE_EVERY == 1 else row


def _as_file(row: Row, text: str, turn: int) -> Row:
    suffix, made = files.KINDS[turn % len(files.KINDS)]
    name = PurePath(str(row["filename"])).with_suffix(f".{suffix}")
    return row | {"filename": str(name), "text": None, FILE: made(text)}
