"""Which dossiers an addition or a variant of the enrichment may befall."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from discretio.law.authorities import ParticipantKind
from discretio.stores.samples.enrichment import Controller
from discretio.stores.samples.model import Dossier

Controllers = Mapping[str, Controller]


def prosecutor_of(dossier: Dossier, controllers: Controllers) -> str | None:
    """The key of the first prosecutor's office at the table, None if there is none."""
    at_table = (controllers.get(participant.organisation) for participant in dossier.participants)
    return next((office.key for office in at_table if office and office.kind == ParticipantKind.PROSECUTOR), None)


def _authorised(dossier: Dossier, controllers: Controllers) -> bool:
    """By authorisation of a prosecutor who sits at the table, and past its first session (art. 8)."""
    by_prosecutor = dossier.basis == "prosecutor_authorisation" and dossier.dates.first_consultation is not None
    return by_prosecutor and prosecutor_of(dossier, controllers) is not None


_FITS: Mapping[str, Callable[[Dossier, Controllers], bool]] = {
    "any": lambda *_: True,
    "draft": lambda dossier, _: dossier.draft,
    "signalled": lambda dossier, _: not dossier.draft,
    "open": lambda dossier, _: not dossier.draft and not _closed(dossier),
    "closed": lambda dossier, _: _closed(dossier) and dossier.dates.reopened is None,
    "held": lambda dossier, _: dossier.held,
    "not_held": lambda dossier, _: not dossier.held and not dossier.draft,
    "prosecuted": lambda dossier, controllers: not dossier.draft and prosecutor_of(dossier, controllers) is not None,
    "authorised": _authorised,
    "two_others": lambda dossier, _: sum(person.role != "SUBJECT" for person in dossier.persons) > 1,
    "category_16": lambda dossier, _: any(16 in entry.labelled.categories for entry in dossier.entries),
}


def _closed(dossier: Dossier) -> bool:
    return dossier.dates.closed is not None


def fits(kind: str, dossier: Dossier, controllers: Controllers) -> bool:
    """Whether a dossier is of that kind."""
    return _FITS[kind](dossier, controllers)
