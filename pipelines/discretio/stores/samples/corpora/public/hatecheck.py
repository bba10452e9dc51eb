"""HateCheck in four languages: short sentences about groups of people, each with the group that it names."""

from __future__ import annotations

from discretio.domain.labelled import HardNegative, LabelledText
from discretio.law.special_classes import Flag
from discretio.stores.samples.corpora.reading import identity, span_of
from discretio.stores.samples.corpora.shapes import Corpus, Label
from discretio.stores.samples.fields import Fields, none_or
from discretio.stores.samples.labels import LANGUAGES

_NOBODY = "none"
_MANNERS = {"spell_": ", misspelled", "slur": ", slur"}
"""Sentences with a word misspelled on purpose, or with a term of abuse, are counted apart too."""


def _read(fields: Fields, corpus: Corpus) -> LabelledText:
    """A sentence that as a whole names one group, or a sentence about no group as a stretch that must stay silent."""
    text = fields.text("text")
    group = none_or(fields.text, fields, "target_ident") or _NOBODY
    if group not in {*corpus.labels, *corpus.left_out, _NOBODY}:
        raise fields.wrong("target_ident", "a group that the translation knows")
    label = corpus.labels.get(group)
    traps = (HardNegative(0, len(text), (), tuple(sorted(corpus.scope.flags))),) if group == _NOBODY else ()
    return LabelledText(
        id=identity(fields),
        lang=fields.text("lang", LANGUAGES),
        text=text,
        spans=(span_of(0, len(text), group + _manner(fields), label),) if label else (),
        hard_negatives=traps,
        scope=corpus.scope,
    )


def _manner(fields: Fields) -> str:
    """How the group is named, if not by its ordinary word."""
    function = none_or(fields.text, fields, "functionality") or ""
    return next((told for part, told in _MANNERS.items() if part in function), "")


CORPUS = Corpus(
    name="hatecheck",
    about=(
        "Which words of origin, faith, orientation and disability are known in each language, and false alarms about "
        "nobody (oaths, things, trades). About groups of people, often in abusive words, some misspelled on purpose."
    ),
    labels={
        "gay people": Label("Words of sexual orientation.", flags=(Flag.SEX_LIFE_ORIENTATION,)),
        "trans people": Label("Gender identity is told under sexual orientation, as their own reading has it.",
                              flags=(Flag.SEX_LIFE_ORIENTATION,)),
        "black people": Label("Words of ethnic origin.", flags=(Flag.ETHNIC_ORIGIN,)),
        "disabled people": Label("A disability is a datum of health.", flags=(Flag.HEALTH,)),
        "Muslims": Label("Words of faith.", flags=(Flag.RELIGIOUS_PHILOSOPHICAL,)),
        "jews": Label("Words of faith, and of origin.", flags=(Flag.RELIGIOUS_PHILOSOPHICAL,)),
        "immigrants": Label("Migration alone is no ethnic origin; calling it so is accepted.", flags=(Flag.ETHNIC_ORIGIN,),
                            optional=True),
        "refugees": Label("A status of residence alone is no ethnic origin; calling it so is accepted.",
                          flags=(Flag.ETHNIC_ORIGIN,), optional=True),
    },
    left_out={"women": "Sex is category 4 and no special class."},
    # One sentence may fit two classes (a mosque beside black people), and only the group in view is told.
    complete=False,
    read=_read,
)  # fmt: skip
