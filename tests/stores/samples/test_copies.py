"""The copies are other people's dossiers with the same labels on the same evidence."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.be import bis, nn
from stdnum.be import iban as belgian_iban

from discretio.domain.labelled import LabelledSpan, LabelledText
from discretio.stores.samples.copying import refill
from discretio.stores.samples.model import Dates, Dossier, Person
from discretio.stores.samples.multiplying import demo_rows, multiply
from discretio.stores.samples.name_parts import name_parts
from discretio.stores.samples.slots import Slot

_NUMBER = re.compile(r"(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)|(?<![\d/])\d{11}(?!\d)")


def test_the_same_seed_gives_the_same_copies(samples: tuple[Dossier, ...]) -> None:
    assert list(multiply(samples, 60, 7)) == list(multiply(samples, 60, 7))
    assert list(multiply(samples, 60, 7)) != list(multiply(samples, 60, 8))


def test_frames_are_the_same_every_time() -> None:
    one, other = demo_rows(45, 1), demo_rows(45, 1)
    assert all(one[name].equals(other[name]) for name in one)


def test_a_copy_has_the_labels_of_its_source(copies: tuple[Dossier, ...], samples: tuple[Dossier, ...]) -> None:
    sources = {sample.id: sample for sample in samples}
    for copy in copies:
        for entry, original in zip(copy.entries, sources[copy.source].entries, strict=True):
            for new, old in zip(entry.labelled.spans, original.labelled.spans, strict=True):
                assert (new.category, new.alternatives, new.flags, new.negated, new.subject) == (
                    old.category, old.alternatives, old.flags, old.negated, old.subject,
                )  # fmt: skip


def test_labels_without_a_name_day_or_number_keep_their_words(
    copies: tuple[Dossier, ...], samples: tuple[Dossier, ...]
) -> None:
    sources = {sample.id: sample for sample in samples}
    same = changed = 0
    for copy in copies[:120]:
        names = {part.text.casefold() for part in name_parts(sources[copy.source])}
        for entry, original in zip(copy.entries, sources[copy.source].entries, strict=True):
            for new, old in zip(entry.labelled.spans, original.labelled.spans, strict=True):
                was = original.labelled.text[old.start : old.end]
                now = entry.labelled.text[new.start : new.end]
                if re.search(r"\d|@", was) or any(name in was.casefold() for name in names):
                    changed += was != now
                else:
                    same += 1
                    assert now == was
    assert same > 3000
    assert changed > 1000


def test_names_of_a_source_are_gone_from_its_copies(copies: tuple[Dossier, ...], samples: tuple[Dossier, ...]) -> None:
    sources = {sample.id: sample for sample in samples}
    for copy in copies[:200]:
        written = " ".join([entry.labelled.text for entry in copy.entries] + [person.name for person in copy.persons])
        surnames = [part.text for part in name_parts(sources[copy.source]) if part.kind == "surname" and len(part.text) > 4]
        assert not [name for name in surnames if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", written)]


def test_no_full_name_occurs_in_two_copies(copies: tuple[Dossier, ...], samples: tuple[Dossier, ...]) -> None:
    # A person of whom only one name is told (a child, "Frau Kranke") has no full name; those names are common on purpose.
    told = {(sample.id, person.id) for sample in samples for person in sample.persons if _has_full_name(person)}
    full = Counter(person.name for copy in copies for person in copy.persons if (copy.source, person.id) in told)
    assert len(full) > 2500
    assert not [name for name, times in full.items() if times > 1]


def _has_full_name(person: Person) -> bool:
    kinds = {part.kind for part in name_parts(_alone(person)) if part.text in person.name}
    return {"first", "surname"} <= kinds or "full" in kinds


def _alone(person: Person) -> Dossier:
    nowhere = Dates(date(2024, 1, 1), None, None, None, None)
    return Dossier("D", "D", "fr", "INTEGRITY", "law", False, False, None, nowhere, (), (person,), ())


def test_days_move_by_whole_weeks_and_keep_their_order(copies: tuple[Dossier, ...], samples: tuple[Dossier, ...]) -> None:
    sources = {sample.id: sample for sample in samples}
    for copy in copies:
        source = sources[copy.source]
        moves = {new.day - old.day for new, old in zip(copy.entries, source.entries, strict=True)}
        assert len(moves) == 1
        assert moves.pop() % timedelta(weeks=1) == timedelta(0)


def test_national_numbers_are_valid_and_invented(copies: tuple[Dossier, ...]) -> None:
    numbers = [match for copy in copies for entry in copy.entries for match in _NUMBER.findall(entry.labelled.text)]
    assert len(numbers) > 700
    for number in numbers:
        digits = re.sub(r"\D", "", number)
        assert nn.is_valid(digits) or bis.is_valid(digits), "checksum"
        assert int(digits[6:9]) >= 900


def test_account_numbers_are_valid(demo: dict[str, object]) -> None:
    texts = demo["attachments"]["text"].dropna()  # type: ignore[index] # a frame
    accounts = texts.str.extract(r"(BE\d{2}(?: \d{4}){3})")[0].dropna()
    assert len(accounts) > 100
    assert all(belgian_iban.is_valid(account) for account in accounts)


_TEXTS = st.text(alphabet="abé😀 ", min_size=1, max_size=30)


@given(text=_TEXTS, data=st.data())
def test_labels_follow_their_evidence_through_any_filling(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    slots = [Slot(start, end, "name", text[start:end]) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    fillings = [data.draw(_TEXTS) for _ in slots]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    labelled = LabelledText("old", "nl", text, (LabelledSpan(start, end, 1),))
    new = refill(labelled, "new", slots, fillings)
    expected, before, done = "", "", 0
    for slot, filling in zip(slots, fillings, strict=True):
        before += text[done : slot.start] + filling
        done = slot.end
    assert new.text == before + text[done:]
    # The evidence: the pieces of the label outside the slots, and the whole filling of every slot that it touches.
    position = start
    for slot, filling in zip(slots, fillings, strict=True):
        if slot.end > start and slot.start < end:
            expected += text[position : max(position, slot.start)] + filling
            position = max(position, slot.end)
    expected += text[position:end] if position < end else ""
    assert new.text[new.spans[0].start : new.spans[0].end] == expected


@pytest.mark.parametrize("count", [0, 1, 39, 205])
def test_so_many_copies_as_asked(count: int, samples: tuple[Dossier, ...]) -> None:
    made = list(multiply(samples, count, 3))
    assert len(made) == count
    assert len({copy.id for copy in made}) == count
