"""The test strings of DEDUCE: short Dutch names, places, phones and numbers, with many that must stay silent."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="deduce_cases_nl",
    about="Hard Dutch strings without a sentence around them, by the customs of the Netherlands; half of them hold nothing.",
    labels={
        "persoon": Label("A name of a patient or a doctor.", identifier="name"),
        "telefoonnummer": Label("A phone number.", identifier="phone"),
        "emailadres": Label("An e-mail address.", identifier="email"),
        "bsn": Label("A Dutch national number; one in all.", identifier="national_number"),
        "leeftijd": Label("An age.", identifier="age"),
        "locatie": Label("A street with its number or a town; a town alone is no address of ours.", identifier="address",
                         optional=True),
    },
    left_out={
        "datum": "Dates other than of birth are no category.",
        "id": "Numbers without a form of their own.",
        "ziekenhuis": "Organisations are no personal data of ours.",
        "zorginstelling": "Organisations are no personal data of ours.",
        "url": "Addresses of pages are no category.",
    },
    read=read_spans,
)  # fmt: skip
