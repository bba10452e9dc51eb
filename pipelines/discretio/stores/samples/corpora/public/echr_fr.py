"""French judgments of the European Court of Human Rights, marked by hand."""

from __future__ import annotations

from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="echr_fr",
    about="French legal prose: names of the parties, apart from those of judges and lawyers, and words of origin.",
    labels={
        "PER": Label("A name of a party or of somebody in the story.", identifier="name"),
        "LEGAL_PROFESSIONAL": Label("A professional in role: dossiers leave these out.", identifier="name", optional=True),
        "ETHNIC_CATEGORY": Label(
            "A word of origin or faith; ten in all, some of them names of towns' people.",
            12,
            (4, 13),
            (Flag.ETHNIC_ORIGIN,),
            optional=True,
        ),
        "NATIONALITY": Label("A nationality is category 4; beside it origin is accepted.", 4, (12,)),
    },
    left_out={
        "DATE": "Dates other than of birth are no category.",
        "DATETIME": "Dates other than of birth are no category.",
        "TIME": "Times are no category.",
        "LOC": "Places that are no address are no category.",
        "ORG": "Organisations are no personal data of ours.",
        "CODE": "Numbers of applications to the Court, which identify a case by its public number.",
        "QUANTITY": "Amounts here are mostly fines, costs and goods.",
        "CURRENCY": "Currencies are no category.",
    },
    complete=False,
    read=read_spans,
)
