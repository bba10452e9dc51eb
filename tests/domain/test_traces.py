"""What is kept of a dossier finds every trace that is left of it, and says nothing without its key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discretio.domain.trace_search import MentionSearch, WordSearch
from discretio.domain.traces import Kind, Traces, traces_of

KEY, OTHER = b"k" * 32, b"o" * 32
DOSSIER = [
    (Kind.KEY, "2019-D-00417"),
    (Kind.NAMES, "Zoë Vandenbroucke-Peeters|Zizi"),
    (Kind.TEXT, "Tel. 0470/12.34.56, rrn 85.07.30-033.28, zoe.vdb@example.be, vu le 21/05/2019 14.30."),
]
LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "Nd")), min_size=2, max_size=12)


def mentioned(text: str, kept: Traces | None = None, key: bytes = KEY) -> int:
    return MentionSearch(key, (kept or traces_of(KEY, DOSSIER)).mentions).count(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peeters Vandenbroucke ZOE was er ook bij",
        "elle appelle au +32 470 12 34 56.",
        "numéro 85073003328",
        "écrire à Zoe.Vdb@Example.be.",
        "voir dossier 2019-D-00417.",
    ],
)
def test_a_name_number_address_or_key_is_found_however_it_is_written(text: str) -> None:
    assert mentioned(text) == 1


@pytest.mark.parametrize(
    "text",
    ["Zoë Peeters", "Zizi", "Vandenbroucke", "le 21/05/2019 14.30", "2019-05-21 14:30:00.123456", "85.07.30", "2019-D-00418"],
)
def test_what_points_to_nobody_is_no_mention(text: str) -> None:
    assert mentioned(text) == 0


def test_without_the_key_of_its_plan_nothing_is_found() -> None:
    assert mentioned("Zoë Vandenbroucke-Peeters 85073003328", key=OTHER) == 0
    kept = traces_of(KEY, DOSSIER)
    assert not kept.words & traces_of(OTHER, DOSSIER).words
    assert not any(word in b"".join([*kept.words, *kept.mentions]) for word in (b"zo", b"vanden", b"8507"))


@pytest.mark.parametrize(
    "file",
    ["SUBJECTZoë Vandenbroucke-PeetersP-1", "\0\x0785.07.30-033.28\0", "xx00417", "00417", "\x12Peetersfr", "x Vandenbroucke"],
)
def test_words_are_found_among_bytes_where_values_have_grown_together(file: str) -> None:
    kept = traces_of(KEY, [*DOSSIER, (Kind.KEY, "E-xx00417")])
    assert bool(WordSearch(KEY, kept.words).found_in([file])) == (file != "00417")


@given(first=LETTERS, last=LETTERS, before=LETTERS, after=LETTERS)
def test_every_name_of_two_words_is_found_in_every_text(first: str, last: str, before: str, after: str) -> None:
    kept = traces_of(KEY, [(Kind.NAMES, f"{first} {last}")])
    assert mentioned(f"{before}, {last.upper()} {first}. {after}", kept) >= 1
    found = WordSearch(KEY, kept.words).found_in([f"{before}\0{first} {last}\0{after}"])
    assert found == kept.words


@given(text=st.text(max_size=200))
def test_a_text_without_anything_of_it_is_never_a_mention(text: str) -> None:
    kept = traces_of(KEY, [(Kind.NAMES, "Xyzzyx Qwertyuiop"), (Kind.TEXT, "987654321987654")])
    assert mentioned(text, kept) == 0
    assert WordSearch(KEY, kept.words).found_in([text]) == set()
