"""GermEval 2014: German encyclopedia and news with named entities."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

_NO_PERSON = "No name of a person."

CORPUS = Corpus(
    name="germeval2014",
    about="German encyclopedia and news: names found by context alone, mostly of persons in public life.",
    labels={
        "PER": Label("A name.", identifier="name"),
        "PERderiv": Label("A word made of a name.", identifier="name", optional=True),
        "PERpart": Label("A compound that holds a name.", identifier="name", optional=True),
    },
    left_out=dict.fromkeys(
        ("LOC", "LOCderiv", "LOCpart", "ORG", "ORGderiv", "ORGpart", "OTH", "OTHderiv", "OTHpart"), _NO_PERSON
    ),
    read=read_spans,
)
