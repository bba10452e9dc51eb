"""The words of one language, for those who print codes outside a report."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from discretio.errors import UsageError
from discretio.reporting.vocabulary import LANGUAGES
from discretio.resources import folder


@cache
def words(language: str) -> Mapping[str, Any]:
    """Every word of a language, by section and code, as in reports/translations.

    Raises:
        UsageError: there is no translation into it.
    """
    if language not in LANGUAGES:
        raise UsageError("there is no translation into this language", where=language, remedy=f"one of {', '.join(LANGUAGES)}")
    loaded: Mapping[str, Any] = YAML(typ="safe").load(
        (folder("reports") / "translations" / f"{language}.yaml").read_text(encoding="utf-8")
    )
    return loaded
