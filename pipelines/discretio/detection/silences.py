"""What makes a term say nothing about a person: a street, a surname, a place name, a body, a leaflet, a figure of speech."""

from __future__ import annotations

import re

from discretio.detection.automaton import Hit, Hits
from discretio.detection.clauses import Clauses
from discretio.detection.cues import Cue, Cues, Kind, Mask, Numbers
from discretio.detection.passage import Passage
from discretio.domain.lexicon import LexiconEntry

_LOOK_BACK = 32
_TOPIC, _TITLE = 60, 28
_HOUSING = 8  # a lift or a boiler that fails says something of a home
# Words for what a body can have too: debts, a health, a crisis, a judgment about it. Names, jobs and kin are not.
_FIGURATIVE = frozenset({5, _HOUSING, 9, 10, 11, 12, 13, 14, 15, 16})
# Nouns that have no capital of their own; parties, faiths and peoples have.
_COMMON_NOUNS = frozenset({5, 9, 10, 11, 14, 15})
_LOWER_CASE = frozenset({"fr", "nl"})
_AROUND = frozenset({Kind.MENTION, Kind.DOCUMENT, Kind.CALLED, Kind.FIGURE, Kind.THING})
_BEHIND, _FARTHEST = frozenset({Kind.ORGANISATION, Kind.HEAD}), 32
"""What silences from behind alone, and farther away than what joins it to its term (`_OF`, `_UP_TO_HEAD`) is long."""
_SILENCING = _AROUND | _BEHIND
_JOINED = frozenset({Kind.FIGURE, Kind.CALLED, Kind.ORGANISATION, Kind.HEAD})
_STREET_BEFORE = re.compile(
    rb"\b(?:rue|avenue|av|place|chaussee|boulevard|bd|clos|chemin|quai|allee|impasse|square|dreve|ruelle|cite|sentier|voie|venelle)"
    rb"\.?(?: (?:de|du|des|la|le|les|saint|sainte|aux?)| d'| de l'| l')*[ ']?$|strasse \"?(?:am|an der|zum|zur) $"
)
_STREET_ENDINGS = (
    b"straat", b"straten", b"laan", b"plein", b"steenweg", b"dreef", b"strasse", b"strase", b"gasse", b"platz", b"allee",
    b"kaai", b"hof", b"lei", b"singel", b"weg", b"steeg",
)  # fmt: skip
_STREET_AFTER = re.compile(
    rb"^(?:-| )(?:street|st\b|road|rd\b|walk|lane|avenue|hill|square|row|close|gardens|bridge|gate|poort|brug)\b"
)
# A room or a school that bears a name: salle Notre-Dame, local Rabbin-Lepkifker, zaal De Kroon.
_ROOM_BEFORE = re.compile(
    rb"\b(?:salle|local|batiment|hopital|clinique|ecole|college|institut|athenee|home|residence|halte|arret|crypte|foyer"
    rb"|zaal|lokaal|gebouw|ziekenhuis|basisschool|college|instituut|halte|room|hall) $"
)
# A body named after a class, in capitals: Asylum Seekers United, the Ethnic Minorities Forum, Katholieke Hogeschool.
_BODY_AFTER = re.compile(
    r"^ (?:(?:[A-Z][\w'’]*|of|and|&|van|en) ){0,2}(?:Association|Centre|Center|Committee|Corner|Council|Desk|Federation|Forum"
    r"|Foundation|Museum|Society|Trust|Unit|United|Centrum|Dienst|Federatie|Hogeschool|Raad|Stichting|Verbond|Vereniging)\b"
)
_BODY_REACH = 40
_TITLE_BEFORE = re.compile(
    rb"\b(?:mme|mm|mr|m\.|madame|monsieur|mevr\.?|mevrouw|dhr\.?|meneer|mijnheer|frau|fr\.|herr|herrn|mrs|prof\.?|me"
    rb"|maitre|ms|miss|mr\.|famille|familie|gezin|family|dr\.?|dokter|docteur|heer|khk|kok|phk|ra|rain|kommissar|kommissarin"
    rb"|inspecteur|inspectrice|insp\.?|inp|hinp|commissaire|commissaris|inspektor|inspector|juge|rechter|notaire|notaris|notar"
    rb"|avocat|avocate|advocaat|substitut) (?:[a-z]+ )?$"
)
# Where a family comes from, or what it is: famille de Hué, gezin uit Tirana, the family are Sinti.
_FAMILY_OF = re.compile(
    rb"\b(?:famille|familie|gezin|family) "
    rb"(?:de|du|des|d|d'|uit|van|from|of|aus|is|are|was|were|est|ist|sont|spreekt|speaks|spricht|parle) $"
)
_OF = re.compile(
    rb"^ (?:(?:de la|de l|du|des|de|de nos|de notre|van de|van het|van onze|van een|van|in het|der|des|dieser|unserer|unseres"
    rb"|im|in der|of the|of our|of|in the|on the|between|entre les|entre|au sein d)(?:'| )(?:[a-z]{2,12} )?)$"
)
_WORD_BEFORE = re.compile(rb"[a-z] $")
# An article with a capital inside a sentence begins a name: café De Biechtstoel, l'asbl La Mosquée bleue.
_NAME_BEGUN, _ARTICLE = re.compile(r"[a-zà-ÿ] (?:(?:De|Den|Het|Le|La|Les) |L['’]|'t )$"), 8
# What is called so stands between quotation marks: la journée « Vivre sa foi », das Feld „Herkunft“.
_QUOTED, _LONGEST_NAME = re.compile(rb"(?: ?:)? ?\" ?[^\".;\n]*"), 48
_UP_TO_HEAD = re.compile(rb"^[ -](?:[a-z]{2,14} )?$")


def is_figurative(entry: LexiconEntry) -> bool:
    """Whether a body or a thing can have what the term says, so that the words around it matter."""
    return entry.category in _FIGURATIVE


class Silences:
    """What silences terms in one text.

    Args:
        passage: the text.
        clauses: its clauses.
        cues: its cues.
        given_names: the ends of the given names in it, behind which a capital begins a surname.
    """

    def __init__(self, passage: Passage, clauses: Clauses, cues: Cues, given_names: frozenset[int]) -> None:
        self._data, self._text, self._folded = passage.folded.data, passage.text, passage.folded
        self._clauses, self._cues, self._given_names = clauses, cues, given_names

    def by_name(self, hit: Hit, entry: LexiconEntry, lang: str) -> bool:
        """Whether a capitalised term is the name of a street, a place or a person: Gevangenisstraat, Fons Priester."""
        return (
            is_street(self._data, hit)
            or (lang in _LOWER_CASE and _names_room(self._data, hit))
            or self._is_titled(hit)
            or self._is_body(hit, lang)
            or (hit.start - 1 in self._given_names and lang != "de" and self._data[hit.start - 1 : hit.start] == b" ")
            or self._is_proper(hit, entry, lang)
        )

    def by_context(self, hit: Hit, entry: LexiconEntry, lang: str) -> bool:
        """Whether the words around a term show that it is quoted, meant as a figure, or about a body, a thing or a leaflet."""
        near = self._cues.within(lang, hit.start - _TOPIC, hit.end + _TOPIC)
        return any(self._silenced_by(cue, hit, entry) for cue in near if cue.kind in _SILENCING)

    def may_silence(self, hits: Hits, langs: Numbers) -> Mask:
        """Where `by_context` has something to look at: for each hit, whether a cue that can silence stands near enough."""
        around, behind = hits.start - _TOPIC, self._cues.between(langs, hits.end + 1, hits.end + _FARTHEST)
        near = self._cues.between(langs, around, hits.end + _TOPIC)
        return self._cues.any_of(_AROUND, near) | self._cues.any_of(_BEHIND, behind)

    def _is_titled(self, hit: Hit) -> bool:
        """Whether a form of address stands before a term: Mme Prison, but not a family from a place."""
        before = self._data[max(0, hit.start - _LOOK_BACK) : hit.start]
        return bool(_TITLE_BEFORE.search(before)) and not _FAMILY_OF.search(before)

    def _is_body(self, hit: Hit, lang: str) -> bool:
        """Whether a term begins the name of a body; a German noun has a capital in any case."""
        end = self._folded.span(hit.start, hit.end)[1]
        return lang != "de" and bool(_BODY_AFTER.match(self._text[end : end + _BODY_REACH]))

    def _is_proper(self, hit: Hit, entry: LexiconEntry, lang: str) -> bool:
        """A common word with a capital in the middle of a sentence is a name: la Prison, De Vrijmetselaar; not so in German."""
        if lang not in _LOWER_CASE or entry.term.lstrip("*")[0].isupper():
            return False
        start, end = self._folded.span(hit.start, hit.end)
        if _NAME_BEGUN.search(self._text[max(0, start - _ARTICLE) : start]):
            return True
        if entry.category not in _COMMON_NOUNS:
            return False
        shouted = self._text[start:end].isupper() and end - start > 1
        return not shouted and bool(_WORD_BEFORE.search(self._data[max(0, hit.start - 2) : hit.start]))

    def _silenced_by(self, cue: Cue, hit: Hit, entry: LexiconEntry) -> bool:
        if cue.kind in _JOINED:
            return self._is_joined(cue, hit, entry)
        if cue.kind is Kind.MENTION:
            low, high = self._clauses.sentence(hit.start)
            return low <= cue.start and cue.end <= high
        low, high = self._clauses.clause(hit.start)
        if cue.kind is Kind.DOCUMENT:
            return low <= cue.start and cue.end <= hit.start and hit.start - cue.end <= _TITLE
        return entry.category != _HOUSING and low <= cue.start and cue.end <= high

    def _is_joined(self, cue: Cue, hit: Hit, entry: LexiconEntry) -> bool:
        """Whether nothing stands between a cue and a term but what joins them."""
        if cue.kind is Kind.FIGURE:
            return entry.category != 9 and (0 <= cue.start - hit.end <= 1 or 0 <= hit.start - cue.end <= 1)
        if cue.kind is Kind.CALLED:
            return 0 < hit.start - cue.end <= _LONGEST_NAME and bool(_QUOTED.fullmatch(self._data[cue.end : hit.start]))
        joint = _OF if cue.kind is Kind.ORGANISATION else _UP_TO_HEAD
        return cue.start > hit.end and bool(joint.match(self._data[hit.end : cue.start]))


def is_street(data: bytes, hit: Hit) -> bool:
    """Whether a capitalised hit is the name of a street: rue de l'Hôpital, Gevangenisstraat, Temple Street."""
    before = data[max(0, hit.start - _LOOK_BACK) : hit.start]
    return bool(
        data[hit.start : hit.end].endswith(_STREET_ENDINGS)
        or _STREET_BEFORE.search(before)
        or _STREET_AFTER.match(data[hit.end : hit.end + 10])
    )


def _names_room(data: bytes, hit: Hit) -> bool:
    return bool(_ROOM_BEFORE.search(data[max(0, hit.start - _LOOK_BACK) : hit.start]))
