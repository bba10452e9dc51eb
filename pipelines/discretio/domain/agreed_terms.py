"""The agreed term as the participants wrote it: ISO 8601, or words in French, Dutch, German or English (art. 3 §1)."""

from __future__ import annotations

import re

from discretio.domain.number_words import NUMBER_WORDS, plain
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period

_UNITS = {
    unit: code
    for code, units in {
        "Y": "an ans annee annees jaar jaren jahr jahre jahren year years",
        "M": "mois maand maanden monat monate monaten month months",
        "W": "semaine semaines week weken weeks woche wochen",
        "D": "jour jours dag dagen tag tage tagen day days",
    }.items()
    for unit in units.split()
}
_AND = {"et", "en", "und", "and"}
# A term without an end is none: 'illimité', 'onbeperkt', 'unbefristet', 'indefinite' and their like, inflected or not.
_INDEFINITE = re.compile(
    r"\b(?:illimite|indetermine|indefini|sans limite|sans fin|perpetuel|perpetuit|permanent|a vie\b|toujours"
    r"|onbeperkt|onbepaald|onbegrensd|eeuwig|blijvend|altijd|levenslang"
    r"|unbefristet|unbegrenzt|unbeschrankt|unbestimmt|dauerhaft|ewig|immer\b|lebenslang"
    r"|indefinit|unlimited|no limit|without (?:a )?limit|forever|perpetual|in perpetuity|lifelong)"
)


def read_agreed_term(text: str) -> Period | Reason:
    """The term that the text states, or why it states none: AGREED_TERM_INDEFINITE or AGREED_TERM_UNREADABLE.

    The whole text has to be a term ('P30Y', '30 jaar', 'trente (30) ans', 'zwei Jahre und sechs Monate'): words around it may
    change its meaning, so they make it unreadable. A figure that contradicts its words does too.
    """
    try:
        return Period.parse(text.upper())
    except ValueError:
        words = plain(re.sub(r"[().,;]", " ", text))
    if _INDEFINITE.search(words):
        return Reason.AGREED_TERM_INDEFINITE
    return _from_words(words.split()) or Reason.AGREED_TERM_UNREADABLE


def _from_words(words: list[str]) -> Period | None:
    parts: dict[str, int] = {}
    pending: list[str] = []
    for word in words:
        unit = _UNITS.get(word)
        if unit is None:
            pending.append(word)
            continue
        number = _number(pending[1:] if parts and pending and pending[0] in _AND else pending)
        if number is None or unit in parts:
            return None
        parts[unit] = number
        pending = []
    if pending or not parts:
        return None
    return Period(months=12 * parts.get("Y", 0) + parts.get("M", 0), days=7 * parts.get("W", 0) + parts.get("D", 0))


def _number(words: list[str]) -> int | None:
    """A number in figures, in words, or in both if they agree."""
    figures = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 4]
    spelled = " ".join(word for word in words if not word.isdigit())
    readings = {*figures} | ({NUMBER_WORDS.get(spelled, 0)} if spelled else set())
    if len(readings) != 1 or len(figures) > 1:
        return None
    return readings.pop() or None
