"""The words in which a rule says what the pipeline does about it, and whose authority hears of it."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What the pipeline does about a rule. Nothing is deleted but by an approved plan."""

    DETECT = "DETECT"
    PROPOSE_DELETION = "PROPOSE_DELETION"
    DELETE_AFTER_APPROVAL = "DELETE_AFTER_APPROVAL"
    BLOCK_DELETION = "BLOCK_DELETION"


class Routing(StrEnum):
    """Whose supervisory authority hears of an outcome: the controller that these words point at (catalogue §6)."""

    BY_INTRODUCER = "BY_INTRODUCER"
    BY_HOLDER = "BY_HOLDER"
    BY_OWNER = "BY_OWNER"
    BY_CONTROLLER = "BY_CONTROLLER"
    BY_ADDRESSEE = "BY_ADDRESSEE"
    ALL_PARTICIPANTS = "ALL_PARTICIPANTS"


class Severity(StrEnum):
    """How much a failure weighs, heaviest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Scope(StrEnum):
    """What one outcome of a rule is about."""

    DOSSIER = "dossier"
    ENTRY = "entry"
    PERSON = "person"
    OWN_COPY = "own_copy"
    HOLD = "hold"
    REQUEST = "request"
    ART8_ROW = "art8_row"
