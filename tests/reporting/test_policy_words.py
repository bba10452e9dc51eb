"""A report names the policy, its rules and their articles in the policy's own words."""

from datetime import date

import pytest

from discretio.law.authorities import Authority
from discretio.law.policy import Reference, ResolvedPolicy, Rule, Status
from discretio.reporting import policy_articles, policy_labels, policy_stamp


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
