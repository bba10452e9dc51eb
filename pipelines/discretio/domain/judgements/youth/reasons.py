"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # YOUTH-REPORT-NO-DEPOSIT
    YOUTH_REPORT_DEPOSITED = "youth_report_deposited"
    YOUTH_REPORT_MARKS_FOUND = "youth_report_marks_found"
    YOUTH_REPORT_REPEATED = "youth_report_repeated"
    YOUTH_PASSAGE_TOO_LONG = "youth_passage_too_long"
    YOUTH_ELEMENTS_ONLY = "youth_elements_only"
    NO_YOUTH_REPORT = "no_youth_report"
    # YOUTH-REPORT-NO-REUSE
    NO_YOUTH_SOURCE = "no_youth_source"
    YOUTH_ELEMENT_IN_ANOTHER_PROCEDURE = "youth_element_in_another_procedure"
    YOUTH_ELEMENT_COPIED = "youth_element_copied"
    YOUTH_ELEMENT_KEPT = "youth_element_kept"
    # MINOR-PRIORITY
    NOT_A_MINOR = "not_a_minor"
    MINOR_FINDING_NOT_RAISED = "minor_finding_not_raised"
    MINOR_FINDING_NOT_REVIEWED = "minor_finding_not_reviewed"
    MINOR_FINDING_TO_BE_REVIEWED = "minor_finding_to_be_reviewed"
    MINOR_GROWN_UP_UNREVIEWED = "minor_grown_up_unreviewed"
    MINOR_LOOKED_AFTER = "minor_looked_after"
