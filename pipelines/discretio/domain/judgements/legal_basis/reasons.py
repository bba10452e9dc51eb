"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # several rules
    OWN_DOSSIER = "own_dossier"
    NO_CONSULTATION = "no_consultation"
    NOT_A_PROTOCOL = "not_a_protocol"
    PROSECUTION_ABSENT = "prosecution_absent"
    SESSION_AHEAD = "session_ahead"
    # CP458TER-1-BASIS
    BASIS_VALID = "basis_valid"
    NO_BASIS = "no_basis"
    NOT_A_BASIS = "not_a_basis"
    BASIS_ISSUED_LATER = "basis_issued_later"
    BASIS_NOT_YET_VALID = "basis_not_yet_valid"
    BASIS_REVOKED = "basis_revoked"
    BASIS_ENDED = "basis_ended"
    BASIS_WITHOUT_DOCUMENT = "basis_without_document"
    BASIS_WITHOUT_REASONS = "basis_without_reasons"
    NOT_USED_YET = "not_used_yet"
    UNDATED_USE = "undated_use"
    # CP458TER-1-PURPOSE
    PURPOSE_GROUNDED = "purpose_grounded"
    NO_PURPOSE = "no_purpose"
    PURPOSE_ONLY_IN_WORDS = "purpose_only_in_words"
    OTHER_PURPOSE = "other_purpose"
    ENTRY_FOR_OTHER_PURPOSE = "entry_for_other_purpose"
    PURPOSE_WITHOUT_BASIS = "purpose_without_basis"
    BASIS_WITHOUT_PURPOSES = "basis_without_purposes"
    ENTRY_WITHOUT_PURPOSE = "entry_without_purpose"
    # COL-3.7-EXCLUDED-PURPOSE
    EXCLUDED_FIELD = "excluded_field"
    NO_EXCLUDED_FIELD = "no_excluded_field"
    SOUNDS_EXCLUDED = "sounds_excluded"
    NO_PURPOSE_NAMED = "no_purpose_named"
    # CP458TER-NO-STATE-SECURITY
    STATE_SECURITY_NAMED = "state_security_named"
    NO_STATE_SECURITY = "no_state_security"
    # CP458TER-1-MIN-CONTENT
    CONTENT_COMPLETE = "content_complete"
    NO_BASIS_AT_ALL = "no_basis_at_all"
    NO_CITATION = "no_citation"
    NO_ARTICLE_CITED = "no_article_cited"
    NO_PARTICIPANTS_CLAUSE = "no_participants_clause"
    NO_PURPOSE_CLAUSE = "no_purpose_clause"
    NO_MODALITIES_CLAUSE = "no_modalities_clause"
    NO_MODALITIES = "no_modalities"
    MODALITY_MISSING = "modality_missing"
    # COL-3.4.3-PARTICIPANT-LISTED
    PARTICIPANTS_NAMED = "participants_named"
    PARTICIPANT_NOT_NAMED = "participant_not_named"
    NOBODY_TOOK_PART = "nobody_took_part"
    PART_UNTOLD = "part_untold"
    # COL-4.1-PROTOCOL-REVIEW
    REVIEWED = "reviewed"
    REVIEWED_NOT_CONFORM = "reviewed_not_conform"
    REVIEW_OUTCOME_UNKNOWN = "review_outcome_unknown"
    REVIEW_DUE = "review_due"
    REVIEW_MISSED = "review_missed"
    SIGNED_UNDER_THIS_LAW = "signed_under_this_law"
    # COL-4.2-PG-APPROVAL
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    APPROVED_LATE = "approved_late"
    AMENDMENT_NOT_APPROVED = "amendment_not_approved"
    NOT_AN_AUTHORISATION = "not_an_authorisation"
    OLDER_THAN_THE_CIRCULAR = "older_than_the_circular"
    # COL-4.2-INDIVIDUAL-EXCEPTION
    NOT_INDIVIDUAL = "not_individual"
    INDIVIDUAL_WITH_REASONS = "individual_with_reasons"
    NO_EXCEPTIONAL_REASON = "no_exceptional_reason"
    NO_REASON_AGAINST_PROTOCOL = "no_reason_against_protocol"
    INDIVIDUAL_TOO_OFTEN = "individual_too_often"
    INDIVIDUAL_ON_THE_RISE = "individual_on_the_rise"
    # COL-4.2-WRITTEN-COMMITMENT
    ALL_COMMITTED = "all_committed"
    COMMITMENT_MISSING = "commitment_missing"
    NO_PROTOCOL = "no_protocol"
    NO_PARTNER_NAMED = "no_partner_named"
    # COL-4.3-START-REMINDER
    REMINDED = "reminded"
    REMINDED_LATE = "reminded_late"
    NO_REMINDER = "no_reminder"
    # COL-4.4-DOUBT-PG
    DOUBT_PUT_TO_PG = "doubt_put_to_pg"
    DOUBT_STILL_OPEN = "doubt_still_open"
    DOUBT_CLOSED_WITHOUT_PG = "doubt_closed_without_pg"
    NO_DOUBT_OF_THE_PROSECUTION = "no_doubt_of_the_prosecution"
    # COL-4.6-PROTOCOL-RIGHTS-CLAUSES
    RIGHTS_CLAUSES_COMPLETE = "rights_clauses_complete"
    NO_CONTROLLERS_CLAUSE = "no_controllers_clause"
    NO_PROCESSORS_CLAUSE = "no_processors_clause"
    NO_RIGHTS_CONTACT = "no_rights_contact"
    RIGHT_NOT_NAMED = "right_not_named"
    ACCESS_NOT_NAMED = "access_not_named"
    INTRODUCER_NOT_A_CONTROLLER = "introducer_not_a_controller"
    # COL-4.6-INFOSEC
    CONTROLS_ATTESTED = "controls_attested"
    NO_CONTROL_ATTESTED = "no_control_attested"
    CONTROL_NOT_ATTESTED = "control_not_attested"
    CONTROL_DOES_NOT_WORK = "control_does_not_work"
    CONTROL_UNTOLD = "control_untold"
    CONTROL_ATTESTED_LONG_AGO = "control_attested_long_ago"
    # SPEAK-RIGHT-NOT-DUTY
    FREE_TO_KEEP_SILENT = "free_to_keep_silent"
    FIELD_MANDATORY = "field_mandatory"
    SILENCE_NEEDS_A_REASON = "silence_needs_a_reason"
    SILENCE_HAS_A_PRICE = "silence_has_a_price"
