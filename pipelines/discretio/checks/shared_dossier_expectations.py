"""Chapter E: the shared dossier, its term, its introducers and the links to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import among, any_of, words_beyond
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.agreed_terms import read_agreed_term
from discretio.domain.judgements.shared_dossier import agreed_by_all, introducers, links
from discretio.law.periods import Period


class ExpectEveryParticipantToConsentToTheTerm(FactsRule):
    """Each participant consented to the retention term before the first session, or when it joined."""

    judge: ClassVar[ModuleType | None] = agreed_by_all
    frame: ClassVar[str] = "dossier_participants"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "dossier_participants": ("dossier_key", "controller_key", "joined_at"),
        "dossiers": ("dossier_key", "kind", "agreed_term"),
        "sessions": ("dossier_key", "started_at"),
        "retention_decisions": ("dossier_key", "controller_key", "agreed_at", "term"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """The dossier's term, the moment by which to consent, and the longest term consented to."""
        rows = store.frames["dossier_participants"]
        keys = rows["dossier_key"]
        first = told_by(keys, store.frames["sessions"].groupby("dossier_key")["started_at"].min())
        pairs = pd.MultiIndex.from_frame(rows[["dossier_key", "controller_key"]])
        longest = _longest_terms(store, store.frames["retention_decisions"])
        told = longest.reindex(pairs).set_index(rows.index)
        return {
            "dossier_kind": store.looked_up(keys, "dossiers", "dossier_key", "kind"),
            "dossier_term": store.looked_up(keys, "dossiers", "dossier_key", "agreed_term"),
            "due_at": first.mask(rows["joined_at"] > first, rows["joined_at"]),
            "agreed_at": told["agreed_at"],
            "accepted_term": told["term"],
            "share": told["agreed_at"].notna().groupby(keys).transform("mean"),
        }


def _longest_terms(store: StoreView, decisions: pd.DataFrame) -> pd.DataFrame:
    """By dossier and participant the decision with the longest term; of several the earliest."""
    named = {term: read_agreed_term(term) for term in decisions["term"].dropna().unique()}
    ends = {term: read.after(store.under.as_of).toordinal() for term, read in named.items() if isinstance(read, Period)}
    ranked = decisions.assign(_end=decisions["term"].map(ends)).sort_values(["_end", "agreed_at"], ascending=[False, True])
    keys = ["dossier_key", "controller_key"]
    return ranked.dropna(subset=keys).drop_duplicates(keys).set_index(keys)[["agreed_at", "term"]]


class ExpectEveryEntryToBeIntroducedByAParticipant(FactsRule):
    """Each entry has the participant that brought it as its controller, not the host or a typist."""

    judge: ClassVar[ModuleType | None] = introducers
    frame: ClassVar[str] = "entries"
    controller: ClassVar[str | None] = "introduced_by"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("dossier_key", "introduced_by", "brought_by"),
        "entry_introducers": ("entry_key", "controller_key"),
        "dossiers": ("dossier_key", "host"),
        "dossier_participants": ("dossier_key", "controller_key"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who introduced it, and what these are to the dossier."""
        entries, others = store.frames["entries"], store.frames["entry_introducers"]
        keys = entries["entry_key"]
        dossiers = others["entry_key"].map(entries.drop_duplicates("entry_key").set_index("entry_key")["dossier_key"])
        first = entries[["entry_key", "dossier_key", "introduced_by"]].set_axis(["entry", "dossier", "by"], axis=1)
        more = pd.DataFrame({"entry": others["entry_key"], "dossier": dossiers, "by": others["controller_key"]})
        named = pd.concat([first, more], ignore_index=True).dropna(subset=["by"]).drop_duplicates()
        participants = store.frames["dossier_participants"][["dossier_key", "controller_key"]]
        outside = ~among(named[["dossier", "by"]], participants)
        untold = ~named["dossier"].isin(participants["dossier_key"])
        hosts = store.looked_up(named["dossier"], "dossiers", "dossier_key", "host")
        brought = entries.assign(introduced_by=entries["brought_by"])[["entry_key", "introduced_by"]]
        return {
            "has_introducer": keys.isin(named["entry"]).astype("boolean"),
            "all_take_part": ~any_of(keys, named["entry"], outside.mask(untold)),
            "host_among_them": any_of(keys, named["entry"], named["by"] == hosts),
            "brought_by_another": ~among(brought, named[["entry", "by"]]),
        }


class ExpectEveryLinkToPassOnlyWhatItMay(FactsRule):
    """A link between dossier systems is secured, tested, and passes what it may, for a dossier, by somebody's hand."""

    judge: ClassVar[ModuleType | None] = links
    frame: ClassVar[str] = "links"
    controller: ClassVar[str | None] = "link_source"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "links": ("link_source", "fields_allowed"),
        "transfers": (
            "link_key", "fields_passed", "by_user", "dossier_key", "person_in_dossier", "introduced_by",
            "logged_on_both_sides", "deleted_at_source", "deleted_at_target",
        ),
        "link_days": ("link_key", "sent", "received"),
    }  # fmt: skip

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Whether any of its transfers went wrong."""
        keys, passed, days = store.frames["links"]["link_key"], store.frames["transfers"], store.frames["link_days"]
        by, stays = passed["link_key"], _longest_stay(store, passed)
        allowed, source = (store.looked_up(by, "links", "link_key", name) for name in ("fields_allowed", "link_source"))
        other = (passed["introduced_by"] != source).astype("boolean").mask(passed["introduced_by"].isna() | source.isna())
        return {
            "passes_other_fields": any_of(keys, by, words_beyond(passed["fields_passed"], allowed)),
            "passes_by_itself": any_of(keys, by, passed["by_user"].isna()),
            "passes_outside_dossier": any_of(keys, by, ~passed["person_in_dossier"] | passed["dossier_key"].isna()),
            "changes_introducer": any_of(keys, by, other),
            "lacks_log": any_of(keys, by, ~passed["logged_on_both_sides"]),
            "counts_differ": any_of(keys, days["link_key"], days["sent"] != days["received"]),
            "erased_at": told_by(keys, stays["erased_at"]),
            "stood_until": told_by(keys, stays["stood_until"]),
        }


def _longest_stay(store: StoreView, passed: pd.DataFrame) -> pd.DataFrame:
    """By link, of what its source erased that which stood the longest at its target: erased_at and stood_until."""
    gone = passed.dropna(subset=["deleted_at_source"])
    until = gone["deleted_at_target"].fillna(pd.Timestamp(store.under.as_of))
    stays = pd.DataFrame({"link_key": gone["link_key"], "erased_at": gone["deleted_at_source"], "stood_until": until})
    ranked = stays.assign(_stay=until - gone["deleted_at_source"]).sort_values("_stay", kind="stable")
    return ranked.drop_duplicates("link_key", keep="last").set_index("link_key")
