"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART6-JUDICIAL-FLAG
    JUDICIAL_ORIGIN_RECORDED = "judicial_origin_recorded"
    NOTHING_JUDICIAL = "nothing_judicial"
    NO_JUDICIAL_ORIGIN = "no_judicial_origin"
    JUDICIAL_DATA_FOUND = "judicial_data_found"
    UNKNOWN_JUDICIAL_ORIGIN = "unknown_judicial_origin"
    # ART6-RIGHTS-ROUTING
    JUDICIAL_WAY_TAKEN = "judicial_way_taken"
    ORDINARY_WAY_TAKEN = "ordinary_way_taken"
    JUDICIAL_WAY_NOT_TAKEN = "judicial_way_not_taken"
    JUDICIAL_WAY_WITHOUT_ORIGIN = "judicial_way_without_origin"
    JUDICIAL_DATA_CHANGED = "judicial_data_changed"
    PERSON_NOT_TOLD_THE_WAY = "person_not_told_the_way"
    # ART7-SCOPE
    RESTRICTION_WITHIN_SCOPE = "restriction_within_scope"
    RESTRICTED_BY_OTHERS = "restricted_by_others"
    RESTRICTED_OUTSIDE_SHARED_DOSSIER = "restricted_outside_shared_dossier"
    RESTRICTED_WITHOUT_AUTHORISATION = "restricted_without_authorisation"
    RESTRICTED_OVER_JUDICIAL_DATA = "restricted_over_judicial_data"
    RESTRICTED_OTHER_RIGHT = "restricted_other_right"
    NO_RIGHT_RESTRICTED = "no_right_restricted"
    # ART7-GROUND
    RESTRICTION_REASONED = "restriction_reasoned"
    NO_GROUND_OF_RESTRICTION = "no_ground_of_restriction"
    RESTRICTION_WITHOUT_NECESSITY = "restriction_without_necessity"
    RESTRICTION_WITHOUT_PROPORTIONALITY = "restriction_without_proportionality"
    RESTRICTION_NOT_REVIEWED_IN_TIME = "restriction_not_reviewed_in_time"
    FIFTH_GROUND_TOO_OFTEN = "fifth_ground_too_often"
    # ART7-REPLY-GDPR
    ANSWERED_IN_TIME = "answered_in_time"
    ANSWER_NOT_DUE = "answer_not_due"
    ANSWER_DUE_SOON = "answer_due_soon"
    ANSWERED_LATE = "answered_late"
    ANSWER_OVERDUE = "answer_overdue"
    ANSWER_PAST_TARGET = "answer_past_target"
    ANSWER_NOT_ASKED = "answer_not_asked"
    ANSWERED_BEFORE_RECEIPT = "answered_before_receipt"
    RECEIVED_AFTER_REFERENCE_DATE = "received_after_reference_date"
    # ART8-LIST-COMPLETE
    LIST_NOT_ASKED = "list_not_asked"
    NOBODY_TO_LIST = "nobody_to_list"
    SUBJECTS_LISTED = "subjects_listed"
    SUBJECT_TO_BE_LISTED = "subject_to_be_listed"
    SUBJECT_NOT_LISTED = "subject_not_listed"
    SUBJECT_LISTED_LATE = "subject_listed_late"
    # ART8-LIST-ONLY-AUTH
    LISTED_ON_AUTHORISATION = "listed_on_authorisation"
    LISTED_ON_ANY_BASIS = "listed_on_any_basis"
    LISTED_WITHOUT_AUTHORISATION = "listed_without_authorisation"
    LISTED_THOUGH_NO_SUBJECT = "listed_though_no_subject"
    LIST_HOLDS_TOO_MUCH = "list_holds_too_much"
    LIST_USED_OTHERWISE = "list_used_otherwise"
    LIST_ROW_ERASED = "list_row_erased"
