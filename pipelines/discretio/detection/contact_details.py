"""Contact details: phone numbers proven by phonenumbers, e-mail addresses and account names by their form. No network."""

from __future__ import annotations

import re

import numpy as np
import phonenumbers

from discretio.detection.passage import Passage
from discretio.detection.patterns import (
    NO_WORD,
    PatternFinder,
    Proof,
    Trigger,
    context_pattern,
    crowded,
    pattern,
    proof_of,
    word_near,
)
from discretio.detection.shapes import CAPITAL, DIGIT, SMALL, Positions
from discretio.domain.detections import Evidence

_PHONE_WORDS = context_pattern(
    r"t[ée]l", r"gsm", r"phone", r"telefo", r"portable", r"mobil", r"handy", r"nummer", r"numéro", r"numero",
    r"number", r"n°", r"call", r"appel", r"bel\b", r"bellen", r"bereikbaar", r"joignable", r"erreichbar",
    r"reachable", r"whatsapp", r"sms", r"fax", r"oproep", r"contact", r"belt", r"belde", r"wählt", r"anruf", r"ruft",
    r"permanence", r"urgence", r"noodnummer", r"joindre", r"contacter", r"appelle", r"rappel", r"messenger", r"signal",
)  # fmt: skip
_DATE = re.compile(r"^\d{1,2}[./\-]\d{1,2}[./\-](?:19|20)?\d{2}(?!\d)")
_HOME = "BE"
_NEIGHBOURS = ("FR", "NL", "DE", "LU")
_HANDLE_WORDS = context_pattern(
    r"insta", r"snap", r"telegram", r"tiktok", r"facebook", r"fb\b", r"twitter", r"discord", r"compte", r"account",
    r"profil", r"konto", r"pseudo", r"alias", r"vk\b", r"steam", r"handle", r"gebruiker", r"user", r"whatsapp",
    r"signal",
)  # fmt: skip


# As Belgians group their numbers, with a blank, dot or slash between the groups.
_GROUPED = re.compile(r"^0[1-9][0-9]{0,2}[ /.][0-9]{2,3}(?:[ .][0-9]{2,3}){1,2}$")


_DUTCH = re.compile(r"^0(?:6[ \-]?[0-9]{8}|[0-9]{2}(?: ?- ?| )[0-9]{3} ?[0-9]{4}|[0-9]{3}-[0-9]{6})$")
_FRENCH = re.compile(r"^0[1-9]([ .\-])[0-9]{2}(?:\1[0-9]{2}){3}$")
_AMERICAN_NUMBER = re.compile(r"^[0-9]{3}-[0-9]{2}-[0-9]{4}$")
_JUST_BEFORE = 32
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:phone|t[ée]l|téléphone|telefo\w{1,12}|gsm|gsm-n\w{1,6}|mobile?|mobiel|handy\w{0,8}|fax"
    r"|desk|office|call(?: me)?|whatsapp|bellen|messages? to|appeler|joignable|bereikbaar|erreichbar|answering)(?!\w)"
    r"[^0-9\n]{0,16}\n?[^0-9\n]{0,4}$",
    re.IGNORECASE,
)


def _parsed(number: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None


def _valid(number: str, region: str) -> bool:
    parsed = _parsed(number, region)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def _prove_phone(match: re.Match[str], text: str) -> Proof | None:
    number = match.group()
    if (_DATE.match(number) and not _FRENCH.match(number)) or _AMERICAN_NUMBER.match(number):
        return None
    word = word_near(text, match, _PHONE_WORDS)
    confirmed = f", confirmed by '{word}'" if word else ""
    if number.startswith(("+", "00")):
        return _prove_international(match, confirmed)
    return _prove_national(match, word, confirmed)


def _prove_national(match: re.Match[str], word: str, confirmed: str) -> Proof | None:
    number = match.group()
    parsed = _parsed(number, _HOME)
    if parsed is not None and phonenumbers.is_valid_number(parsed):
        return proof_of(match, 0.95 if word else 0.85, Evidence.CHECKSUM, "a valid Belgian phone number" + confirmed)
    region = next((region for region in _NEIGHBOURS if word and _valid(number, region)), "")
    if region:
        return proof_of(match, 0.8, Evidence.CHECKSUM, f"a valid phone number in {region}{confirmed}")
    if parsed is not None and (word or _GROUPED.match(number)) and phonenumbers.is_possible_number(parsed):
        why = "form of a Belgian phone number, in a range that is not in use" + confirmed
        return proof_of(match, 0.75 if word else 0.6, Evidence.CONTEXT if word else Evidence.PATTERN, why)
    if _FRENCH.match(number) and _valid(number, "FR"):
        return proof_of(match, 0.6, Evidence.PATTERN, "a valid phone number in FR, grouped in pairs")
    if _DUTCH.match(number):
        return proof_of(match, 0.6, Evidence.PATTERN, "form of a Dutch phone number")
    return None


def _prove_announced(match: re.Match[str], text: str) -> Proof | None:
    found = _ANNOUNCED.search(text, max(0, match.start() - _JUST_BEFORE), match.start())
    if not found or _DATE.match(match.group().strip("(")):
        return None
    return proof_of(match, 0.7, Evidence.CONTEXT, f"a number that follows '{found.group().strip()}'")


def _prove_international(match: re.Match[str], confirmed: str) -> Proof | None:
    if _valid(match.group(), _HOME):
        return proof_of(match, 0.95, Evidence.CHECKSUM, "a valid international phone number" + confirmed)
    if match.group().startswith("+") or confirmed:
        why = "form of an international phone number, in a range that is not in use" + confirmed
        return proof_of(match, 0.75, Evidence.CONTEXT if confirmed else Evidence.PATTERN, why)
    return None


def _prove_email(match: re.Match[str], _text: str) -> Proof | None:
    return proof_of(match, 0.95, Evidence.PATTERN, "form of an e-mail address")


def _prove_handle(match: re.Match[str], text: str) -> Proof | None:
    word = word_near(text, match, _HANDLE_WORDS)
    if match.group().startswith("@"):
        return proof_of(
            match, 0.85 if word else 0.65, Evidence.CONTEXT if word else Evidence.PATTERN, "form of an account name"
        )
    return proof_of(match, 0.8, Evidence.CONTEXT, f"form of an account name, confirmed by '{word}'") if word else None


def _at_signs(passage: Passage) -> Positions:
    return passage.shape.where(ord("@"))


def _joined_words(passage: Passage) -> Positions:
    """At signs, and the signs that join two words into an account name."""
    shape = passage.shape
    joints = np.sort(np.concatenate([shape.where(ord(sign)) for sign in "_.#"]))
    within = np.ones(len(joints), np.bool_)
    for step in (-1, 1):
        kinds = shape.around(joints, step)
        within &= (kinds == SMALL) | (kinds == CAPITAL) | (kinds == DIGIT) | (kinds == ord("_")) | (kinds > ord("\x7f"))
    return np.concatenate([_at_signs(passage), joints[within]])


CONTACT_DETAILS = (
    PatternFinder(
        "PHONE",
        pattern(r"[+0](?<![\w.@/\-][+0])(?:\(0\)|\d)(?:[ ./\-()]{0,2}\d){6,13}(?![\d@])"),
        _prove_phone,
        2,
        # The first seven digits stand within 1 + 6 * 3 characters, and a plus sign and a bracketed 0 may come before.
        crowded(7, 20, before=3),
    ),
    PatternFinder(
        "PHONE_ANNOUNCED",
        pattern(r"(?<![\w.@/\-(])\(?\+?\d(?:[ ./\-()]{0,3}\d){5,14}(?:x\d{2,5})?(?![\w@])"),
        _prove_announced,
        2,
        crowded(6, 24, before=2, longest=96),
        entity="PHONE",
    ),
    PatternFinder(
        "EMAIL",
        pattern(r"(?<![\w.+\-])[\w.+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w\-])"),
        _prove_email,
        2,
        Trigger(_at_signs, 64, 0, 480, behind=NO_WORD),
    ),
    PatternFinder(
        "ACCOUNT_NAME",
        pattern(r"(?<![\w.@/])(?:@[A-Za-z][\w.]{2,30}(?<!\.)|[a-z]\w{2,20}[_.#]\w{1,20})(?![\w@])"),
        _prove_handle,
        2,
        Trigger(_joined_words, 21, 0, 64, 0, frozenset({SMALL, ord("@")}), NO_WORD),
    ),
)
