"""What a report takes from the policy it is made under: its stamp, the titles of its rules, and their articles."""

from __future__ import annotations

from discretio.domain.figures import PolicyStamp
from discretio.law.authorities import Authority
from discretio.law.policy import ResolvedPolicy


def policy_stamp(policy: ResolvedPolicy) -> PolicyStamp:
    """The four facts by which a reader finds the policy again."""
    return PolicyStamp(policy.policy_set_id, policy.version, policy.sha256, policy.status.value)


def policy_labels(policy: ResolvedPolicy, authority: Authority) -> dict[str, dict[str, str]]:
    """Titles of the rules and names of the authority, as `ReportHeader.labels` wants them."""
    labels = {f"rule.{rule.id}": dict(rule.title) for rule in policy.rules.values()}
    return labels | {f"authority.{authority.id}": dict(authority.names)}


def policy_articles(policy: ResolvedPolicy) -> dict[str, str]:
    """The article of each rule with its instrument, as `ReportHeader.articles` wants them."""
    references = {rule.id: rule.reference for rule in policy.rules.values()}
    return {rule: ", ".join(filter(None, (found.title, found.article))) for rule, found in references.items()}
