"""Terms that other provisions set (bill arts 2 and 4; catalogue ART2-3-4-OTHER-TERM, A-14), for the retention rules.

An approved enactment lengthens or shortens the term of what its participant keeps himself. It never lengthens that of a shared
dossier. It shortens it for what its participant introduced; and since a dossier is erased whole, only where all who introduced
something have such a term, to the last of these. What one of them alone has to see gone earlier is taken out by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from discretio.domain.dossier_dates import DossierDates, DossierKind, Override
from discretio.domain.judgements.legal_basis.bases import ENACTED
from discretio.domain.partial_dates import day_of
from discretio.law.periods import Period

OVERRIDES = "retention_overrides"
_ORGANIC_LAW, _LAW, _DECREE = "ORGANIC_LAW", "LAW", "DECREE"
INTRODUCERS = "entry_introducers"
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class OtherTerms:
    """By participant (controller key): the terms of its own dossiers, and of what it introduces into shared ones.

    `own` has None where one can't be read, so that no end is known. In `shared` that one is left out: nothing goes earlier.
    """

    own: Mapping[str, tuple[Override, ...] | None]
    shared: Mapping[str, tuple[Override, ...]]


def other_terms(rows: Iterable[Mapping[str, Any]]) -> OtherTerms:
    """The terms that stand in rows of the frame `retention_overrides`, approved ones of enactments alone."""
    own: dict[str, tuple[Override, ...] | None] = {}
    shared: dict[str, tuple[Override, ...]] = {}
    for row in rows:
        controller = row.get("controller_key")
        if controller is None or not row.get("approved_by") or row.get("provision") not in {*ENACTED, _ORGANIC_LAW}:
            continue
        term = _term(row)
        if row.get("store_kind") != DossierKind.SHARED:
            known = own.get(controller, ())
            own[controller] = None if known is None or term is None else (*known, term)
        elif term is not None:
            shared[controller] = (*shared.get(controller, ()), term)
    return OtherTerms(own, shared)


def under_other_terms(dossier: DossierDates, owner: object, introducers: Collection[object], terms: OtherTerms) -> DossierDates:
    """The dossier with the terms that other provisions set for it; with the field missing where one can't be read.

    Args:
        dossier: its dates.
        owner: the controller whose own it is.
        introducers: every controller that introduced something into it; one of them null where that isn't known.
        terms: those that were read.
    """
    if dossier.kind == DossierKind.SHARED and introducers:
        return replace(dossier, overrides_by_introducer=tuple(terms.shared.get(str(one), ()) for one in introducers))
    if dossier.kind != DossierKind.OWN or not isinstance(owner, str) or owner not in terms.own:
        return dossier
    found = terms.own[owner]
    return replace(dossier, missing=dossier.missing | {"overrides"}) if found is None else replace(dossier, overrides=found)


def introducers_of(rows: Rows) -> Mapping[str, frozenset[object]]:
    """By dossier key, who introduced its entries; null among them where an entry doesn't say."""
    found: dict[str, set[object]] = {}
    dossier_of: dict[object, str] = {}
    for entry in rows.get("entries", ()):
        dossier_of[entry["entry_key"]] = entry["dossier_key"]
        found.setdefault(entry["dossier_key"], set()).add(entry.get("introduced_by"))
    for other in rows.get(INTRODUCERS, ()):
        if (dossier := dossier_of.get(other["entry_key"])) is not None:
            found[dossier].add(other["controller_key"])
    return {dossier: frozenset(those) for dossier, those in found.items()}


def _term(row: Mapping[str, Any]) -> Override | None:
    """One of them; None if its length, or for which dossiers it is, can't be read."""
    kind = row.get("store_kind")
    if kind not in {DossierKind.OWN, DossierKind.SHARED}:
        return None
    try:
        term = Period.parse(row.get("term") or "")
    except ValueError:
        return None
    first, last = day_of(row.get("valid_from")), day_of(row.get("valid_to"))
    instrument = _ORGANIC_LAW if kind == DossierKind.OWN else _DECREE if row.get("provision") == _DECREE else _LAW
    kinds = frozenset({str(kind)})
    return Override(term=term, instrument=instrument, is_approved=True, store_kinds=kinds, valid_from=first, valid_to=last)
