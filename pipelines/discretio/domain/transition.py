"""While a rule is new, what was introduced before it is reported only: nothing is deleted or denied on it (catalogue §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from discretio.domain.dues import Due
from discretio.law.policy import ResolvedPolicy

REPORT_ONLY = "transition.report_only"


def reported_only_before(rule_id: str, policy: ResolvedPolicy, as_of: date) -> date | None:
    """The first day of a rule that is still new: what was introduced before it is reported only. None if it isn't new.

    It is new from that day until the term has run out, the last day included; a bill from its adoption on. A rule that an
    older source of the policy grounds as well is as old as that source.
    """
    rule = policy.rules.get(rule_id)
    if rule is None or rule.since is None or REPORT_ONLY not in policy.values:
        return None
    return rule.since if as_of <= policy.period(REPORT_ONLY).after(rule.since) else None


def under_transition(due: Due, introduced: Iterable[date | None] | None, policy: ResolvedPolicy, as_of: date) -> Due:
    """The same due, marked as reported only if its rule is new to anything that it would delete.

    Args:
        due: the answer of a rule.
        introduced: when each entry (or row of the art. 8 list) was introduced, None if nobody knows; None if it can't be read.
        policy: says since when the rule applies, and how long it counts as new.
        as_of: today.
    """
    since = reported_only_before(due.rule_id, policy, as_of)
    if since is None:
        return due
    return replace(due, report_only=introduced is None or any(day is None or day < since for day in introduced))
