"""Chapter D, too: how long data are kept, under which term, and how they go."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.consultation_view import NEEDS_OF_BASES, bases_of
from discretio.checks.facts_rule import FactsRule
from discretio.checks.gathering import per_row
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.keeping import complete_erasure, necessity, other_term, reopened, several_bases

_REOPENED, _CLOSED = "REOPENED", "CLOSED"


class ExpectEveryDossierToBeNecessary(FactsRule):
    """A dossier is reviewed while it is open and after its closure, and goes once it isn't needed."""

    judge: ClassVar[ModuleType | None] = necessity
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "sessions": ("dossier_key", "started_at"),
        "entries": ("dossier_key", "introduced_at"),
        "necessity_reviews": ("dossier_key", "reviewed_at", "needed"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The last activity and the last review up to the day of the judgement."""
        keys, as_of = store.frames["dossiers"]["dossier_key"], pd.Timestamp(store.under.as_of)
        columns = {"sessions": "started_at", "entries": "introduced_at"}
        acts = pd.concat(
            [store.frames[name][["dossier_key", at]].set_axis(["key", "at"], axis=1) for name, at in columns.items()]
        )
        reviews = store.frames["necessity_reviews"]
        done = reviews[reviews["reviewed_at"].dt.normalize() <= as_of].sort_values("reviewed_at")
        last = done.drop_duplicates("dossier_key", keep="last").set_index("dossier_key")
        return {
            "last_activity_at": told_by(keys, acts[acts["at"].dt.normalize() <= as_of].groupby("key")["at"].max()),
            "reviewed_at": told_by(keys, last["reviewed_at"]),
            "needed": told_by(keys, last["needed"]).astype("boolean"),
        }


class ExpectEveryReopeningToBeInOrder(FactsRule):
    """A dossier is reopened in time, on a basis, for a reason, and its older entries are confirmed again."""

    judge: ClassVar[ModuleType | None] = reopened
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **NEEDS_OF_BASES,
        "dossiers": ("consultation_key",),
        "dossier_events": ("dossier_key", "kind", "at"),
        "reopenings": ("dossier_key", "at", "reason", "reconfirmed_at"),
        "sessions": ("dossier_key", "started_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The last reopening, the closure before it, and what came after it."""
        dossiers, events = store.frames["dossiers"], store.frames["dossier_events"]
        keys = dossiers["dossier_key"]
        last = told_by(keys, events[events["kind"] == _REOPENED].groupby("dossier_key")["at"].max())
        notes = (
            store.frames["reopenings"].sort_values("at").drop_duplicates("dossier_key", keep="last").set_index("dossier_key")
        )
        by_key = pd.Series(last.to_numpy(), index=keys)
        closures = events[(events["kind"] == _CLOSED) & (events["at"] <= told_by(events["dossier_key"], by_key))]
        sessions = store.frames["sessions"]
        later = sessions[sessions["started_at"] >= told_by(sessions["dossier_key"], by_key)]
        return {
            "reopened": keys.isin(events.loc[events["kind"] == _REOPENED, "dossier_key"]),
            "reopened_at": last,
            "closed_before": told_by(keys, closures.groupby("dossier_key")["at"].max()),
            "reason": told_by(keys, notes["reason"]),
            "bases": per_row(dossiers["consultation_key"], bases_of(store)),
            "reconfirmed_at": told_by(keys, notes["reconfirmed_at"]),
            "next_session_at": told_by(keys, later.groupby("dossier_key")["started_at"].min()),
        }


class ExpectEveryOtherTermToRestOnAProvision(FactsRule):
    """A term that differs rests on a provision, cited, approved and limited."""

    judge: ClassVar[ModuleType | None] = other_term
    frame: ClassVar[str] = "retention_overrides"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"retention_overrides": ("controller_key",)}


class ExpectEveryEntryToKeepABasis(FactsRule):
    """An entry goes once all the bases that it relies on are revoked."""

    judge: ClassVar[ModuleType | None] = several_bases
    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("introduced_by", "dossier_key"),
        "entry_bases": ("entry_key", "legal_basis_key"),
        "legal_bases": ("legal_basis_key", "revoked_at"),
        "necessity_reviews": ("dossier_key", "reviewed_at", "needed"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """When the last of its bases was revoked, and when a review last found the dossier necessary."""
        entries, relied = store.frames["entries"], store.frames["entry_bases"]
        revoked = pd.to_datetime(store.looked_up(relied["legal_basis_key"], "legal_bases", "legal_basis_key", "revoked_at"))
        stands = revoked.isna().groupby(relied["entry_key"]).any()
        last = revoked.groupby(relied["entry_key"]).max()
        reviews = store.frames["necessity_reviews"]
        needed = reviews[reviews["needed"].fillna(value=False).astype("bool")]
        return {
            "based": entries["entry_key"].isin(relied["entry_key"]),
            "all_revoked_at": told_by(entries["entry_key"], last.mask(stands)),
            "needed_since": told_by(entries["dossier_key"], needed.groupby("dossier_key")["reviewed_at"].max()),
        }


class ExpectEveryErasureToBeComplete(FactsRule):
    """An erasure was approved by two others, leaves nothing anywhere, and was looked for again."""

    judge: ClassVar[ModuleType | None] = complete_erasure
    frame: ClassVar[str] = "erasures"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"erasures": ("controller_key",)}
