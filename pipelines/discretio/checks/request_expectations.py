"""The rule over requests of interested persons: an answer in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView
from discretio.domain.judgements import replies
from discretio.domain.outcomes import Judgement


class ExpectEveryRequestToBeAnsweredInTime(RuleExpectation):
    """A request of an interested person is answered within the term of art. 7."""

    rule_id: ClassVar[str] = replies.RULE_ID
    frame: ClassVar[str] = "rights_requests"
    scope_kind: ClassVar[str] = "request"
    controller: ClassVar[str | None] = "addressed_to"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"rights_requests": ("request_key", "request_date", "replied_at")}

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per request."""
        rows = store.rows(cls.frame, ("request_date", "received_at", "replied_at", "reply_kind", "forwarded_at"))
        return [replies.judge(replies.Facts(**row), store.under) for row in rows]
