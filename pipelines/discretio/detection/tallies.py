"""Counts of one class, which an evaluation adds up, and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass

Marked = tuple[str, str, str, str]
"""Level (entry, span), measure (category, flag, identifier, hard_negative, ...), class, language."""
Gain = tuple[tuple[str, str, str], "Tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one class: labels found, labels missed, detections that met a label, detections that met none."""

    hits: int = 0
    misses: int = 0
    hits_of_found: int = 0
    false_alarms: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hits + other.hits, self.misses + other.misses,
            self.hits_of_found + other.hits_of_found, self.false_alarms + other.false_alarms,
        )  # fmt: skip

    @property
    def support(self) -> int:
        """How many labels there are."""
        return self.hits + self.misses

    @property
    def found(self) -> int:
        """How many detections were judged."""
        return self.hits_of_found + self.false_alarms

    @property
    def recall(self) -> float:
        """The share of labels found; 0 without labels."""
        return self.hits / self.support if self.support else 0.0

    @property
    def precision(self) -> float:
        """The share of detections that met a label; 0 without detections."""
        return self.hits_of_found / self.found if self.found else 0.0

    @property
    def alarm_rate(self) -> float:
        """Of hard negatives: the share that the detector fell for."""
        total = self.hits + self.false_alarms
        return self.false_alarms / total if total else 0.0

    def f_score(self, beta: float) -> float:
        """The F measure that holds recall to be beta times as important as precision."""
        weighted = beta * beta * self.precision + self.recall
        return (1 + beta * beta) * self.precision * self.recall / weighted if weighted else 0.0


def label(*, met: bool) -> Tally:
    """One label, found or missed."""
    return Tally(hits=int(met), misses=int(not met))


def claim(*, met: bool) -> Tally:
    """One detection, which met a label or none."""
    return Tally(hits_of_found=int(met), false_alarms=int(not met))
