"""Addresses: street and house number, postcode and town, in the orders in which the four languages write them."""

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
from discretio.detection.shapes import CAPITAL, DIGIT, SPACE, Positions, followed, kept
from discretio.detection.vocabulary import STREET_ENDINGS, STREETS, either
from discretio.domain.detections import Evidence

TOWN = r"(?:St\.[ ]|Sankt[ ]|Sint-)?[A-ZÀ-Þ][\w'’\-]{1,24}(?:[ \-][A-ZÀ-Þ][\w'’\-]{1,24}){0,2}"
_NO_NAME = (
    r"(?!(?:à|depuis|dès|vers|entre|pendant|après|avant|jusqu|prévue?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|est|sont|"
    r"avec|pour|dans|sur|qui|que)\b)"
)
_WORD = _NO_NAME + r"(?:\w{1,4}\.|[\w'’\-]{1,20})"
_CAPITAL_WORD = r"[A-ZÀ-Þ](?:\w{0,3}\.|[\w'’\-]{1,24})"
_BOX = r"(?:[ ]?[/,]?[ ]?(?:bte|bus|boîte|boite|bt|box|app\.?|Bfk)\.?[ ]?\w{1,5})?"
_FLOOR = r"(?:,[ ]?\d{1,2}[ ]?(?:e|er|ère|ème|de|ste|\.)[ ](?:étage|ét\.?|verd(?:ieping|\.)?|Stock|floor))?"
# A year, an hour or a quantity behind a street's name is no house number.
_NUMBER = (
    r",?[ ](?:(?:n°|nr\.?|no\.?)[ ]?)?(?!(?:19|20)\d\d(?!\w))\d{1,4}(?![ ]?(?:[hHuU](?!\w)|h\d|u\d|uur|heures|Uhr|%|€|euro|:\d"
    r"|kg|g\b|ans|jaar|Jahre|personnes|personen|bolletjes))[A-Za-z]?(?:[/\-]\d{1,4})?(?!\d)(?!-[A-Z]{3}-)" + _BOX + _FLOOR
)
_STREET_BEFORE = either(STREETS) + r"(?:[ '’]" + _WORD + r"){1,5}?"
_STREET_AFTER = (
    r"(?:" + _CAPITAL_WORD + r"[ ])?(?:[A-ZÀ-Þ][\w'’\-]{1,24}" + either(STREET_ENDINGS)
    + r"|" + _CAPITAL_WORD + r"[ \-](?:[Ss]tra(?:ße|sse|at)|Str\.|[Ss]teenweg|[Ll]aan|[Ww]eg|Platz"
    r"|Allee|Street|Road|Lane|Drive))"
)  # fmt: skip
_STREET = (
    r"(?:(?:"
    + _STREET_BEFORE
    + "|"
    + _STREET_AFTER
    + ")"
    + _NUMBER
    + r"|\d{1,4}[A-Za-z]?,?[ ]"
    + either(STREETS)
    + (r"(?:[ '’]" + _CAPITAL_WORD + r"|[ '’](?:de|du|des|la|le|les|l|d)(?=[ '’])){1,6})")
)
_POSTCODE = r"(?:(?:B|BE|D|F|L|NL|FR|DE|LU)[ \-])?(?:[1-9]\d{3}(?:[ ]?[A-Z]{2}(?!\w))?|\d{5})[ ]" + TOWN
_NAMED = r"(?:" + _CAPITAL_WORD + r"[ ]){0,2}" + _CAPITAL_WORD + _NUMBER
_LINK = r"(?:,[ ]?|[ ]|\n|[ ]?-[ ]|[ ]?\()(?:te |à |in |at )?"
_RESIDENCE = context_pattern(
    r"adres", r"domicil", r"wonen", r"woont", r"woon", r"wohn", r"habit", r"résid", r"resid", r"lives?", r"living", r"demeur",
    r"address", r"verblijf", r"rue", r"straat", r"laan", r"à", r"te", r"in", r"aan de", r"straße", r"weg", r"maison", r"huis",
    r"logement", r"appart", r"inscrit", r"ingeschreven", r"gemeldet", r"verhuisd", r"déménag", r"moved",
)  # fmt: skip


def _prove_street(match: re.Match[str], _text: str) -> Proof | None:
    if match["postcode"]:
        return proof_of(match, 0.95, Evidence.PATTERN, "street, house number and postcode")
    return proof_of(match, 0.8, Evidence.PATTERN, "street and house number")


def _prove_town(match: re.Match[str], text: str) -> Proof | None:
    if match["turned"]:
        return proof_of(match, 0.95, Evidence.PATTERN, "postcode, town, street and house number")
    if match["named"]:
        return proof_of(match, 0.9, Evidence.PATTERN, "name and number of a house, followed by a postcode and a town")
    number = re.search(r"[0-9]{4,5}", match.group())
    word = word_near(text, match, _RESIDENCE)
    if number is None or not word or 1900 <= int(number.group()) <= 2035:
        return None
    belgian = len(number.group()) == 4
    score = 0.6 if belgian else 0.5
    return proof_of(match, score, Evidence.CONTEXT, f"form of a postcode and a town, confirmed by '{word}'")


def _streets(passage: Passage) -> Positions:
    """Street words, and the words that end like one, with a number behind or before them."""
    words = np.concatenate([passage.words("street"), passage.words("street_ending")])
    words.sort()
    numbered = passage.words("street")
    at = passage.shape.around(numbered, -2)
    return np.concatenate([followed(words, passage.shape.digits, 120), numbered[(at == DIGIT) | (at == ord(","))]])


def _towns(passage: Passage) -> Positions:
    """Numbers of four digits that stand before a capital."""
    shape = passage.shape
    ends = shape.number_ends
    towns = ends[(shape.around(ends, 1) == SPACE) & (shape.around(ends, 2) == CAPITAL)]
    return kept(towns, shape.around(towns, -3) == DIGIT)


ADDRESSES = (
    PatternFinder(
        "ADDRESS",
        pattern(
            r"(?<![\w/\-])(?P<street>" + _STREET + r")(?:" + _LINK + r"(?P<postcode>" + _POSTCODE + r"))?(?!\w)"
        ),
        _prove_street,
        1,
        Trigger(_streets, 30, 0, 640, 1, CAPITALS | DIGITS, NO_WORD),
    ),
    PatternFinder(
        "ADDRESS_TOWN",
        pattern(
            r"(?<![\w])(?=[A-ZÀ-Þ\d])(?:(?P<turned>" + _POSTCODE + r",[ ]" + _STREET + r")|(?P<named>" + _NAMED
            + r",[ ]?(?:te |à |in )?" + _POSTCODE + r")|" + _POSTCODE + r")(?!\w)"
        ),
        _prove_town,
        1,
        Trigger(_towns, 112, 0, 640, 4, CAPITALS | DIGITS, NO_WORD),
        entity="ADDRESS",
    ),
)  # fmt: skip
