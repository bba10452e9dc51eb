"""Belgian numbers with proof: national register, identity card, health professional, enterprise; IBAN and IP addresses.

Checksums are python-stdnum's. A number without a checksum needs a word that confirms it.
"""

from __future__ import annotations

import ipaddress
import re

from stdnum import iban
from stdnum.be import bis, eid, nn, vat

from discretio.detection.case_numbers import CASE_NUMBERS
from discretio.detection.neighbour_numbers import NEIGHBOUR_NUMBERS
from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    DIGITS,
    PatternFinder,
    Proof,
    Trigger,
    context_pattern,
    crowded,
    pattern,
    proof_of,
    word_near,
)
from discretio.detection.plates import PLATES
from discretio.detection.shapes import CAPITAL, DIGIT, SMALL, Positions, kept
from discretio.domain.detections import About, Evidence

_NATIONAL_WORDS = context_pattern(
    r"nn\b", r"n\.n\.?", r"rrn?\b", r"r\.?r\.?nr", r"r\.n\.", r"rn\b", r"nr-nr", r"nr\b", r"niss\b", r"insz\b", r"inss\b",
    r"bis(?:nr|-?nummer|\b)", r"regist", r"rijksreg", r"national", r"numéro national", r"numero national", r"ssin",
)  # fmt: skip
_CARD_WORDS = context_pattern(
    r"carte", r"kaart", r"karte", r"card", r"ci\b", r"c\.i\.", r"eid\b", r"ik\b", r"identi", r"ausweis", r"titre de séjour"
)
_HEALTH_WORDS = context_pattern(r"inami", r"riziv", r"likiv", r"nihdi", r"agrément", r"erkenning")
_ENTERPRISE_WORDS = context_pattern(
    r"bce", r"kbo", r"zdu\b", r"cbe", r"tva", r"btw", r"vat\b", r"mwst", r"entrepr", r"onderneming", r"unternehmen",
    r"enterprise", r"company", r"rpr\b", r"rpm\b", r"n° d", r"be\b", r"société", r"srl\b", r"bv\b", r"vzw", r"asbl",
)  # fmt: skip
_IP_WORDS = context_pattern(r"ip\b", r"ip-?adr", r"adres", r"adresse", r"address", r"connect", r"login", r"verbind")


def _prove_national_number(match: re.Match[str], text: str) -> Proof | None:
    digits = re.sub(r"\D", "", match.group())
    kind = "national register" if nn.is_valid(digits) else "bis" if bis.is_valid(digits) else ""
    if not kind:
        return None
    word = word_near(text, match, _NATIONAL_WORDS)
    bare = match.group().isdigit() and not word
    why = f"{kind} number: mod 97 checksum, and {_birth_in(digits)}" + (f"; confirmed by '{word}'" if word else "")
    return proof_of(match, 0.85 if bare else 1.0, Evidence.CHECKSUM, why)


def _birth_in(digits: str) -> str:
    return "a possible birth date" if nn.get_birth_date(digits) or bis.get_birth_date(digits) else "a birth date partly unknown"


def _prove_identity_card(match: re.Match[str], text: str) -> Proof | None:
    if not eid.is_valid(match.group()):
        return None
    word = word_near(text, match, _CARD_WORDS)
    if not word and "-" not in match.group():
        return None
    why = "Belgian identity card: mod 97 checksum" + (f"; confirmed by '{word}'" if word else "")
    return proof_of(match, 1.0 if word else 0.9, Evidence.CHECKSUM, why)


def _prove_health_professional(match: re.Match[str], text: str) -> Proof | None:
    # The control digits are 97 less the first six modulo 97; stdnum has no such number, so that a word is asked for.
    word = word_near(text, match, _HEALTH_WORDS)
    if not word:
        return None
    proof = proof_of(match, 0.95, Evidence.CONTEXT, f"form of a RIZIV/INAMI number, confirmed by '{word}'")
    return Proof(proof.score, proof.evidence, proof.why, proof.start, proof.end, About.PROFESSIONAL)


def _prove_enterprise(match: re.Match[str], text: str) -> Proof | None:
    if not vat.is_valid(match.group()):
        return None
    word = word_near(text, match, _ENTERPRISE_WORDS)
    prefixed = match.group()[:1].upper() == "B"
    if not word and not prefixed and match.group().count(".") < 2:
        return None
    why = "enterprise number: mod 97 checksum" + (f"; confirmed by '{word}'" if word else "")
    return proof_of(match, 0.95 if word or prefixed else 0.8, Evidence.CHECKSUM, why)


def _prove_iban(match: re.Match[str], _text: str) -> Proof | None:
    groups = re.split(r"(?=[ .\-])", match.group())
    for taken in range(len(groups), 0, -1):
        candidate = "".join(groups[:taken])
        if iban.is_valid(candidate):
            end = match.start() + len(candidate)
            return Proof(1.0, Evidence.CHECKSUM, "IBAN: checksum and length of its country", match.start(), end)
    return None


def _prove_ip(match: re.Match[str], text: str) -> Proof | None:
    try:
        ipaddress.ip_address(match.group())
    except ValueError:
        return None
    word = word_near(text, match, _IP_WORDS)
    why = "form of an IP address" + (f", confirmed by '{word}'" if word else "")
    return proof_of(match, 0.9 if word else 0.6, Evidence.CONTEXT if word else Evidence.PATTERN, why)


def _account_beginnings(passage: Passage) -> Positions:
    """Numbers of two digits at least behind two letters, as an IBAN begins."""
    shape = passage.shape
    numbers = shape.numbers
    letters = [(kinds == CAPITAL) | (kinds == SMALL) for kinds in (shape.around(numbers, -1), shape.around(numbers, -2))]
    return kept(numbers, letters[0] & letters[1] & (shape.around(numbers, 1) == DIGIT))


def _dotted(passage: Passage) -> Positions:
    shape = passage.shape
    ends = shape.number_ends
    return kept(ends, (shape.around(ends, 1) == ord(".")) & (shape.around(ends, 2) == DIGIT))


def _coloned(passage: Passage) -> Positions:
    colons = passage.shape.where(ord(":"))
    return kept(colons[:-1], (colons[1:] - colons[:-1]) <= 5)


# A pattern begins with its first characters and looks behind them afterwards: so Python skips to them ten times as fast.
IDENTIFIERS = (
    PatternFinder(
        "BE_NATIONAL_NUMBER",
        pattern(r"\d(?<![\d/.\-]\d)\d[.\-/ ]?\d{2}[.\-/ ]?\d{2}[.\-/ ]{0,3}\d{3}[.\-/ ]{0,3}\d{2}(?!\d)"),
        _prove_national_number,
        1,
        crowded(11, 20),
    ),
    PatternFinder(
        "BE_IDENTITY_CARD",
        pattern(r"\d(?<![\d.\-/]\d)\d{2}[ \-]{0,3}\d{7}[ \-]{0,3}\d{2}(?![\d\-])"),
        _prove_identity_card,
        16,
        crowded(12, 19),
    ),
    PatternFinder(
        "BE_HEALTH_PROFESSIONAL",
        pattern(r"\d(?<![\d.\-/]\d)[ \-./]?\d{5}[ \-./]?\d{2}(?:[ \-./]?\d{3})?(?![\d\-])"),
        _prove_health_professional,
        16,
        crowded(8, 12),
    ),
    PatternFinder(
        "BE_ENTERPRISE",
        pattern(r"(?<![\w.\-])(?:BE[ .]?)?[01]\d{3}[. ]?\d{3}[. ]?\d{3}(?![\d\-])(?!\.\d)", re.IGNORECASE),
        _prove_enterprise,
        16,
        crowded(10, 13, before=3),
    ),
    PatternFinder(
        "IBAN",
        pattern(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .\-]?[A-Za-z0-9]{2,4}){3,9}(?![A-Za-z0-9])"),
        _prove_iban,
        16,
        Trigger(_account_beginnings, 2, 0, 80, 2, frozenset({CAPITAL, SMALL}), DIGITS),
    ),
    PatternFinder(
        "IP_ADDRESS",
        pattern(r"\d(?<![\d.]\d)\d{0,2}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]\d)"),
        _prove_ip,
        16,
        Trigger(_dotted, 3, 0, 32, 4, DIGITS, DIGITS),
    ),
    PatternFinder(
        "IP_ADDRESS_6",
        pattern(r"(?<![\w:])[0-9A-Fa-f]{1,4}(?::{1,2}[0-9A-Fa-f]{1,4}){2,7}(?![\w:])", re.ASCII),
        _prove_ip,
        16,
        Trigger(_coloned, 5, 0, 64, behind=DIGITS),
        entity="IP_ADDRESS",
    ),
    *PLATES,
    *CASE_NUMBERS,
    *NEIGHBOUR_NUMBERS,
)
