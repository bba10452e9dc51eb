"""Instruments that take each other's place: nobody waits in a circle, nobody is missing, and never do both apply at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from discretio.errors import PolicyError
from discretio.policy_files.instruments import Instrument
from discretio.policy_files.reading import Document


def broken_successions(instruments: Iterable[Document[Instrument]]) -> Iterator[PolicyError]:
    """What replaces an instrument is there, and in the end something replaces nothing."""
    documents = {document.content.id: document for document in instruments}
    for document in documents.values():
        seen, at = {document.content.id}, document.content.replaced_by
        while at is not None and at in documents and at not in seen:
            seen.add(at)
            at = documents[at].content.replaced_by
        if at is not None:
            what = f"{at} is replaced in a circle" if at in seen else f"there is no instrument {at} to replace it"
            yield document.error(what, "name the instrument that takes its place, or take the line out", "replaced_by")


def overlapping_validities(instruments: Iterable[Document[Instrument]]) -> Iterator[PolicyError]:
    """An instrument has ended when the one that takes its place begins: on no day both set the same values."""
    documents = {document.content.id: document for document in instruments}
    for document in documents.values():
        old = document.content
        new = documents.get(old.replaced_by or "")
        begins = new.content.valid_from if new is not None and new is not document else None
        if new is not None and begins is not None and begins <= (old.valid_to or date.max):
            what = f"{old.id} still applies on {begins}, when {new.content.id} takes its place"
            yield document.error(what, "give it a valid_to before that day, or mend the other's valid_from", "valid_to")
