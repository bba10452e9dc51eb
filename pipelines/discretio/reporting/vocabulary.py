"""The fixed layout of a report: its codes, in the order in which they are printed. Each has words in reports/translations."""

from __future__ import annotations

from discretio.domain.outcomes import Outcome
from discretio.domain.triage.ageing import AgeBand, Overdue
from discretio.domain.triage.words import Status
from discretio.law.special_classes import BARRED_DOCUMENTS, CATEGORY_NUMBERS, SPECIAL_DATA

LANGUAGES = ("fr", "nl", "de", "en")
SECTIONS = tuple(str(number) for number in range(17))
HIERARCHY_SECTIONS = frozenset({"2", "11", "12"})
"""What an internal note tells the prosecution's hierarchy: grounds, the list of art. 8, secrecy (catalogue § d)."""
CATEGORIES = tuple(str(number) for number in CATEGORY_NUMBERS)
SENSITIVE_CATEGORIES = frozenset({"9", "10", "12", "13", "15"})
BANDED_RULES = frozenset({"ART2-2-TITLE3", "ART2-CLASSIFIED"})
"""Told in bands only (catalogue § d, suppression 7)."""
SPECIAL_FLAGS = tuple(flag.value for flag in SPECIAL_DATA)
BARRED_FLAGS = tuple(flag.value for flag in BARRED_DOCUMENTS)
OUTCOMES = tuple(outcome.value for outcome in Outcome)

OTHER = "OTHER"
FOUND = ("BOTH", "DECLARED_ONLY", "DETECTED_ONLY")
FLAG_FOUND = ("BOTH", "DETECTED_ONLY")
QUALITY = ("CORRECT", "WRONG")
MISSED = ("REVIEWED", "AT_LEAST", "AT_MOST")
AGES = tuple(band.value for band in AgeBand)
TRIAGE = tuple(status.value for status in Status if status is not Status.RESOLVED)
COUNT = ("N",)

KINDS: dict[str, tuple[str, ...]] = {
    "coverage": ("EXAMINED", "PARTLY_EXAMINED", "NOT_EXAMINED"),
    "dossier_kind": ("SHARED", "OWN", "PRESIGNAL"),
    "dossier_status": ("OPEN", "CLOSED", "DRAFT"),
    "category": CATEGORIES,
    "flag": (*SPECIAL_FLAGS, *BARRED_FLAGS),
    "found": FOUND,
    "outcome": OUTCOMES,
    "due": (
        "OK", "DUE_SOON", "DUE_UNCERTAIN", "OVERDUE", "OVERDUE_HELD", "OVERDUE_AWAITING_ARCHIVES", "N/A", "NOT_CHECKABLE",
    ),
    "purge": ("PROPOSED", "APPROVED", "WITHDRAWN", "EXECUTED", "DROPPED", "REFUSED", "FAILED", "VERIFIED"),
    "hold": ("STANDING", "NOT_APPROVED", "REVIEW_OVERDUE", "RELEASE_ASKED", "PAST_CEILING"),
    "request": ("ANSWERED_IN_TIME", "ANSWERED_LATE", "PENDING", "OVERDUE", "NOT_CHECKABLE"),
    "reason": (
        "unreadable", "invalid_utf8", "too_large", "line_too_large", "time_limit", "language_unknown", "unsupported_format",
        "encrypted", "no_text", "missing_text", "store_unavailable", "on_paper",
    ),
    "quality": QUALITY,
    "missed": MISSED,
    "target": ("any", "lang_fr", "lang_nl", "lang_de", "lang_en", "lang_other"),
    "age": AGES,
    "triage": TRIAGE,
    "overdue": tuple(kind.value for kind in Overdue),
    "count": COUNT,
}  # fmt: skip
"""The codes of every kind. Kinds in `OPEN_KINDS` take what they don't know as OTHER; in the others it is an error."""

OPEN_KINDS = frozenset({"coverage", "dossier_kind", "dossier_status", "purge", "request", "reason"})

_SECTION_OF_RULE = (
    ("ART2-1", "1"),
    ("ART2-2-REGIME", "1"),
    ("ART2-2-TITLE3", "1"),
    ("ART2-2-SPECIAL", "5"),
    ("ART2-2-CRIMINAL", "5"),
    ("ART2-2-SUBJECT", "6"),
    ("ART2-2-RELATION", "6"),
    ("ART2-2", "4"),
    ("ART2-CLASSIFIED", "12"),
    ("ART2-3-INVESTIGATION", "12"),
    ("ART2-3", "7"),
    ("ART3", "7"),
    ("ART4", "8"),
    ("ART5", "9"),
    ("ART6", "10"),
    ("ART7", "10"),
    ("ART8", "11"),
    ("CP458TER", "2"),
    ("COL-4.6-INFOSEC", "9"),
    ("COL", "2"),
    ("SPEAK", "12"),
    ("SECRET", "12"),
    ("YOUTH", "12"),
    ("SHARED-SECRET", "12"),
    ("PV-", "12"),
    ("BG-BREACH", "13"),
)


def section_of(rule_id: str) -> str:
    """The section that a rule is reported in; one that has no place of its own goes to method and limits, never lost."""
    return next((section for prefix, section in _SECTION_OF_RULE if rule_id.startswith(prefix)), "15")
