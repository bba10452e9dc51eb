"""EDS-Pseudo: invented fragments of French hospital text with identifiers in many forms."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

CORPUS = Corpus(
    name="eds_pseudo",
    about="French identifiers in the forms and misreadings of hospital text. Doctors' names are marked like patients'.",
    labels={
        "NOM": Label("A surname.", identifier="name"),
        "PRENOM": Label("A given name or its initial.", identifier="name"),
        "TEL": Label("A phone number, short internal ones too.", identifier="phone"),
        "MAIL": Label("An e-mail address.", identifier="email"),
        "ADRESSE": Label("A street and its number.", identifier="address"),
        "ZIP": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
        "VILLE": Label("Found as part of an address; alone it tells little.", identifier="address", optional=True),
        "DATE_NAISSANCE": Label("A date of birth.", identifier="birth_date"),
        "SECU": Label(
            "A French social-security number; most here are made up without a right key.", identifier="national_number"
        ),
    },
    left_out={
        "DATE": "Dates other than of birth are no category.",
        "IPP": "A hospital's own number of a patient, without a form of its own.",
        "NDA": "A hospital's own number of a stay, without a form of its own.",
        "HOPITAL": "Organisations are no personal data of ours.",
    },
    read=read_spans,
)
