"""Presidio's synthetic sentences: English templates filled with made-up data from many countries."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="presidio_synth",
    about="Identifiers of many countries in English templates, which repeat; ours are those of Belgium and its neighbours.",
    labels={
        "PERSON": Label("A name.", identifier="name"),
        "TITLE": Label("A title, which our detections of names may take in.", identifier="name", optional=True),
        "PHONE_NUMBER": Label("A phone number, mostly without the code of its country.", identifier="phone"),
        "EMAIL_ADDRESS": Label("An e-mail address.", identifier="email"),
        "IBAN_CODE": Label("An account number.", identifier="iban"),
        "IP_ADDRESS": Label("An IP address.", identifier="ip_address"),
        "AGE": Label("An age.", identifier="age"),
        "STREET_ADDRESS": Label("A street and its number, or a piece of an address; forms of the whole world.",
                                identifier="address"),
        "ZIP_CODE": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
        "GPE": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
    },
    left_out={
        "ORGANIZATION": "Organisations are no personal data of ours.",
        "DATE_TIME": "Dates other than of birth are no category.",
        "CREDIT_CARD": "Cards are no type of ours yet.",
        "US_SSN": "Numbers of the United States are no type of ours.",
        "US_DRIVER_LICENSE": "Numbers of the United States are no type of ours.",
        "DOMAIN_NAME": "Names of sites are no category.",
        "NRP": "Nationality, faith and party under one label: it says not which.",
    },
    read=read_spans,
)  # fmt: skip
