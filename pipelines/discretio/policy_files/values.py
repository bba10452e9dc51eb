"""The smallest shapes: a text, a word, a term, a day, a number, the four languages, a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from discretio.law.periods import Period
from discretio.law.policy import Reference
from discretio.policy_files.shapes import OrNothing, Record, Scalar
from discretio.policy_files.trees import DATE, FRACTION, INTEGER, TEXT, MistakeError

Word = TypeVar("Word", bound=StrEnum)

LONGEST_PHRASE = 120
_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError
    return text


def _phrase(text: str) -> str:
    if len(_filled(text)) > LONGEST_PHRASE:
        raise ValueError
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError
    return text


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def _share(text: str) -> float:
    share = Decimal(text) if re.fullmatch(r"[01](\.\d+)?", text) else Decimal(2)
    if not 0 <= share <= 1:
        raise ValueError
    return float(share)


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError
    return int(text)


LINE = Scalar("a text", (TEXT,), _filled, "write a text; put it in quotes if it looks like a number, a date or yes/no")
PHRASE = Scalar("a phrase", (TEXT,), _phrase, f"quote at most a phrase of {LONGEST_PHRASE} characters, never a passage")
NAME = Scalar("the name of a parameter", (TEXT,), _name, "write it in lower case with a dot, such as retention.cap")
TERM = Scalar("a term", (TEXT,), Period.parse, "write an ISO 8601 duration, such as P30Y, P3M or P90D")
DAY = Scalar("a date that exists", (DATE,), _day, "write an existing day as YYYY-MM-DD, without quotes")
COUNT = Scalar("a whole number", (INTEGER,), _count, "write a number without a sign, dot or unit")
SHARE = Scalar("a share", (FRACTION, INTEGER), _share, "write a number from 0 to 1, such as 0.10")


def choice(words: Iterable[str]) -> Scalar[str]:
    """One word out of a list."""
    known = tuple(words)

    def convert(text: str) -> str:
        if text not in known:
            raise ValueError
        return text

    return Scalar(f"one of {', '.join(known)}", (TEXT,), convert, "write one of these words")


def member(kind: type[Word]) -> Scalar[Word]:
    """One word of an enumeration of the law."""
    return Scalar(f"one of {', '.join(kind)}", (TEXT,), kind, "write one of these words")


def _languages(**texts: str) -> Mapping[str, str]:
    return texts


IN_FOUR_LANGUAGES = Record(into=_languages, fields=dict.fromkeys(("fr", "nl", "en", "de"), LINE))


def _quoted(fr: str = "", nl: str = "") -> str:
    quotes = ([f"« {fr} »"] if fr else []) + ([f"‘{nl}’"] if nl else [])
    return " / ".join(quotes)


def _reference(title: str, checked_on: date | None, article: str = "", phrase: str = "", reason: str = "") -> Reference:
    if not phrase and not reason:
        raise MistakeError("this reference gives neither a phrase of the law nor a reason", "add a line ‘phrase:’ or ‘reason:’")
    return Reference(title=title, article=article, checked_on=checked_on, phrase=phrase, reason=reason)


REFERENCE = Record(
    into=_reference,
    fields={
        "title": LINE,
        "article": LINE,
        "phrase": Record(into=_quoted, fields={"fr": PHRASE, "nl": PHRASE}, optional=frozenset({"fr", "nl"})),
        "reason": LINE,
        "checked_on": OrNothing(DAY),
    },
    optional=frozenset({"article", "phrase", "reason"}),
)
