"""The qualifier cases of clinlp: Dutch clinical sentences in which the word ENTITY stands for a finding."""

from __future__ import annotations

from dataclasses import replace

from discretio.domain.labelled import LabelledText
from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import identity, span_of
from discretio.stores.samples.corpora.shapes import Corpus, Label
from discretio.stores.samples.fields import Fields
from discretio.stores.samples.labels import LANGUAGES

_PLACE = "ENTITY"
_FINDING = "epilepsie"
"""What is put in its place: a word that any lexicon of diseases holds, so that the qualifiers alone are measured."""
_VALUES = {
    "Presence": ("Present", "Absent", "Uncertain"),
    "Temporality": ("Current", "Historical", "Future"),
    "Experiencer": ("Patient", "Family", "Other"),
}
_WHOSE = {"Family": "relation", "Other": "third_party"}


def _read(fields: Fields, corpus: Corpus) -> LabelledText:
    raw = fields.text("text")
    start = raw.find(_PLACE)
    if start < 0:
        raise fields.wrong("text", f"a text with {_PLACE} in it")
    said = dict(_said(item) for item in fields.objects("qualifiers"))
    finding = replace(
        span_of(start, start + len(_FINDING), _PLACE, corpus.labels[_PLACE]),
        negated=said.get("Presence") == "Absent",
        # A finding that may come is in doubt as one is that may be.
        hedged=said.get("Presence") == "Uncertain" or said.get("Temporality") == "Future",
        past=said.get("Temporality") == "Historical",
        about=_WHOSE.get(said.get("Experiencer", ""), "subject"),
    )
    return LabelledText(
        id=identity(fields),
        lang=fields.text("lang", LANGUAGES),
        text=raw.replace(_PLACE, _FINDING, 1),
        spans=(finding,),
        scope=corpus.scope,
    )


def _said(item: Fields) -> tuple[str, str]:
    name = item.text("name", _VALUES)
    return name, item.text("value", _VALUES[name])


CORPUS = Corpus(
    name="clinlp_qualifiers_nl",
    about="77 Dutch clinical sentences: whether a finding is negated, in doubt, past, or somebody else's.",
    labels={_PLACE: Label("It stands for a finding.", 10, flags=(Flag.HEALTH,))},
    # The other findings of the sentence are not marked.
    complete=False,
    qualifiers=frozenset({"negated", "hedged", "past", "about"}),
    read=_read,
)
