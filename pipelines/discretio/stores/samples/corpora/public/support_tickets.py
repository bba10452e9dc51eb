"""Invented messages to a help desk, French and English, few but with identifiers of every kind."""

from __future__ import annotations

from discretio.stores.samples.corpora.reading import read_spans
from discretio.stores.samples.corpora.shapes import Corpus, Label

_TECHNICAL = "Technical words and numbers of a help desk."

CORPUS = Corpus(
    name="support_tickets",
    about="45 French and English messages to a help desk.",
    labels={
        "PER": Label("A name.", identifier="name"),
        "EMAIL": Label("An e-mail address.", identifier="email"),
        "PHONE": Label("A phone number.", identifier="phone"),
        "IP": Label("An IP address.", identifier="ip_address"),
        "ADDRESS": Label("A street and its number; one in all.", identifier="address"),
        "NIR": Label("A French social-security number; one in all.", identifier="national_number"),
    },
    left_out={
        "LOC": "Places that are no address are no category.",
        "ORG": "Organisations are no personal data of ours.",
        "DATE": "Dates other than of birth are no category.",
        "DATE_REL": "Dates other than of birth are no category.",
        "QUASI_ID": "Anything that narrows down who it is: too wide for one of our categories.",
        "COREF": "Words that point back to a person.",
        "ROLE": "Functions and trades, of persons and of teams alike.",
        **dict.fromkeys(
            ("TICKET", "HOST", "UUID", "API_KEY", "MONTANT", "ERROR_CODE", "PRODUCT", "MAC", "URL", "TEAM", "API", "TOOL",
             "STYLE", "CONFIG", "MODEL", "PROJECT", "PATH", "LICENSE", "AWS_KEY", "ID", "AMOUNT", "EVENT"),
            _TECHNICAL,
        ),
    },
    read=read_spans,
)  # fmt: skip
