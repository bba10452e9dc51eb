"""What is published follows from the frozen counts alone, is written one way, and holds no raw small count."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from discretio.domain.figures import Figures, canonical_json
from discretio.reporting import ReportHeader
from discretio.reporting.publishing import published_facts, published_json
from discretio.resources import folder

GOLDEN = Path(__file__).parent / "golden" / "published_facts.json"


def schema() -> dict[str, object]:
    return json.loads((folder("reports") / "schema" / "figures.schema.json").read_text(encoding="utf-8"))


def test_fixed_counts_give_the_figures_that_were_looked_at(figures: Figures) -> None:
    """Golden: on a wanted change, write the file again with `canonical_json` and read the difference."""
    assert canonical_json(published_facts(figures)) == GOLDEN.read_text(encoding="utf-8")


def test_the_same_counts_give_the_same_bytes(figures: Figures, header: ReportHeader) -> None:
    again = Figures.from_json(figures.to_json())
    assert published_json(again, header) == published_json(figures, header)


def test_the_published_json_keeps_to_its_schema(figures: Figures, header: ReportHeader) -> None:
    jsonschema.validate(json.loads(published_json(figures, header)), schema())


@pytest.mark.parametrize("wrong", [{"extra": 1}, {"schema": "urn:discretio:figures:2"}, {"sections": []}])
def test_the_schema_refuses_what_is_not_a_report(figures: Figures, header: ReportHeader, wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(published_json(figures, header)) | wrong, schema())


def test_no_published_cell_is_a_small_number(figures: Figures, header: ReportHeader) -> None:
    document = json.loads(published_json(figures, header))
    cells = [cell for part in document["sections"] for table in part["tables"] for line in table["cells"] for cell in line]
    assert [cell for cell in cells if isinstance(cell, int) and 0 < cell < figures.k] == []


def test_only_words_in_the_languages_of_the_report_are_published(figures: Figures, header: ReportHeader) -> None:
    dutch = replace(figures, languages=("nl",))
    labels = json.loads(published_json(dutch, header))["labels"]
    assert {language for words in labels.values() for language in words} == {"nl"}


def test_the_state_of_a_theme_shows_nothing_that_its_cells_hide(figures: Figures) -> None:
    """The one rule of § 10 has a total below k: its finding must not surface on the summary page."""
    themes = {theme["section"]: theme for theme in published_facts(figures)["themes"]}
    assert themes["10"]["status"] == "CLOSED"
    assert themes["10"]["with_findings"] == 0
