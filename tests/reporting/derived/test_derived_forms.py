"""The forms for other programs hold the cells of the report, all of them and no other, and keep to their own schemas."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyshacl
import pytest
import rdflib

from discretio.domain.figures import Figures
from discretio.domain.suppression import TOTAL
from discretio.reporting import ReportHeader
from discretio.reporting.derived import derived_files
from discretio.reporting.derived.assessment_results import NAMESPACE, assessment_results
from discretio.reporting.derived.linked_data import linked_data
from discretio.reporting.derived.privacy_vocabulary import CONTEXT
from discretio.reporting.publishing import published_json
from discretio.reporting.words import words
from discretio.resources import folder

OWN = rdflib.Namespace(CONTEXT["discretio"])
CUBE = rdflib.Namespace(CONTEXT["qb"])


@pytest.fixture(scope="module")
def document(figures: Figures, header: ReportHeader) -> str:
    return published_json(figures, header)


@pytest.fixture(scope="module")
def forms(document: str) -> dict[str, str]:
    return {file.name: file.text for file in derived_files(document)}


@pytest.fixture(scope="module")
def graph(forms: dict[str, str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=forms["figures.jsonld"], format="json-ld")


def cells(document: str) -> Iterator[tuple[str, str, str, str, str]]:
    for section in json.loads(document)["sections"]:
        for table in section["tables"]:
            for row, line in zip(table["rows"], table["cells"], strict=True):
                for column, value in zip(table["columns"], line, strict=True):
                    yield section["id"], table["id"], row, column, str(value)


def test_the_csv_holds_the_cells_of_the_report(document: str, forms: dict[str, str]) -> None:
    _head, *lines = csv.reader(io.StringIO(forms["figures.csv"]))
    assert [tuple(line) for line in lines] == list(cells(document))


def test_the_linked_data_hold_the_cells_of_the_report(document: str, graph: rdflib.Graph) -> None:
    def of(cell: rdflib.term.Node) -> tuple[str, ...]:
        section = str(graph.value(cell, rdflib.DCTERMS.isPartOf)).rpartition(":")[2]
        codes = [str(graph.value(graph.value(cell, OWN[axis]), rdflib.SKOS.notation)) for axis in ("row", "column")]
        shown = next(graph.objects(cell, OWN["count"] | OWN.shown))
        return section, str(graph.value(cell, OWN.table)), *codes, str(shown)

    found = [of(cell) for cell in graph.subjects(rdflib.RDF.type, CUBE.Observation)]
    assert sorted(found) == sorted(cells(document))


def test_the_linked_data_keep_to_the_published_shapes(graph: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(folder("reports") / "schema" / "figures.shapes.ttl")
    conforms, _, said = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, said


def test_what_a_cell_stands_under_is_called_as_on_the_pages_in_each_language(graph: rdflib.Graph) -> None:
    def called(code: str, predicate: rdflib.URIRef) -> dict[str | None, str]:
        return {word.language: str(word) for word in graph.objects(rdflib.URIRef(f"urn:discretio:code:{code}"), predicate)}

    assert called("outcome:FAIL", rdflib.SKOS.prefLabel) == {"fr": "Écart", "nl": "Afwijking"}
    assert called("rule:ART2-2-CAT", rdflib.DCTERMS.source).keys() == {"fr", "nl"}
    cited = {code for code in graph.subjects(rdflib.SKOS.notation) if not list(graph.objects(code, rdflib.SKOS.prefLabel))}
    assert all(":rule:" in str(code) or "strange" in str(code) for code in cited)  # only what has no words anywhere


@pytest.mark.parametrize(
    "wrong",
    [
        lambda node: node.pop("discretio:row"),
        lambda node: node.update({"discretio:shown": "<5"}),
        lambda node: node.update({"discretio:count": -1}),
    ],
    ids=["no row", "a count and a mark", "less than nothing"],
)
def test_the_shapes_refuse_a_cell_that_is_none(document: str, wrong: Callable[[dict[str, object]], object]) -> None:
    data = linked_data(json.loads(document))
    wrong(next(node for node in data["@graph"] if "discretio:count" in node))
    shapes = rdflib.Graph().parse(folder("reports") / "schema" / "figures.shapes.ttl")
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


def test_no_theme_is_called_compliant(graph: rdflib.Graph) -> None:
    """A report counts. Whether the law was kept, an authority decides."""
    told = {str(status) for status in graph.objects(None, rdflib.URIRef("https://w3id.org/dpv#hasComplianceStatus"))}
    assert told == {f"https://w3id.org/dpv#Compliance{word}" for word in ("Indeterminate", "Unknown")}


def test_oscal_holds_every_rule_that_was_asked_with_the_cells_of_the_report(document: str, forms: dict[str, str]) -> None:
    result = json.loads(forms["assessment-results.json"])["assessment-results"]["results"][0]
    rules = [finding["target"]["target-id"] for finding in result["findings"]]
    found = {
        (rule, prop["name"], prop["value"])
        for rule, observation in zip(rules, result["observations"], strict=True)
        for prop in observation["props"]
    }
    asked = {
        (row, column.lower().replace("/", "_"), value)
        for _, table, row, column, value in cells(document)
        if table.startswith("outcomes_") and row != TOTAL
    }
    assert found == asked
    assert {prop["ns"] for observation in result["observations"] for prop in observation["props"]} == {NAMESPACE}


def test_oscal_names_a_rule_in_every_language_of_the_report(forms: dict[str, str]) -> None:
    result = json.loads(forms["assessment-results.json"])["assessment-results"]["results"][0]
    named = next(one for one in result["findings"] if one["target"]["target-id"] == "ART4-CONSENT")
    assert named["title"] == "Accord du participant qui a partagé"
    other = {"name": "title-nl", "ns": NAMESPACE, "value": "Akkoord van de deelnemer die de informatie deelde"}
    assert named["props"] == [other]


def test_oscal_cites_an_article_in_every_language_of_the_report(document: str) -> None:
    told = json.loads(document)
    told["articles"]["ART4-CONSENT"] = "Art. 4, as case law reads it"
    result = assessment_results(told)["assessment-results"]["results"][0]
    named = next(one for one in result["findings"] if one["target"]["target-id"] == "ART4-CONSENT")
    assert named["description"] == "Art. 4, selon la jurisprudence"
    assert {prop["name"]: prop["value"] for prop in named["props"]}["description-nl"] == "Art. 4, volgens de rechtspraak"


def test_oscal_says_what_it_holds_in_every_language_of_the_report(forms: dict[str, str]) -> None:
    result = json.loads(forms["assessment-results.json"])["assessment-results"]["results"][0]
    assert result["description"] == words("fr")["oscal"]["result"]
    assert [prop["value"] for prop in result["props"]] == [words("nl")["oscal"]["result"]]
    assert {one["description"].split()[0] for one in result["observations"]} == {"Réponses"}


def test_oscal_calls_a_rule_satisfied_only_where_nothing_speaks_against_it(document: str, forms: dict[str, str]) -> None:
    result = json.loads(forms["assessment-results.json"])["assessment-results"]["results"][0]
    satisfied = {one["target"]["target-id"] for one in result["findings"] if one["target"]["status"]["state"] == "satisfied"}
    against = {
        row
        for _, table, row, column, value in cells(document)
        if table.startswith("outcomes_") and ((column in ("FAIL", "WARN", "NOT_CHECKABLE") and value != "0") or value == "c")
    }
    assert satisfied.isdisjoint(against)


def test_a_report_without_any_figure_still_gives_every_form(figures: Figures, header: ReportHeader) -> None:
    empty = replace(figures, sections=tuple(replace(section, tables=()) for section in figures.sections))
    files = derived_files(published_json(empty, header))
    assert [file.name for file in files] == ["figures.csv", "figures.jsonld", "assessment-results.json"]
    result = json.loads(files[2].text)["assessment-results"]["results"][0]
    assert "findings" not in result
