"""The supervisory authorities, and the routes to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from discretio.law.authorities import NO_AUTHORITY, Authority, Channel, NoAuthority, ParticipantKind, Regime
from discretio.law.special_classes import Flag
from discretio.policy_files.shapes import Each, Keyed, Record
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import IN_FOUR_LANGUAGES, choice, member

_AUTHORITY_IDS = ("apd", "coc", "vtc", "comite_r", "comite_r_p", NO_AUTHORITY)
_READERS = (*_AUTHORITY_IDS, "prosecution")
"""Who reports are written for: the authorities, and a hierarchy, to which no route leads."""


@dataclass(frozen=True, slots=True)
class AuthorityFile:
    """What one authority is called, the languages in which it is written to, the first first, and how it is told."""

    names: Mapping[str, str]
    languages: tuple[str, ...]
    channel: Channel = Channel.REPORT
    hierarchy_of: tuple[ParticipantKind, ...] = ()

    def authority(self, authority_id: str) -> Authority:
        """The authority under its id."""
        return Authority(authority_id, self.names, self.languages, self.channel, self.hierarchy_of)


def _reader(
    names: Mapping[str, str],
    languages: tuple[str, ...],
    channel: Channel = Channel.REPORT,
    hierarchy_of: tuple[ParticipantKind, ...] = (),
) -> AuthorityFile:
    if (channel is Channel.INTERNAL_NOTE) != bool(hierarchy_of):
        raise MistakeError(
            "‘hierarchy_of’ belongs to the channel INTERNAL_NOTE, and only there", "write of which kinds it is the hierarchy"
        )
    return AuthorityFile(names, languages, channel, hierarchy_of)


AUTHORITIES = Keyed(
    choice(_READERS),
    Record(
        into=_reader,
        fields={
            "names": IN_FOUR_LANGUAGES,
            "languages": Each(choice(("fr", "nl", "en", "de"))),
            "channel": member(Channel),
            "hierarchy_of": Each(member(ParticipantKind)),
        },
        optional=frozenset({"channel", "hierarchy_of"}),
    ),
)


# Through which channels one is alerted of a document that bears a mark.
ALERTS = Keyed(member(Flag), Each(choice(("security_officer", "nsa_ans", "bar", "dpo", "authority"))))


@dataclass(frozen=True, slots=True)
class Route:
    """Where a kind of participant under a regime is heard, how certain that is (H, M, L), and why where nobody is."""

    authority: str
    certainty: str
    because: NoAuthority | None = None


def _route(authority: str, certainty: str, because: NoAuthority | None = None) -> Route:
    if (authority == NO_AUTHORITY) != (because is not None):
        raise MistakeError("‘because’ belongs to the authority none, and only there", "add or remove the line ‘because:’")
    return Route(authority, certainty, because)


ROUTES = Keyed(
    member(ParticipantKind),
    Keyed(
        member(Regime),
        Record(
            into=_route,
            fields={
                "authority": choice(_AUTHORITY_IDS),
                "certainty": choice(("H", "M-H", "M", "L-M", "L")),
                "because": member(NoAuthority),
            },
            optional=frozenset({"because"}),
        ),
    ),
)
