"""Rules over frames: custom Great Expectations expectations, and one outcome per rule and scope.

Importing Great Expectations takes seconds, so only a run does it.
"""

from __future__ import annotations

from discretio.checks.request import CheckReport, CheckRequest, Problem

__all__ = ["CheckReport", "CheckRequest", "Problem", "run_checks"]


def run_checks(request: CheckRequest) -> CheckReport:
    """Answer every rule that the policy and the suites name.

    An outcome comes only from a validation that ran: what no expectation answers is NOT_CHECKABLE, with its reason.

    Raises:
        UsageError: the suites can't be read, or hold an expectation that isn't one of ours.
    """
    from discretio.checks.run import answer_request  # noqa: PLC0415 - imports Great Expectations, which takes seconds

    return answer_request(request)
