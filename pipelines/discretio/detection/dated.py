"""Past told by a date: a year at the head of a sentence, in 2014, il y a deux ans, vor drei Jahren. No clock is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from discretio.detection.automaton import Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Numbers

_IN = re.compile(rb"\b(?:in|en|im jahr|im jahre|anno|vers|rond|omstreeks|around|fin|debut|eind|begin|early|late) $")
# Since 2014 is now, and what is planned for a year isn't past.
_NOT_OVER = re.compile(
    rb"\b(?:sinds|seit|depuis|since|vanaf|ab|des|a partir|from|tot|bis|jusqu\w*|until|gepland|voorzien|prevue?s?|geplant"
    rb"|vorgesehen|planned|scheduled|due|zal|zullen|sera|seront|wird|will|eindigt|vervalt|expire\w*)\b"
)
_COUNT = rb"(?:[0-9]{1,2}|[a-z]{2,10}) (?:[a-z]{2,8} )?"
_AGO = (
    re.compile(rb"il y a " + _COUNT + rb"(?:ans?|annees?|mois|semaines?)\b"),
    re.compile(rb"vor " + _COUNT + rb"(?:jahr(?:en)?|monat(?:en)?|wochen?)\b"),
)
_LOOK_BACK = 40
_ONE = np.uint8(ord("1"))
_DIGIT, _GOES_ON, _JOINED = (
    np.isin(np.arange(256), list(signs)) for signs in (b"0123456789", b"0123456789/-", b"0123456789/-.")
)


def dated(data: bytes, clauses: Clauses) -> Hits:
    """Where words in a folded text put what their clause says in the past; they are no entries of a lexicon."""
    found = np.array(list(_found(data, clauses)), np.int64).reshape(-1, 2)
    return Hits(found[:, 0], found[:, 1], np.zeros(len(found), np.int64))


def _found(data: bytes, clauses: Clauses) -> Iterator[tuple[int, int]]:
    for at in _years(data).tolist():
        low, _ = clauses.clause(at)
        before = data[max(low, at - _LOOK_BACK) : at]
        if not before.strip() or (_IN.search(before) and not _NOT_OVER.search(before)):
            yield at, at + 4
    for pattern in _AGO:
        for found in pattern.finditer(data):
            if not data[found.start() - 1 : found.start()].isalpha():  # bevor
                yield found.span()


def _years(data: bytes) -> Numbers:
    """Where numbers from 1900 to 2099 stand that join no other sign of a number or a word."""
    signs = np.frombuffer(b" " + data + b"    ", np.uint8)
    at = np.flatnonzero(signs[1:-4] - _ONE < 2)
    before, first, second, third, fourth, behind = signs[at + np.arange(6)[:, None]]
    century = ((first == ord("1")) & (second == ord("9"))) | ((first == ord("2")) & (second == ord("0")))
    years: Numbers = at[century & _DIGIT[third] & _DIGIT[fourth] & ~_GOES_ON[behind] & ~_JOINED[before]]
    return years
