"""Decisions of German federal courts, made anonymous by the courts themselves."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

_NO_PERSON = "Laws, courts, places and organisations are no personal data of ours."

CORPUS = Corpus(
    name="legal_ner_de",
    about="German legal prose: names, mostly initials, and what is mistaken for one among laws and places.",
    labels={
        "PER": Label("A name or an initial.", identifier="name"),
        "RR": Label("A judge in role: dossiers leave these out.", identifier="name", optional=True),
        "AN": Label("A lawyer in role: dossiers leave these out.", identifier="name", optional=True),
        "STR": Label("A street without a number; seven in all.", identifier="address", optional=True),
        "LIT": Label("Authors of books stand in it.", identifier="name", optional=True),
    },
    left_out=dict.fromkeys(
        ("GS", "GRT", "RS", "INN", "EUN", "MRK", "UN", "VT", "ORG", "ST", "LD", "VO", "VS", "LDS"), _NO_PERSON
    ),
    read=read_spans,
)
