"""Identifiers against labels that tell their kind: a phone must be found as a phone, a birth date as a birth date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from discretio.detection.tallies import Gain, claim, label
from discretio.domain.detections import Detection
from discretio.domain.labelled import LabelledText

KINDS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"PERSON", "KNOWN_NAME", "given_names"}),
    "phone": frozenset({"PHONE"}),
    "email": frozenset({"EMAIL"}),
    "address": frozenset({"ADDRESS"}),
    "birth_date": frozenset({"DATE_OF_BIRTH"}),
    "age": frozenset({"AGE", "BRACKETED_AGE"}),
    "national_number": frozenset({"BE_NATIONAL_NUMBER", "FR_NIR", "NL_BSN", "DE_TAX_NUMBER"}),
    "iban": frozenset({"IBAN"}),
    "ip_address": frozenset({"IP_ADDRESS"}),
    "plate": frozenset({"PLATE"}),
    "case_number": frozenset({"NOTICE_NUMBER", "CASE_REFERENCE"}),
}
"""The kinds that labels may name, and the types of detection that claim each."""


def score_identifiers(item: LabelledText, found: Sequence[Detection]) -> Iterator[Gain]:
    """What one text adds to the tallies of the kinds that its labellers marked; professionals' names count too."""
    for kind in sorted(item.scope.identifiers):
        types = KINDS[kind]
        claims = [each for each in found if each.type in types]
        for span in item.spans:
            if span.identifier == kind and not span.optional:
                met = any(each.start < span.end and span.start < each.end for each in claims)
                yield ("span", "identifier", kind), label(met=met)
        places = [(span.start, span.end) for span in item.spans if span.identifier == kind]
        for each in claims:
            met = any(each.start < end and start < each.end for start, end in places)
            yield ("span", "identifier", kind), claim(met=met)
