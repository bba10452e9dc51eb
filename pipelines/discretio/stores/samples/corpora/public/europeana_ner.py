"""Europeana Newspapers: pages of 1800 to 1950, read by machine with its errors."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="europeana_ner",
    about="Old newspapers in French, Dutch and German: names found by context alone, in misread text and old spelling.",
    labels={"PER": Label("A name, mostly of persons in public life.", identifier="name")},
    left_out={"LOC": "Places that are no address are no category.", "ORG": "Organisations are no personal data of ours."},
    read=read_spans,
)
