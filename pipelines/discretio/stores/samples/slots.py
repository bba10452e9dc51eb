"""What a copy of a sample dossier changes in its text: names, dates, numbers. Found once per sample, filled in per copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from discretio.domain.labelled import LabelledText
from discretio.stores.samples.name_parts import NamePart

NAME, DAY, DAY_OF_YEAR = "name", "day", "day_of_year"
MONTHS: Mapping[str, tuple[str, ...]] = {
    lang: tuple(names.split())
    for lang, names in {
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "en": "January February March April May June July August September October November December",
    }.items()
}
_MONTH_NAMES = "|".join(sorted({name for names in MONTHS.values() for name in names}, key=len, reverse=True))
# The order matters: what an earlier pattern takes, a later one can't.
_PATTERNS = (
    ("mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("handle", re.compile(r"(?<!\w)@[\w.]*\w")),
    ("national_number", re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)|(?<![\d/])\d{11}(?!\d)")),
    ("pv", re.compile(r"\b[A-Z]{2}\.\d{2}\.[A-Z][A-Z0-9]\.\d{6}/\d{4}\b")),
    ("plate", re.compile(r"\b[12]-[A-Z]{3}-\d{3}\b")),
    ("address", re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")),
    ("phone", re.compile(r"(?<!\w)(?:\+|0)\d{1,3}[ /.]\d{2,3}(?:[ .]\d{2,3}){2,3}(?!\w)")),
    (DAY, re.compile(r"(?<![\d./-])\d{1,2}([./])\d{1,2}\1\d{4}(?!\d)")),
    (DAY, re.compile(rf"(?<![\d./-])\d{{1,2}} (?:{_MONTH_NAMES}) \d{{4}}(?!\d)")),
    (DAY_OF_YEAR, re.compile(r"(?<![\d./-])\d{1,2}/\d{1,2}(?![\d/])|(?<![\d./-])\d{1,2}\.\d{1,2}\.(?!\d)")),
)
_LAW = re.compile(r"(?:\b(?:loi|wet|decreet|décret|gesetz|act|law|decree|ordonnance)\b|\bL\.).{0,12}$", re.IGNORECASE)
_NEVER_A_DAY = frozenset({"7/7", "24/7", "4/5"})
_POSTCODE = re.compile(r"\b[1-9]\d{3}\b")
_HOUSE = re.compile(r"(?<![\w/])\d{1,3}(?![\w/.])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of text to be filled in anew; `part` for a name, `day` for a date."""

    start: int
    end: int
    kind: str
    text: str
    part: NamePart | None = None
    day: date | None = None


def name_pattern(parts: Mapping[str, NamePart]) -> re.Pattern[str] | None:
    """The pattern of these name parts (by case-folded text), whole words, a genitive s allowed after them."""
    if not parts:
        return None
    words = "|".join(re.escape(word) for word in sorted(parts, key=len, reverse=True))
    return re.compile(rf"(?<![\w@])(?:{words})(?=s?(?!\w))", re.IGNORECASE)


def find_slots(text: LabelledText, entry_day: date, parts: Mapping[str, NamePart]) -> tuple[Slot, ...]:
    """The stretches of the text that a copy changes, in order, none overlapping.

    Args:
        text: the labelled text of an entry.
        entry_day: the entry's date, from which a day without a year gets its year.
        parts: the dossier's name parts by case-folded text.
    """
    slots: list[Slot] = []
    taken = [False] * len(text.text)
    for slot in (*_matches(text.text, entry_day), *_houses(text), *_names(text, parts)):
        if not any(taken[slot.start : slot.end]):
            taken[slot.start : slot.end] = [True] * (slot.end - slot.start)
            slots.append(slot)
    return tuple(sorted(slots, key=lambda slot: slot.start))


def _matches(text: str, entry_day: date) -> Iterator[Slot]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind not in (DAY, DAY_OF_YEAR):
                yield Slot(match.start(), match.end(), kind, match.group())
            elif day := _day(match.group(), kind, entry_day, text[: match.start()]):
                yield Slot(match.start(), match.end(), kind, match.group(), day=day)


def _day(written: str, kind: str, entry_day: date, before: str) -> date | None:
    if _LAW.search(before) or written in _NEVER_A_DAY:
        return None
    if kind == DAY:
        return _full_day(written)
    return _nearest_day(written, entry_day)


def _full_day(written: str) -> date | None:
    day, month, year = re.split(r"[ ./]", written)
    number = next((names.index(month) + 1 for names in MONTHS.values() if month in names), None)
    try:
        return date(int(year), number or int(month), int(day))
    except ValueError:
        return None


def _nearest_day(written: str, entry_day: date) -> date | None:
    """The day that this day and month mean beside an entry of that day: the half-year before it, or the quarter after."""
    day, month = (int(number) for number in re.findall(r"\d+", written))
    for year in (entry_day.year, entry_day.year - 1, entry_day.year + 1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if -182 <= (candidate - entry_day).days <= 92:
            return candidate
    return None


def _houses(text: LabelledText) -> Iterator[Slot]:
    for span in text.spans:
        if span.category == 1 and _POSTCODE.search(text.text, span.start, span.end):
            for match in _HOUSE.finditer(text.text, span.start, span.end):
                yield Slot(match.start(), match.end(), "house", match.group())


def _names(text: LabelledText, parts: Mapping[str, NamePart]) -> Iterator[Slot]:
    pattern = name_pattern(parts)
    for match in pattern.finditer(text.text) if pattern else ():
        part = parts[match.group().casefold()]
        as_name = match.group() == part.text or (match.group().isupper() and len(match.group()) > 2)
        if as_name or _inside(match, text):
            yield Slot(match.start(), match.end(), NAME, match.group(), part=part)


def _inside(match: re.Match[str], text: LabelledText) -> bool:
    """Whether the match lies in a span of identification or contact details, where names are written in lower case too."""
    return any(span.category in (1, 2) and span.start <= match.start() and match.end() <= span.end for span in text.spans)
