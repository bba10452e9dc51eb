"""Labels against detections for one text: the counts that an evaluation adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discretio.domain.detections import About, Detection
from discretio.domain.labelled import LabelledSpan, LabelledText

Marked = tuple[str, str, str, str]
"""Level (entry, span), measure (category, flag, hard_negative), class, language."""
_Gain = tuple[tuple[str, str, str], "Tally"]


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
    def recall(self) -> float:
        """The share of labels found; 0 without labels."""
        return self.hits / self.support if self.support else 0.0

    @property
    def precision(self) -> float:
        """The share of detections that met a label; 0 without detections."""
        found = self.hits_of_found + self.false_alarms
        return self.hits_of_found / found if found else 0.0

    @property
    def alarm_rate(self) -> float:
        """Of hard negatives: the share that the detector fell for."""
        total = self.hits + self.false_alarms
        return self.false_alarms / total if total else 0.0

    def f_score(self, beta: float) -> float:
        """The F measure that holds recall to be beta times as important as precision."""
        weighted = beta * beta * self.precision + self.recall
        return (1 + beta * beta) * self.precision * self.recall / weighted if weighted else 0.0


def score_text(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    """All that one text adds to the tallies."""
    counted = [each for each in found if not _in_role(item, each)]
    yield from _entry_categories(item, counted)
    yield from _entry_flags(item, counted)
    yield from _span_categories(item, counted)
    yield from _span_flags(item, counted)
    yield from _hard_negatives(item, found)


def _in_role(item: LabelledText, found: Detection) -> bool:
    zones = [(zone.start, zone.end) for zone in item.neutral_professional]
    zones += [(span.start, span.end) for span in item.spans if span.category == 1 and span.about == About.PROFESSIONAL]
    return found.category == 1 and (
        found.about is About.PROFESSIONAL or any(found.start < end and start < found.end for start, end in zones)
    )


def _overlap(found: Detection, span: LabelledSpan) -> bool:
    return found.start < span.end and span.start < found.end


def _accepted(span: LabelledSpan) -> set[int | None]:
    return {span.category, *span.alternatives}


def _entry_categories(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    labelled = {span.category for span in item.spans if span.category and not _professional(span)}
    tolerated = {number for span in item.spans for number in _accepted(span)}
    present = {each.category for each in found if each.category}
    for number in sorted(labelled | present):
        alternatives = {other for span in item.spans if span.category == number for other in _accepted(span)}
        met = number in present or bool(alternatives & present)
        alarm = number in present and number not in tolerated
        yield ("entry", "category", f"{number:02d}"), _presence(labelled=number in labelled, met=met, alarm=alarm)


def _professional(span: LabelledSpan) -> bool:
    return span.category == 1 and span.about == About.PROFESSIONAL


def _presence(*, labelled: bool, met: bool, alarm: bool) -> Tally:
    hit = labelled and met
    return Tally(hits=int(hit), misses=int(labelled and not met), hits_of_found=int(hit), false_alarms=int(alarm))


def _entry_flags(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    labelled = {str(flag) for span in item.spans for flag in span.flags}
    present = {flag.value for each in found for flag in each.flags}
    for flag in sorted(labelled | present):
        yield (
            ("entry", "flag", flag),
            _presence(labelled=flag in labelled, met=flag in present, alarm=flag in present and flag not in labelled),
        )


def _span_categories(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    for span in item.spans:
        if span.category is None or _professional(span):
            continue
        met = any(each.category in _accepted(span) and _overlap(each, span) for each in found)
        gain = Tally(hits=int(met), misses=int(not met))
        class_ = f"{span.category:02d}"
        yield ("span", "category", class_), gain
        for measure, said in (("category_negated", span.negated), ("category_implicit", span.implicit)):
            if said:
                yield ("span", measure, class_), gain
    for each in found:
        if each.category is not None:
            met = any(each.category in _accepted(span) and _overlap(each, span) for span in item.spans)
            yield ("span", "category", f"{each.category:02d}"), Tally(hits_of_found=int(met), false_alarms=int(not met))


def _span_flags(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    for span in item.spans:
        for flag in span.flags:
            met = any(flag in each.flags and _overlap(each, span) for each in found)
            yield ("span", "flag", str(flag)), Tally(hits=int(met), misses=int(not met))
    for each in found:
        for flag in each.flags:
            met = any(flag in span.flags and _overlap(each, span) for span in item.spans)
            yield ("span", "flag", flag.value), Tally(hits_of_found=int(met), false_alarms=int(not met))


def _hard_negatives(item: LabelledText, found: Sequence[Detection]) -> Iterator[_Gain]:
    for trap in item.hard_negatives:
        fell = any(each.category in trap.tempting and each.start < trap.end and trap.start < each.end for each in found)
        for class_ in ("all", *(f"{number:02d}" for number in trap.tempting)):
            yield ("span", "hard_negative", class_), Tally(hits=int(not fell), false_alarms=int(fell))
