"""The labels of a text, as both sample formats write them."""

from __future__ import annotations

from discretio.domain.detections import About
from discretio.domain.labelled import DOSSIER_SCOPE, HardNegative, LabelledSpan, LabelledText, Scope, Zone
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.stores.samples.fields import Fields, none_or

LANGUAGES = ("fr", "nl", "de", "en")
_FLAGS = frozenset(Flag)
_TEMPTING = (*CATEGORY_NUMBERS, *Flag)
_ABOUT = (*About, "third_party")
_NOTE_SCOPE = Scope(qualifiers=frozenset({"negated", "about"}))


def labelled_text(fields: Fields, name_of_id: str) -> LabelledText:
    """The text of an entry or note with its labels; lists of labels that are absent are empty.

    Args:
        fields: the entry or note.
        name_of_id: the field that holds its id.

    Raises:
        UsageError: a field is missing or misshapen, or a label lies outside the text or isn't its evidence.
    """
    text = fields.text("text")
    return LabelledText(
        id=fields.text(name_of_id),
        lang=fields.text("lang", LANGUAGES),
        text=text,
        spans=tuple(_span(item, text) for item in _optional(fields, "spans")),
        hard_negatives=tuple(_hard_negative(item, text) for item in _optional(fields, "hard_negatives")),
        neutral_professional=tuple(Zone(*_place(item, text)) for item in _optional(fields, "neutral_professional")),
        scope=_scope(fields),
    )


def _scope(fields: Fields) -> Scope:
    """Dossiers don't say whose datum it is, notes do."""
    says_whom = any("about" in item.values for item in _optional(fields, "spans"))
    return _NOTE_SCOPE if says_whom else DOSSIER_SCOPE


def _optional(fields: Fields, name: str) -> tuple[Fields, ...]:
    return tuple(fields.objects(name)) if name in fields.values else ()


def _place(fields: Fields, text: str) -> tuple[int, int]:
    start = fields.number("start", 0, len(text))
    end = fields.number("end", start, len(text))
    if text[start:end] != fields.values.get("text", text[start:end]):
        raise fields.wrong("text", "the text between start and end, counted in code points")
    return start, end


def _span(fields: Fields, text: str) -> LabelledSpan:
    start, end = _place(fields, text)
    flags = fields.texts("flags")
    if not _FLAGS.issuperset(flags):
        raise fields.wrong("flags", "a list of known flags")
    return LabelledSpan(
        start=start,
        end=end,
        category=None if fields.values.get("cat") is None else fields.number("cat", 1, 16),
        alternatives=fields.numbers("alt_cats", 1, 16),
        flags=flags,
        negated=fields.truth("negated"),
        implicit=fields.truth("implicit"),
        about=fields.text("about", _ABOUT) if "about" in fields.values else "subject",
        subject=none_or(fields.text, fields, "subject"),
    )


def _hard_negative(fields: Fields, text: str) -> HardNegative:
    """`tempting` mixes categories and flags."""
    tempting = fields.values.get("tempting")
    if not isinstance(tempting, list) or not all(item in _TEMPTING for item in tempting):
        raise fields.wrong("tempting", "a list of categories 1..16 and known flags")
    categories = tuple(item for item in tempting if isinstance(item, int))
    return HardNegative(*_place(fields, text), categories, tuple(item for item in tempting if isinstance(item, str)))
