"""What all our expectations share: judge a frame, hand the outcomes over, and tell Great Expectations no more than counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from discretio.checks.handover import current_handover
from discretio.checks.store_view import Answers, StoreView
from discretio.domain.frames import KNOWN_FRAMES
from discretio.domain.outcomes import Judgement, Outcome

METRIC = "table.outcome_counts"
ROWS = "rows"


class RuleExpectation(BatchExpectation):
    """One rule over one frame. A subclass says which, what it needs, and how the rows are judged.

    Attributes:
        rule: the rule's id, as the suite names it; it has to be `rule_id`.
        rule_id: the rule that this class judges.
        frame: the frame whose rows are the scopes.
        scope_kind: what one row is, as outcomes name it.
        controller: the column that names the controller whose authority hears of it; None for the owner of the row's dossier,
            since a dossier has one owner, or one organiser who reports it for all participants.
        needs: per frame, the columns without which the rule can't be answered.
    """

    rule: str

    rule_id: ClassVar[str] = ""
    frame: ClassVar[str] = ""
    scope_kind: ClassVar[str] = ""
    controller: ClassVar[str | None] = None
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("rule",)
    args_keys: ClassVar[tuple[str, ...]] = ("rule",)

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per row of the frame, in its order."""
        raise NotImplementedError

    @classmethod
    def hearers(cls, store: StoreView, outcomes: pd.DataFrame) -> pd.DataFrame | None:  # noqa: ARG003 - for subclasses
        """Whom rows concern that the routing of the rule would take to others: `row` (its number) and `controller_key`."""
        return None

    @classmethod
    def outcomes(cls, store: StoreView) -> pd.DataFrame:
        """The outcomes over the frame, as `domain.frames.OUTCOMES`."""
        scopes = store.frames[cls.frame]
        answers = cls.judgements(store)
        dossiers = store.column(cls.frame, "dossier_key")
        if cls.controller is None:
            controllers = store.looked_up(dossiers, "dossiers", "dossier_key", "owner")
        else:
            controllers = store.column(cls.frame, cls.controller)
        columns = {
            "rule_id": [cls.rule_id] * len(scopes),
            "scope_kind": [cls.scope_kind] * len(scopes),
            "scope_key": scopes[KNOWN_FRAMES[cls.frame].key].to_numpy(),
            "dossier_key": dossiers.to_numpy(),
            "controller_key": controllers.to_numpy(),
            "outcome": _told(answers, lambda answer: answer.outcome.value),
            "reason": _told(answers, lambda answer: str(answer.reason)),
        }
        return pd.DataFrame(columns).astype("str")

    def _validate(self, metrics: Mapping[str, Any], *_: object, **__: object) -> dict[str, Any]:
        """Great Expectations asks for the verdict: a rule is met if nothing fails and nothing is left unjudged."""
        counts = metrics[METRIC]
        unmet = counts.get(Outcome.FAIL.value, 0) + counts.get(Outcome.NOT_CHECKABLE.value, 0)
        return {"success": bool(counts) and unmet == 0, "result": {"observed_value": counts}}


def _told(answers: Sequence[Judgement], say: Callable[[Judgement], str]) -> Sequence[str]:
    """What each judgement says."""
    return answers.told(say).tolist() if isinstance(answers, Answers) else [say(answer) for answer in answers]


class OutcomeCounts(TableMetricProvider):
    """How many outcomes of each kind a rule has over a frame, and over how many rows."""

    metric_name = METRIC
    value_keys = ("rule",)

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(
        cls,  # noqa: N805 - its convention too
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: Mapping[str, Any],
        metric_value_kwargs: Mapping[str, Any],
        metrics: object,  # noqa: ARG002 - it depends on no other metric
        runtime_configuration: object,  # noqa: ARG002 - nothing of a result depends on its format
    ) -> dict[str, int]:
        """Judge the rule over the batch.

        An exception stops here, as the kind that it is: its message and the traceback that Great Expectations would keep could
        quote values. The rule then has no counts, and nobody accepts its outcomes.
        """
        batch, _, _ = execution_engine.get_compute_domain(dict(metric_domain_kwargs), domain_type="table")
        handover, rule_id = current_handover(), metric_value_kwargs["rule"]
        try:
            outcomes = handover.judges[rule_id](handover.store)
        except Exception as error:  # noqa: BLE001 - whatever it is, it may quote values
            handover.errors[rule_id] = type(error).__name__
            return {}
        handover.outcomes[rule_id] = outcomes
        return {ROWS: len(batch)} | {outcome.value: number for outcome, number in count(outcomes).items()}


def count(outcomes: pd.DataFrame) -> dict[Outcome, int]:
    """How many outcomes there are of each kind; the five kinds are always named."""
    found = outcomes["outcome"].value_counts()
    return {outcome: int(found.get(outcome.value, 0)) for outcome in Outcome}
