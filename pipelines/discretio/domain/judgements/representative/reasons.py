"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART5-MANDATE
    MANDATE_VALID = "mandate_valid"
    NO_MANDATE = "no_mandate"
    MANDATE_DOES_NOT_COVER_SESSION = "mandate_does_not_cover_session"
    MANDATE_WITHOUT_DOCUMENT = "mandate_without_document"
    SUBSTITUTE_IS_NOT_PERMANENT = "substitute_is_not_permanent"
    MEMBER_ATTENDS = "member_attends"
    BODY_OUTSIDE_THE_BILL = "body_outside_the_bill"
    UNKNOWN_CAPACITY = "unknown_capacity"
    # ART5-BRIEFING-NECESSARY and ART5-DEBRIEF
    UNKNOWN_EXCHANGE = "unknown_exchange"
    NOT_A_BRIEFING = "not_a_briefing"
    BRIEFING_NECESSARY = "briefing_necessary"
    BRIEFING_AWAITS_SESSION = "briefing_awaits_session"
    BRIEFING_DELETED = "briefing_deleted"
    BRIEFING_BEYOND_AGENDA = "briefing_beyond_agenda"
    BRIEFING_BEYOND_CATEGORIES = "briefing_beyond_categories"
    BRIEFING_AFTER_SESSION = "briefing_after_session"
    BRIEFING_TOO_EARLY = "briefing_too_early"
    BRIEFING_KEPT_WITHOUT_SESSION = "briefing_kept_without_session"
    NOT_A_DEBRIEF = "not_a_debrief"
    DEBRIEF_TO_REPRESENTED = "debrief_to_represented"
    DEBRIEF_SPREAD = "debrief_spread"
    DEBRIEF_TO_MAILBOX = "debrief_to_mailbox"
    DEBRIEF_TO_OTHER_PERSON = "debrief_to_other_person"
    DEBRIEF_BEFORE_END = "debrief_before_end"
    DEBRIEF_WITHOUT_DUTY = "debrief_without_duty"
    # ART5-SAME-RULES
    RULES_ACKNOWLEDGED = "rules_acknowledged"
    NEVER_BRIEFED = "never_briefed"
    RULES_NOT_ACKNOWLEDGED = "rules_not_acknowledged"
    RULES_ACKNOWLEDGED_LATE = "rules_acknowledged_late"
    OLD_RULES_ACKNOWLEDGED = "old_rules_acknowledged"
