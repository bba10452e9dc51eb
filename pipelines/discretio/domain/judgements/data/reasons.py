"""Why the rules of this chapter answered as they did."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One reason for an outcome, by the rule that gives it."""

    # ART2-2-LEGAL-GROUND
    NO_GROUND = "no_ground"
    ONLY_458TER = "only_458ter"
    GROUND_OF_ANOTHER_REGIME = "ground_of_another_regime"
    GROUND_OF_THE_POLICE = "ground_of_the_police"
    UNLISTED_GROUND = "unlisted_ground"
    LAW_NOT_CITED = "law_not_cited"
    GROUND_RECORDED = "ground_recorded"
    # ART2-2-458TER-NOT-A-GROUND
    NO_GROUND_AT_ALL = "no_ground_at_all"
    ONLY_THE_ARTICLE = "only_the_article"
    GROUND_BESIDE_THE_ARTICLE = "ground_beside_the_article"
    # ART2-2-SPECIAL-GROUND
    NO_SPECIAL_DATA_DECLARED = "no_special_data_declared"
    REGIME_UNKNOWN = "regime_unknown"
    NO_LAW_BEHIND_THE_GROUND = "no_law_behind_the_ground"
    CONSENT_IS_NO_GROUND = "consent_is_no_ground"
    SPECIAL_GROUND_RECORDED = "special_ground_recorded"
    NO_TASK_GROUND = "no_task_ground"
    NO_SPECIAL_GROUND = "no_special_ground"
    NO_VITAL_INTEREST_GIVEN = "no_vital_interest_given"
    NO_NECESSITY_GIVEN = "no_necessity_given"
    NOT_STRICTLY_NECESSARY = "not_strictly_necessary"
    # ART2-2-CRIMINAL-GROUND
    NO_CRIMINAL_DATA = "no_criminal_data"
    NO_CRIMINAL_GROUND = "no_criminal_ground"
    NO_ACCESS_LIST = "no_access_list"
    CRIMINAL_GROUND_RECORDED = "criminal_ground_recorded"
    # ART2-2-SPECIAL-UNLISTED
    NOT_LOOKED_AT = "not_looked_at"
    NO_UNLISTED_DATA = "no_unlisted_data"
    UNLISTED_FORBIDDEN = "unlisted_forbidden"
    UNLISTED_OUTSIDE_CATEGORY_16 = "unlisted_outside_category_16"
    UNLISTED_NOT_JUSTIFIED = "unlisted_not_justified"
    UNLISTED_JUSTIFIED = "unlisted_justified"
    UNLISTED_WITHOUT_GROUND = "unlisted_without_ground"
    # ART2-2-PROVENANCE
    NO_PROVENANCE = "no_provenance"
    COLLECTED_FOLLOWING = "collected_following"
    COLLECTED_BEFORE_ANY_CONSULTATION = "collected_before_any_consultation"
    PROVENANCE_UNKNOWN = "provenance_unknown"
    SOURCE_OF_SOMEBODY_ELSE = "source_of_somebody_else"
    ALREADY_HELD = "already_held"
    HELD_ONLY_AFTERWARDS = "held_only_afterwards"
    # ART2-2-MISSION
    NO_MISSION = "no_mission"
    NOT_A_MISSION_OF_ITS_INTRODUCER = "not_a_mission_of_its_introducer"
    MATRIX_CELL_EMPTY = "matrix_cell_empty"
    CATEGORY_OUTSIDE_MISSION = "category_outside_mission"
    WITHIN_MISSION = "within_mission"
    # ART2-2-RELATION-NECESSITY
    NECESSITY_NOT_ASKED = "necessity_not_asked"
    NO_NECESSITY_NOTE = "no_necessity_note"
    NO_NOTE_ON_SPECIAL_DATA = "no_note_on_special_data"
    NECESSITY_REVIEW_OVERDUE = "necessity_review_overdue"
    NECESSITY_NOTED = "necessity_noted"
    CLOSED_WITHOUT_A_DATE = "closed_without_a_date"
    NECESSITY_CONFIRMED_AT_CLOSURE = "necessity_confirmed_at_closure"
    NOT_CONFIRMED_AFTER_CLOSURE = "not_confirmed_after_closure"
    CONFIRMATION_DUE = "confirmation_due"
    # ART2-2-CASE-BY-CASE
    NOT_OPEN = "not_open"
    NOT_CONSULTED_YET = "not_consulted_yet"
    NOT_REVIEWED_BEFORE_FIRST_SESSION = "not_reviewed_before_first_session"
    MINIMISATION_REVIEW_OVERDUE = "minimisation_review_overdue"
    LONG_ATTACHMENT = "long_attachment"
    REVIEWED_CASE_BY_CASE = "reviewed_case_by_case"
    # ART2-2-NRN
    NUMBER_IN_TEXT = "number_in_text"
    NUMBER_WITHOUT_AUTHORISATION = "number_without_authorisation"
    NO_NUMBER_IN_TEXT = "no_number_in_text"
    # ART2-CLASSIFIED
    CLASSIFIED_BY_RECORD = "classified_by_record"
    CLASSIFIED_MARKING_FOUND = "classified_marking_found"
    NOT_CLASSIFIED = "not_classified"
    # ART2-3-INVESTIGATION-SECRECY
    REPORT_NOT_FLAGGED = "report_not_flagged"
    NO_INVESTIGATION_SECRECY = "no_investigation_secrecy"
    NO_RELEVANCE_GIVEN = "no_relevance_given"
    NOT_RELEASED = "not_released"
    RELEASED_AND_RELEVANT = "released_and_relevant"
    INTRODUCED_BY_ANOTHER = "introduced_by_another"
