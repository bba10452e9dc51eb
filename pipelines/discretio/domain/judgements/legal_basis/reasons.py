"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # COL-4.2-INDIVIDUAL-EXCEPTION
    NOT_INDIVIDUAL = "not_individual"
    INDIVIDUAL_WITH_REASONS = "individual_with_reasons"
    NO_EXCEPTIONAL_REASON = "no_exceptional_reason"
    NO_REASON_AGAINST_PROTOCOL = "no_reason_against_protocol"
    INDIVIDUAL_TOO_OFTEN = "individual_too_often"
    INDIVIDUAL_ON_THE_RISE = "individual_on_the_rise"
