"""What the enrichment says about each violation is so: those and only those dossiers break the rule it names."""

from __future__ import annotations

import pandas as pd
import pytest

from discretio.stores.samples.enrichment import Enrichment
from discretio.stores.samples.model import Dossier
from discretio.stores.samples.rows import to_rows
from stores.samples.plain_rules import AS_OF, RULES, art8, declared

Frames = dict[str, pd.DataFrame]
# Broken by the samples' own dates and labels, whatever befalls a copy; DE-02, FR-04 and the drafts are moved into order.
BUILT_IN_OF_COPIES = {
    "ART3-1-RETENTION-SET-BEFORE-FIRST": {"DEV-DE-04", "DEV-FR-08"},
    "ART3-1-RETENTION-WITHIN-LEGAL": {"DEV-NL-08"},
}
# A variant of the term's value or start replaces what the sample itself breaks.
CURING_VARIANTS = {"term_half_an_hour_late", "term_on_the_day_without_times", "term_of_35_years", "term_without_end",
                   "term_equal_to_the_cap", "term_counted_from_opening", "term_never_set"}  # fmt: skip


def test_the_enrichment_names_a_violation_of_every_rule_of_dossiers(enrichment: Enrichment) -> None:
    named = {rule for variant in enrichment.variants.values() for rule in variant.violates}
    named |= {item["violates"] for item in (*enrichment.built_in, *enrichment.art8_rows) if item["violates"]}
    assert named == {*RULES, "ART2-2-CAT", "ART2-2-SPECIAL-DETECT", "ART8-ERASURE"}


@pytest.mark.parametrize("rule", RULES)
def test_a_copy_breaks_a_rule_if_its_enrichment_says_so(
    rule: str, demo: Frames, copies: tuple[Dossier, ...], enrichment: Enrichment
) -> None:
    kept, broken = RULES[rule](demo)
    said = {
        copy.id for copy in copies if any(rule in enrichment.variants[name].violates for name in copy.variants)
    }  # fmt: skip
    built_in = {copy.id for copy in copies if copy.source in BUILT_IN_OF_COPIES.get(rule, ())}
    cured = {copy.id for copy in copies if not CURING_VARIANTS.isdisjoint(copy.variants)}
    plain = {copy.id for copy in copies if any(enrichment.variants[name].plain for name in copy.variants)}
    assert said
    assert kept
    assert said <= broken <= said | built_in
    assert built_in - cured - plain <= broken


@pytest.mark.parametrize("rule", RULES)
def test_a_sample_breaks_a_rule_if_its_enrichment_says_so(
    rule: str, samples: tuple[Dossier, ...], enrichment: Enrichment
) -> None:
    _, broken = RULES[rule](to_rows(samples, enrichment))
    said = {name for variant in enrichment.variants.values() if rule in variant.violates for name in variant.samples}
    said |= {name for item in enrichment.built_in if item["violates"] == rule for name in item["samples"]}
    assert broken == said


@pytest.mark.parametrize("column", ["categories", "special_declared"])
def test_declarations_are_complete_in_some_entries_and_not_in_others(
    column: str, demo: Frames, copies: tuple[Dossier, ...]
) -> None:
    kept, broken = declared(copies, demo, column)
    assert len(kept) > 500
    assert len(broken) > 100


def test_the_prosecutors_lists_break_the_thirty_years_where_the_enrichment_says_so(
    demo: Frames, enrichment: Enrichment
) -> None:
    kept, broken = art8(demo)
    assert broken == {item["row"]["identity_key"] for item in enrichment.art8_rows if item["violates"]}
    assert len(kept) > 500


def test_a_few_per_cent_are_overdue_and_may_go(demo: Frames, copies: tuple[Dossier, ...]) -> None:
    overdue: set[str] = set()
    for rule in ("ART2-3-4-RETENTION-MAX", "ART3-1-AGREED-TERM-EXPIRED", "ART2-3-1-PRESIGNAL-STALE"):
        overdue |= RULES[rule](demo)[1]
    holds = demo["holds"]
    held = set(holds.loc[holds["released_at"].isna(), "dossier_key"])
    assert 0.03 <= len(overdue - held) / len(copies) <= 0.05
    assert len(overdue & held) >= 8


def test_nothing_happens_after_the_day_on_which_the_demo_looks(copies: tuple[Dossier, ...]) -> None:
    assert max(copy.last_day for copy in copies) < AS_OF
    assert all(copy.dates.closed is None or copy.dates.closed >= copy.dates.opened for copy in copies)
