"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # BG-ARCHIVES
    NO_PUBLIC_ARCHIVES = "no_public_archives"
    LIST_IS_ERASED_WITHOUT_TRANSFER = "list_is_erased_without_transfer"
    DESTROYED_WITH_CLEARANCE = "destroyed_with_clearance"
    DESTROYED_WITHOUT_CLEARANCE = "destroyed_without_clearance"
    CLEARED_FOR_DESTRUCTION = "cleared_for_destruction"
    CLEARANCE_OVERDUE = "clearance_overdue"
    CLEARANCE_AWAITED = "clearance_awaited"
    # BG-JOINT-ARRANGEMENT
    HOSTS_ITSELF = "hosts_itself"
    NOTHING_HOSTED = "nothing_hosted"
    NO_HOST_CONTRACT = "no_host_contract"
    HOST_CONTRACT_LATE = "host_contract_late"
    HOST_CONTRACT_SIGNED = "host_contract_signed"
    HOST_CONTRACT_INCOMPLETE = "host_contract_incomplete"
    # BG-BREACH
    BREACH_TOLD_LATE_BY_HOST = "breach_told_late_by_host"
    BREACH_NOT_NOTIFIED = "breach_not_notified"
    BREACH_WITHOUT_REASONS = "breach_without_reasons"
    BREACH_NOT_NOTIFIED_IN_TIME = "breach_not_notified_in_time"
    BREACH_TO_BE_DECIDED = "breach_to_be_decided"
    BREACH_NOTIFIED_LATE = "breach_notified_late"
    BREACH_NOTIFIED = "breach_notified"
    # BG-LED-CATEGORIES
    CLASS_NOT_ASKED = "class_not_asked"
    CLASS_SET = "class_set"
    CLASS_UNKNOWN = "class_unknown"
    CLASS_UNSET_OFTEN = "class_unset_often"
    CLASS_UNSET_RARELY = "class_unset_rarely"
    # BG-DPIA
    NO_ASSESSMENT = "no_assessment"
    ASSESSMENT_INCOMPLETE = "assessment_incomplete"
    ASSESSED_LATE = "assessed_late"
    ASSESSMENT_OLD = "assessment_old"
    ASSESSMENT_BEFORE_CHANGE = "assessment_before_change"
    HIGH_RISK_NOT_CONSULTED = "high_risk_not_consulted"
    ASSESSED = "assessed"
    # BG-TRANSPARENCY
    INFORMATION_NOT_ASKED = "information_not_asked"
    INFORMATION_RESTRICTED = "information_restricted"
    NOT_INFORMED = "not_informed"
    TO_BE_INFORMED = "to_be_informed"
    INFORMED = "informed"
    INFORMED_LATE = "informed_late"
    # BG-ACCURACY
    NO_CRIMINAL_DATUM = "no_criminal_datum"
    OUTCOME_OF_CLOSED_DOSSIER = "outcome_of_closed_dossier"
    OUTCOME_NOT_CHECKED = "outcome_not_checked"
    OUTCOME_CHECKED = "outcome_checked"
    OUTCOME_IGNORED = "outcome_ignored"
    OUTCOME_TO_BE_TAKEN_UP = "outcome_to_be_taken_up"
    OUTCOME_TAKEN_UP_LATE = "outcome_taken_up_late"
    OUTCOME_TAKEN_UP = "outcome_taken_up"
    # BG-ROPA
    NO_RECORD = "no_record"
    RECORD_INCOMPLETE = "record_incomplete"
    RECORD_LACKS_CATEGORIES = "record_lacks_categories"
    RECORD_UP_TO_DATE = "record_up_to_date"
    RECORD_OF_OTHER_TERMS = "record_of_other_terms"
    # BG-ERASURE-RECIPIENTS
    NO_RECIPIENTS = "no_recipients"
    RECIPIENTS_NOT_TOLD = "recipients_not_told"
    RECIPIENTS_TO_BE_TOLD = "recipients_to_be_told"
    RECIPIENTS_TOLD_LATE = "recipients_told_late"
    RECIPIENTS_TOLD = "recipients_told"
    # BG-LED-FACTS
    STATEMENT_NOT_ASKED = "statement_not_asked"
    STATED_AS_FACT = "stated_as_fact"
    FACT_OR_ASSESSMENT_UNKNOWN = "fact_or_assessment_unknown"
    ASSESSMENT_SIGNED = "assessment_signed"
    ASSESSMENT_UNSIGNED = "assessment_unsigned"
