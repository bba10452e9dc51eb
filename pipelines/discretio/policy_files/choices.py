"""Rules, policy sets and their adoption: which instruments apply together, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from discretio.domain.frames import KNOWN_FRAMES
from discretio.law.policy import Adoption, Reference, Status
from discretio.law.rules import Action, Routing, Severity
from discretio.policy_files.shapes import Each, Keyed, OrNothing, Record
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import DAY, IN_FOUR_LANGUAGES, LINE, NAME, REFERENCE, choice, member


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument that grounds a rule, with the force that the rule has through it."""

    instrument: str
    force: Status
    reference: Reference


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule as its file tells it; a policy set holds it if one of its sources is an instrument of that set.

    `attestation` says why no data can show it, so that somebody has to attest it; None for a rule that data can show.
    """

    id: str
    titles: Mapping[str, str]
    severity: Severity
    scope_kind: str
    does: tuple[Action, ...]
    routing: Routing
    parameters: tuple[str, ...]
    sources: tuple[Source, ...]
    attestation: Mapping[str, str] | None = None
    heard_too: tuple[Routing, ...] = ()


# What an outcome can be about: a row of any frame that a store may deliver.
SCOPES = sorted({frame.scope for frame in KNOWN_FRAMES.values() if frame.scope})
RULE = Record(
    into=RuleFile,
    fields={
        "id": LINE,
        "titles": IN_FOUR_LANGUAGES,
        "severity": member(Severity),
        "scope_kind": choice(SCOPES),
        "does": Each(member(Action)),
        "routing": member(Routing),
        "parameters": Each(NAME),
        "sources": Each(Record(into=Source, fields={"instrument": LINE, "force": member(Status), "reference": REFERENCE})),
        "attestation": IN_FOUR_LANGUAGES,
        "heard_too": Each(member(Routing)),
    },
    optional=frozenset({"attestation", "heard_too"}),
)


# The ids of all obligations, by the name of their chapter in the code.
CATALOGUE = Keyed(LINE, Each(LINE))


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Which instruments apply together; the first leads, and where two set the same parameter, the earlier wins."""

    id: str
    titles: Mapping[str, str]
    instruments: tuple[str, ...]


POLICY_SET = Record(into=PolicySet, fields={"id": LINE, "titles": IN_FOUR_LANGUAGES, "instruments": Each(LINE)})


@dataclass(frozen=True, slots=True)
class AdoptionChoice:
    """What the controller decided about one policy set; no adoption, as long as both keys say null."""

    adoption: Adoption | None


def _adoption(adopted_by: str | None, adopted_at: date | None) -> AdoptionChoice:
    if adopted_by is not None and adopted_at is not None:
        return AdoptionChoice(Adoption(adopted_by, adopted_at))
    if adopted_by is None and adopted_at is None:
        return AdoptionChoice(None)
    raise MistakeError("an adoption names both who decided it and when", "fill in adopted_by and adopted_at, or null in both")


ADOPTION = Keyed(LINE, Record(into=_adoption, fields={"adopted_by": OrNothing(LINE), "adopted_at": OrNothing(DAY)}))
