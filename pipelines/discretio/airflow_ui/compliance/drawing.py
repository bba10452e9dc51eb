"""Templates and words: every page in the visitor's language, with nothing from elsewhere in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from discretio.reporting.vocabulary import LANGUAGES
from discretio.reporting.words import words

_BRUSSELS = ZoneInfo("Europe/Brussels")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def chosen_language(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of a page.

    Args:
        asked: what the address says.
        kept: what the visitor chose before.
        accepted: the browser's Accept-Language header.
    """
    offered = [asked, kept, *(part.split(";")[0].strip()[:2].lower() for part in accepted.split(","))]
    return next((language for language in offered if language in LANGUAGES), LANGUAGES[0])


def draw(template: str, language: str, values: Mapping[str, Any]) -> str:
    """A page as HTML.

    Args:
        template: its file.
        language: fr, nl, de or en.
        values: what it shows.
    """
    return _environment().get_template(template).render(values, language=language, languages=LANGUAGES, words=words(language))


def load_everything() -> None:
    """Read the words of every language and compile every template: a process does so once."""
    for language in LANGUAGES:
        words(language)
    for template in _environment().list_templates():
        _environment().get_template(template)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"moment": _moment, "number": _number, "share": _share, "with_page": _with_page}
    environment.globals["words_of"] = words
    return environment


def _with_page(asked: Mapping[str, str], number: int) -> str:
    """The query of another page of the same list."""
    return "?" + urlencode({**asked, "page": number})


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(_BRUSSELS):%Y-%m-%d %H:%M}"


def _number(number: int, spoken: Mapping[str, Any]) -> str:
    return f"{number:,}".replace(",", spoken["locale"]["thousands"])


def _share(numbers: Sequence[int], spoken: Mapping[str, Any]) -> str:
    """The first number as a share of the second; a dash where there is nothing to share."""
    part, whole = numbers
    if not whole:
        return "–"
    per_mille = 1000 * part // whole
    return str(spoken["locale"]["percent"]).format(number=f"{per_mille // 10}{spoken['locale']['decimal']}{per_mille % 10}")
