"""What is shipped: complete, sourced, in four languages, and routed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from discretio.law.authorities import NoAuthority, ParticipantKind, Regime
from discretio.law.periods import Period
from discretio.law.policy import ParameterValue, ResolvedPolicy
from discretio.law.special_classes import BARRED_DOCUMENTS, CATEGORY_NUMBERS, Flag
from discretio.policy_files import (
    load_authorities,
    load_policy,
    policy_set_ids,
    special_class_labels,
    special_class_references,
)
from discretio.policy_files.library import read_catalogue, read_rules
from discretio.policy_files.trees import Leaf, Listing, Table, Tree, parse

AS_OF = date(2026, 11, 21)
LANGUAGES = {"fr", "nl", "en", "de"}
BILL_ONLY = {"retention.cap", "art8.term", "reply.term"}

VALUES: dict[str, ParameterValue] = {
    "retention.cap": "P30Y",
    "retention.cap_lead": "P180D",
    "retention.agreed_lead": "P90D",
    "retention.agreed_start": "EFFECTIVE_CLOSURE",
    "retention.mode": "ANNIVERSARY",
    "retention.necessity_grace": "P30D",
    "retention.open_alarm": "P30Y",
    "retention.reopened": "LAST_WITH_REVIEW",
    "retention.override_longer": "OWN_ONLY",
    "presignal.refused_term": "P30D",
    "presignal.draft_term": "P180D",
    "presignal.review_term": "P90D",
    "presignal.extension": "P90D",
    "art8.term": "P30Y",
    "art8.start": "FIRST",
    "art8.lead": "P180D",
    "reply.term": "P3M",
    "reply.warn_lead": "P21D",
    "reply.start": "REQUEST",
    "reply.forward_within": "P5D",
    "cat16.minimum_length": 40,
    "cat16.justify_within": "P7D",
    "cat16.share_warn": 0.10,
    "own_copy.withdrawal_grace": "P30D",
    "hold.review_within": "P1Y",
    "first_session.warn_lead": "P7D",
    "suppression.k": 5,
    "suppression.k_special": 10,
    "suppression.ratio_denominator": 20,
    "approval.validity": "P30D",
    "purge.cap_dossiers": 500,
    "purge.cap_share": 0.10,
    "detection.threshold": 0.5,
    "findings.kept": "P1Y",
    "triage.answer_within": "P30D",
    "triage.accept_at_most": "P1Y",
    "watch.scan_within": "P2D",
    "watch.ahead": "P14D",
    "figures.kept": "P10Y",
    "purpose.integrity": "ANY",
    "cat11.scope": "RISK_ONLY",
    "classified.marking": "FORBID",
    "art4.measures": "ART3_2",
    "art8.scope": "PR_ONLY",
    "pv.outscope": "INFO_ONLY",
    "title3.entries": "REPORT",
    "entry.controller": "BROUGHT_BY",
}

RULES = {
    "ART2-2-CAT": "entry",
    "ART2-2-SPECIAL-DETECT": "entry",
    "ART2-2-CAT16-JUSTIF": "entry",
    "ART2-2-SUBJECT-ROLE": "person",
    "ART3-1-RETENTION-SET-BEFORE-FIRST": "dossier",
    "ART3-1-RETENTION-WITHIN-LEGAL": "dossier",
    "ART4-CONSENT": "own_copy",
    "ART7-REPLY-3M": "request",
    "ART2-3-4-HOLD": "hold",
    "ART2-3-4-CLOSURE-UNKNOWN": "dossier",
    "ART2-3-4-RETENTION-MAX": "dossier",
    "ART3-1-AGREED-TERM-EXPIRED": "dossier",
    "ART2-3-1-PRESIGNAL-STALE": "dossier",
    "ART8-ERASURE": "art8_row",
}

ROUTES = {
    ("FEDERAL_GDPR", "GDPR"): "apd",
    ("PRIVATE_BODY", "GDPR"): "apd",
    ("FRENCH_GERMAN_BRUSSELS_BODY", "GDPR"): "apd",
    ("INTEGRATED_POLICE", "T2"): "coc",
    ("INTEGRATED_POLICE", "GDPR"): "coc",
    ("PROSECUTOR", "T2"): "apd",
    ("PROSECUTOR", "GDPR"): "apd",
    ("CUSTOMS_CTIF", "T2"): "apd",
    ("CUSTOMS_CTIF", "GDPR"): "apd",
    ("FLEMISH_BODY", "GDPR"): "vtc",
    ("FLEMISH_WELFARE", "GDPR"): "vtc",
    ("INTELLIGENCE", "T3"): "comite_r",
    ("OCAM", "T3"): "comite_r_p",
}


@pytest.fixture(scope="module")
def bill(shipped: Path) -> ResolvedPolicy:
    return load_policy(shipped, "BE-BILL-56-0485", AS_OF)


@pytest.fixture(scope="module")
def base(shipped: Path) -> ResolvedPolicy:
    return load_policy(shipped, "GDPR-BASE", AS_OF)


def files(folder: Path) -> Iterator[tuple[str, Tree]]:
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("lexicons/"):
            yield name, parse(path.read_bytes())


def tables(tree: Tree, key: str = "") -> Iterator[tuple[str, Table]]:
    if isinstance(tree, Table):
        yield key, tree
        for row in tree.rows:
            yield from tables(row.value, row.key)
    elif isinstance(tree, Listing):
        for item in tree.items:
            yield from tables(item, key)


def test_every_parameter_has_the_value_that_the_catalogue_gives(bill: ResolvedPolicy) -> None:
    words = bill.words("cat16.stop_words")
    assert {"nécessaire", "noodzakelijk", "necessary", "notwendig", "idem", "n.v.t."} <= set(words)
    values = {name: str(value) if isinstance(value, Period) else value for name, value in bill.values.items()}
    assert {name: values.get(name) for name in VALUES} == VALUES


def test_without_the_bill_only_its_own_terms_are_absent(bill: ResolvedPolicy, base: ResolvedPolicy) -> None:
    assert set(bill.values) - set(base.values) == BILL_ONLY
    assert base.categories == {}


def test_every_value_has_a_reference_that_says_where_it_comes_from(bill: ResolvedPolicy) -> None:
    assert set(bill.references) == set(bill.values)
    for name, reference in bill.references.items():
        assert reference.title
        assert reference.checked_on is not None
        if name in BILL_ONLY:
            assert reference.title == "DOC 56 0485/001"
            assert reference.article.startswith("art. ")
            assert "«" in reference.phrase
            assert "‘" in reference.phrase
        else:
            assert reference.reason


def test_every_rule_is_there_with_its_scope_and_its_source(bill: ResolvedPolicy) -> None:
    assert {name: bill.rules[name].scope_kind for name in RULES} == RULES
    for rule in bill.rules.values():
        assert set(rule.parameters) <= set(bill.values)
        assert rule.reference.phrase or rule.reference.reason
        assert rule.does


NOT_LOADED = ("BE-FUTURE-LAW", "BE-LAW-LIVC-2018", "VL-DECREE-2023-06-30", "VL-DECREE-2024-03-29")


def test_the_law_in_force_keeps_only_the_rules_that_rest_on_it(
    shipped: Path, bill: ResolvedPolicy, base: ResolvedPolicy
) -> None:
    bill_alone = {
        document.content.id
        for document in read_rules(shipped)
        if {source.instrument for source in document.content.sources} <= {"BE-BILL-56-0485", *NOT_LOADED}
    }
    assert set(base.rules) == set(bill.rules) - bill_alone
    assert {"ART2-2-SPECIAL-DETECT", "ART2-3-4-HOLD", "ART3-1-AGREED-TERM-EXPIRED"} <= set(base.rules)
    assert {"ART2-2-CAT", "ART4-CONSENT", "ART7-REPLY-3M", "ART2-3-4-RETENTION-MAX"} <= bill_alone
    for rule in base.rules.values():
        assert not BILL_ONLY & set(rule.parameters)


def test_every_rule_is_an_obligation_of_the_catalogue_which_has_117(shipped: Path) -> None:
    listed = [rule for chapter in read_catalogue(shipped).values() for rule in chapter]
    assert len(listed) == len(set(listed)) == 117
    assert {document.content.id for document in read_rules(shipped)} <= set(listed)


def test_there_are_sixteen_categories_each_worded_and_labelled(bill: ResolvedPolicy) -> None:
    assert list(bill.categories) == list(CATEGORY_NUMBERS)
    for category in bill.categories.values():
        assert set(category.wording) == set(category.label) == LANGUAGES
        assert not set(category.special_flags) & set(BARRED_DOCUMENTS)
    assert bill.categories[10].wording["fr"] == "les données relatives à la santé"
    assert bill.categories[14].wording["nl"] == "de gedragsgegevens"
    assert Flag.TRADE_UNION in bill.categories[16].special_flags
    for text in ("wording", "label"):
        for language in LANGUAGES:
            assert len({getattr(category, text)[language] for category in bill.categories.values()}) == 16


def test_every_special_class_has_a_label_in_four_languages_and_a_source(shipped: Path) -> None:
    labels = special_class_labels(shipped)
    assert set(labels) == set(special_class_references(shipped)) == set(Flag)
    assert all(set(label) == LANGUAGES for label in labels.values())


def test_what_users_read_is_written_in_four_languages_everywhere(shipped: Path) -> None:
    for name, tree in files(shipped):
        for key, table in tables(tree):
            languages = {row.key for row in table.rows} & LANGUAGES
            if languages and key != "phrase":
                assert languages == LANGUAGES, f"{name}: {key}"
                assert all(isinstance(row.value, Leaf) and row.value.text.strip() for row in table.rows)


@pytest.mark.parametrize("kind", ParticipantKind)
@pytest.mark.parametrize("regime", Regime)
def test_every_participant_is_routed_or_explicitly_nowhere(shipped: Path, kind: ParticipantKind, regime: Regime) -> None:
    table = load_authorities(shipped)
    assert table.authority_for(kind, regime) == ROUTES.get((kind, regime))
    assert ((kind, regime) in table.unrouted) is ((kind, regime) not in ROUTES)
    assert table.routes[kind, regime] in table.authorities


def test_only_courts_are_beyond_every_authority_by_law(shipped: Path) -> None:
    beyond = [key for key, because in load_authorities(shipped).unrouted.items() if because is NoAuthority.JURISDICTIONAL]
    assert beyond == [("COURT", "GDPR"), ("COURT", "T2")]


def test_every_authority_has_its_names_and_its_language_first(shipped: Path) -> None:
    authorities = load_authorities(shipped).authorities
    assert list(authorities) == ["apd", "coc", "vtc", "comite_r", "comite_r_p", "prosecution", "none"]
    for name, authority in authorities.items():
        assert authority.id == name
        assert set(authority.names) == LANGUAGES
        assert set(authority.languages) >= {"fr", "nl"}
    assert authorities["vtc"].languages[0] == "nl"


def test_the_policy_sets_are_those_that_are_offered(shipped: Path) -> None:
    assert policy_set_ids(shipped) == tuple(sorted(("BE-BILL-56-0485", "GDPR-BASE", *NOT_LOADED)))
