"""The rules' figures as OSCAL assessment results: an observation per rule, a finding where its published cells allow one.

OSCAL knows two states of an objective. A rule is `satisfied` only if something passed and its row shows nothing failing,
nothing to watch, nothing that could not be checked and nothing closed; in every other case it is `not-satisfied`, with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from discretio.domain.suppression import COMPLEMENTARY, TOTAL
from discretio.reporting.derived.cells import PublishedCell, published_cells
from discretio.reporting.wording import cited
from discretio.reporting.words import words

OSCAL_VERSION = "1.2.1"
NAMESPACE = "urn:discretio:oscal"
_ROOT = UUID("6f2f4f6e-9a3c-5f0e-8d27-2b8c7f6f0d11")
_Node = dict[str, Any]


def assessment_results(document: Mapping[str, Any]) -> _Node:
    """An OSCAL assessment-results document."""
    name = document["report"]["id"]
    moment = f"{document['report']['as_of']}T00:00:00Z"
    rules = {rule: list(cells) for rule, cells in groupby(_judged(document), key=lambda cell: cell.row)}
    return {
        "assessment-results": {
            "uuid": _uuid(name, "results"),
            "metadata": {
                "title": f"Compliance report {name}",
                "last-modified": moment,
                "version": document["policy"]["version"],
                "oscal-version": OSCAL_VERSION,
                "props": [
                    _property("authority", document["report"]["authority"]),
                    _property("period", document["report"]["period"]),
                ],
            },
            "import-ap": {"href": f"#{_uuid(name, 'policy')}"},
            "results": [_result(document, rules, moment)],
            "back-matter": {"resources": [_policy(document)]},
        }
    }


def _judged(document: Mapping[str, Any]) -> list[PublishedCell]:
    """The cells of the rules that were asked, by rule."""
    cells = [cell for cell in published_cells(document) if cell.row_kind == "rule" and cell.column_kind == "outcome"]
    return sorted((cell for cell in cells if cell.row != TOTAL), key=lambda cell: cell.row)


def _result(document: Mapping[str, Any], rules: Mapping[str, Sequence[PublishedCell]], moment: str) -> _Node:
    name, languages = document["report"]["id"], document["report"]["languages"]
    described = {language: words(language)["oscal"]["result"] for language in languages}
    selected = {"include-controls": [{"control-id": rule} for rule in rules]} if rules else {"description": "none"}
    result: _Node = {
        "uuid": _uuid(name, "result"),
        "title": f"Rules of policy {document['policy']['id']}",
        "description": described[languages[0]],
        **_with_props(_in_other_languages("description", languages, described)),
        "start": moment,
        "reviewed-controls": {"control-selections": [selected]},
    }
    if rules:
        result["observations"] = [_observation(document, rule, cells, moment) for rule, cells in rules.items()]
        result["findings"] = list(_findings(document, rules))
    return result


def _observation(document: Mapping[str, Any], rule: str, cells: Sequence[PublishedCell], moment: str) -> _Node:
    first = document["report"]["languages"][0]
    return {
        "uuid": _uuid(document["report"]["id"], "observation", rule),
        "description": words(first)["oscal"]["observation"].format(rule=rule),
        "methods": ["TEST"],
        "props": [_property(cell.column.lower().replace("/", "_"), str(cell.value)) for cell in cells],
        "collected": moment,
    }


def _findings(document: Mapping[str, Any], rules: Mapping[str, Sequence[PublishedCell]]) -> Iterator[_Node]:
    name, languages = document["report"]["id"], document["report"]["languages"]
    for rule, cells in rules.items():
        titles = document["labels"].get(f"rule.{rule}", {})
        article = document["articles"].get(rule)
        cited_as = {language: cited(article, language) for language in languages} if article else {}
        others = [
            *_in_other_languages("title", languages, titles),
            *_in_other_languages("description", languages, cited_as),
        ]
        yield {
            "uuid": _uuid(name, "finding", rule),
            "title": titles.get(languages[0], rule),
            "description": cited_as.get(languages[0], rule),
            **_with_props(others),
            "target": {"type": "objective-id", "target-id": rule, "status": _status(cells)},
            "related-observations": [{"observation-uuid": _uuid(name, "observation", rule)}],
        }


def _in_other_languages(name: str, languages: Sequence[str], said: Mapping[str, str]) -> list[_Node]:
    """OSCAL has one title and one description; the report's other languages are properties."""
    return [_property(f"{name}-{language}", said[language]) for language in languages[1:] if language in said]


def _with_props(props: list[_Node]) -> _Node:
    return {"props": props} if props else {}


def _status(cells: Sequence[PublishedCell]) -> _Node:
    shown = {cell.column: cell for cell in cells}
    for column, remark in (("FAIL", "findings"), ("WARN", "to watch"), ("NOT_CHECKABLE", "not wholly checkable")):
        if column in shown and (shown[column].bounds[0] or 0) > 0:
            return {"state": "not-satisfied", "reason": "fail" if column == "FAIL" else "other", "remarks": remark}
    if any(cell.value == COMPLEMENTARY for cell in cells):
        return {"state": "not-satisfied", "reason": "other", "remarks": "not publishable"}
    if "PASS" in shown and (shown["PASS"].bounds[0] or 0) > 0:
        return {"state": "satisfied", "reason": "pass"}
    return {"state": "not-satisfied", "reason": "other", "remarks": "nothing to which it applies"}


def _policy(document: Mapping[str, Any]) -> _Node:
    policy = document["policy"]
    return {
        "uuid": _uuid(document["report"]["id"], "policy"),
        "title": f"{policy['id']} {policy['version']}",
        "props": [_property("status", policy["status"]), _property("sha256", policy["sha256"])],
    }


def _property(name: str, value: str) -> _Node:
    return {"name": name, "ns": NAMESPACE, "value": value}


def _uuid(*parts: str) -> str:
    return str(uuid5(_ROOT, "/".join(parts)))
