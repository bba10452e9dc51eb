"""Plates: Belgian of today and of before, trailers, and those of the neighbours with a word that confirms them."""

from __future__ import annotations

import re

import numpy as np

from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    CAPITALS,
    DIGITS,
    NO_WORD,
    PatternFinder,
    Proof,
    Trigger,
    context_pattern,
    pattern,
    proof_of,
    word_near,
)
from discretio.detection.shapes import CAPITAL, SPACE, Positions, kept
from discretio.domain.detections import Evidence

_WORDS = context_pattern(
    r"plaque", r"immatric", r"nummerpla", r"nrplaat", r"plaat", r"platen\b", r"kentek", r"kennz", r"nummernsch", r"plate",
    r"reg\b", r"registration", r"voiture", r"véhicule", r"vehic", r"voertuig", r"fahrzeug", r"auto\b", r"wagen",
    r"bestelwagen", r"camion", r"moto", r"scooter", r"car\b", r"van\b", r"truck", r"pkw", r"lkw",
    r"kastenwagen", r"fourgon", r"utilitaire", r"aanhang",
    r"remorque", r"anhänger", r"trailer", r"break\b", r"berline", r"golf", r"polo\b", r"corsa", r"astra", r"clio", r"vw\b",
    r"volkswagen", r"opel", r"renault", r"peugeot", r"citro[eë]n", r"bmw", r"audi", r"mercedes", r"ford", r"seat\b", r"fiat",
    r"toyota", r"skoda", r"škoda", r"kia\b", r"hyundai", r"dacia", r"nissan", r"mazda", r"volvo", r"tesla", r"iveco", r"man-",
    r"mini\b", r"suzuki", r"honda", r"lexus", r"porsche", r"jeep", r"transit", r"berlingo", r"kangoo", r"caddy", r"taxi",
    r"geparkeerd", r"garé", r"parked", r"geparkt", r"fährt", r"rijdt", r"roule", r"drives",
    r"bromfiets", r"quad", r"camper", r"mobilhome",
)  # fmt: skip
_MAKES = ("BMW ", "VW ", "MG ", "KIA ", "PV ", "NN ", "RN ", "TVA", "BTW", "VIQ ", "PIQ ", "TIQ ", "QI ", "IQ ")
_BELGIAN = re.compile(r"^[1289][ \-]?[A-Z]{3}[ \-]?[0-9]{3}$")
_DASHED = re.compile(r"^[1289]-[A-Z]{3}-[0-9]{3}$")
_BEFORE = re.compile(r"^(?:[A-Z]{3}[ \-][0-9]{3}|[0-9]{3}[ \-][A-Z]{3}|[A-Z]-[A-Z]{3}-[0-9]{3})$")


def _prove_plate(match: re.Match[str], text: str) -> Proof | None:
    plate = match.group()
    if plate.startswith(_MAKES):
        return None
    word = word_near(text, match, _WORDS)
    belgian = _BELGIAN.match(plate) or _BEFORE.match(plate)
    kind = "a Belgian plate" if belgian else "a plate of a neighbouring country"
    if word:
        return proof_of(match, 0.9 if belgian else 0.8, Evidence.CONTEXT, f"form of {kind}, confirmed by '{word}'")
    if _DASHED.match(plate):
        return proof_of(match, 0.7, Evidence.PATTERN, f"form of {kind} with its dashes; no confirming word")
    return None


def _digits_by_capitals(passage: Passage) -> Positions:
    """Numbers with two capitals, or a capital and a dash, next to them or one dash or space away."""
    shape = passage.shape
    numbers, ends = shape.numbers, shape.number_ends
    beside = np.zeros(len(numbers), np.bool_)
    for positions, step in ((numbers, -1), (ends, 1)):
        one, two, three = (shape.around(positions, step * distance) for distance in (1, 2, 3))
        beside |= (one == CAPITAL) & ((two == CAPITAL) | (two == _DASH) | (two == SPACE))
        beside |= ((one == _DASH) | (one == SPACE)) & (two == CAPITAL) & ((three == CAPITAL) | (three == _DASH))
    return kept(numbers, beside)


_DASH = ord("-")
_FORMS = (
    r"[1289][ \-]?[A-Z]{3}[ \-]?\d{3}",  # BE today
    r"[A-Z]-[A-Z]{3}-\d{3}|[A-Z]{3}[ \-]\d{3}|\d{3}[ \-][A-Z]{3}",  # BE trailer, BE before
    r"[A-Z]{2}-\d{3}-[A-Z]{2}",  # FR
    r"[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}",  # NL
    r"\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}",  # NL
    r"[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d",  # NL
    r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ \-]?\d{1,4}[EH]?|[A-ZÄÖÜ]{1,3} [A-Z]{1,2}[ \-]?\d{3,4}[EH]?",  # DE
    r"[A-Z]{2}[ \-]\d{4}",  # LU
)
PLATES = (
    PatternFinder(
        "PLATE",
        pattern(r"(?<![\w.\-])(?:" + "|".join(_FORMS) + r")(?![\w\-])"),
        _prove_plate,
        16,
        Trigger(_digits_by_capitals, 8, 0, 24, 2, CAPITALS | DIGITS, NO_WORD),
    ),
)
