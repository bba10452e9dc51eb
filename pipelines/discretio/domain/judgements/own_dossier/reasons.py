"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART4-1-INSUFFICIENCY
    COPY_WITH_REASON = "copy_with_reason"
    COPY_WITHOUT_REASON = "copy_without_reason"
    COPY_REASONED_AFTERWARDS = "copy_reasoned_afterwards"
    COPY_FOR_OTHER_PURPOSE = "copy_for_other_purpose"
    COPY_WITHOUT_SHARED_DOSSIER = "copy_without_shared_dossier"
    COPY_REASON_IS_BLANKET = "copy_reason_is_blanket"
    # ART4-ACCESS
    READ_BY_WHO_TOOK_PART = "read_by_who_took_part"
    READ_BY_REPRESENTATIVE = "read_by_representative"
    READ_FOR_A_TASK = "read_for_a_task"
    READ_BY_WHO_DID_NOT_TAKE_PART = "read_by_who_did_not_take_part"
    NO_CONTENT_OF_OWN_DOSSIER = "no_content_of_own_dossier"
    # ART4-MEASURES
    MEASURES_MET = "measures_met"
    MEASURES_NOT_MET = "measures_not_met"
    MEASURES_NOT_ASKED = "measures_not_asked"
    MEASURES_WARNED_OF = "measures_warned_of"
    MEASURES_NOT_CHECKABLE = "measures_not_checkable"
    NOT_OWN_DOSSIER = "not_own_dossier"
    # ART4-QUALITY
    COPY_UP_TO_DATE = "copy_up_to_date"
    COPY_CHECK_OVERDUE = "copy_check_overdue"
    COPY_STALE = "copy_stale"
    COPY_OUTLIVES_SOURCE = "copy_outlives_source"
    UNKNOWN_SOURCE_CHANGE = "unknown_source_change"
    # ART4-RETENTION
    COPY_WITHIN_TERM = "copy_within_term"
    COPY_TERM_ENDS_SOON = "copy_term_ends_soon"
    COPY_TERM_EXPIRED = "copy_term_expired"
    COPY_TERM_UNCERTAIN = "copy_term_uncertain"
    COPY_NOT_NEEDED = "copy_not_needed"
    COPY_CLOSURE_UNKNOWN = "copy_closure_unknown"
    OVERRIDE_UNREADABLE = "override_unreadable"
    # ART4-PROTOCOL-EXTRA
    EXTRA_RULES_KEPT = "extra_rules_kept"
    NO_EXTRA_RULE = "no_extra_rule"
    PROTOCOL_FORBIDS_COPIES = "protocol_forbids_copies"
    PROTOCOL_FORBIDS_CATEGORY = "protocol_forbids_category"
    PROTOCOL_TERM_EXPIRED = "protocol_term_expired"
    EXTRA_RULE_UNREADABLE = "extra_rule_unreadable"
