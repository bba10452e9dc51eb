"""What words say of the language that they are in: stop-words, endings, and letters that stand together.

Points are whole numbers, so that their sums are exact in any order. What was found out about a word is remembered: a text
repeats its words.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from discretio.detection.known_words import Floats, KnownWords
from discretio.detection.word_tables import Letters, WordTable, letters_of, word_keys
from discretio.domain.lexicon import LANGUAGES

Rows = npt.NDArray[np.int64]
SURE = 300
"""Points of a stop-word of one language alone: a number that two, three and four languages can share."""
_HINT = 36
_MANY = 200
"""New words from which arrays pay."""
_NOTHING = (0,) * len(LANGUAGES)

_STOP_WORDS = {
    "fr": """le la les un une des du de et est en au aux à il elle ils elles son sa ses leur leurs avec pour par dans sur
        que qui ne pas plus sans se ce cette mais ou où je nous vous mme mr m chez depuis après avant lors
        selon très été était sont ont a ai fait être avoir suite entre vers dit ans père mère enfant fils
        fille rue madame monsieur prénom aucun aucune car si même aussi tout tous toute lui y d l s n c j qu
        jour mois semaine demande rendez rdv selon veut peut doit va reste tu toi moi ces ton ta tes mon ma mes es suis
        sommes êtes ceux ici bien jamais rien quand comme donc""",
    "nl": """de het een en van is in op te dat die met voor niet zijn er aan om ook door naar bij uit als haar hij zij ze
        ik we wij hun hem geen maar nog al wel sinds werd wordt worden heeft had hebben was waren over tot na
        tegen zonder omdat dus dan wat wie waar deze dit jaar mevr mevrouw dhr meneer vader moeder kind zoon
        dochter gaat wil kan moet zal komt zegt blijft volgens tussen onder toen daar hier nu alleen meer veel
        weer elke geb zich eigen thuis vraagt heeft staat je jij jou jouw jullie mij mijn heb hebt hoe toch zulke alle
        iemand niets gewoon echt zo zoals ben bent daarom vandaag graag bv ivm bijv enkele""",
    "de": """der die das und ist in zu den dem des ein eine einen einem einer von mit für nicht sich auf im am an auch aus
        bei nach wird wurde hat hatte haben er sie es ich wir ihr sein seine ihre ihren als wie dass oder aber
        noch nur seit vom zum zur über unter gegen ohne kein keine keinen war waren sind durch um herr frau
        jahre kind sohn tochter mutter vater uhr sagt kann will muss soll geht kommt bleibt wegen zwischen
        immer wieder mehr schon beim laut ihm ihn geb du dir dich mir mich uns euch mein meine dein deine diese dieser
        diesem diesen alle alles jeder jede viele einige dort heute hier jetzt wenn wo bist bin seid sein werden wurden
        worden sollte sollten sollen können müssen wollen nichts niemand etwas so sehr auch doch denn damit""",
    "en": """the a of and to is in that it he she his her was were with for not on at by from as an be has had have they
        them their who which but or this there been are will would can could no does did said says since after
        before when about into out up him my we you i if so all one what mr mrs ms father mother child son
        daughter very also only than more then our your its own home school police over again never every any these those
        such just too many here where how""",
}
_ENDINGS = {
    "fr": ("tion", "ment", "eux", "euse", "ée", "ées", "és", "ique", "aire", "eur", "ais", "ait", "ité"),
    "nl": ("ij", "ijk", "lijk", "heid", "aan", "oe", "en", "tie", "je", "jes", "baar", "eert", "eerd", "isch", "eel", "aat",
        "uis", "ief", "teit"),
    "de": ("ung", "ungen", "keit", "lich", "ß", "isch", "schaft", "tät", "ern", "igt", "iert", "ig"),
    "en": ("ing", "ness", "ly", "ght", "ed", "ity", "ous", "ful", "ies", "ship"),
}  # fmt: skip
_INSIDE = {
    "fr": ("é", "è", "ç", "eau", "qu", "oi"),
    "nl": ("ij", "aa", "oe", "uu", "eeu"),
    "de": ("ß", "ü", "ä", "ö", "sch"),
    "en": ("wh", "th", "sh"),
}


def _by_language(listed: dict[str, tuple[str, ...]], weight: int) -> dict[str, tuple[int, ...]]:
    """The points per language of everything listed; what several languages share counts for each of them a part."""
    every = {part for parts in listed.values() for part in parts}
    shares = {part: [part in listed[lang] for lang in LANGUAGES] for part in every}
    return {part: tuple(weight * found // sum(inside) for found in inside) for part, inside in shares.items()}


_STOP = WordTable(_by_language({lang: tuple(words.split()) for lang, words in _STOP_WORDS.items()}, SURE))
_ENDING = WordTable(_by_language(_ENDINGS, _HINT), ending=True)
_WORD_POINTS = np.concatenate([_STOP.points, _ENDING.points])
_PAIRS = np.zeros(1 << 16, np.uint8)
_PAIR_POINTS: list[tuple[int, ...]] = [_NOTHING]
for _part, _points in sorted(_by_language(_INSIDE, _HINT).items()):
    _first, *_second = letters_of(np.array([ord(letter) for letter in _part], np.uint32))
    _PAIRS[[(int(_first) << 8) + int(second) for second in (_second or range(256))]] = len(_PAIR_POINTS)
    _PAIR_POINTS.append(_points)
_PAIR_TABLE, _PAIR_BYTES = np.array(_PAIR_POINTS), _PAIRS.tobytes()
_KNOWN = KnownWords(len(LANGUAGES) + 1)


@lru_cache(maxsize=50_000)
def points_of_word(word: bytes) -> tuple[tuple[int, ...], bool]:
    """The points of one word per language, and whether it is a stop-word."""
    stop = _STOP.row_of(word)
    given = [_STOP.given[stop], _ENDING.given[0 if stop else _ENDING.row_of(word)]]
    given += [_PAIR_POINTS[_PAIR_BYTES[(one << 8) | two]] for one, two in pairwise(word + b"\0")]
    return tuple(map(sum, zip(*given, strict=True))), bool(stop)


def points_of_words(letters: Letters, first: Rows, length: Rows) -> Floats:
    """The same for many words, one line each: points per language, then 1 for a stop-word.

    Args:
        letters: the letters of a text.
        first: where the words begin in it.
        length: how long they are.
    """

    def look_up(chosen: Rows) -> Floats:
        judge = _judged if len(chosen) >= _MANY else _judged_one_by_one
        return judge(letters, first[chosen], length[chosen])

    return _KNOWN.of(word_keys(letters, first, length), look_up)


def _judged_one_by_one(letters: Letters, first: Rows, length: Rows) -> Floats:
    places = zip(first.tolist(), length.tolist(), strict=True)
    said = (points_of_word(letters[at : at + long].tobytes()) for at, long in places)
    return np.array([(*points, stop) for points, stop in said], np.float32)


def _judged(letters: Letters, first: Rows, length: Rows) -> Floats:
    ends = np.cumsum(length + 1)
    begins = ends - length - 1
    alone = np.append(letters, np.uint8(0))[
        np.arange(ends[-1]) + np.repeat(first - begins, length + 1)
    ]  # each with one 0 behind it
    rows = _STOP.rows(alone, begins, length)
    others = np.flatnonzero(rows == 0)
    points = np.zeros((len(first), len(LANGUAGES) + 1), np.float32)
    points[:, -1] = rows > 0
    rows[others] = _ENDING.rows(alone, begins[others], length[others]) + len(_STOP.points)
    points[:, :-1] = _WORD_POINTS[rows]
    pairs = _PAIRS[(alone[:-1].astype(np.uint16) << 8) | alone[1:]]
    telling = np.flatnonzero(pairs)
    np.add.at(points[:, :-1], np.searchsorted(begins, telling, side="right") - 1, _PAIR_TABLE[pairs[telling]])
    return points
