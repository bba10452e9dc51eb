"""Chapter G: permanent representatives, their mandates, and what they are told and tell."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import among, any_of, with_any
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.representative import briefings, debriefs, mandates, same_rules

_PAIR = ["controller_key", "user_key"]


class ExpectEveryRepresentativeToHoldAMandate(FactsRule):
    """Who comes for a body without being named by the basis holds its mandate on that day."""

    judge: ClassVar[ModuleType | None] = mandates
    frame: ClassVar[str] = "attendees"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "attendees": ("session_key", *_PAIR),
        "sessions": ("session_key", "started_at"),
        "controllers": ("controller_key", "kind"),
        "permanent_representatives": (*_PAIR, "from_at", "until_at", "document_sha256"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """When the session was, and the mandate that is nearest to it."""
        rows = store.frames["attendees"]
        started = store.looked_up(rows["session_key"], "sessions", "session_key", "started_at")
        nearest = _nearest_mandates(rows.assign(on=started), store.frames["permanent_representatives"])
        keys = rows["attendee_key"]
        return {
            "body_kind": store.looked_up(rows["controller_key"], "controllers", "controller_key", "kind"),
            "session_at": started,
            "has_mandate": among(rows[_PAIR], store.frames["permanent_representatives"][_PAIR]),
            "mandate_from": told_by(keys, nearest["from_at"]),
            "mandate_until": told_by(keys, nearest["until_at"]),
            "mandate_document": told_by(keys, nearest["document_sha256"]),
        }


def _nearest_mandates(rows: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """By attendee the mandate that covers the session, with a document if one has; else the last that began."""
    pairs = rows[["attendee_key", "on", *_PAIR]].merge(given[[*_PAIR, "from_at", "until_at", "document_sha256"]], on=_PAIR)
    covers = pairs["from_at"].le(pairs["on"]) & ~pairs["on"].dt.normalize().gt(pairs["until_at"])
    ranked = pairs.assign(_covers=covers, _shown=pairs["document_sha256"].notna())
    ranked = ranked.sort_values(["_covers", "_shown", "from_at"], na_position="first", kind="stable")
    return ranked.drop_duplicates("attendee_key", keep="last").set_index("attendee_key")


class ExpectEveryBriefingToBeNecessary(FactsRule):
    """A representative is told before a session what it needs, and what it didn't need in the end is erased."""

    judge: ClassVar[ModuleType | None] = briefings
    frame: ClassVar[str] = "representation_exchanges"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "representation_exchanges": ("controller_key", "session_key"),
        "sessions": ("session_key", "started_at", "cancelled_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """What became of the session."""
        keys = store.frames["representation_exchanges"]["session_key"]
        return {
            "session_started_at": store.looked_up(keys, "sessions", "session_key", "started_at"),
            "session_cancelled_at": store.looked_up(keys, "sessions", "session_key", "cancelled_at"),
        }


class ExpectEveryDebriefToReachThePersonRepresentedOnly(FactsRule):
    """A representative tells the person represented, after the session, and nobody else."""

    judge: ClassVar[ModuleType | None] = debriefs
    frame: ClassVar[str] = "representation_exchanges"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "representation_exchanges": ("controller_key", "session_key", "representative_user", "to_user"),
        "sessions": ("session_key", "ended_at"),
        "permanent_representatives": (*_PAIR, "represented_user"),
        "confidentiality_duties": ("user_key",),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """When the session ended, and who was told."""
        rows = store.frames["representation_exchanges"]
        given = store.frames["permanent_representatives"][[*_PAIR, "represented_user"]]
        return {
            "session_ended_at": store.looked_up(rows["session_key"], "sessions", "session_key", "ended_at"),
            "to_represented": among(rows[["controller_key", "representative_user", "to_user"]], given),
            "has_duty": with_any(rows["to_user"], store.frames["confidentiality_duties"]["user_key"]),
        }


class ExpectEveryRepresentativeToAcknowledgeTheRules(FactsRule):
    """A representative acknowledges the rules of secrecy of who briefs him, before the first briefing."""

    judge: ClassVar[ModuleType | None] = same_rules
    frame: ClassVar[str] = "permanent_representatives"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "permanent_representatives": tuple(_PAIR),
        "representation_exchanges": ("controller_key", "representative_user", "direction", "at"),
        "representative_acks": (*_PAIR, "rule_set", "ack_at"),
        "controllers": ("controller_key", "secrecy_rule_set"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The first briefing, and the acknowledgements of the participant's rules."""
        rows, acks = store.frames["permanent_representatives"], store.frames["representative_acks"]
        told = store.frames["representation_exchanges"].rename(columns={"representative_user": "user_key"})
        told = told[told["direction"] == briefings.BRIEFING]
        current = store.looked_up(acks["controller_key"], "controllers", "controller_key", "secrecy_rule_set")
        is_current = (acks["rule_set"] == current).astype("boolean").mask(acks["rule_set"].isna() | current.isna())
        keys = pd.Series(list(rows[_PAIR].itertuples(index=False, name=None)), index=rows.index)
        by = pd.Series(list(acks[_PAIR].itertuples(index=False, name=None)), index=acks.index, dtype=object)
        return {
            "was_briefed": among(rows[_PAIR], told[_PAIR]),
            "first_briefing_at": _first(rows, told, "at"),
            "acknowledged": among(rows[_PAIR], acks[_PAIR]),
            "acknowledged_at": _first(rows, acks, "ack_at"),
            "knows_current_rules": any_of(keys, by, is_current),
        }


def _first(rows: pd.DataFrame, told: pd.DataFrame, column: str) -> pd.Series[Any]:
    """For each row the earliest moment of its participant and person."""
    first = told.groupby(_PAIR)[column].min()
    return first.reindex(pd.MultiIndex.from_frame(rows[_PAIR])).set_axis(rows.index)
