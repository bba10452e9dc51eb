"""The rule over holds: reasoned, limited, reviewed, and not one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import StoreView, rows_of
from discretio.domain.judgements import holds
from discretio.domain.outcomes import Judgement
from discretio.domain.recorded_holds import UNREAD


class ExpectEveryHoldToBeReasonedLimitedAndReviewed(RuleExpectation):
    """A hold has a reason, an end or a timely review, and two persons behind it."""

    rule_id: ClassVar[str] = holds.RULE_ID
    frame: ClassVar[str] = "holds"
    scope_kind: ClassVar[str] = "hold"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "holds": (
            "hold_key", "dossier_key", "reason", "from_at", "until_at", "review_at", "requested_by", "approved_by",
            "released_at",
        )
    }  # fmt: skip

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per hold."""
        names = ("reason", "from_at", "until_at", "review_at", "requested_by", "approved_by", "released_at")
        rows, dossiers = store.frames[cls.frame], store.column(cls.frame, "dossier_key")
        facts = pd.DataFrame({name: rows[name] for name in names}, index=rows.index)
        for name in ("closed_at", "closed_precision"):
            facts[name] = store.looked_up(dossiers, "dossiers", "dossier_key", name)
        facts["names_law"] = names_law(rows)
        return [holds.judge(holds.Facts(**row), store.under) for row in rows_of(facts)]


def names_law(rows: pd.DataFrame) -> pd.Series | None:
    """Whether each hold names the law that asks for it; null where nobody can read it, as of those that are recorded here."""
    if "law_citation" not in rows.columns:
        return None
    cited = rows["law_citation"].fillna("").str.strip()
    return (cited != "").astype(object).where(cited != UNREAD, None)
