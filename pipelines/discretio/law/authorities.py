"""Which supervisory authority hears of what (catalogue §6). The routes themselves are data in policies/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from discretio.law.special_classes import Flag

NO_AUTHORITY = "none"


class Regime(StrEnum):
    """Under which rules a participant processes: the GDPR, or title 2 or 3 of the law of 30 July 2018."""

    GDPR = "GDPR"
    T2 = "T2"
    T3 = "T3"


class NoAuthority(StrEnum):
    """Why no data-protection authority is competent for a kind of participant under a regime."""

    JURISDICTIONAL = "JURISDICTIONAL"
    CONTRADICTORY = "CONTRADICTORY"


class Channel(StrEnum):
    """How an authority is told: by the ordinary reports, or apart from them all.

    An authority told apart hears of introducers under title 3 alone, and with markings of classified markings, whoever
    introduced them. A hierarchy is no supervisory authority: a note for internal use tells it of its own, when asked for.
    """

    REPORT = "REPORT"
    SEPARATE = "SEPARATE"
    SEPARATE_WITH_MARKINGS = "SEPARATE_WITH_MARKINGS"
    INTERNAL_NOTE = "INTERNAL_NOTE"

    @property
    def is_separate(self) -> bool:
        """Whether it stands apart from the ordinary reports."""
        return self in (Channel.SEPARATE, Channel.SEPARATE_WITH_MARKINGS)


class ParticipantKind(StrEnum):
    """What a participant is, as far as routing to an authority goes."""

    FEDERAL_GDPR = "FEDERAL_GDPR"
    PRIVATE_BODY = "PRIVATE_BODY"
    FRENCH_GERMAN_BRUSSELS_BODY = "FRENCH_GERMAN_BRUSSELS_BODY"
    INTEGRATED_POLICE = "INTEGRATED_POLICE"
    PROSECUTOR = "PROSECUTOR"
    COURT = "COURT"
    CUSTOMS_CTIF = "CUSTOMS_CTIF"
    FLEMISH_BODY = "FLEMISH_BODY"
    FLEMISH_WELFARE = "FLEMISH_WELFARE"
    INTELLIGENCE = "INTELLIGENCE"
    OCAM = "OCAM"


@dataclass(frozen=True, slots=True)
class Authority:
    """A supervisory authority: its id on the command line, its names, the languages it is written to, and its channel.

    `hierarchy_of` holds the kinds of participants of which it is the hierarchy, where it is one and no authority.
    """

    id: str
    names: Mapping[str, str]
    languages: tuple[str, ...]
    channel: Channel = Channel.REPORT
    hierarchy_of: tuple[ParticipantKind, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityTable:
    """The authorities, and the route from a kind of participant (under a regime) to one of them.

    `routes` holds every combination of kind and regime; where it says NO_AUTHORITY, `unrouted` says why: an act of a court
    or of the prosecution in a judicial file (JURISDICTIONAL), or a registration that can't be right (CONTRADICTORY). `alerts`
    says through which channels it is told that a document bears a mark that bars it.
    """

    authorities: Mapping[str, Authority]
    routes: Mapping[tuple[str, str], str]
    unrouted: Mapping[tuple[str, str], NoAuthority] = field(default_factory=dict)
    alerts: Mapping[Flag, tuple[str, ...]] = field(default_factory=dict)

    def authority_for(self, kind: str, regime: str) -> str | None:
        """The id of the authority for this kind under this regime; None where no supervisory authority is competent."""
        route = self.routes.get((kind, regime))
        return None if route == NO_AUTHORITY else route

    def hears_of(self, authority: str, kind: str, regime: str) -> bool:
        """Whether a report to this one tells of participants of this kind under this regime."""
        known = self.authorities.get(authority)
        if known is not None and known.channel is Channel.INTERNAL_NOTE:
            return kind in known.hierarchy_of
        return self.authority_for(kind, regime) == authority
