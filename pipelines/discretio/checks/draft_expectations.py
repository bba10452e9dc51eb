"""Chapter D: who sees a draft before it is signalled, who takes part in a case, and where its data are."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.keeping import expertise, partition, signalling, two_stores

PRESIGNAL = "PRESIGNAL"
_ADMIN = "ADMIN"
_FEWEST_NOTES = 5
_DRAFTS: Mapping[str, tuple[str, ...]] = {
    "dossiers": ("kind", "owner", "signalled_at"),
    "access_log": ("dossier_key", "controller_key", "at", "action"),
}


class ExpectEveryDraftToBePartitioned(FactsRule):
    """Before it is signalled, a draft is seen by its owner and by those with whom it shares it, saying why."""

    judge: ClassVar[ModuleType | None] = partition
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **_DRAFTS,
        "dossier_shares": ("dossier_key", "controller_key", "reason"),
        "access_grants": ("dossier_key", "controller_key", "from_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether somebody outside had access, or looked."""
        dossiers = store.frames["dossiers"]
        drafted, log = _drafted(dossiers), store.frames["access_log"]
        grants = store.frames["access_grants"].rename(columns={"from_at": "at"})
        reads = log[log["action"] != _ADMIN]
        return {
            "drafted": drafted,
            "owned": dossiers["owner"].notna(),
            "outsider_granted": dossiers["dossier_key"].isin(_outside(store, grants)),
            "outsider_read": dossiers["dossier_key"].isin(_outside(store, reads)),
        }


class ExpectEveryDraftToBeSignalledAsNeeded(FactsRule):
    """The organiser sees a draft once it is signalled, with a reason and with entries that somebody chose."""

    judge: ClassVar[ModuleType | None] = signalling
    frame: ClassVar[str] = "dossiers"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **_DRAFTS,
        "dossiers": ("kind", "owner", "signalled_at", "consultation_key"),
        "signallings": ("dossier_key", "at", "necessity_note", "selection"),
        "consultations": ("consultation_key", "organiser"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The first signalling, and whether the organiser looked before it."""
        dossiers, keys = store.frames["dossiers"], store.frames["dossiers"]["dossier_key"]
        first = store.frames["signallings"].sort_values("at").drop_duplicates("dossier_key").set_index("dossier_key")
        return {
            "drafted": _drafted(dossiers),
            "signalled": keys.isin(first.index),
            "necessity_note": told_by(keys, first["necessity_note"]),
            "selection": told_by(keys, first["selection"]),
            "seen_before": keys.isin(_seen_by_organiser(store, first["at"])),
        }


class ExpectEveryParticipantToContribute(FactsRule):
    """Whoever takes part in a case can contribute to it, by a note of its own that is confirmed each year."""

    judge: ClassVar[ModuleType | None] = expertise
    frame: ClassVar[str] = "dossier_participants"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossier_participants": ("dossier_key", "controller_key", "from_at"),
        "access_log": ("dossier_key", "controller_key", "at", "action"),
        "entries": ("dossier_key", "introduced_by", "introduced_at"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """When it first and last read or wrote, and how often its note is the same."""
        parts = store.frames["dossier_participants"]
        log, entries = store.frames["access_log"], store.frames["entries"]
        names = ["dossier_key", "controller_key", "at"]
        reads = log.loc[log["action"] != _ADMIN, names]
        acts = pd.concat([reads, entries[["dossier_key", "introduced_by", "introduced_at"]].set_axis(names, axis=1)])
        first, last = _per_part(parts, reads).min(), _per_part(parts, acts).max()
        noted, since = parts["contribution_noted_at"], pd.to_datetime(parts["from_at"])
        idle_since = _idle_since(store)
        active = last.to_numpy() >= idle_since
        return {
            "read_before": pd.Series(first.to_numpy() < noted.to_numpy(), index=parts.index),
            "idle": pd.Series(~active & (since < idle_since).to_numpy(), index=parts.index).mask(since.isna() & ~active),
            "same_note_share": _same_note_share(parts),
        }


class ExpectDataToBeInDossiersOnly(FactsRule):
    """Data of a consultation are in a shared dossier or in an own one, and nowhere else."""

    judge: ClassVar[ModuleType | None] = two_stores
    frame: ClassVar[str] = "locations"
    controller: ClassVar[str | None] = "holder"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"locations": ("holder",)}


def _drafted(dossiers: pd.DataFrame) -> pd.Series[Any]:
    """Whether each is a draft, or was one until it was signalled; null where the store doesn't tell its kind."""
    drafted = (dossiers["kind"] == PRESIGNAL) | dossiers["signalled_at"].notna()
    return drafted.astype("boolean").mask(dossiers["kind"].isna() & dossiers["signalled_at"].isna())


def _outside(store: StoreView, uses: pd.DataFrame) -> pd.Series[Any]:
    """The dossiers that somebody used before they were signalled who is neither owner nor named by a share with its reason."""
    used = uses[["dossier_key", "controller_key", "at"]].merge(
        store.frames["dossiers"][["dossier_key", "owner", "signalled_at"]], on="dossier_key", how="inner"
    )
    early = used["signalled_at"].isna() | used["at"].isna() | (used["at"] < used["signalled_at"])
    shares = store.frames["dossier_shares"]
    told = shares[shares["reason"].fillna("").str.strip() != ""]
    chosen = pd.MultiIndex.from_frame(told[["dossier_key", "controller_key"]])
    inside = pd.MultiIndex.from_frame(used[["dossier_key", "controller_key"]]).isin(chosen)
    return used.loc[early & ~inside & (used["controller_key"] != used["owner"]), "dossier_key"]


def _seen_by_organiser(store: StoreView, signalled: pd.Series[Any]) -> pd.Series[Any]:
    """The dossiers of which the organiser saw the content without, or before, a signalling."""
    log, dossiers = store.frames["access_log"], store.frames["dossiers"]
    consultation = store.looked_up(log["dossier_key"], "dossiers", "dossier_key", "consultation_key")
    organiser = store.looked_up(consultation, "consultations", "consultation_key", "organiser")
    owner = told_by(log["dossier_key"], dossiers.set_index("dossier_key")["owner"])
    at = told_by(log["dossier_key"], signalled)
    early = at.isna() | (log["at"] < at)
    theirs = (log["controller_key"] == organiser) & (log["controller_key"] != owner) & (log["action"] != _ADMIN)
    return log.loc[early & theirs, "dossier_key"]


def _per_part(parts: pd.DataFrame, acts: pd.DataFrame) -> Any:  # noqa: ANN401 - pandas' own kind of grouping
    """The moments of the acts of each part, grouped by its row, in the order of the rows."""
    rows = parts[["dossier_key", "controller_key"]].assign(row=range(len(parts)))
    return rows.merge(acts, on=["dossier_key", "controller_key"], how="left").groupby("row")["at"]


def _idle_since(store: StoreView) -> pd.Timestamp:
    """The day before which nothing counts as activity; long ago where nobody set the term, which the judge then asks for."""
    if "expertise.idle_after" not in store.under.policy.values:
        return pd.Timestamp.min
    return pd.Timestamp(store.under.policy.period("expertise.idle_after").before(store.under.as_of))


def _same_note_share(parts: pd.DataFrame) -> pd.Series[Any]:
    """In which share of a participant's dossiers its note is the same as here; null for participants with few dossiers."""
    by_participant = parts.groupby("controller_key")["contribution_note"]
    alike = parts.groupby(["controller_key", "contribution_note"])["contribution_note"].transform("size")
    many = by_participant.transform("size")
    return (alike / many).where(many >= _FEWEST_NOTES)
