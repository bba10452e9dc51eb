"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # SHARED-SECRET-CONFIDENCES
    SHARED_IN_CONSULTATION = "shared_in_consultation"
    CONFIDENCE_SHARED = "confidence_shared"
    NO_CONFIDENCE_SHARED = "no_confidence_shared"
    # DISCLOSURE-458BIS
    NOT_UNDER_458BIS = "not_under_458bis"
    DANGER_TOLD_BY_LAWYER = "danger_told_by_lawyer"
    DANGER_TOLD_TO_ANOTHER = "danger_told_to_another"
    DANGER_CONDITIONS_RECORDED = "danger_conditions_recorded"
    DANGER_CONDITIONS_MISSING = "danger_conditions_missing"
    # SHARED-SECRET-5
    FIVE_CONDITIONS_MET = "five_conditions_met"
    MASTER_NOT_INFORMED = "master_not_informed"
    MASTER_DID_NOT_AGREE = "master_did_not_agree"
    RECEIVER_NOT_BOUND = "receiver_not_bound"
    NO_COMMON_MISSION = "no_common_mission"
    SHARING_NOT_LIMITED = "sharing_not_limited"
    SHARED_FOR_ANOTHER_INTEREST = "shared_for_another_interest"
    # COERCED-TREATMENT-REPORT
    NO_FOLLOW_UP_REPORT = "no_follow_up_report"
    FOLLOW_UP_REPORT_LIMITED = "follow_up_report_limited"
    FOLLOW_UP_TELLS_OF_THERAPY = "follow_up_tells_of_therapy"
    FOLLOW_UP_HEADING_BEYOND = "follow_up_heading_beyond"
    # PV-OUT-OF-SCOPE
    REPORT_NOT_FOREIGN = "report_not_foreign"
    YOUTH_REPORT_ATTACHED = "youth_report_attached"
    FOREIGN_REPORT_NOT_INFORMATION = "foreign_report_not_information"
    FOREIGN_REPORT_WITH_COPIES = "foreign_report_with_copies"
    FOREIGN_REPORT_CARRIES_NOTHING = "foreign_report_carries_nothing"
    FOREIGN_REPORT_INFORMS = "foreign_report_informs"
    # SECRET-LAWYER-458Q
    OFFICIAL_LETTER = "official_letter"
    LAWYER_EXPOSES_CLIENT = "lawyer_exposes_client"
    LAWYER_MARKS_FOUND = "lawyer_marks_found"
    NO_LAWYER_CONFIDENCE = "no_lawyer_confidence"
    # SECRET-LAWYER-PARTICIPANT
    NO_LAWYER = "no_lawyer"
    DEFENCE_LAWYER = "defence_lawyer"
    UNKNOWN_LAWYER_ROLE = "unknown_lawyer_role"
    LAWYER_FORESEEN = "lawyer_foreseen"
    LAWYER_NOT_FORESEEN = "lawyer_not_foreseen"
    # SECRET-MANDATE-REPORTING
    NO_MANDATE_REPORT = "no_mandate_report"
    NO_MANDATE = "no_mandate"
    MANDATE_NOT_VALID = "mandate_not_valid"
    MANDATE_NOT_KNOWN_TO_PERSON = "mandate_not_known_to_person"
    MANDATE_REPORTED = "mandate_reported"
    REPORTED_SECRETS_OF_OTHERS = "reported_secrets_of_others"
    # SHARED-SECRET-MISSION
    SHARED_WITH_NOBODY = "shared_with_nobody"
    MISSION_SHARES_NO_SECRETS = "mission_shares_no_secrets"
    ONE_MISSION = "one_mission"
    MISSIONS_DIFFER = "missions_differ"
    # NECESSITY-STATE
    NOT_OUT_OF_NECESSITY = "not_out_of_necessity"
    NECESSITY_WEIGHED = "necessity_weighed"
    NECESSITY_NOT_WEIGHED = "necessity_not_weighed"
    # SECRET-PURPOSE-OFFENCES
    NOT_BOUND_BY_SECRECY = "not_bound_by_secrecy"
    NO_OFFENCE_TAGGED = "no_offence_tagged"
    OFFENCE_IN_SCOPE = "offence_in_scope"
    OFFENCE_OUT_OF_SCOPE = "offence_out_of_scope"
    # SECRET-OUTSIDE-CONSULTATION
    TOLD_IN_NO_SHARED_DOSSIER = "told_in_no_shared_dossier"
    TOLD_BESIDE_DOSSIER = "told_beside_dossier"
    TOLD_BEFORE_CONSULTATION = "told_before_consultation"
    TOLD_AFTER_CLOSURE = "told_after_closure"
    TOLD_WITHIN_CONSULTATION = "told_within_consultation"
    TOLD_WITHOUT_BASIS = "told_without_basis"
    TOLD_UNTIL_UNKNOWN_CLOSURE = "told_until_unknown_closure"
    # SECRET-PROSECUTION-SCOPE
    REPORT_OF_NO_CONSULTATION = "report_of_no_consultation"
    REPORT_WITHOUT_OFFENCE = "report_without_offence"
    REPORT_IN_SCOPE = "report_in_scope"
    REPORT_DECLARED_IN_SCOPE = "report_declared_in_scope"
    REPORT_FOR_INFORMATION = "report_for_information"
    REPORT_OUT_OF_SCOPE_AS_EVIDENCE = "report_out_of_scope_as_evidence"
    # SECRET-PARTICIPANTS
    DISCLOSED_ON_A_GROUND = "disclosed_on_a_ground"
    DISCLOSED_TO_ANOTHER_END = "disclosed_to_another_end"
    DISCLOSED_AMONG_PARTICIPANTS = "disclosed_among_participants"
    DISCLOSED_TO_OUTSIDER = "disclosed_to_outsider"
    # MALTREATMENT-RELAY-INFO
    RELAY_UNDER_ANOTHER_DECREE = "relay_under_another_decree"
    RELAY_TELLS_TOO_MUCH = "relay_tells_too_much"
    RELAY_UNTOLD_FOR_THE_CHILD = "relay_untold_for_the_child"
    RELAY_TOLD = "relay_told"
    RELAY_UNTOLD = "relay_untold"
    # PV-AUTHOR
    AUTHOR_OF_PROSECUTION = "author_of_prosecution"
    AUTHOR_NOT_ENTITLED = "author_not_entitled"
    POLICE_WITHOUT_MANDATE = "police_without_mandate"
    POLICE_MANDATED_LATER = "police_mandated_later"
    POLICE_MANDATED = "police_mandated"
    # PV-REFERENCE
    NO_REPORTS = "no_reports"
    DISCLOSED_WITHOUT_REPORT = "disclosed_without_report"
    REPORT_WITHOUT_DISCLOSURE = "report_without_disclosure"
    REPORT_WITHOUT_BASIS = "report_without_basis"
    REPORTS_NAME_THEIR_BASIS = "reports_name_their_basis"
    # SHARED-SECRET-REPRESENTATION
    AGREED_IN_PERSON = "agreed_in_person"
    AGREED_BY_NOBODY_ENTITLED = "agreed_by_nobody_entitled"
    PERSON_NOT_INVOLVED = "person_not_involved"
    REPRESENTATIVE_SUSPECTED = "representative_suspected"
    AGREED_BY_REPRESENTATIVE = "agreed_by_representative"
    # CPAS-46BIS1
    NOT_UNDER_46BIS1 = "not_under_46bis1"
    WELFARE_DATA_UNASKED = "welfare_data_unasked"
    WELFARE_REQUEST_WITHOUT_REASONS = "welfare_request_without_reasons"
    WELFARE_DATA_CONFIDENTIAL = "welfare_data_confidential"
    WELFARE_DATA_BEYOND = "welfare_data_beyond"
    WELFARE_DATA_ADMINISTRATIVE = "welfare_data_administrative"
    # HIERARCHY-MINIMAL
    NOTHING_FOR_HIERARCHY = "nothing_for_hierarchy"
    HIERARCHY_READ_CONTENT = "hierarchy_read_content"
    HIERARCHY_TOLD_WHO = "hierarchy_told_who"
    HIERARCHY_IN_INQUIRY = "hierarchy_in_inquiry"
    HIERARCHY_KEPT_TO_MINIMUM = "hierarchy_kept_to_minimum"
