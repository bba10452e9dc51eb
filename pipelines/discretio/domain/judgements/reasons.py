"""Why a rule answered as it did: the reasons of the first rules, and of any rule over a whole store.

The rules of a chapter have their own `Reason` in the chapter's `reasons.py`; `every_rule.reason_codes` gathers them all, so
that translations can be checked against them.

A code of a family is the family's prefix and a name: `missing_column_entries_categories`, `missing_parameter_reply_term`.
Translations exist for each code, and for each prefix with the name as a placeholder.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART2-2-CAT
    CATEGORIES_DECLARED = "categories_declared"
    NO_CATEGORY = "no_category"
    UNKNOWN_CATEGORY = "unknown_category"
    UNDECLARED_CATEGORY_FOUND = "undeclared_category_found"
    NEEDS_NO_CATEGORY = "needs_no_category"
    IDENTIFIED_THOUGH_ANONYMOUS = "identified_though_anonymous"
    NOT_EXAMINED = "not_examined"
    # ART2-2-SPECIAL-DETECT
    SPECIAL_DATA_DECLARED = "special_data_declared"
    NO_SPECIAL_DATA = "no_special_data"
    UNDECLARED_SPECIAL_DATA = "undeclared_special_data"
    # ART2-2-CAT16-JUSTIF
    NOT_CATEGORY_16 = "not_category_16"
    JUSTIFIED = "justified"
    NO_JUSTIFICATION = "no_justification"
    JUSTIFICATION_TOO_SHORT = "justification_too_short"
    JUSTIFICATION_ONLY_STOP_WORDS = "justification_only_stop_words"
    JUSTIFIED_LATE = "justified_late"
    FITS_LISTED_CATEGORY = "fits_listed_category"
    SHARE_TOO_HIGH = "share_too_high"
    # ART2-2-SUBJECT-ROLE
    ROLE_RECORDED = "role_recorded"
    PROFESSIONAL = "professional"
    NO_ROLE = "no_role"
    UNKNOWN_ROLE = "unknown_role"
    NOT_LINKED = "not_linked"
    LINKED_OUTSIDE_DOSSIER = "linked_outside_dossier"
    LINKED_TO_NON_SUBJECT = "linked_to_non_subject"
    LINKED_PERSON_HAS_NO_ROLE = "linked_person_has_no_role"
    # ART3-1-RETENTION-SET-BEFORE-FIRST and -WITHIN-LEGAL
    NOT_SHARED = "not_shared"
    NO_SESSION = "no_session"
    SESSION_FAR_AHEAD = "session_far_ahead"
    TERM_SET_BEFORE_FIRST_SESSION = "term_set_before_first_session"
    NO_TERM = "no_term"
    NO_TERM_YET = "no_term_yet"
    TERM_SET_LATE = "term_set_late"
    SAME_DAY_WITHOUT_TIMES = "same_day_without_times"
    UNDATED_SESSION = "undated_session"
    TERM_WITHIN_CAP = "term_within_cap"
    TERM_EQUALS_CAP = "term_equals_cap"
    TERM_EXCEEDS_CAP = "term_exceeds_cap"
    TERM_ENDLESS = "term_endless"
    TERM_ZERO = "term_zero"
    TERM_UNREADABLE = "term_unreadable"
    UNVERIFIABLE_BEFORE_CLOSURE = "unverifiable_before_closure"
    UNKNOWN_START = "unknown_start"
    CLOSURE_IMPRECISE = "closure_imprecise"
    # ART4-CONSENT
    AGREED = "agreed"
    AGREED_UNTIL_WITHDRAWAL_TAKES_EFFECT = "agreed_until_withdrawal_takes_effect"
    HOLDER_INTRODUCED_IT = "holder_introduced_it"
    NO_AGREEMENT = "no_agreement"
    AGREEMENT_AFTER_COPY = "agreement_after_copy"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    UNDATED_AGREEMENT = "undated_agreement"
    KEPT_ON_OWN_GROUND = "kept_on_own_ground"
    # ART7-REPLY-3M
    REPLIED_IN_TIME = "replied_in_time"
    REPLY_NOT_DUE = "reply_not_due"
    REPLY_DUE_SOON = "reply_due_soon"
    REPLIED_LATE = "replied_late"
    REPLY_OVERDUE = "reply_overdue"
    REPLY_BEFORE_REQUEST = "reply_before_request"
    REQUEST_AFTER_REFERENCE_DATE = "request_after_reference_date"
    REQUEST_FORWARDED_LATE = "request_forwarded_late"
    # ART2-3-4-HOLD
    HOLD_IN_ORDER = "hold_in_order"
    HOLD_NOT_ACTIVE = "hold_not_active"
    HOLD_WITHOUT_REASON = "hold_without_reason"
    HOLD_WITHOUT_END_OR_REVIEW = "hold_without_end_or_review"
    HOLD_REVIEW_TOO_FAR = "hold_review_too_far"
    HOLD_REVIEW_OVERDUE = "hold_review_overdue"
    HOLD_NOT_APPROVED = "hold_not_approved"
    HOLD_APPROVED_BY_REQUESTER = "hold_approved_by_requester"
    HOLD_SET_TOO_LATE_WITHOUT_LAW = "hold_set_too_late_without_law"
    # ART2-3-4-CLOSURE-UNKNOWN
    CLOSURE_KNOWN = "closure_known"
    OPEN = "open"
    DRAFT = "draft"
    CLOSURE_UNKNOWN = "closure_unknown"
    CLOSED_BY_ANOTHER = "closed_by_another"
    OPEN_TOO_LONG = "open_too_long"
    UNKNOWN_STATUS = "unknown_status"
    # any rule, over a whole store
    NOTHING_TO_JUDGE = "nothing_to_judge"
    NO_EXPECTATION = "no_expectation"
    EXPECTATION_RAISED = "expectation_raised"
    NO_VALIDATION_RESULT = "no_validation_result"
    COUNTS_DISAGREE = "counts_disagree"
    RULE_NOT_IN_POLICY = "rule_not_in_policy"


FAMILIES = ("missing_field_", "missing_parameter_", "missing_frame_", "missing_column_")


def missing_field(name: str) -> str:
    """The store delivers the column, but not for this scope."""
    return f"missing_field_{name}"


def missing_parameter(name: str) -> str:
    """No instrument in force sets the parameter with this dotted name."""
    return "missing_parameter_" + name.replace(".", "_")


def missing_frame(name: str) -> str:
    """The store delivers no such frame."""
    return f"missing_frame_{name}"


def missing_column(frame: str, column: str) -> str:
    """The store delivers the frame without this column."""
    return f"missing_column_{frame}_{column}"


def family_of(code: str) -> str:
    """What a translation is looked up under: the code itself, or the prefix of its family.

    Raises:
        ValueError: nobody gives this reason.
    """
    from discretio.domain.judgements.every_rule import reason_codes  # noqa: PLC0415 - it reads the modules that import this one

    if code in reason_codes():
        return code
    for prefix in FAMILIES:
        if code.startswith(prefix) and len(code) > len(prefix):
            return prefix
    raise ValueError("not a reason code")
