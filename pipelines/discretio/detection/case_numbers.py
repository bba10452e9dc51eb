"""Numbers of police reports, prosecution notices and court files: by their own form, or by the word before them."""

from __future__ import annotations

import re

from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    CAPITALS,
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
from discretio.domain.detections import Evidence
from discretio.law.special_classes import Flag

_WORDS = context_pattern(
    r"pv", r"p\.v\.", r"procès", r"proces", r"protokoll", r"notice", r"notitie", r"dossier", r"akte", r"aktenzeichen",
    r"report", r"not\.", r"parquet", r"parket", r"staatsanwalt", r"prosecutor", r"ref", r"réf", r"n°", r"nr", r"file",
)  # fmt: skip
_YEAR_ALONE = re.compile(r"[ :](?:19|20)[0-9]{2}$")
_REPORT = r"PV|P\.V\.|pv|(?i:proces-verbaal|procès-verbal|protokoll)"
_COURT = r"(?i:notice|notitienummer|notitienr\.?|rolnummer|rolnr\.?|rôle|aktenzeichen|griffienummer)|RG|AZ|Az\.|AR"
_FILE = r"(?i:gas|sac)(?:[ \-](?i:dossier|nr\.?|n°))?|(?i:akte|dossiernummer|strafakte|case no\.?|docket)"


def _prove_notice(match: re.Match[str], text: str) -> Proof | None:
    word = word_near(text, match, _WORDS)
    if word:
        return proof_of(match, 0.95, Evidence.CONTEXT, f"form of a police report or notice number, confirmed by '{word}'")
    return proof_of(match, 0.8, Evidence.PATTERN, "form of a police report or notice number")


def _prove_reference(match: re.Match[str], _text: str) -> Proof | None:
    if _YEAR_ALONE.search(match.group()):
        return None
    return proof_of(match, 0.7, Evidence.CONTEXT, "a number that follows the words for a police report or a court roll")


def _behind_capitals(passage: Passage) -> Positions:
    """Numbers of two digits at least behind a capital, or behind a capital and a dot or a space."""
    shape = passage.shape
    numbers = shape.numbers
    one, two = shape.around(numbers, -1), shape.around(numbers, -2)
    behind = (one == CAPITAL) | (((one == ord(".")) | (one == SPACE)) & (two == CAPITAL))
    return kept(numbers, behind & (shape.around(numbers, 1) == DIGIT))


def _announced(passage: Passage) -> Positions:
    """Words for a case behind which a number of three digits stands."""
    return followed(passage.words("case"), passage.shape.crowded(3, 3), 88)


CASE_NUMBERS = (
    PatternFinder(
        "NOTICE_NUMBER",
        pattern(
            r"(?!NN|RN|RR)[A-Z](?<!\w[A-Z])[A-Z][. ]?\d{2}[. ]?[A-Z]{0,2}\d{0,2}[. ](?:\d{3,6}[/\-]\d{2,4}|\d{2}/\d{2})(?!\w)"
        ),
        _prove_notice,
        9,
        Trigger(_behind_capitals, 3, 0, 40, 6, CAPITALS, NO_WORD),
        (Flag.CRIMINAL,),
    ),
    PatternFinder(
        "CASE_REFERENCE",
        pattern(
            r"(?<!\w)(?:" + _REPORT + "|" + _COURT + "|" + _FILE + ")"
            r"[ :]{1,2}(?:(?:n°|[nN]r\.?|n\.|no\.?|administratif|SAC)[ :]{0,2}){0,3}"
            r"(?=[\w./\-]{0,12}[0-9]{3})[\w./\-]{4,28}(?<![./\-])"
        ),
        _prove_reference,
        9,
        Trigger(_announced, 0, 0, 120, 3),
        (Flag.CRIMINAL,),
    ),
)
