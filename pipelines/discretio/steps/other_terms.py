"""Terms that other provisions set for a participant's own dossiers (bill art. 4; catalogue A-14), for the retention rules.

An approved enactment lengthens or shortens the term of what its participant keeps himself. For the shared dossier only a
shorter one could count, and whose word that is, of several, no register says: none is read, so that nothing goes earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from discretio.domain.dossier_dates import DossierDates, DossierKind, Override
from discretio.domain.judgements.legal_basis.bases import ENACTED
from discretio.domain.partial_dates import day_of
from discretio.law.periods import Period

OVERRIDES = "retention_overrides"
_ORGANIC_LAW = "ORGANIC_LAW"
Terms = Mapping[str, tuple[Override, ...] | None]
"""By participant (controller key): the terms of its own dossiers; None if one can't be read, so that no end is known."""


def other_terms(rows: Iterable[Mapping[str, Any]]) -> Terms:
    """The terms that stand in rows of the frame `retention_overrides`, approved ones of enactments alone."""
    found: dict[str, tuple[Override, ...] | None] = {}
    for row in rows:
        controller = row.get("controller_key")
        if controller is None or row.get("store_kind") == DossierKind.SHARED or not row.get("approved_by"):
            continue
        if row.get("provision") in {*ENACTED, _ORGANIC_LAW}:
            known, term = found.get(controller, ()), _term(row)
            found[controller] = None if known is None or term is None else (*known, term)
    return found


def under_other_terms(dossier: DossierDates, owner: object, terms: Terms) -> DossierDates:
    """The dossier with the terms of its owner, if it is his own; with the field missing where one of them can't be read."""
    if dossier.kind != DossierKind.OWN or not isinstance(owner, str) or owner not in terms:
        return dossier
    found = terms[owner]
    return replace(dossier, missing=dossier.missing | {"overrides"}) if found is None else replace(dossier, overrides=found)


def _term(row: Mapping[str, Any]) -> Override | None:
    """One of them; None if its length, or for which dossiers it is, can't be read."""
    if row.get("store_kind") != DossierKind.OWN:
        return None
    try:
        term = Period.parse(row.get("term") or "")
    except ValueError:
        return None
    first, last = day_of(row.get("valid_from")), day_of(row.get("valid_to"))
    kinds = frozenset({DossierKind.OWN.value})
    return Override(term=term, instrument=_ORGANIC_LAW, is_approved=True, store_kinds=kinds, valid_from=first, valid_to=last)
