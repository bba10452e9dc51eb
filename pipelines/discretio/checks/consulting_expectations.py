"""Chapter A, too: who takes part in a consultation, what was promised before it, and how its sessions begin."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.consultation_view import NEEDS_OF_ATTENDANCE, consultations_of, prosecutor_present
from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import gathered, per_row
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.legal_basis import (
    commitment,
    doubt,
    listed_participants,
    reminder,
    right_to_speak,
    security_controls,
)
from discretio.domain.judgements.legal_basis.bases import AUTHORISATIONS
from discretio.domain.judgements.legal_basis.commitment import Partner
from discretio.domain.judgements.legal_basis.listed_participants import Named, Part
from discretio.domain.judgements.legal_basis.security_controls import Control
from discretio.domain.outcomes import Outcome


class ExpectEveryParticipantToBeNamedByTheBasis(FactsRule):
    """Whoever came, introduced something or was given access is named by a basis on that day."""

    judge: ClassVar[ModuleType | None] = listed_participants
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossiers": ("consultation_key",),
        "legal_bases": ("legal_basis_key", "consultation_key", "valid_from", "valid_to"),
        "basis_participants": ("legal_basis_key", "controller_key", "function", "from_at", "until_at"),
        "sessions": ("session_key", "dossier_key", "started_at"),
        "session_attendances": ("session_key", "controller_key", "function"),
        "entries": ("dossier_key", "introduced_by", "introduced_at"),
        "access_grants": ("dossier_key", "controller_key", "from_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whom the bases of its consultation name, and who took part."""
        dossiers = store.frames["dossiers"]
        columns = {"participant": "participant", "on": "at", "function": "function"}
        return {
            "consulted": dossiers["consultation_key"].notna(),
            "named": per_row(dossiers["consultation_key"], _named(store)),
            "parts": per_row(dossiers["dossier_key"], gathered(_parts(store), "dossier_key", _part, columns)),
        }

    @classmethod
    def hearers(cls, store: StoreView, outcomes: pd.DataFrame) -> pd.DataFrame | None:
        """Of a participant that isn't named its own authority hears, and no other's."""
        facts = {name: values.tolist() for name, values in cls.looked_up(store).items()}
        found = [
            (row, part.participant)
            for row in _failing(outcomes)
            for part in facts["parts"][row]
            if listed_participants.is_named(part, facts["named"][row]) is False
        ]
        return pd.DataFrame(found, columns=["row", "controller_key"])


class ExpectEveryPartnerToBeCommittedBeforeASession(FactsRule):
    """Before a session with the prosecution, each partner of its protocol has promised in writing."""

    judge: ClassVar[ModuleType | None] = commitment
    frame: ClassVar[str] = "sessions"
    columns: ClassVar[Mapping[str, str]] = {"on": "started_at"}
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_ATTENDANCE,
        "sessions": ("dossier_key",),
        "dossiers": ("dossier_key", "consultation_key"),
        "legal_bases": ("legal_basis_key", "consultation_key", "type", "valid_from", "valid_to"),
        "basis_participants": ("legal_basis_key", "controller_key", "from_at", "until_at"),
        "commitments": ("legal_basis_key", "controller_key", "signed_at", "withdrawn_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether the prosecution came, and what the partners of the protocol promised."""
        sessions, bases = store.frames["sessions"], store.frames["legal_bases"]
        consultations = consultations_of(store, sessions["dossier_key"])
        authorised = bases["type"].isin(AUTHORISATIONS).groupby(bases["consultation_key"]).any()
        return {
            "prosecutor_present": prosecutor_present(store, sessions["session_key"]),
            "by_authorisation": told_by(consultations, authorised),
            "partners": per_row(consultations, _partners(store)),
        }

    @classmethod
    def hearers(cls, store: StoreView, outcomes: pd.DataFrame) -> pd.DataFrame | None:
        """Of a partner that promised nothing its own authority hears, and no other's."""
        sessions = store.frames["sessions"]
        days = sessions["started_at"].dt.date.tolist()
        partners = per_row(consultations_of(store, sessions["dossier_key"]), _partners(store)).tolist()
        found = [
            (row, partner.participant)
            for row in _failing(outcomes)
            for partner in partners[row]
            if commitment.is_uncommitted(partner, days[row])
        ]
        return pd.DataFrame(found, columns=["row", "controller_key"])


class ExpectEverySessionToBeginWithAReminderOfSecrecy(FactsRule):
    """A session with the prosecution begins with a reminder of secrecy."""

    judge: ClassVar[ModuleType | None] = reminder
    frame: ClassVar[str] = "sessions"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_ATTENDANCE,
        "sessions": ("dossier_key", "started_at", "reminder_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether the prosecution came, and how long after the start the reminder was."""
        sessions = store.frames["sessions"]
        timed = store.looked_up(sessions["dossier_key"], "dossiers", "dossier_key", "times_known").fillna(value=False)
        started, reminded = (
            sessions[name].where(timed.astype("bool"), sessions[name].dt.normalize()) for name in ("started_at", "reminder_at")
        )
        held = started.dt.normalize() <= pd.Timestamp(store.under.as_of)
        return {
            "prosecutor_present": prosecutor_present(store, sessions["session_key"]),
            "held": held.astype("boolean").mask(started.isna()),
            "minutes": ((reminded - started).dt.total_seconds() / 60).clip(lower=0),
        }


class ExpectEveryDoubtToBePutToTheProsecutorGeneral(FactsRule):
    """A doubt of the prosecution about legality isn't closed before the prosecutor general was consulted."""

    judge: ClassVar[ModuleType | None] = doubt
    frame: ClassVar[str] = "issues"
    controller: ClassVar[str | None] = "raised_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "issues": ("raised_by",),
        "controllers": ("controller_key", "kind"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What kind of participant raised it."""
        raised = store.frames["issues"]["raised_by"]
        return {"raised_by_kind": store.looked_up(raised, "controllers", "controller_key", "kind")}


class ExpectEveryChannelToHaveItsSecurityAttested(FactsRule):
    """Each of the ten security controls is attested for whatever carries data of a consultation."""

    judge: ClassVar[ModuleType | None] = security_controls
    frame: ClassVar[str] = "channels"
    controller: ClassVar[str | None] = "host"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "channels": ("host",),
        "security_controls": ("channel_key", "control_code", "attested_at", "result"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What was attested about it."""
        columns = {"code": "control_code", "attested_at": "attested_at", "result": "result"}
        attested = gathered(store.frames["security_controls"], "channel_key", Control, columns)
        return {"controls": per_row(store.frames["channels"]["channel_key"], attested)}


class ExpectNobodyToBeObligedToSpeak(FactsRule):
    """No field obliges those bound by secrecy to share, to say why they don't, or to pay for it."""

    judge: ClassVar[ModuleType | None] = right_to_speak
    frame: ClassVar[str] = "form_fields"
    controller: ClassVar[str | None] = "host"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"form_fields": ("host",)}


def _named(store: StoreView) -> Mapping[str, tuple[Named, ...]]:
    """By consultation, whom its bases name; where a line has no bounds, those of the basis apply."""
    columns = {"participant": "controller_key", "function": "function", "from_at": "from_at", "until_at": "until_at"}
    return gathered(_lines(store), "consultation_key", Named, columns)


def _lines(store: StoreView) -> pd.DataFrame:
    """The participants that the bases name, with the consultation and the bounds of the basis where they have none."""
    bases = store.frames["legal_bases"]
    bounds = bases[["legal_basis_key", "consultation_key", "valid_from", "valid_to"]]
    lines = store.frames["basis_participants"].merge(bounds, on="legal_basis_key", how="inner")
    bounded = {"from_at": lines["from_at"].fillna(lines["valid_from"]), "until_at": lines["until_at"].fillna(lines["valid_to"])}
    return lines.assign(**bounded)


def _parts(store: StoreView) -> pd.DataFrame:
    """Who took part in which dossier, on which day and in which function."""
    sessions = store.frames["sessions"][["session_key", "dossier_key", "started_at"]]
    came = store.frames["session_attendances"].merge(sessions, on="session_key", how="inner")
    names = ["dossier_key", "participant", "at", "function"]
    entries, grants = store.frames["entries"], store.frames["access_grants"]
    told = [
        came[["dossier_key", "controller_key", "started_at", "function"]].set_axis(names, axis=1),
        entries[["dossier_key", "introduced_by", "introduced_at"]].set_axis(names[:3], axis=1),
        grants[["dossier_key", "controller_key", "from_at"]].set_axis(names[:3], axis=1),
    ]
    parts = pd.concat(told, ignore_index=True)
    return parts.assign(at=parts["at"].dt.normalize()).drop_duplicates()


def _part(participant: str | None, on: pd.Timestamp | None, function: str | None) -> Part:
    return Part(participant, None if on is None else on.date(), function)


def _partners(store: StoreView) -> Mapping[str, tuple[Partner, ...]]:
    """By consultation, the partners of its protocols and what each promised."""
    bases = store.frames["legal_bases"]
    protocols = frozenset(bases.loc[bases["type"].isin(AUTHORISATIONS), "legal_basis_key"])
    lines = _lines(store)
    lines = lines[lines["legal_basis_key"].isin(protocols)]
    promised = lines.merge(store.frames["commitments"], on=["legal_basis_key", "controller_key"], how="left")
    columns = {name: name for name in ("from_at", "until_at", "signed_at", "withdrawn_at")}
    return gathered(promised, "consultation_key", Partner, {"participant": "controller_key"} | columns)


def _failing(outcomes: pd.DataFrame) -> list[int]:
    """The numbers of the rows that failed."""
    return [row for row, outcome in enumerate(outcomes["outcome"].tolist()) if outcome == Outcome.FAIL.value]
