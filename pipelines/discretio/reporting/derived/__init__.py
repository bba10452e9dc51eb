"""The same published cells in the forms that other programs load; each follows from the published JSON alone.

They travel inside the report beside `figures.json`, so that an authority needs nobody's program to use its figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from discretio.domain.figures import canonical_json
from discretio.reporting.derived.assessment_results import assessment_results
from discretio.reporting.derived.linked_data import linked_data
from discretio.reporting.tabulated import as_csv


@dataclass(frozen=True, slots=True)
class DerivedFile:
    """One attachment: its name, its text, what kind of file it is, and the key of its description in the translations."""

    name: str
    text: str
    mime_type: str
    described: str


_Document = Mapping[str, Any]
_FORMS: dict[str, tuple[str, str, Callable[[_Document], str]]] = {
    "figures.csv": ("text/csv", "attachment_csv", lambda document: as_csv(document["sections"])),
    "figures.jsonld": ("application/ld+json", "attachment_jsonld", lambda document: canonical_json(linked_data(document))),
    "assessment-results.json": (
        "application/oscal+json",
        "attachment_oscal",
        lambda document: canonical_json(assessment_results(document)),
    ),
}
NAMES = tuple(_FORMS)


def derived_files(document: str) -> tuple[DerivedFile, ...]:
    """Every derived form of a published document.

    Args:
        document: the published JSON (`publishing.published_json`).

    Returns:
        The files, in the order in which they are attached; the same document gives the same bytes.
    """
    facts = json.loads(document)
    return tuple(DerivedFile(name, make(facts), mime, described) for name, (mime, described, make) in _FORMS.items())
