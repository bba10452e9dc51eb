"""A mark of what a decision of triage rests on in the policy: the rule and the values it reads, and nothing else.

A new value for backups must not reopen what was decided about categories, so the hash of the whole policy would be too much.
"""

from __future__ import annotations

import hashlib
import json

from discretio.law.policy import ResolvedPolicy


def policy_mark(policy: ResolvedPolicy, rule_id: str) -> str:
    """SHA-256 over the rule and its values as they stand; it changes when the rule, its severity or one of its values does."""
    rule = policy.rules[rule_id]
    values = {name: str(policy.values.get(name)) for name in rule.parameters}
    said = [policy.policy_set_id, policy.status, rule.id, rule.severity, rule.scope_kind, rule.force, values]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def evidence_mark(outcome: str, reason: str, evidence: str) -> str:
    """SHA-256 over what a rule answered and the kinds of evidence behind it."""
    return hashlib.sha256(json.dumps([outcome, reason, evidence]).encode()).hexdigest()
