"""policies/lexicons/recognisers.yaml, in the form of Presidio's recogniser registry -> which recognisers detect."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from discretio.domain.lexicon import LANGUAGES
from discretio.domain.recognisers import RecogniserChoice
from discretio.errors import PolicyError
from discretio.law.special_classes import CATEGORY_NUMBERS

OWN_CLASS = "FinderRecogniser"
_KEYS = frozenset({"supported_languages", "global_regex_flags", "recognizers", "categories", "nlp_configuration"})


def load_recognisers(path: Path) -> RecogniserChoice | None:
    """Read the choice of recognisers; None if there is no such file, which chooses all of Discretio's.

    Raises:
        PolicyError: the file is no YAML, or holds a key, language or category that doesn't exist.
    """
    if not path.is_file():
        return None
    read = _mapping(_parsed(path), path)
    if unknown := set(read) - _KEYS:
        raise _wrong(path, f"unknown key {min(unknown)!r}", f"use {', '.join(sorted(_KEYS))}")
    languages = tuple(read.get("supported_languages") or LANGUAGES)
    if not set(languages) <= set(LANGUAGES):
        raise _wrong(path, "an unknown language", f"write some of {', '.join(LANGUAGES)}")
    listed = [_mapping(each, path) for each in read.get("recognizers") or ()]
    foreign = [each for each in listed if each.get("class_name") != OWN_CLASS]
    provider = {"supported_languages": list(languages), "global_regex_flags": read.get("global_regex_flags", 26)}
    return RecogniserChoice(
        own={
            str(each["name"]): tuple(each.get("supported_languages") or languages)
            for each in listed
            if each.get("class_name") == OWN_CLASS and each.get("enabled", True) and "name" in each
        },
        foreign={**provider, "recognizers": foreign} if foreign else {},
        categories=_categories(read.get("categories") or {}, path),
        engine=dict(read.get("nlp_configuration") or {}),
    )


def _parsed(path: Path) -> object:
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (YAMLError, OSError, UnicodeDecodeError):
        raise _wrong(path, "this is not well-formed YAML", "mind indentation, colons and quotes") from None


def _mapping(value: object, path: Path) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(path, "keys and values were expected", "write name: and type: for each recogniser")
    return dict(value)


def _categories(given: object, path: Path) -> dict[str, int]:
    categories = _mapping(given, path)
    if any(number not in CATEGORY_NUMBERS for number in categories.values()):
        raise _wrong(path, "no such category of art. 2 §2", "write a number from 1 to 16 behind each entity")
    return categories


def _wrong(path: Path, what: str, remedy: str) -> PolicyError:
    return PolicyError(what, where=path.name, remedy=remedy)
