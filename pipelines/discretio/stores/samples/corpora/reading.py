"""A line of a public corpus -> labelled text: the form that most of them have, `text`, `lang` and `spans` with `label`."""

from __future__ import annotations

from discretio.domain.labelled import LabelledSpan, LabelledText
from discretio.stores.samples.corpora.shapes import Corpus, Label
from discretio.stores.samples.fields import Fields
from discretio.stores.samples.labels import LANGUAGES


def read_spans(fields: Fields, corpus: Corpus) -> LabelledText:
    """A text whose spans carry one label each.

    Raises:
        UsageError: a field is missing or misshapen, or a label is one that the corpus' translation doesn't know.
    """
    text = fields.text("text")
    spans = [read_span(item, text, corpus) for item in fields.objects("spans")]
    return LabelledText(
        id=identity(fields),
        lang=fields.text("lang", LANGUAGES),
        text=text,
        spans=tuple(span for span in spans if span is not None),
        scope=corpus.scope,
    )


def identity(fields: Fields) -> str:
    """The id of a text, under either name that corpora give it."""
    return fields.text("doc_id" if "doc_id" in fields.values else "id")


def read_span(fields: Fields, text: str, corpus: Corpus) -> LabelledSpan | None:
    """One label in our terms; None if it is left out."""
    word = fields.text("label", {*corpus.labels, *corpus.left_out})
    return labelled(fields, text, word, corpus.labels[word]) if word in corpus.labels else None


def labelled(fields: Fields, text: str, word: str, label: Label) -> LabelledSpan:
    """A span that means a label of ours."""
    start = fields.number("start", 0, len(text))
    end = fields.number("end", start, len(text))
    if text[start:end] != fields.values.get("text", text[start:end]):
        raise fields.wrong("text", "the text between start and end, counted in code points")
    return span_of(start, end, word, label)


def span_of(start: int, end: int, word: str, label: Label) -> LabelledSpan:
    """A stretch that means a label of ours."""
    return LabelledSpan(
        start=start,
        end=end,
        category=label.category,
        alternatives=label.alternatives,
        flags=tuple(flag.value for flag in label.flags),
        identifier=label.identifier,
        word=word,
        optional=label.optional,
    )
