"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART2-3-1-PRESIGNAL-PARTITION
    NEVER_A_DRAFT = "never_a_draft"
    OUTSIDER_READ = "outsider_read"
    OUTSIDER_GRANTED = "outsider_granted"
    PARTITIONED = "partitioned"
    # ART2-3-1-SIGNAL-NECESSARY
    SEEN_WITHOUT_SIGNALLING = "seen_without_signalling"
    NOT_SIGNALLED = "not_signalled"
    SIGNALLED_WITHOUT_REASON = "signalled_without_reason"
    SIGNALLED_AS_NEEDED = "signalled_as_needed"
    SIGNALLED_WHOLE = "signalled_whole"
    # ART2-3-2-EXPERTISE
    PARTICIPATION_ENDED = "participation_ended"
    NO_CONTRIBUTION = "no_contribution"
    READ_BEFORE_CONTRIBUTION = "read_before_contribution"
    CONTRIBUTION_NOT_CONFIRMED = "contribution_not_confirmed"
    PARTICIPANT_IDLE = "participant_idle"
    SAME_NOTE_EVERYWHERE = "same_note_everywhere"
    CONTRIBUTION_NOTED = "contribution_noted"
    # ART2-3-3-ONLY-TWO-STORES
    LAWFUL_PLACE = "lawful_place"
    UNKNOWN_PLACE = "unknown_place"
    SHADOW_COPY = "shadow_copy"
    DATA_ELSEWHERE = "data_elsewhere"
    NOT_MANDATED = "not_mandated"
    NOTHING_ELSEWHERE = "nothing_elsewhere"
    # ART2-3-4-RETENTION-NECESSITY
    NEITHER_OPEN_NOR_CLOSED = "neither_open_nor_closed"
    CLOSED_REVIEW_OVERDUE = "closed_review_overdue"
    STILL_NECESSARY = "still_necessary"
    REVIEW_WITHOUT_OUTCOME = "review_without_outcome"
    KEPT_THOUGH_NOT_NEEDED = "kept_though_not_needed"
    NOT_NEEDED_ANY_MORE = "not_needed_any_more"
    OPEN_REVIEW_OVERDUE = "open_review_overdue"
    CLOSE_OR_JUSTIFY = "close_or_justify"
    # ART2-3-4-REOPENED
    NEVER_REOPENED = "never_reopened"
    CLOSED_BY_MISTAKE = "closed_by_mistake"
    REOPENED_TOO_LATE = "reopened_too_late"
    REOPENED_WITHOUT_REASON = "reopened_without_reason"
    REOPENED_WITHOUT_BASIS = "reopened_without_basis"
    OLD_ENTRIES_NOT_CONFIRMED = "old_entries_not_confirmed"
    OLD_ENTRIES_TO_CONFIRM = "old_entries_to_confirm"
    REOPENED_SHORTLY_BEFORE_THE_END = "reopened_shortly_before_the_end"
    REOPENED_IN_ORDER = "reopened_in_order"
    # ART2-3-4-OTHER-TERM
    OVERRIDE_NOT_VALID = "override_not_valid"
    NO_PROVISION = "no_provision"
    LONGER_TERM_IGNORED = "longer_term_ignored"
    OVERRIDE_GROUNDED = "override_grounded"
    OVERRIDE_NOT_CITED = "override_not_cited"
    OVERRIDE_NOT_APPROVED = "override_not_approved"
    OVERRIDE_NOT_LIMITED = "override_not_limited"
    OVERRIDE_UNREADABLE = "override_unreadable"
    # ART2-3-4-MULTI-BASIS
    NO_BASIS_RECORDED = "no_basis_recorded"
    BASIS_STANDS = "basis_stands"
    NEEDED_AFTER_REVOCATION = "needed_after_revocation"
    KEPT_AFTER_REVOCATION = "kept_after_revocation"
    ALL_BASES_REVOKED = "all_bases_revoked"
    # ART2-3-4-DELETE-COMPLETE
    TOO_FEW_PERSONS = "too_few_persons"
    ERASED_AFTER_REFERENCE_DATE = "erased_after_reference_date"
    OTHER_THAN_APPROVED = "other_than_approved"
    SOMETHING_LEFT = "something_left"
    RECIPIENTS_NOT_TOLD = "recipients_not_told"
    BACKUPS_TOO_LONG = "backups_too_long"
    FOUND_AGAIN = "found_again"
    ERASED_COMPLETELY = "erased_completely"
    RESCAN_DUE = "rescan_due"
