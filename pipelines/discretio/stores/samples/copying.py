"""One copy of a sample dossier: other names, days and numbers; the labels still on their evidence."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from discretio.domain.labelled import LabelledSpan, LabelledText, Zone
from discretio.stores.samples import numbers
from discretio.stores.samples.model import Dates, Dossier, Entry, Person
from discretio.stores.samples.name_parts import NamePart, folded, name_parts
from discretio.stores.samples.new_names import NewNames
from discretio.stores.samples.slots import DAY, DAY_OF_YEAR, MONTHS, NAME, Slot, find_slots, name_pattern


class Template:
    """A sample dossier with the slots of its entries, found once for all copies."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.parts: Mapping[str, NamePart] = {part.text.casefold(): part for part in name_parts(dossier)}
        self.pattern = name_pattern(self.parts)
        self.slots = tuple(find_slots(entry.labelled, entry.day, self.parts) for entry in dossier.entries)


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a copy another dossier: its id, names, how far its days move, and where its numbers come from."""

    id: str
    names: NewNames
    shift: timedelta
    rng: random.Random
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)


def copy_of(template: Template, identity: Identity) -> Dossier:
    """The copy of a sample dossier under another identity."""
    source = template.dossier
    return replace(
        source,
        id=identity.id,
        dates=_shifted(source.dates, identity.shift),
        persons=tuple(_person(person, template, identity) for person in source.persons),
        entries=tuple(
            _entry(entry, slots, identity, number)
            for number, (entry, slots) in enumerate(zip(source.entries, template.slots, strict=True), start=1)
        ),
    )


def _shifted(dates: Dates, shift: timedelta) -> Dates:
    def moved(day: date | None) -> date | None:
        return None if day is None else day + shift

    return Dates(
        dates.opened + shift,
        moved(dates.first_consultation),
        moved(dates.term_agreed),
        moved(dates.closed),
        moved(dates.reopened),
    )


def _person(person: Person, template: Template, identity: Identity) -> Person:
    def anew(text: str) -> str:
        if template.pattern is None:
            return text
        return template.pattern.sub(lambda match: identity.names.of(template.parts[match.group().casefold()]), text)

    return replace(person, name=anew(person.name), aliases=tuple(dict.fromkeys(anew(alias) for alias in person.aliases)))


def _entry(entry: Entry, slots: Sequence[Slot], identity: Identity, number: int) -> Entry:
    key = f"{identity.id}-E{number:02d}"
    fillings = [_filled(slot, entry.day, identity) for slot in slots]
    return replace(entry, id=key, day=entry.day + identity.shift, labelled=refill(entry.labelled, key, slots, fillings))


def refill(labelled: LabelledText, key: str, slots: Sequence[Slot], fillings: Sequence[str]) -> LabelledText:
    """The text with its slots filled in anew, under another id, its labels moved along.

    Args:
        labelled: the text and its labels.
        key: the new id.
        slots: the stretches to replace, in order, none overlapping.
        fillings: what each becomes.
    """
    pieces: list[str] = []
    starts, ends = list(range(len(labelled.text) + 1)), list(range(len(labelled.text) + 1))
    done = length = 0
    for slot, filling in zip(slots, fillings, strict=True):
        pieces += (labelled.text[done : slot.start], filling)
        kept = slot.start - done
        starts[done : slot.start] = ends[done : slot.start] = range(length, length + kept)
        # A label that begins or ends inside a slot grows to take in the whole of it.
        starts[slot.start : slot.end] = [length + kept] * (slot.end - slot.start)
        ends[slot.start + 1 : slot.end] = [length + kept + len(filling)] * (slot.end - slot.start - 1)
        ends[slot.start] = length + kept
        length += kept + len(filling)
        done = slot.end
        ends[done] = length
    rest = len(labelled.text) + 1 - done
    starts[done:] = range(length, length + rest)
    ends[done + 1 :] = range(length + 1, length + rest)
    text = "".join((*pieces, labelled.text[done:]))
    return _moved(labelled, key, text, (starts, ends))


def _moved(labelled: LabelledText, key: str, text: str, places: tuple[list[int], list[int]]) -> LabelledText:
    starts, ends = places
    return LabelledText(
        id=key,
        lang=labelled.lang,
        text=text,
        spans=tuple(_span(span, starts[span.start], ends[span.end]) for span in labelled.spans),
        hard_negatives=tuple(
            replace(negative, start=starts[negative.start], end=ends[negative.end]) for negative in labelled.hard_negatives
        ),
        neutral_professional=tuple(Zone(starts[it.start], ends[it.end]) for it in labelled.neutral_professional),
    )


def _span(span: LabelledSpan, start: int, end: int) -> LabelledSpan:
    return LabelledSpan(
        start, end, span.category, span.alternatives, span.flags, span.negated, span.implicit, span.about, span.subject
    )


def _filled(slot: Slot, entry_day: date, identity: Identity) -> str:
    if slot.kind == NAME and slot.part is not None:
        return _cased(slot.text, identity.names.of(slot.part))
    if slot.kind in (DAY, DAY_OF_YEAR) and slot.day is not None:
        return _written_day(slot, slot.day + identity.shift)
    known = identity.numbers.get((slot.kind, slot.text))
    if known is None:
        known = identity.numbers[slot.kind, slot.text] = _number(slot, entry_day, identity)
    return known


def _cased(old: str, new: str) -> str:
    if len(old) > 1 and old.isupper() and "." not in old:
        return new.upper()
    return new.lower() if old.islower() else new


def _written_day(slot: Slot, day: date) -> str:
    """The day in the manner in which the old one was written."""
    parts = re.findall(r"\d+|\w+", slot.text)
    width = 2 if all(len(part) > 1 for part in parts[:2]) else 1
    numbered = [f"{day.day:0{width}d}", f"{day.month:0{width}d}"]
    for names in MONTHS.values():
        if parts[1] in names:
            numbered = [str(day.day), names[day.month - 1]]
    mark = next(char for char in slot.text if not char.isalnum())
    if slot.kind == DAY:
        return mark.join((*numbered, str(day.year)))
    return mark.join(numbered) + ("." if mark == "." else "")


def _number(slot: Slot, entry_day: date, identity: Identity) -> str:
    if slot.kind == "pv":
        years = (entry_day + identity.shift).year - entry_day.year
        return numbers.pv_number(slot.text, years, identity.rng)
    return _NUMBERS[slot.kind](slot.text, identity)


def _local_part(identity: Identity) -> str:
    name = identity.rng.choice(list(identity.names.first.values()) or ["post"])
    return f"{re.sub('[^a-z]', '', folded(name))}.{identity.rng.randrange(10, 100)}"


_NUMBERS: Mapping[str, Callable[[str, Identity], str]] = {
    "national_number": lambda old, identity: numbers.national_number(old, identity.shift, identity.rng),
    "plate": lambda _, identity: numbers.plate(identity.rng),
    "house": lambda old, identity: numbers.house(old, identity.rng),
    "address": lambda old, identity: f"{old.rsplit('.', 1)[0]}.{identity.rng.randrange(1, 255)}",
    "phone": lambda old, identity: numbers.last_digits(old, 4, identity.rng),
    "handle": lambda _, identity: f"@{_local_part(identity)}",
    "mail": lambda old, identity: f"{_local_part(identity)}@{old.rsplit('@', 1)[1]}",
}
