"""A report names the policy, its rules and their articles in the policy's own words."""

import re
from datetime import date
from pathlib import Path

import pytest

from discretio import wiring
from discretio.law.authorities import Authority
from discretio.law.policy import Reference, ResolvedPolicy, Rule, Status
from discretio.reporting import policy_articles, policy_labels, policy_stamp
from discretio.reporting.wording import cited
from discretio.settings import Settings


@pytest.fixture
def policy() -> ResolvedPolicy:
    reference = Reference("DOC 56 0485/001", "art. 4")
    rule = Rule("ART4-CONSENT", {"fr": "Accord", "nl": "Akkoord"}, Status.BILL, "high", "own_copy", reference)
    other = Rule("OTHER", {"fr": "Autre"}, Status.LAW, "low", "entry", Reference("RGPD"))
    rules = {rule.id: rule, other.id: other}
    return ResolvedPolicy("P", "1", Status.BILL, date(2026, 9, 30), "a" * 64, None, {}, {}, {}, rules)


def test_the_stamp_names_the_policy(policy: ResolvedPolicy) -> None:
    assert (policy_stamp(policy).id, policy_stamp(policy).sha256, policy_stamp(policy).status) == ("P", "a" * 64, "BILL")


def test_rules_and_authority_keep_their_names(policy: ResolvedPolicy) -> None:
    labels = policy_labels(policy, Authority("apd", {"fr": "APD", "nl": "GBA"}, ("fr", "nl")))
    assert labels["rule.ART4-CONSENT"] == {"fr": "Accord", "nl": "Akkoord"}
    assert labels["authority.apd"] == {"fr": "APD", "nl": "GBA"}


def test_an_article_is_named_with_its_instrument(policy: ResolvedPolicy) -> None:
    assert policy_articles(policy) == {"ART4-CONSENT": "DOC 56 0485/001, art. 4", "OTHER": "RGPD"}


WORD = re.compile(r"[A-Za-z’]{4,}")
ALIKE: dict[str, set[str]] = {"fr": {"introduction", "archives", "Code"}, "nl": set(), "de": {"August"}}


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_no_citation_of_a_rule_stays_in_english(language: str, tmp_path: Path) -> None:
    place = wiring.workplace(Settings.from_environment({"DISCRETIO_HOME": str(tmp_path)}))
    articles = policy_articles(place.policy_on(date(2026, 9, 30)))
    proper = {"Discretio", "quater"}
    for rule, citation in articles.items():
        english = set(WORD.findall(citation)) - proper - ALIKE[language]
        assert english.isdisjoint(WORD.findall(cited(citation, language))), rule
