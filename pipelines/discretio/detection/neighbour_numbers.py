"""National numbers of EU neighbours, and passports. Checksums are python-stdnum's; weak ones need a word beside them."""

from __future__ import annotations

import re

import numpy as np
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.nl import bsn

from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    CAPITALS,
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
from discretio.detection.shapes import Positions, followed
from discretio.domain.detections import Evidence

_NIR_WORDS = context_pattern(r"nir\b", r"sécu", r"secu", r"insee", r"vitale", r"assuré")
_BSN_WORDS = context_pattern(r"bsn", r"burgerservice", r"sofi", r"citizen service", r"numéro de service")
_TAX_WORDS = context_pattern(r"steuer", r"idnr", r"id-?nr", r"tin\b", r"fiscal", r"tax\b", r"belasting", r"identifikation")
_PASSPORT_WORDS = context_pattern(
    r"paspoort", r"passport", r"passeport", r"reispas", r"reisepass", r"pass-?n", r"pass\b", r"pas\b"
)


def _prove_nir(match: re.Match[str], text: str) -> Proof | None:
    word = word_near(text, match, _NIR_WORDS)
    if not nir.is_valid(match.group()):
        why = f"form of a French social security number with a wrong checksum, confirmed by '{word}'"
        return proof_of(match, 0.6, Evidence.CONTEXT, why) if word else None
    why = "French social security number: mod 97 checksum" + (f"; confirmed by '{word}'" if word else "")
    return proof_of(match, 1.0 if word else 0.9, Evidence.CHECKSUM, why)


def _prove_bsn(match: re.Match[str], text: str) -> Proof | None:
    # One number in eleven passes: the checksum alone proves nothing.
    word = word_near(text, match, _BSN_WORDS)
    if not word or not bsn.is_valid(match.group()):
        return None
    return proof_of(match, 0.95, Evidence.CHECKSUM, f"Dutch citizen number: mod 11 checksum, confirmed by '{word}'")


def _prove_tax_number(match: re.Match[str], text: str) -> Proof | None:
    word = word_near(text, match, _TAX_WORDS)
    if not word or not idnr.is_valid(match.group()):
        return None
    return proof_of(match, 0.95, Evidence.CHECKSUM, f"German tax number: its checksum, confirmed by '{word}'")


def _prove_passport(match: re.Match[str], text: str) -> Proof | None:
    word = word_near(text, match, _PASSPORT_WORDS, 40)
    if not word or sum(map(str.isdigit, match.group())) < 4:
        return None
    return proof_of(match, 0.85, Evidence.CONTEXT, f"form of a passport number, confirmed by '{word}'")


def _near_passport_words(passage: Passage) -> Positions:
    """Where four digits stand together, and a word for a passport is near."""
    crowds, words = passage.shape.crowded(4, 8), passage.words("passport")
    return np.concatenate([followed(crowds, words, 72), -followed(-crowds[::-1], -words[::-1], 72)])


NEIGHBOUR_NUMBERS = (
    PatternFinder(
        "FR_NIR",
        pattern(r"[12](?<![\d./\-][12])[ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[ABab])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}(?!\d)"),
        _prove_nir,
        1,
        crowded(14, 21),
    ),
    PatternFinder("NL_BSN", pattern(r"\d(?<![\d./\-]\d)\d{3}[ .]?\d{2}[ .]?\d{3}(?![\d\-])"), _prove_bsn, 1, crowded(9, 12)),
    PatternFinder(
        "DE_TAX_NUMBER",
        pattern(r"[1-9](?<![\d./\-][1-9])\d[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d\-])"),
        _prove_tax_number,
        1,
        crowded(11, 15),
    ),
    PatternFinder(
        "PASSPORT",
        # The look-ahead asks for a number, so that no word of running text is taken for one.
        pattern(
            r"(?<![\w.\-])(?=[A-Z]{0,3} ?\d)(?:[A-Z]{2} ?\d{6,7}|[A-Z]\w{7,8}|\d{2}[A-Z]{2}\d{5}|\d{9})(?![\w\-])", re.ASCII
        ),
        _prove_passport,
        16,
        Trigger(_near_passport_words, 5, 0, 32, 4, CAPITALS | DIGITS, DIGITS),
    ),
)
