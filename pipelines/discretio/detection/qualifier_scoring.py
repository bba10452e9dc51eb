"""Qualifiers against labels: are the labelled data that were found rightly called negated, hedged, past, somebody else's?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discretio.detection.tallies import Gain, Tally, label
from discretio.domain.detections import About, Detection
from discretio.domain.labelled import LabelledSpan, LabelledText

_SAID_OF_SOMEBODY_ELSE = {"third_party": {About.RELATION, About.CONTACT, About.NOBODY}}
"""What a labeller's wider word covers."""


def score_qualifiers(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    """What one text adds: agreement per qualifier, and hits, misses and false alarms of each that was said."""
    for span in item.spans:
        best = None if span.optional else _nearest(span, found)
        if best is None:
            continue
        for name in sorted(item.scope.qualifiers - {"about"}):
            yield from _said(name, labelled=getattr(span, name), detected=getattr(best, name))
        if "about" in item.scope.qualifiers:
            yield from _about(span, best)


def _nearest(span: LabelledSpan, found: Sequence[Detection]) -> Detection | None:
    """The detection of the same datum that shares most with the label, the shortest of them."""
    accepted = {span.category, *span.alternatives} - {None}
    same = [each for each in found if each.category in accepted and _shared(each, span) > 0]
    return max(same, key=lambda each: (_shared(each, span), each.start - each.end), default=None)


def _shared(found: Detection, span: LabelledSpan) -> int:
    return min(found.end, span.end) - max(found.start, span.start)


def _said(name: str, *, labelled: bool, detected: bool) -> Iterator[Gain]:
    yield ("span", "qualifier_agreement", name), label(met=labelled == detected)
    both = labelled and detected
    tally = Tally(int(both), int(labelled and not detected), int(both), int(detected and not labelled))
    if tally != Tally():
        yield ("span", "qualifier", name), tally


def _about(span: LabelledSpan, best: Detection) -> Iterator[Gain]:
    right = best.about == span.about or best.about in _SAID_OF_SOMEBODY_ELSE.get(span.about, ())
    yield ("span", "qualifier_agreement", "about"), label(met=right)
    yield ("span", "qualifier", f"about {span.about}"), Tally(int(right), int(not right), int(right), 0)
    if not right:
        yield ("span", "qualifier", f"about {best.about}"), Tally(false_alarms=1)
