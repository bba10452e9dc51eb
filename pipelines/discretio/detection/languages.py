"""Which language a stretch of text is in: stop-words sentence by sentence, steadied by the neighbours and the whole text.

All sentences are judged at once, by array: word by word this would take longer than everything else together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from discretio.detection.folding import code_points
from discretio.detection.shapes import NEWLINE, SPACE, Shape
from discretio.detection.word_tables import Letters, WordTable, letters_of, words_in
from discretio.domain.detections import NotExamined, Segment
from discretio.domain.lexicon import LANGUAGES

_LOOK_AT = 160  # characters of a sentence that are looked at: enough to tell four languages apart
_NEIGHBOUR, _WHOLE, _HINT = 0.35, 1.5, 0.12
_FOREIGN_WORDS, _FOREIGN_SHARE = 15, 0.06
_SHORT = 2_000  # characters from which arrays pay
_APOSTROPHE = 0x2019
_ELIDED = np.isin(np.arange(256), list(b"cdjlns"))
_NOTHING = (0.0,) * len(LANGUAGES)
Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

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


def _by_language(listed: dict[str, tuple[str, ...]], weight: float) -> dict[str, tuple[float, ...]]:
    """The points per language of everything listed; what several languages share counts for each of them a part."""
    every = {part for parts in listed.values() for part in parts}
    shares = {part: [part in listed[lang] for lang in LANGUAGES] for part in every}
    return {part: tuple(weight * found / sum(inside) for found in inside) for part, inside in shares.items()}


_STOP = WordTable(_by_language({lang: tuple(words.split()) for lang, words in _STOP_WORDS.items()}, 1.0))
_ENDING = WordTable(_by_language(_ENDINGS, _HINT), ending=True)
_WORD_POINTS = np.concatenate([_STOP.points, _ENDING.points])
_PAIRS = np.zeros(1 << 16, np.uint8)
_PAIR_POINTS: list[tuple[float, ...]] = [_NOTHING]
for _part, _points in sorted(_by_language(_INSIDE, _HINT).items()):
    _first, *_second = letters_of(np.array([ord(letter) for letter in _part], np.uint32))
    _PAIRS[[(int(_first) << 8) + int(second) for second in (_second or range(256))]] = len(_PAIR_POINTS)
    _PAIR_POINTS.append(_points)
_PAIR_TABLE, _PAIR_BYTES = np.array(_PAIR_POINTS), _PAIRS.tobytes()


def segments_of(text: str) -> tuple[tuple[Segment, ...], tuple[NotExamined, ...]]:
    """Cut a text into stretches of one language.

    Args:
        text: any text.

    Returns:
        The segments, in order, without gaps; and the stretches that look like another language (`language_unknown`).
    """
    codes = code_points(text)
    return segments_in(codes, Shape(codes), [(0, len(codes))])


def segments_in(
    codes: npt.NDArray[np.uint32], shape: Shape, texts: Sequence[tuple[int, int]]
) -> tuple[tuple[Segment, ...], tuple[NotExamined, ...]]:
    """The same for the code points of one text or of several in a row, and their kinds.

    Args:
        codes: the code points of all texts.
        shape: their kinds.
        texts: where each text begins and ends; what lies between two of them goes with the former.
    """
    if not len(codes):
        return (), ()
    starts = _sentences(shape)
    letters = _without_lone_letters(letters_of(codes), codes)
    points, words, known = (
        _judged(letters, starts) if len(codes) >= _SHORT else _judged_by_word(letters.tobytes(), starts.tolist())
    )
    foreign = (words >= _FOREIGN_WORDS) & (known < _FOREIGN_SHARE * words)
    begins, text_ends = np.array(texts, np.int64).T
    first = np.searchsorted(starts, begins)
    ends = np.minimum(np.append(starts[1:], len(codes)), text_ends[np.searchsorted(begins, starts, side="right") - 1])
    unknown = tuple(NotExamined("language_unknown", *map(int, (starts[at], ends[at]))) for at in np.flatnonzero(foreign))
    return _joined(starts, _best(points, first), first, len(codes)), unknown


def _without_lone_letters(letters: Letters, codes: npt.NDArray[np.uint32]) -> Letters:
    """The letters without those that speak for French by an apostrophe alone: l'enfant, but not S1 or s p a c e d."""
    padded = np.zeros(len(letters) + 2, np.uint8)
    padded[1:-1] = letters
    alone = np.flatnonzero(_ELIDED[letters] & (padded[:-2] == 0) & (padded[2:] == 0))
    following = codes[np.minimum(alone + 1, len(codes) - 1)]
    letters[alone[(following != ord("'")) & (following != _APOSTROPHE)]] = 0
    return letters


def _sentences(shape: Shape) -> npt.NDArray[np.int64]:
    """Where sentences begin: behind a line's end, and behind a blank that follows a closing sign."""
    kinds = shape.kinds
    breaks = shape.where(NEWLINE)
    blanks = shape.where(SPACE)
    before = shape.around(blanks, -1)
    closing = (before == ord(".")) | (before == ord("!")) | (before == ord("?")) | (before == ord(";"))
    ends = np.concatenate([[0], np.sort(np.concatenate([breaks, blanks[closing]])) + 1])
    return ends[ends < len(kinds)] if len(kinds) > 1 else ends[:1]


def _judged(letters: Letters, starts: npt.NDArray[np.int64]) -> tuple[Points, Points, Points]:
    """Per sentence: points per language, words looked at, and how many of them are stop-words."""
    first, length = words_in(letters)
    sentence = np.searchsorted(starts, first, side="right") - 1
    seen = first - starts[sentence] < _LOOK_AT
    pairs, owner = _pairs_of(letters, first, sentence, seen)
    first, length, sentence = first[seen], length[seen], sentence[seen]
    rows = _STOP.rows(letters, first, length)
    known = np.bincount(sentence[rows > 0], minlength=len(starts)).astype(np.float64)
    others = np.flatnonzero(rows == 0)
    rows[others] = _ENDING.rows(letters, first[others], length[others]) + len(_STOP.points)
    points = _summed(_WORD_POINTS[rows], sentence, len(starts)) + _summed(_PAIR_TABLE[pairs], owner, len(starts))
    return points, np.bincount(sentence, minlength=len(starts)).astype(np.float64), known


def _pairs_of(letters: Letters, first: Rows, sentence: Rows, seen: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """The rows of telling pairs of letters, and the sentence of each."""
    padded = np.append(letters, 0).astype(np.uint16)
    rows = _PAIRS[(padded[:-1] << 8) | padded[1:]]
    at = np.flatnonzero(rows)
    word = np.searchsorted(first, at, side="right") - 1
    near = seen[word]
    return rows[at[near]].astype(np.int64), sentence[word[near]]


def _judged_by_word(letters: bytes, starts: Sequence[int]) -> tuple[Points, Points, Points]:
    """The same, word by word: for a short text that costs less than arrays."""
    points = np.zeros((len(starts), len(LANGUAGES)))
    counts = np.zeros((2, len(starts)))
    for sentence, (start, end) in enumerate(pairwise([*starts, len(letters)])):
        at, given = 0, [_NOTHING]
        for word in letters[start:end].split(b"\0"):
            if at >= _LOOK_AT:
                break
            if word:
                said, stop = _word_points(word)
                given.append(said)
                counts[0, sentence] += 1
                counts[1, sentence] += stop
            at += len(word) + 1
        points[sentence] = [sum(column) for column in zip(*given, strict=True)]
    return points, counts[0], counts[1]


@lru_cache(maxsize=50_000)
def _word_points(word: bytes) -> tuple[tuple[float, ...], bool]:
    """The points of one word, and whether it is a stop-word; remembered, since words repeat."""
    stop = _STOP.row_of(word)
    given = [_STOP.given[stop], _ENDING.given[0 if stop else _ENDING.row_of(word)]]
    given += [_PAIR_POINTS[_PAIR_BYTES[(one << 8) | two]] for one, two in pairwise(word + b"\0")]
    return tuple(map(sum, zip(*given, strict=True))), bool(stop)


def _summed(points: Points, owner: Rows, count: int) -> Points:
    """Points added up by owner; the owners are in order."""
    sums = np.zeros((count, len(LANGUAGES)))
    if len(owner):
        first = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
        sums[owner[first]] = np.add.reduceat(points, first, axis=0)
    return sums


def _best(points: Points, first: Rows) -> Rows:
    """The language of each sentence, as a position in LANGUAGES; `first` are the first sentences of the texts."""
    same_text = np.ones((len(points), 1))
    same_text[first] = 0.0
    steadied = points.copy()
    steadied[1:] += _NEIGHBOUR * points[:-1] * same_text[1:]
    steadied[:-1] += _NEIGHBOUR * points[1:] * same_text[1:]
    whole = np.add.reduceat(points, first, axis=0)
    total = whole.sum(axis=1, keepdims=True)
    shares = _WHOLE * np.divide(whole, total, out=np.zeros_like(whole), where=total > 0)
    steadied += np.repeat(shares, np.diff(np.append(first, len(points))), axis=0)
    # Rounded, so that the order of additions decides nothing.
    best: npt.NDArray[np.int64] = np.argmax(np.round(steadied, 9), axis=1)
    return best


def _joined(starts: Rows, langs: Rows, first: Rows, length: int) -> tuple[Segment, ...]:
    """Neighbouring sentences of one language and text, as one segment."""
    changes = np.union1d(first, np.flatnonzero(np.diff(langs)) + 1)
    begins = [*starts[changes].tolist(), length]
    return tuple(
        Segment(start, end, LANGUAGES[lang])
        for (start, end), lang in zip(pairwise(begins), langs[changes].tolist(), strict=True)
    )
