"""Text that people have labelled: what a detector's answers are measured against."""

from __future__ import annotations

from dataclasses import dataclass


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
class LabelledText:
    """One text with its labels."""

    id: str
    lang: str
    text: str
    spans: tuple[LabelledSpan, ...]
    hard_negatives: tuple[HardNegative, ...] = ()
    neutral_professional: tuple[Zone, ...] = ()

    @property
    def categories(self) -> frozenset[int]:
        """The categories that its spans carry."""
        return frozenset(span.category for span in self.spans if span.category is not None)

    @property
    def flags(self) -> frozenset[str]:
        """The special classes that its spans carry."""
        return frozenset(flag for span in self.spans for flag in span.flags)
