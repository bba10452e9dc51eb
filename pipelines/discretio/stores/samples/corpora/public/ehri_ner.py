"""EHRI-NER: testimonies and archives of the Holocaust in four languages."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="ehri_ner",
    about="Prose about persons, the nearest to dossiers, but historical: names found by context alone.",
    labels={"PERS": Label("A name.", identifier="name")},
    left_out={
        "LOC": "Places that are no address are no category.",
        "ORG": "Organisations are no personal data of ours.",
        "DATE": "Dates other than of birth are no category.",
        "CAMP": "Places that are no address are no category.",
        "GHETTO": "Places that are no address are no category.",
    },
    read=read_spans,
)
