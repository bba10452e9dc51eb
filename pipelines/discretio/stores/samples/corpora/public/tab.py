"""Text Anonymization Benchmark: English judgments of the European Court of Human Rights with confidential data marked."""

from __future__ import annotations

from dataclasses import replace

from discretio.domain.labelled import LabelledSpan, LabelledText
from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import identity, labelled, read_span
from discretio.stores.samples.corpora.shapes import Corpus, Label
from discretio.stores.samples.fields import Fields
from discretio.stores.samples.labels import LANGUAGES

_CONFIDENTIAL = ("BELIEF", "ETHNIC", "HEALTH", "POLITICS", "SEX")
_STATUSES = (*_CONFIDENTIAL, "NOT_CONFIDENTIAL")


def _read(fields: Fields, corpus: Corpus) -> LabelledText:
    """The entity types of every document, the confidential status of those where somebody marked it."""
    text = fields.text("text")
    told = fields.truth("confidential_annotated")
    spans = []
    for item in fields.objects("spans"):
        spans.append(read_span(item, text, corpus))
        spans.append(_confidential(item, text, corpus) if told else None)
    scope = corpus.scope if told else replace(corpus.scope, flags=frozenset(), categories=frozenset())
    return LabelledText(
        id=identity(fields),
        lang=fields.text("lang", LANGUAGES),
        text=text,
        spans=tuple(span for span in spans if span is not None),
        scope=scope,
    )


def _confidential(item: Fields, text: str, corpus: Corpus) -> LabelledSpan | None:
    status = item.text("confidential_status", _STATUSES)
    return labelled(item, text, status, corpus.labels[status]) if status in _CONFIDENTIAL else None


CORPUS = Corpus(
    name="tab",
    about=(
        "English judgments: recall of special categories told in passing. One annotator a document and noisy: the same word is "
        "confidential in one place and not in the next, so that no precision follows from it."
    ),
    labels={
        "BELIEF": Label("Religious or philosophical belief.", 13, (12,), (Flag.RELIGIOUS_PHILOSOPHICAL,)),
        "ETHNIC": Label("Ethnic origin; theirs holds nationalities at times, which are category 4.", 12, (4,),
                        (Flag.ETHNIC_ORIGIN,)),
        "HEALTH": Label("Health.", 10, (5, 11), (Flag.HEALTH,)),
        "POLITICS": Label("Political conviction; theirs holds parties and armed movements.", 13, (9, 11), (Flag.POLITICAL,)),
        "SEX": Label("Sex life or orientation; theirs holds the word woman.", 15, (4,), (Flag.SEX_LIFE_ORIENTATION,)),
        "PERSON": Label("A name; those of judges and lawyers are marked alike.", identifier="name"),
    },
    left_out={
        "DATETIME": "Dates other than of birth are no category.",
        "ORG": "Organisations are no personal data of ours, unless the status says so.",
        "DEM": "Demographic words of every kind, trades and nationalities among them; scored where the status is confidential.",
        "LOC": "Places that are no address are no category.",
        "CODE": "Numbers of applications to the Court.",
        "MISC": "All the rest; scored where the status is confidential.",
        "QUANTITY": "Amounts here are mostly costs and damages.",
    },
    complete=False,
    read=_read,
)  # fmt: skip
