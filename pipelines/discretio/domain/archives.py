"""Whether public records may be destroyed: the archives permit it per series, or a published list covers it (archives law)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from discretio.domain.dossier_dates import DossierKind
from discretio.domain.dues import Due
from discretio.domain.retention_reasons import Reason
from discretio.law.policy import ResolvedPolicy

SERIES = tuple(kind.value for kind in DossierKind)
"""The records of one body fall into series by the kind of their dossier. The art. 8 list is erased without transfer."""

Series = tuple[str, str]
"""A controller (surrogate id) and one of SERIES."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """One word of the archives about a series; `withdrawn` takes it back."""

    controller_id: str
    series: str
    day: date
    withdrawn: bool = False


def cleared_series(clearances: Iterable[Clearance]) -> frozenset[Series]:
    """The series that may be destroyed after these words of the archives, the first one first."""
    standing: dict[Series, bool] = {}
    for one in clearances:
        standing[one.controller_id, one.series] = not one.withdrawn
    return frozenset(series for series, stands in standing.items() if stands)


def needs_clearance(body_kind: str | None, policy: ResolvedPolicy) -> bool:
    """Whether a controller of that kind destroys only with permission: one of unknown kind does, and in doubt each does."""
    bodies = policy.values.get("archives.bodies")
    return body_kind is None or not isinstance(bodies, tuple) or body_kind in bodies


def uncleared(
    kinds: Mapping[str, str | None], concerned: Mapping[str, Collection[str]], cleared: Collection[Series]
) -> dict[str, frozenset[Series]]:
    """The dossiers that wait for the archives, each with the series that it waits for.

    Args:
        kinds: the kind of each dossier, by key.
        concerned: the public bodies among the controllers of each dossier.
        cleared: the series that may be destroyed.
    """
    waiting = {
        key: frozenset((body, str(kinds.get(key))) for body in bodies) - frozenset(cleared) for key, bodies in concerned.items()
    }
    return {key: series for key, series in waiting.items() if series}


def waits_too_long(due: Due, policy: ResolvedPolicy, as_of: date) -> bool:
    """Whether something has waited for the archives longer than it may: waiting must not turn into keeping.

    Raises:
        KeyError: the policy doesn't set `archives.wait`.
    """
    if due.reason is not Reason.AWAITING_ARCHIVES or due.last_lawful_day is None:
        return False
    return policy.period("archives.wait").after(due.last_lawful_day) < as_of
