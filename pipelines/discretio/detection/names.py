"""Names by context: a title, a profession or a word for kin before them, or SURNAME Given. A professional is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from discretio.detection.correspondents import as_correspondent
from discretio.detection.passage import Passage
from discretio.detection.patterns import CAPITALS, NO_WORD, Trigger, matches, pattern
from discretio.detection.shapes import CAPITAL, SMALL, SPACE, Positions, kept
from discretio.detection.trigger_words import word_of
from discretio.detection.vocabulary import (
    ACQUAINTANCES,
    CHILDREN,
    DISEASE_NAMES,
    KIN,
    PARTICLES,
    PRIVATE_TITLES,
    PROFESSIONAL_TITLES,
    SENTENCE_STARTS,
)
from discretio.domain.detections import About, Detection, Evidence

SCORE = 0.75
_NEAREST_CAPITAL = 16  # a name begins with its capital, or with particles that are no longer than this
_NAME = r"(?:" + PARTICLES + r"{0,3}[A-ZÀ-Þ][\w'’\-]{1,30}|[A-ZÀ-Þ]\.)"
_FULL = pattern(r"(?P<sign>[.',;]?[ ])(?P<name>" + _NAME + r"(?:[ ]" + _NAME + r"){0,3})")
_CAPITALS = pattern(
    r"(?<![\w\-])(?P<surname>(?:(?:VAN|DE|DER|EL|BEN|LE|LA|DEN|TEN|TER|AL)[ ]){0,3}[A-ZÀ-Þ][A-ZÀ-Þ'’\-]{2,30})"
    r",?[ ](?P<given>[A-ZÀ-Þ][a-zà-ÿ][\w\-]{1,24})(?!\w)"
)
_INITIALS = pattern(
    r"(?<![\w.])(?:[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?(?!\w)|[A-ZÀ-Þ][a-zà-ÿ]{2,15}[ ][A-Z]\.(?=[\s,;:)]|$)"
    r"|(?<!\bz\.[ ])[A-Z]\.[ ](?:(?i:van|de|der|den|el|von)[ ]){0,2}(?!(?:"
    + "|".join((*SENTENCE_STARTS, *DISEASE_NAMES))
    + r")\b)"
    r"[A-ZÀ-Þ][a-zà-ÿ][\w\-]{1,24})"
)
_NOT_SURNAMES = frozenset(
    """
    CPAS OCMW CPF CAW CLB PMS SPF RIS PAAZ SAJ SPJ IPPJ ONE VDAB FOREM ONEM RVA DVZ OCJ JRC SDJ IBAN GSM PV BTW
    TVA ASBL VZW RDV ACTIRIS ÖSHZ JWH CGSP ABVV FGTB CSC ACV CGSLB BSO TSO ASO TDAH ADHD PTSS VIH HIV ADN DNA
    URGENT NOTE CONFIDENTIEL VERTROUWELIJK SECRET GEHEIM AVIS VERTRAULICH
    CHU CHR CHC UMC HOP AZ UZ CGG FPC LPK LTF SRJ TPI PDS SOS HMP USD EUR NYHA PTB USA
    BSG BGH OLG LSG BFH VGH BAG CRP TSH GPT GOT MRT CCT HNO EKG BGA PTT HCV HBV
    """.split()  # noqa: SIM905 - a list of sixty strings reads worse
)
_AFTER_TITLES = re.compile(
    r"(?i:koll?eg(?:e|in)|do[ck]tor|docteur|notar(?:is)?|notaire|friedensrichter|vrederechter|vorsitzende[rn]?"
    r"|voorzitter|président|procureur|b[uü]rgermeister(?:in)?|burgemeester|staatsanwalt|professor)$"
)
"""What a letter calls its reader, without a name."""
_ONLY_IN = {"nicht": "nl", "rechter": "nl", "son": "en"}
"""Words that are titles or kin in one language and something else in another."""


_COMMA_JOINS = frozenset(KIN) | frozenset(ACQUAINTANCES) | frozenset(CHILDREN)
_POSSESSED = re.compile(r"(?:de |d['’]|van |von )")
_ABBREVIATED = {"MM", "Mme", "Mlle", "Me"} | {
    word.rstrip(".") for word in (*PRIVATE_TITLES, *PROFESSIONAL_TITLES) if word.endswith(".")
}


@cache
def _titles() -> dict[str, About]:
    """Whom a title, without a full stop behind it, says a name to be."""
    told: dict[str, About] = {}
    for words, about in (
        (PROFESSIONAL_TITLES, About.PROFESSIONAL), (PRIVATE_TITLES, About.SUBJECT), (KIN, About.RELATION),
        (ACQUAINTANCES, About.CONTACT), (CHILDREN, About.SUBJECT),
    ):  # fmt: skip
        for word in words:
            told.setdefault(word.rstrip("."), about)
    return told


def _titled(passage: Passage) -> Iterator[tuple[re.Match[str], str, About]]:
    """The names that stand behind a title, with the title."""
    start, end, entry = passage.word_groups["title"]
    capitals = passage.shape.capitals
    following = np.append(capitals, len(passage.text) + _NEAREST_CAPITAL)[np.searchsorted(capitals, end)]
    near = following - end <= _NEAREST_CAPITAL
    for begin, behind, number in zip(start[near].tolist(), end[near].tolist(), entry[near].tolist(), strict=True):
        word = word_of(number)
        about = _titles()[word]
        said = passage.text[begin:behind]
        match = _FULL.match(passage.text, behind)
        if not match or not (word == word.lower() or said == word) or not _joins(word, match["sign"]):
            continue
        lang = passage.lang_at(begin)
        if _ONLY_IN.get(word, lang) == lang and not _no_name(match["name"], word, lang):
            # The mother of Lyna: Lyna is the person herself.
            yield match, said, About.SUBJECT if word in _COMMA_JOINS and _POSSESSED.match(match["name"]) else about


def _no_name(name: str, word: str, lang: str) -> bool:
    """A form of address, a disease, or whose kin or head it is: Mutter der Patientin."""
    if word == "M" and name.split(maxsplit=1)[0] in DISEASE_NAMES:
        return True
    return (lang == "de" and name.startswith(("der ", "den "))) or bool(_AFTER_TITLES.match(name))


def _joins(word: str, sign: str) -> bool:
    """A full stop belongs to an abbreviation, and ends the sentence behind any other word; a comma joins a name to kin."""
    if sign == ", ":
        return word in _COMMA_JOINS
    return not sign.startswith((".", ";")) or word in _ABBREVIATED


def _capital_words(passage: Passage) -> Positions:
    """The capital of a word in small letters behind a word in capitals."""
    shape = passage.shape
    at = shape.capitals
    behind = (shape.around(at, -1) == SPACE) & (shape.around(at, 1) == SMALL)
    at = at[behind]
    two, three = shape.around(at, -2), shape.around(at, -3)
    return kept(at, ((two == CAPITAL) | (two == ord(",")) | (two == ord("'"))) & ((three == CAPITAL) | (two == CAPITAL)))


def _dotted_capitals(passage: Passage) -> Positions:
    """Capitals with a dot behind them that begin a word."""
    shape = passage.shape
    at = shape.capitals
    before = shape.around(at, -1)
    return kept(at, (shape.around(at, 1) == ord(".")) & (before != SMALL) & (before != CAPITAL))


_AT_CAPITALS = Trigger(_capital_words, 48, 0, 128, 0, CAPITALS, NO_WORD)
_AT_INITIALS = Trigger(_dotted_capitals, 18, 0, 64, 0, CAPITALS, NO_WORD)


class NamesByContext:
    """Names that follow a title, a profession or a word for kin, or that stand as SURNAME Given."""

    name = "PERSON"
    types: tuple[str, ...] = ("PERSON",)

    def find(self, passage: Passage) -> list[Detection]:
        """All such names."""
        titled = [
            named(passage, match.span("name"), about, (SCORE, f"a capital after '{word}'"), self.name)
            for match, word, about in _titled(passage)
        ]
        return [*titled, *self._in_capitals(passage), *self._initials(passage)]

    def _in_capitals(self, passage: Passage) -> list[Detection]:
        return [
            named(passage, match.span(), About.SUBJECT, (SCORE, "SURNAME in capitals with a given name"), self.name)
            for match in matches(_CAPITALS, passage, _AT_CAPITALS)
            if match["surname"] not in _NOT_SURNAMES
        ]

    def _initials(self, passage: Passage) -> list[Detection]:
        return [
            as_correspondent(
                named(passage, match.span(), About.SUBJECT, (SCORE, "initials, or a name with an initial"), self.name),
                passage.text,
            )
            for match in matches(_INITIALS, passage, _AT_INITIALS)
        ]


def named(passage: Passage, span: tuple[int, int], about: About, said: tuple[float, str], type_: str) -> Detection:
    """A name found by its context; `said` is how sure that is, and why."""
    score, why = said
    start, end = span
    return Detection(
        start=start, end=end, category=1, flags=(), type=type_, lang=passage.lang_at(start), score=score,
        negated=False, about=about, evidence=Evidence.CONTEXT, why=why,
    )  # fmt: skip
