"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # PIPE-FINDING-RETENTION
    OPEN_FINDING_LOST_ITS_KEY = "open_finding_lost_its_key"
    FINDING_KEY_TOO_OLD = "finding_key_too_old"
    OPEN_FINDING_KEYED = "open_finding_keyed"
    FINDING_KEPT_TOO_LONG = "finding_kept_too_long"
    FINDING_KEPT_AS_LONG_AS_NEEDED = "finding_kept_as_long_as_needed"
    # PIPE-POLICY-DATED
    FINDING_WITHOUT_POLICY = "finding_without_policy"
    FINDING_UNDER_POLICY = "finding_under_policy"
    FINDING_NOT_LABELLED = "finding_not_labelled"
    DELETED_UNDER_BILL = "deleted_under_bill"
    FINDING_IN_ANTICIPATION = "finding_in_anticipation"
    # PIPE-NO-AUTO-DELETE
    PURGE_TRIED_ONLY = "purge_tried_only"
    PURGED_FOR_AN_EARLIER_DAY = "purged_for_an_earlier_day"
    PURGED_DESPITE_HOLD = "purged_despite_hold"
    PURGED_UNDER_OTHER_POLICY = "purged_under_other_policy"
    PURGED_WITH_TWO_APPROVALS = "purged_with_two_approvals"
    PURGED_WITHOUT_TWO_APPROVERS = "purged_without_two_approvers"
    PURGED_WITHOUT_BOTH_ROLES = "purged_without_both_roles"
    PURGED_ANOTHER_LIST = "purged_another_list"
    PURGED_WITH_OLD_APPROVAL = "purged_with_old_approval"
