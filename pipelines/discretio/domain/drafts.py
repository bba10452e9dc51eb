"""Drafts that were never signalled (ART2-3-1-PRESIGNAL-STALE)."""

from __future__ import annotations

from datetime import date

from discretio.domain.dossier_dates import DossierDates, DossierKind
from discretio.domain.dues import PRESIGNAL_STALE, DueStatus, NoClockError
from discretio.domain.parameters import choice_of, term_of
from discretio.domain.partial_dates import Span, day_of
from discretio.domain.retention_reasons import Reason
from discretio.domain.terms import Clock, Mode, last_lawful_day
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy


def draft_clock(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> Clock:
    """The term of a draft: from the refusal to signal, else from its first day, once extended if that was noted in time.

    Raises:
        NoClockError: it is no draft, it was signalled, or a date or parameter is missing.
    """
    dossier.require_kind(DossierKind.PRESIGNAL, otherwise=Reason.NOT_A_DRAFT)
    dossier.require("decision")
    if dossier.decision == "SIGNALLED":
        raise NoClockError(DueStatus.NOT_APPLICABLE, Reason.SIGNALLED)
    mode = choice_of(policy, "retention.mode", Mode)
    if dossier.decision == "NOT_SIGNALLED":
        decided = dossier.require_day("decision_at", Reason.DECISION_DATE_UNKNOWN)
        term = term_of(policy, "presignal.refused_term")
        return Clock(
            rule_id=PRESIGNAL_STALE,
            start=Span(decided, decided),
            term=term,
            mode=mode,
            propose_from=decided,
            source="presignal.refused_term",
        )
    if dossier.decision == "PENDING":
        return _pending(dossier, policy, as_of)
    raise NoClockError(DueStatus.NOT_CHECKABLE, Reason.DECISION_UNKNOWN, "decision")


def _pending(dossier: DossierDates, policy: ResolvedPolicy, as_of: date) -> Clock:
    drafted = dossier.require_day("drafted", Reason.DRAFT_DATE_UNKNOWN)
    edited = day_of(dossier.last_edit) or drafted
    mode = choice_of(policy, "retention.mode", Mode)
    term = term_of(policy, "presignal.draft_term")
    end = last_lawful_day(drafted, term, mode)
    return Clock(
        rule_id=PRESIGNAL_STALE,
        start=Span(drafted, drafted),
        term=term,
        mode=mode,
        extension=_extension(dossier, policy, min(end, as_of)),
        propose_from=term_of(policy, "presignal.review_term").after(edited),
        source="presignal.draft_term",
    )


def _extension(dossier: DossierDates, policy: ResolvedPolicy, latest: date) -> Period | None:
    """The extension, if its note dates from before the end of the term (a later one revives nothing) and isn't yet to come."""
    noted = day_of(dossier.extension_noted)
    if noted is None or noted > latest:
        return None
    return term_of(policy, "presignal.extension")
