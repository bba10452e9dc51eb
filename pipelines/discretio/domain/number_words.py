"""Whole numbers from 1 to 99 in words: French (Belgian and of France), Dutch, German and English."""

from __future__ import annotations

import re
import unicodedata

_HYPHEN = re.compile(r"(?<=[^\W\d])[-‐‑](?=[^\W\d])")
_ONES = {
    "fr": """un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
        dix-neuf""",
    "nl": """een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien
        negentien""",
    "de": """eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
        achtzehn neunzehn""",
    "en": """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
        nineteen""",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_FR_TENS = {
    20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 70: "septante", 80: "huitante", 90: "nonante",
}  # fmt: skip


def plain(text: str) -> str:
    """Text without case, accents, hyphens between letters and doubled spaces, as the words below are compared."""
    letters = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_HYPHEN.sub(" ", bare).split())


def _ones(lang: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(_ONES[lang].split(), start=1)}


def _tens(lang: str) -> dict[str, int]:
    return {word: number for number, word in zip(range(20, 100, 10), _TENS[lang].split(), strict=True)}


def _compounds(lang: str, written: str) -> dict[str, int]:
    """From 21 to 99: Dutch and German put the ones first, in one word with the tens."""
    ones = [(word.replace("eins", "ein"), number) for word, number in _ones(lang).items() if number < 10]
    return {written.format(one=one, ten=ten): tens + number for ten, tens in _tens(lang).items() for one, number in ones}


def _french() -> dict[str, int]:
    words = {"soixante et onze": 71, "quatre-vingt": 80, "quatre-vingts": 80}
    for tens, ten in _FR_TENS.items():
        words |= {ten: tens, f"{ten} et un": tens + 1}
        words |= {f"{ten} {one}": tens + number for one, number in _ones("fr").items() if number < 10}
    words |= {f"soixante {one}": 60 + number for one, number in _ones("fr").items() if number >= 10}
    return words | {f"quatre-vingt {one}": 80 + number for one, number in _ones("fr").items()}


NUMBER_WORDS: dict[str, int] = {
    plain(word): number
    for words in (
        *(_ones(lang) for lang in _ONES),
        *(_tens(lang) for lang in _TENS),
        _compounds("nl", "{one}en{ten}"),
        _compounds("de", "{one}und{ten}"),
        _compounds("en", "{ten} {one}"),
        _french(),
        {"une": 1, "ein": 1, "eine": 1, "einem": 1, "einen": 1, "einer": 1},
    )
    for word, number in words.items()
}
