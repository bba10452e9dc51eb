"""The words in which a rule says what the pipeline does about it, and whose authority hears of it."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What the pipeline does about a rule. Nothing is deleted but by an approved plan."""

    DETECT = "DETECT"
    REPORT = "REPORT"
    BLOCK = "BLOCK"
    ALERT = "ALERT"
    STOP_READING = "STOP_READING"
    PROPOSE_CATEGORY = "PROPOSE_CATEGORY"
    PROPOSE_MASKING = "PROPOSE_MASKING"
    PROPOSE_DELETION = "PROPOSE_DELETION"
    DELETE_AFTER_APPROVAL = "DELETE_AFTER_APPROVAL"
    BLOCK_DELETION = "BLOCK_DELETION"


class Routing(StrEnum):
    """Whose supervisory authority hears of an outcome: the controllers that these words point at (catalogue §6).

    BY_PARTICIPANT is the participant that the row is about, or all of them if it is about a whole dossier or consultation;
    BY_INTRODUCER likewise every introducer; BY_BOTH_ENDS the receiving end of a link beside its source; TITLE3_CHANNEL the
    committee of the intelligence services, apart from all other reports; NOT_A_DPA a body that is no data-protection authority
    (a bar, an order); NOBODY what only drives routing.
    """

    BY_INTRODUCER = "BY_INTRODUCER"
    BY_HOLDER = "BY_HOLDER"
    BY_OWNER = "BY_OWNER"
    BY_CONTROLLER = "BY_CONTROLLER"
    BY_ADDRESSEE = "BY_ADDRESSEE"
    BY_PARTICIPANT = "BY_PARTICIPANT"
    BY_ORGANISER = "BY_ORGANISER"
    BY_HOST = "BY_HOST"
    BY_PROSECUTOR = "BY_PROSECUTOR"
    BY_BOTH_ENDS = "BY_BOTH_ENDS"
    ALL_PARTICIPANTS = "ALL_PARTICIPANTS"
    TITLE3_CHANNEL = "TITLE3_CHANNEL"
    NOT_A_DPA = "NOT_A_DPA"
    NOBODY = "NOBODY"


class Severity(StrEnum):
    """How much a failure weighs, heaviest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
