"""Counts fall into a fixed layout, and counts that contradict each other make no report."""

from dataclasses import replace

import pandas as pd
import pytest

from discretio.domain.figures import Figures
from discretio.domain.suppression import publish
from discretio.errors import PeriodError, ReportError
from discretio.reporting import ReportCounts, ReportHeader, build_figures
from discretio.reporting.themes import themes
from discretio.reporting.vocabulary import SECTIONS


def tables(figures: Figures) -> dict[str, tuple[str, ...]]:
    return {section.id: tuple(table.id for table in section.tables) for section in figures.sections}


def test_all_seventeen_sections_are_there_and_unmeasured_ones_stay_empty(counts: ReportCounts, header: ReportHeader) -> None:
    found = tables(build_figures(counts, header))
    assert tuple(found) == SECTIONS
    assert {number for number, held in found.items() if not held} == {"1", "2", "9", "13", "14", "16"}


def test_every_count_of_an_outcome_is_found_again(counts: ReportCounts, header: ReportHeader) -> None:
    figures = build_figures(counts, header)
    summed = sum(
        sum(map(sum, table.cells))
        for section in figures.sections
        for table in section.tables
        if table.id.startswith("outcomes_")
    )
    assert counts.outcomes is not None
    assert summed == counts.outcomes["n"].sum()


def test_a_rule_without_a_section_of_its_own_goes_to_method_and_limits(header: ReportHeader) -> None:
    outcomes = pd.DataFrame({"rule_id": ["NEW-RULE"], "outcome": ["PASS"], "n": [7]})
    assert tables(build_figures(ReportCounts(outcomes=outcomes), header))["15"] == ("outcomes_15",)


def test_a_reason_that_reports_do_not_know_is_counted_as_other(counts: ReportCounts, header: ReportHeader) -> None:
    method = build_figures(counts, header).sections[15].tables[0]
    assert dict(zip(method.rows, method.cells, strict=True))["OTHER"] == (9,)


def test_an_authority_without_data_gets_no_empty_report(header: ReportHeader) -> None:
    empty = ReportCounts(
        coverage=pd.DataFrame({"status": ["EXAMINED"], "n": [0]}),
        outcomes=pd.DataFrame(columns=["rule_id", "outcome", "n"]),
    )
    with pytest.raises(ReportError, match="no figures for this authority"):
        build_figures(empty, header)


@pytest.mark.parametrize("period", ["2026-Q5", "2026-13", "third quarter", "2026-Q3x", ""])
def test_a_period_that_does_not_exist_is_refused(counts: ReportCounts, header: ReportHeader, period: str) -> None:
    with pytest.raises(PeriodError):
        build_figures(counts, replace(header, period=period))


def test_counts_that_do_not_add_up_are_refused(counts: ReportCounts, header: ReportHeader) -> None:
    impossible = pd.DataFrame({"category": [3], "declared": [1], "detected": [9], "undeclared": [2]})
    with pytest.raises(ReportError, match="don't add up"):
        build_figures(replace(counts, categories=impossible), header)


def test_an_unknown_outcome_is_refused(counts: ReportCounts, header: ReportHeader) -> None:
    with pytest.raises(ReportError, match="don't know"):
        build_figures(replace(counts, outcomes=pd.DataFrame({"rule_id": ["X"], "outcome": ["MAYBE"], "n": [1]})), header)


def test_an_unknown_language_is_refused(counts: ReportCounts, header: ReportHeader) -> None:
    with pytest.raises(ReportError, match="fr, nl, de or en"):
        build_figures(counts, replace(header, languages=("fr", "it")))


def test_a_rule_that_no_store_could_answer_stands_in_its_section_and_makes_it_no_all_clear(header: ReportHeader) -> None:
    judged = pd.DataFrame({"rule_id": ["ART2-2-CAT"], "outcome": ["PASS"], "n": [40]})
    unjudged = pd.DataFrame({"rule_id": ["ART2-2-NRN", "BG-BREACH"], "n": [1, 2]})
    sections = publish(build_figures(ReportCounts(outcomes=judged, unjudged=unjudged), header))
    told = {section.id: section for section in sections}
    assert [table.cells for table in told["13"].tables] == [((2,),)]
    lines = {line.section: line for line in themes(sections)}
    assert (lines["4"].status, lines["4"].ran, lines["4"].unchecked) == ("PARTLY_CHECKED", 1, 1)
    assert (lines["13"].status, lines["13"].ran, lines["13"].unchecked) == ("NOT_MEASURED", 0, 1)
