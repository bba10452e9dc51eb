"""What the retention rules need to know of a dossier: plain values, from a row of any store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discretio.domain.dues import DueStatus, NoClockError
from discretio.domain.holds import Hold
from discretio.domain.partial_dates import PartialDate, Span, day_of
from discretio.domain.retention_reasons import Reason
from discretio.law.periods import Period

PROVISIONS = frozenset({"LAW", "DECREE", "ORGANIC_LAW"})


class DossierKind(StrEnum):
    """Which dossier it is: the shared one (art. 3), a participant's own (art. 4), or a draft before signalling."""

    SHARED = "SHARED"
    OWN = "OWN"
    PRESIGNAL = "PRESIGNAL"


_KINDS = tuple(DossierKind)


@dataclass(frozen=True, slots=True)
class DossierEvent:
    """A closure or a reopening: CLOSED or REOPENED."""

    kind: str
    at: PartialDate


@dataclass(frozen=True, slots=True)
class EntryDates:
    """An entry of a dossier.

    `reconfirmed`, in a reopened one: found still necessary at each reopening after it was introduced (in time, P90D by
    default); None if the store can't say.
    """

    key: str
    introduced: date | None
    reconfirmed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Another provision that sets another term (art. 2 §3, 4°), covering the whole dossier.

    `instrument` is LAW, DECREE or ORGANIC_LAW; a protocol, a circular or an internal policy is no provision and counts for
    nothing. `start` is None if it runs from the closure.
    """

    term: Period
    instrument: str
    is_approved: bool
    store_kinds: frozenset[str]
    start: PartialDate | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, kind: str, as_of: date) -> bool:
        """Whether it is an approved provision in force on that day for dossiers of this kind."""
        begun = self.valid_from is None or self.valid_from <= as_of
        standing = self.valid_to is None or as_of <= self.valid_to
        return self.is_approved and self.instrument in PROVISIONS and kind in self.store_kinds and begun and standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDates:
    """The dates of one dossier.

    A value of None is a null of the store. A field that the store can't give at all is named in `missing`, and its rules are
    NOT_CHECKABLE. `holds` and `entries` are None if they couldn't be read. Events come in the order of their moments.
    `overrides` apply to the whole dossier; `overrides_by_introducer` are, of a shared one, those of each who introduced
    something.
    `not_needed_since` is the date of the latest necessity review if it found the dossier no longer needed.
    `closed_by_organiser`: whether its owner or organiser closed it, true where nobody is named, None if somebody is and the
    owner isn't known. `held_before`: whether it is the file that a participant held before the consultation, None if a store
    that records it doesn't say; false in any other.
    """

    kind: str
    status: str | None = None
    opened: PartialDate | None = None
    closed: PartialDate | None = None
    closed_by_organiser: bool | None = True
    held_before: bool | None = False
    events: tuple[DossierEvent, ...] = ()
    agreed_term: str | None = None
    agreed_term_start: str | None = None
    first_session: date | None = None
    drafted: date | None = None
    last_edit: date | None = None
    decision: str | None = None
    decision_at: date | None = None
    extension_noted: date | None = None
    not_needed_since: date | None = None
    entries: tuple[EntryDates, ...] | None = None
    overrides: tuple[Override, ...] = ()
    overrides_by_introducer: tuple[tuple[Override, ...], ...] = ()
    holds: tuple[Hold, ...] | None = None
    missing: frozenset[str] = frozenset()

    def require(self, *fields: str) -> None:
        """Make sure that the store can give these fields.

        Raises:
            NoClockError: it lacks one.
        """
        for field in fields:
            if field in self.missing:
                raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.FIELD_MISSING, field)

    def require_day(self, field: str, reason: Reason) -> date:
        """The value of a field that has to be a date.

        Raises:
            NoClockError: the store lacks the field, or holds no date in it.
        """
        self.require(field)
        day = day_of(getattr(self, field))
        if day is None:
            raise NoClockError(DueStatus.NOT_CHECKABLE, reason, field)
        return day

    def require_kind(self, *kinds: DossierKind, otherwise: Reason) -> None:
        """Make sure that the dossier is of one of these kinds.

        Raises:
            NoClockError: it is of another (N/A, for the reason given), or of none that we know (NOT_CHECKABLE).
        """
        if self.kind not in _KINDS:
            raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.KIND_UNKNOWN, "kind")
        if self.kind not in kinds:
            raise NoClockError(DueStatus.NOT_APPLICABLE, otherwise)

    def opening(self) -> Span:
        """When it was opened.

        Raises:
            NoClockError: the store can't say.
        """
        self.require("opened")
        if self.opened is None or not self.opened.is_known:
            raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.OPENING_UNKNOWN, "opened")
        return self.opened.span()
