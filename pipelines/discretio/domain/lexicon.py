"""What a lexicon entry is: a term that a lawyer or a practitioner wrote down, with the class that it points to."""

from __future__ import annotations

from dataclasses import dataclass

from discretio.law.special_classes import Flag

LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One term and what it means when it stands in a text.

    Attributes:
        term: the words as written; a `*` at its beginning or end stands for the rest of the word (`verslav*`, `*problematiek`).
        lang: language of the term: fr, nl, de or en.
        subject: the file that it stands in (health, criminal, ...), which is also the type of its detections.
        category: category of art. 2 §2, or None for a mark that bears a flag alone.
        flags: special classes that it points to.
        register: where people write so: medical, police, social, legal, spoken, general.
        score: how sure the term alone makes us, from 0 to 1.
        confirm: words of which one must stand near; without one the score falls below the threshold.
        cancel: words that silence the term when they stand near.
        capitalised: the term counts only when its first letter is a capital (given names).
        idiom: the term says nothing about a person and silences every shorter hit inside it (`santé financière`).
        source: who wrote it down.
    """

    term: str
    lang: str
    subject: str
    category: int | None
    flags: tuple[Flag, ...] = ()
    register: str = "general"
    score: float = 0.8
    confirm: tuple[str, ...] = ()
    cancel: tuple[str, ...] = ()
    capitalised: bool = False
    idiom: bool = False
    source: str = ""

    @property
    def stem(self) -> str:
        """The term without its stars."""
        return self.term.strip("*")

    @property
    def open_left(self) -> bool:
        """Whether the word may begin before the stem."""
        return self.term.startswith("*")

    @property
    def open_right(self) -> bool:
        """Whether the word may go on after the stem."""
        return self.term.endswith("*")
