"""The figures as linked data: W3C Data Cube observations over the concepts of the Data Privacy Vocabulary (DPV 2.2).

A report counts; it determines nobody's compliance. So every theme is `dpv:ComplianceIndeterminate` or, where nothing was
measured, `dpv:ComplianceUnknown`: never compliant, never the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from discretio.reporting.derived.cells import PublishedCell, published_cells
from discretio.reporting.derived.privacy_vocabulary import CATEGORIES, CONTEXT, FLAGS
from discretio.reporting.wording import Wording, cited

_Node = dict[str, Any]
_SHARED_CODES = {"TOTAL", "OTHER"}


def linked_data(document: Mapping[str, Any]) -> _Node:
    """A JSON-LD document with its context inside: nothing has to be fetched to read it."""
    parts = (_actors, _themes, _concepts, _observations)
    return {"@context": CONTEXT, "@graph": [_report(document), *(node for part in parts for node in part(document))]}


def _report(document: Mapping[str, Any]) -> _Node:
    report, policy = document["report"], document["policy"]
    return {
        "@id": _report_id(document),
        "@type": ["qb:DataSet", "dpv:ComplianceAssessment"],
        "dct:identifier": report["id"],
        "dct:temporal": report["period"],
        "dct:issued": {"@value": report["as_of"], "@type": "xsd:date"},
        "dct:language": report["languages"],
        "dct:conformsTo": {"@id": f"urn:discretio:policy:{policy['id']}:{policy['version']}"},
        "discretio:policyStatus": policy["status"],
        "discretio:policySha256": policy["sha256"],
        "discretio:demonstration": report["demo"],
        "dpv:hasAuthority": {"@id": _authority_id(document)},
        "dpv:hasDataController": {"@id": _controller_id(document)},
        "dpv:hasPersonalData": [{"@id": _code_id("category", code)} for code in _found_categories(document)],
    }


def _actors(document: Mapping[str, Any]) -> Iterator[_Node]:
    report, labels = document["report"], document["labels"]
    named = _named(labels.get(f"authority.{report['authority']}"))
    yield {"@id": _authority_id(document), "@type": "dpv:DataProtectionAuthority"} | named
    yield {"@id": _controller_id(document), "@type": "dpv:DataController", "dct:identifier": report["controller"]}


def _themes(document: Mapping[str, Any]) -> Iterator[_Node]:
    for theme in document["themes"]:
        unmeasured = theme["status"] == "NOT_MEASURED"
        yield {
            "@id": f"{_report_id(document)}:section:{theme['section']}",
            "@type": "discretio:Theme",
            "dct:isPartOf": {"@id": _report_id(document)},
            "discretio:status": theme["status"],
            "dpv:hasComplianceStatus": {"@id": "dpv:ComplianceUnknown" if unmeasured else "dpv:ComplianceIndeterminate"},
            **{f"discretio:{name}": theme[name] for name in ("ran", "with_findings", "with_warnings", "unchecked")},
        }


def _concepts(document: Mapping[str, Any]) -> Iterator[_Node]:
    """Every code that some cell stands under, once, with its words and its counterpart in DPV."""
    used = {pair for cell in published_cells(document) for pair in ((cell.row_kind, cell.row), (cell.column_kind, cell.column))}
    for kind, code in sorted(used):
        concept: _Node = {"@id": _code_id(kind, code), "@type": "skos:Concept", "skos:notation": code}
        if kind == "rule" and code in document["articles"]:
            concept["dct:source"] = _told(document, partial(cited, document["articles"][code]))
        if matches := {"category": CATEGORIES, "flag": FLAGS}.get(kind, {}).get(code):
            concept["skos:relatedMatch"] = [{"@id": term} for term in matches]
        yield concept | _called(document, kind, code)


def _observations(document: Mapping[str, Any]) -> Iterator[_Node]:
    for number, cell in enumerate(published_cells(document)):
        yield {
            "@id": f"{_report_id(document)}:cell:{number}",
            "@type": "qb:Observation",
            "qb:dataSet": {"@id": _report_id(document)},
            "dct:isPartOf": {"@id": f"{_report_id(document)}:section:{cell.section}"},
            "discretio:table": cell.table,
            "discretio:row": {"@id": _code_id(cell.row_kind, cell.row)},
            "discretio:column": {"@id": _code_id(cell.column_kind, cell.column)},
            **_measure(cell),
        }


def _measure(cell: PublishedCell) -> _Node:
    """A count, or what is shown in its place with the bounds that this sets."""
    if isinstance(cell.value, int):
        return {"discretio:count": cell.value}
    least, greatest = cell.bounds
    bounds = {"discretio:least": least, "discretio:greatest": greatest}
    return {"discretio:shown": cell.value} | {name: bound for name, bound in bounds.items() if bound is not None}


def _found_categories(document: Mapping[str, Any]) -> list[str]:
    """The categories of which the report publishes that there is some."""
    cells = (cell for cell in published_cells(document) if cell.table == "categories" and cell.row not in _SHARED_CODES)
    return sorted({cell.row for cell in cells if (cell.bounds[0] or 0) > 0}, key=int)


def _called(document: Mapping[str, Any], kind: str, code: str) -> _Node:
    """What a code is called on the pages; a rule without a title has none."""
    words = _told(document, lambda language: Wording(language, document).code(kind, code))
    return {"skos:prefLabel": words} if words and all(word["@value"] != code for word in words) else {}


def _told(document: Mapping[str, Any], say: Callable[[str], str]) -> list[_Node]:
    """The same in each language of the report that has words for it: for the pages, a word that is missing is an error."""
    told = []
    for language in document["report"]["languages"]:
        with suppress(KeyError):
            told.append({"@value": say(language), "@language": language})
    return told


def _named(labels: Mapping[str, str] | None) -> _Node:
    return {"skos:prefLabel": [{"@value": text, "@language": language} for language, text in labels.items()]} if labels else {}


def _report_id(document: Mapping[str, Any]) -> str:
    return f"urn:discretio:report:{document['report']['id']}"


def _authority_id(document: Mapping[str, Any]) -> str:
    return f"urn:discretio:authority:{document['report']['authority']}"


def _controller_id(document: Mapping[str, Any]) -> str:
    return f"{_report_id(document)}:controller"


def _code_id(kind: str, code: str) -> str:
    return f"urn:discretio:code:{kind}:{code}"
