"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART2-1-SCOPE
    POLICY_FITS = "policy_fits"
    NO_POLICY_FOR_THIS_LEVEL = "no_policy_for_this_level"
    POLICY_OF_ANOTHER_LEVEL = "policy_of_another_level"
    # ART2-2-REGIME
    REGIME_FITS = "regime_fits"
    UNKNOWN_REGIME = "unknown_regime"
    NO_COMPETENT_AUTHORITY = "no_competent_authority"
    REGIME_OF_AN_EMPLOYER = "regime_of_an_employer"
    TITLE_3 = "title_3"
    # ART2-2-TITLE3
    NOT_TITLE_3 = "not_title_3"
    TITLE_3_WITHOUT_GROUND = "title_3_without_ground"
    TITLE_3_UNDER_ITS_OWN_LAW = "title_3_under_its_own_law"
