"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART3-1-RETENTION-AGREED-BY-ALL
    TERM_ACCEPTED = "term_accepted"
    TERM_ACCEPTED_BY_MAJORITY = "term_accepted_by_majority"
    TERM_NOT_YET_TO_ACCEPT = "term_not_yet_to_accept"
    TERM_NEVER_ACCEPTED = "term_never_accepted"
    TERM_ACCEPTED_LATE = "term_accepted_late"
    TERM_LENGTHENED_WITHOUT_CONSENT = "term_lengthened_without_consent"
    NOTHING_TO_ACCEPT = "nothing_to_accept"
    ACCEPTED_TERM_UNREADABLE = "accepted_term_unreadable"
    # ART3-1-CONTROLLER-PER-ENTRY
    INTRODUCED_BY_PARTICIPANT = "introduced_by_participant"
    INTRODUCED_BY_NOBODY = "introduced_by_nobody"
    INTRODUCED_BY_HOST = "introduced_by_host"
    INTRODUCED_BY_OUTSIDER = "introduced_by_outsider"
    TYPIST_TAKEN_FOR_INTRODUCER = "typist_taken_for_introducer"
    # ART3-2-ACCESS-MGMT
    ACCESS_IN_ORDER = "access_in_order"
    ACCESS_NOT_BEGUN = "access_not_begun"
    GENERIC_ACCOUNT = "generic_account"
    ACCESS_OF_LEAVER = "access_of_leaver"
    ACCESS_OF_OUTSIDER = "access_of_outsider"
    ACCESS_NOT_RECERTIFIED = "access_not_recertified"
    ADMINISTRATOR_READS = "administrator_reads"
    ACCESS_AFTER_CLOSURE = "access_after_closure"
    EMERGENCY_WITHOUT_REASON = "emergency_without_reason"
    EMERGENCY_NOT_REVIEWED = "emergency_not_reviewed"
    UNKNOWN_ACCESS_ROLE = "unknown_access_role"
    # ART3-2-LOGGING
    LOG_COMPLETE = "log_complete"
    LOG_NOT_ASKED = "log_not_asked"
    LOG_LACKS_ACTIONS = "log_lacks_actions"
    LOG_LINES_INCOMPLETE = "log_lines_incomplete"
    LOG_CHAIN_BROKEN = "log_chain_broken"
    LOG_GAP = "log_gap"
    LOG_WITHOUT_TERM = "log_without_term"
    LOG_KEPT_TOO_SHORT = "log_kept_too_short"
    LOG_KEPT_TOO_LONG = "log_kept_too_long"
    LOG_TERM_UNREADABLE = "log_term_unreadable"
    # ART3-2-ART9-10-34
    ACCESS_LISTED = "access_listed"
    NOTHING_SENSITIVE = "nothing_sensitive"
    NO_ACCESS_LIST = "no_access_list"
    ACCESS_LIST_OUTDATED = "access_list_outdated"
    ACCESS_LIST_OLDER_THAN_ROLE = "access_list_older_than_role"
    READ_BY_UNLISTED = "read_by_unlisted"
    READ_WITHOUT_DUTY = "read_without_duty"
    # ART3-LINK-SECURITY
    LINK_SECURE = "link_secure"
    LINK_TWO_WAY = "link_two_way"
    UNKNOWN_DIRECTION = "unknown_direction"
    LINK_WITHOUT_PROTOCOL = "link_without_protocol"
    LINK_WITHOUT_MUTUAL_PROOF = "link_without_mutual_proof"
    LINK_NOT_TESTED = "link_not_tested"
    LINK_FIELDS_OUTSIDE_CATEGORIES = "link_fields_outside_categories"
    LINK_FIELDS_NOT_ALLOWED = "link_fields_not_allowed"
    LINK_PASSED_BY_ITSELF = "link_passed_by_itself"
    LINK_OUTSIDE_DOSSIER = "link_outside_dossier"
    LINK_CHANGED_INTRODUCER = "link_changed_introducer"
    LINK_NOT_LOGGED = "link_not_logged"
    LINK_COUNTS_DIFFER = "link_counts_differ"
    LINK_DELETION_LATE = "link_deletion_late"
