"""Why a retention or a purge decision fell as it did, as codes. The translation catalogues are checked against this list."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason. None of them holds or hints at content."""

    # A clock runs, and this is where it stands
    WITHIN_TERM = "within_term"
    TERM_ENDS_SOON = "term_ends_soon"
    TERM_END_UNCERTAIN = "term_end_uncertain"
    TERM_EXPIRED = "term_expired"
    HELD = "held"
    AWAITING_ARCHIVES = "awaiting_archives"
    OPEN_TOO_LONG = "open_too_long"
    ERASURE_GRANTED = "erasure_granted"

    # No clock runs (N/A)
    DOSSIER_OPEN = "dossier_open"
    DOSSIER_NOT_OPEN = "dossier_not_open"
    NOT_SHARED = "not_shared"
    NOT_A_DRAFT = "not_a_draft"
    DRAFT_HAS_NO_CLOSURE = "draft_has_no_closure"
    SIGNALLED = "signalled"
    NO_AGREED_TERM = "no_agreed_term"
    NO_SESSION_YET = "no_session_yet"
    NOT_FOUND_UNNECESSARY = "not_found_unnecessary"
    ERASED = "erased"
    HELD_BEFORE = "held_before"

    # It can't be judged (NOT_CHECKABLE)
    FIELD_MISSING = "field_missing"
    PARAMETER_MISSING = "parameter_missing"
    PARAMETER_UNKNOWN = "parameter_unknown"
    KIND_UNKNOWN = "kind_unknown"
    STATUS_UNKNOWN = "status_unknown"
    CLOSURE_UNKNOWN = "closure_unknown"
    CLOSED_BY_ANOTHER = "closed_by_another"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    CLOSURE_CONTRADICTS_STATUS = "closure_contradicts_status"
    CLOSURE_DATES_CONTRADICT = "closure_dates_contradict"
    EVENT_ORDER_UNKNOWN = "event_order_unknown"
    PREVIOUS_CLOSURE_UNKNOWN = "previous_closure_unknown"
    ENTRY_INTRODUCTION_UNKNOWN = "entry_introduction_unknown"
    RECONFIRMATION_UNKNOWN = "reconfirmation_unknown"
    OPENING_UNKNOWN = "opening_unknown"
    AGREED_TERM_INDEFINITE = "agreed_term_indefinite"
    AGREED_TERM_UNREADABLE = "agreed_term_unreadable"
    AGREED_START_UNKNOWN = "agreed_start_unknown"
    DRAFT_DATE_UNKNOWN = "draft_date_unknown"
    DECISION_UNKNOWN = "decision_unknown"
    DECISION_DATE_UNKNOWN = "decision_date_unknown"
    REGISTRATION_UNKNOWN = "registration_unknown"
    DATE_OUT_OF_RANGE = "date_out_of_range"

    # Why what is proposed may not be executed
    NOT_YET_OVERDUE = "not_yet_overdue"
    HOLDS_UNREADABLE = "holds_unreadable"
    ONLY_SOME_ENTRIES = "only_some_entries"
    POLICY_NOT_ADOPTED = "policy_not_adopted"
    IN_TRANSITION = "in_transition"

    # What is wrong with a hold
    HOLD_WITHOUT_REASON = "hold_without_reason"
    HOLD_REVIEW_TOO_LATE = "hold_review_too_late"
    HOLD_NOT_APPROVED = "hold_not_approved"
    HOLD_APPROVED_BY_REQUESTER = "hold_approved_by_requester"

    # What else is to be told of a hold
    HOLD_REVIEW_OVERDUE = "hold_review_overdue"
    HOLD_RELEASE_ASKED = "hold_release_asked"
    HOLD_PAST_CEILING = "hold_past_ceiling"

    # Why a dossier of an approved plan was left alone
    DOSSIER_CHANGED = "dossier_changed"
    DOSSIER_GONE = "dossier_gone"
    DOSSIER_LINKED = "dossier_linked"
    NO_LONGER_OVERDUE = "no_longer_overdue"
    PLAN_WITHDRAWN = "plan_withdrawn"
    NEWER_THAN_ERASURE = "newer_than_erasure"

    # Why a plan isn't approved
    APPROVER_MISSING = "approver_missing"
    SECOND_PERSON_MISSING = "second_person_missing"
    NO_CONTROLLER_CONCERNED = "no_controller_concerned"
    REFUSED_OR_WITHDRAWN = "refused_or_withdrawn"
    APPROVAL_IN_THE_FUTURE = "approval_in_the_future"
    POLICY_CHANGED = "policy_changed"
    VALIDITY_NOT_SET = "validity_not_set"

    # Why a plan may not run, or only as a dry run
    CAP_NOT_SET = "cap_not_set"
    CAP_EXCEEDED = "cap_exceeded"
    CATCH_UP_RUN = "catch_up_run"
    AS_OF_IN_THE_FUTURE = "as_of_in_the_future"
