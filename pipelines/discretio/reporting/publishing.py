"""The published document: suppressed figures, the words they need, and what made it; one JSON that the PDF is drawn from.

The JSON attached to a report holds all that its pages show, so that anyone with this version of the templates can draw the
pages again and compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from discretio.domain.figures import Figures, canonical_json
from discretio.domain.suppression import publish
from discretio.reporting.counts import ReportHeader
from discretio.reporting.packing import PACKER
from discretio.reporting.themes import shares, themes
from discretio.resources import folder

SCHEMA = "urn:discretio:figures:1"


def published_json(figures: Figures, header: ReportHeader) -> str:
    """The canonical JSON of everything that a report publishes: no raw count is in it.

    Args:
        figures: the counts, before suppression.
        header: the words of the caller; the facts come from `figures`.
    """
    facts = published_facts(figures)
    facts["report"] = _report(figures) | {"demo": header.demo}
    labels, articles = _labels(figures, header), _articles(figures, header.articles)
    return canonical_json(facts | {"schema": SCHEMA, "generator": generator(), "labels": labels, "articles": articles})


def published_facts(figures: Figures) -> dict[str, object]:
    """What of a published document follows from the counts alone, as it stands in the JSON; `demo` is left open."""
    sections = publish(figures)
    history = [{"period": one.period, "with_findings": sum(n for _, _, n in one.themes)} for one in figures.history]
    told: dict[str, object] = {"history": history} if history else {}
    return told | {
        "report": _report(figures),
        "policy": asdict(figures.policy),
        "suppression": {"k": figures.k, "k_special": figures.k_special},
        "sections": [
            {"id": section.id, "tables": [_plain_table(asdict(table)) for table in section.tables]} for section in sections
        ],
        "themes": [asdict(theme) for theme in themes(sections)],
        "shares": [asdict(share) for share in shares(sections)],
        "earlier": _earlier(figures),
    }


def generator() -> dict[str, str]:
    """What draws the pages: program, Typst, templates and packer, so that a reader knows whether he can draw them again."""
    return {
        "discretio": version("discretio"),
        "typst": version("typst"),
        "packer": PACKER,
        "templates_sha256": _templates_sha256(folder("reports")),
    }


def sha256(text: str) -> str:
    """The fingerprint of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _report(figures: Figures) -> dict[str, object]:
    return {
        "id": figures.report_id,
        "authority": figures.authority,
        "controller": figures.controller,
        "period": figures.period,
        "as_of": figures.as_of.isoformat(),
        "languages": list(figures.languages),
        "corrects": asdict(figures.corrects) if figures.corrects else None,
        "demo": None,
    }


def _earlier(figures: Figures) -> dict[str, object] | None:
    """The statuses of the period before, as the themes of this one are written."""
    if figures.earlier is None:
        return None
    told = [{"section": section, "status": status, "with_findings": n} for section, status, n in figures.earlier.themes]
    return {"report_id": figures.earlier.report_id, "period": figures.earlier.period, "themes": told}


def _labels(figures: Figures, header: ReportHeader) -> dict[str, dict[str, str]]:
    """The caller's words, in the languages of the report only."""
    return {
        code: {language: words[language] for language in figures.languages if language in words}
        for code, words in header.labels.items()
    }


def _articles(figures: Figures, articles: Mapping[str, str]) -> dict[str, str]:
    """The articles of the rules that stand in the report."""
    rules = {row for section in figures.sections for table in section.tables if table.row_kind == "rule" for row in table.rows}
    return {rule: article for rule, article in articles.items() if rule in rules}


def _plain_table(table: dict[str, Any]) -> dict[str, Any]:
    """Lists for tuples, as JSON reads them back."""
    return {name: _plain(value) for name, value in table.items()}


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _templates_sha256(templates: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in templates.rglob("*") if path.suffix in {".typ", ".yaml"}):
        digest.update(path.relative_to(templates).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
