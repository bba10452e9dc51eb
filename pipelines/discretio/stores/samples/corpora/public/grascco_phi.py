"""GraSCCo with its layer of protected health information: German discharge letters about invented patients."""

from __future__ import annotations

from dataclasses import replace

from discretio.domain.labelled import LabelledText
from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import read_spans, span_of
from discretio.stores.samples.corpora.shapes import Corpus, Label
from discretio.stores.samples.fields import Fields

_LETTER = "HEALTH"


def _read(fields: Fields, corpus: Corpus) -> LabelledText:
    """Their spans, and the whole letter as a datum of health where its document says so."""
    item = read_spans(fields, corpus)
    if _LETTER not in fields.texts("doc_category"):
        return item
    whole = span_of(0, len(item.text), _LETTER, corpus.labels[_LETTER])
    return replace(item, spans=(*item.spans, whole))


CORPUS = Corpus(
    name="grascco_phi",
    about="German letters from hospitals: names, places and phones, and whether each letter shows as health.",
    labels={
        _LETTER: Label("Every letter tells the health of its patient; where in it is not marked.", 10, flags=(Flag.HEALTH,)),
        "NAME_PATIENT": Label("A name of the person whom the letter is about.", identifier="name"),
        "NAME_RELATIVE": Label("A name of a relative.", identifier="name"),
        "NAME_DOCTOR": Label("A name of a professional in role: dossiers leave these out.", identifier="name", optional=True),
        "NAME_TITLE": Label("A title, which our detections of names may take in.", identifier="name", optional=True),
        "NAME_USERNAME": Label("An abbreviated name.", identifier="name", optional=True),
        "CONTACT_PHONE": Label("A phone number.", identifier="phone"),
        "CONTACT_FAX": Label("A fax number is written as a phone number is.", identifier="phone"),
        "CONTACT_EMAIL": Label("An e-mail address.", identifier="email"),
        "LOCATION_STREET": Label("A street and its number.", identifier="address"),
        "LOCATION_ZIP": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
        "LOCATION_CITY": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
        "AGE": Label("An age.", identifier="age"),
    },
    left_out={
        "DATE": "Dates of treatment; dates of birth are not told apart from them.",
        "ID": "Numbers of cases and of ward lists without a form of their own.",
        "PROFESSION": "Two in all.",
        "LOCATION_HOSPITAL": "Organisations are no personal data of ours.",
        "LOCATION_ORGANIZATION": "Organisations are no personal data of ours.",
        "LOCATION_COUNTRY": "One in all.",
    },
    # Every letter holds health: a false alarm can't be.
    complete=False,
    read=_read,
)
