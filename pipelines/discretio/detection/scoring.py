"""Labels against detections for one text: the counts that an evaluation adds up. Only what its labellers looked for counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretio.detection.identifier_scoring import KINDS, score_identifiers
from discretio.detection.qualifier_scoring import score_qualifiers
from discretio.detection.tallies import Gain, Marked, Tally, claim, label
from discretio.domain.detections import About, Detection
from discretio.domain.labelled import HardNegative, LabelledSpan, LabelledText

__all__ = ["Marked", "Tally", "score_text"]


def score_text(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    """All that one text adds to the tallies."""
    counted = [each for each in found if not _in_role(item, each)]
    yield from _entry_categories(item, counted)
    yield from _entry_flags(item, counted)
    yield from _span_categories(item, counted)
    yield from _span_flags(item, counted)
    yield from _own_words(item, found)
    yield from score_identifiers(item, found)
    yield from score_qualifiers(item, counted)
    yield from _hard_negatives(item, found)


def _in_role(item: LabelledText, found: Detection) -> bool:
    zones = [(zone.start, zone.end) for zone in item.neutral_professional]
    zones += [(span.start, span.end) for span in item.spans if span.category == 1 and span.about == About.PROFESSIONAL]
    return found.category == 1 and (
        found.about is About.PROFESSIONAL or any(found.start < end and start < found.end for start, end in zones)
    )


def _overlap(found: Detection, span: LabelledSpan | HardNegative) -> bool:
    return found.start < span.end and span.start < found.end


def _accepted(span: LabelledSpan) -> set[int | None]:
    return {span.category, *span.alternatives}


def _entry_categories(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    spans = [span for span in item.spans if not span.optional]
    labelled = {span.category for span in spans if span.category and not _professional(span)} & item.scope.categories
    tolerated = {number for span in item.spans for number in _accepted(span)}
    present = {each.category for each in found if each.category} & item.scope.categories
    for number in sorted(labelled | present):
        alternatives = {other for span in spans if span.category == number for other in _accepted(span)}
        met = number in present or bool(alternatives & present)
        alarm = number in present and number not in tolerated
        yield ("entry", "category", f"{number:02d}"), _presence(item, labelled=number in labelled, met=met, alarm=alarm)


def _professional(span: LabelledSpan) -> bool:
    return span.category == 1 and span.about == About.PROFESSIONAL


def _presence(item: LabelledText, *, labelled: bool, met: bool, alarm: bool) -> Tally:
    hit = labelled and met
    tally = Tally(hits=int(hit), misses=int(labelled and not met))
    return tally + Tally(hits_of_found=int(hit), false_alarms=int(alarm)) if item.scope.complete else tally


def _entry_flags(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    labelled = {str(flag) for span in item.spans if not span.optional for flag in span.flags} & item.scope.flags
    tolerated = {str(flag) for span in item.spans for flag in span.flags}
    present = {flag.value for each in found for flag in each.flags} & item.scope.flags
    for flag in sorted(labelled | present):
        alarm = flag in present and flag not in tolerated
        yield ("entry", "flag", flag), _presence(item, labelled=flag in labelled, met=flag in present, alarm=alarm)


def _span_categories(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    for span in item.spans:
        if span.optional or span.category not in item.scope.categories or _professional(span):
            continue
        met = any(each.category in _accepted(span) and _overlap(each, span) for each in found)
        yield from _of_span(span, "category", f"{span.category:02d}", met=met)
    for each in found if item.scope.complete else ():
        if each.category in item.scope.categories:
            met = any(each.category in _accepted(span) and _overlap(each, span) for span in item.spans)
            yield ("span", "category", f"{each.category:02d}"), claim(met=met)


def _span_flags(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    for span in item.spans:
        for flag in item.scope.flags.intersection(() if span.optional else span.flags):
            met = any(flag in each.flags and _overlap(each, span) for each in found)
            yield from _of_span(span, "flag", str(flag), met=met)
    for each in found if item.scope.complete else ():
        for flag in item.scope.flags.intersection(each.flags):
            met = any(flag in span.flags and _overlap(each, span) for span in item.spans)
            yield ("span", "flag", str(flag)), claim(met=met)


def _of_span(span: LabelledSpan, measure: str, class_: str, *, met: bool) -> Iterator[Gain]:
    """A labelled span, and once more apart if it is negated or implicit."""
    yield ("span", measure, class_), label(met=met)
    for kind, said in (("negated", span.negated), ("implicit", span.implicit)):
        if said:
            yield ("span", f"{measure}_{kind}", class_), label(met=met)


def _own_words(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    """How much of each label of theirs is found as anything that we would accept for it, optional ones too."""
    for span in item.spans:
        if span.word:
            met = any(_overlap(each, span) and _means(each, span) for each in found)
            yield ("span", "their_label", span.word), label(met=met)


def _means(found: Detection, span: LabelledSpan) -> bool:
    same_class = found.category in _accepted(span) - {None} or bool(set(span.flags).intersection(found.flags))
    return same_class or found.type in KINDS.get(span.identifier, ())


def _hard_negatives(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    for trap in item.hard_negatives:
        touching = [each for each in found if _overlap(each, trap)]
        categories = {each.category for each in touching if each.category in trap.tempting}
        flags = {flag.value for each in touching for flag in each.flags if flag in trap.tempting_flags}
        yield ("span", "hard_negative", "all"), _resisted(fell=bool(categories or flags))
        for number in trap.tempting:
            yield ("span", "hard_negative", f"{number:02d}"), _resisted(fell=number in categories)
        for flag in trap.tempting_flags:
            yield ("span", "hard_negative", flag), _resisted(fell=flag in flags)


def _resisted(*, fell: bool) -> Tally:
    return Tally(hits=int(not fell), false_alarms=int(fell))
