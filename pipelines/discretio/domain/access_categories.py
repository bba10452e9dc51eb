"""Who may see sensitive data, by category of persons, as a controller lists it for its authority (arts 9, 10 §2 and 34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ARTICLES: Mapping[str, str] = {
    "HEALTH": "art. 9",
    "GENETIC": "art. 9",
    "BIOMETRIC": "art. 9",
    "CRIMINAL": "art. 10 §2",
    "T2_SPECIAL": "art. 34",
}
"""The article of the law of 30 July 2018 that asks for the list, by type of data."""


class Bound(StrEnum):
    """Whether a duty of confidentiality is on record for the users of a category of persons."""

    ALL = "ALL"
    NOT_ALL = "NOT_ALL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class AccessCategory:
    """One line of a list; a controller that keeps none has one line of which it has to complete the rest.

    Attributes:
        controller_id: the controller, by its surrogate id.
        data_type: a key of ARTICLES; null where there is no list.
        persons_category: the category of persons and their capacity, in the controller's words.
        updated_on: when the list was last updated.
        bound: whether all of them are bound to confidentiality.
    """

    controller_id: str
    data_type: str | None = None
    persons_category: str | None = None
    updated_on: date | None = None
    bound: Bound = Bound.UNKNOWN
