"""Text that people have labelled: what a detector's answers are measured against."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.law.special_classes import CATEGORY_NUMBERS, Flag


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """One datum that a labeller marked; offsets in code points, end exclusive.

    Attributes:
        start: first code point.
        end: one after the last.
        category: 1..16, or None for a span that only carries flags (a marking, a confidence).
        alternatives: categories that a fair scorer accepts too.
        flags: values of `law.special_classes.Flag`.
        negated: the text says that it is not so (which is still a datum).
        implicit: the category is inferred, not named.
        about: whose datum it is: subject, relation, contact, professional.
        subject: the id of the person within the dossier, where a name was labelled; None otherwise.
        hedged: the text casts doubt on it.
        past: the text says that it is over.
        identifier: the kind of number or name that it is (phone, birth_date), where the labels tell; empty otherwise.
        word: the labeller's own name of the label, where it isn't ours; empty otherwise.
        optional: a detection that meets it is no false alarm, and missing it is no miss.
    """

    start: int
    end: int
    category: int | None
    alternatives: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    negated: bool = False
    implicit: bool = False
    about: str = "subject"
    subject: str | None = None
    hedged: bool = False
    past: bool = False
    identifier: str = ""
    word: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class HardNegative:
    """A stretch that looks like a category or special class and is none: what false alarms are counted on."""

    start: int
    end: int
    tempting: tuple[int, ...]
    tempting_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch to leave out of scoring: the name of a professional acting as such."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What the labellers of a text looked for: nothing else is scored on it.

    Attributes:
        categories: categories that they marked.
        flags: special classes that they marked.
        identifiers: kinds of numbers and names that they marked, always completely.
        qualifiers: what they said of each datum: negated, hedged, past, about.
        complete: they marked every datum of these categories and flags: a detection that meets no label is a false alarm.
    """

    categories: frozenset[int] = frozenset(CATEGORY_NUMBERS)
    flags: frozenset[str] = frozenset(Flag)
    identifiers: frozenset[str] = frozenset()
    qualifiers: frozenset[str] = frozenset({"negated"})
    complete: bool = True


DOSSIER_SCOPE = Scope()
"""Every category and class, as the sample dossiers are labelled."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with its labels."""

    id: str
    lang: str
    text: str
    spans: tuple[LabelledSpan, ...]
    hard_negatives: tuple[HardNegative, ...] = ()
    neutral_professional: tuple[Zone, ...] = ()
    scope: Scope = DOSSIER_SCOPE

    @property
    def categories(self) -> frozenset[int]:
        """The categories that its spans carry."""
        return frozenset(span.category for span in self.spans if span.category is not None)

    @property
    def flags(self) -> frozenset[str]:
        """The special classes that its spans carry."""
        return frozenset(flag for span in self.spans for flag in span.flags)
