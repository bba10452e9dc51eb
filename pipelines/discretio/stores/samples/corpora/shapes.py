"""What a public corpus is to us: how each label of theirs translates to ours, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from discretio.domain.labelled import LabelledText, Scope
from discretio.law.special_classes import Flag
from discretio.stores.samples.fields import Fields


@dataclass(frozen=True, slots=True)
class Label:
    """Ours for one label of theirs.

    Attributes:
        why: one sentence that says why the two mean the same.
        category: our category; None if it only carries flags or an identifier.
        alternatives: categories that are accepted too.
        flags: our special classes.
        identifier: the kind of number or name, as `detection.identifier_scoring` knows it.
        optional: a detection there is no false alarm, none is no miss.
    """

    why: str
    category: int | None = None
    alternatives: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    identifier: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """A public corpus.

    Attributes:
        name: the folder that holds it.
        about: what it is, and what measuring on it can tell, in one or two sentences.
        labels: theirs to ours.
        left_out: their labels that are not scored, each with the reason.
        read: makes a labelled text of one line.
        complete: every datum of the categories and flags of `labels` is marked: other detections of them are false alarms.
        qualifiers: what their labels say of each datum.
    """

    name: str
    about: str
    labels: Mapping[str, Label]
    read: Callable[[Fields, Corpus], LabelledText]
    left_out: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    qualifiers: frozenset[str] = frozenset()

    @property
    def scope(self) -> Scope:
        """What is scored on its texts: what its labels name."""
        asked = [label for label in self.labels.values() if not label.optional]
        return Scope(
            categories=frozenset(label.category for label in asked if label.category),
            flags=frozenset(flag.value for label in asked for flag in label.flags),
            identifiers=frozenset(label.identifier for label in asked if label.identifier),
            qualifiers=self.qualifiers,
            complete=self.complete,
        )
