"""What stores and ledger tell of each controller, for the record of processing activities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from discretio.domain.processing_register import Known
from discretio.law.authorities import Regime
from discretio.ledger import locator
from discretio.ledger.content_counts import category_counts, entry_contents, flag_counts
from discretio.ledger.stores import StoreRecord
from discretio.steps.workplace import Workplace
from discretio.stores.port import DossierStore

_Sets = Mapping[Any, frozenset[Any]]


def known_in(place: Workplace, record: StoreRecord, as_of: date) -> list[Known]:
    """What is known of every controller of a store whose kind and regime it tells.

    Raises:
        StoreUnavailableError: the store can't be read.
    """
    store = place.open_store(record.name)
    controllers = _read(store, "controllers", "controller_key", "kind", "regime").dropna()
    hosts = _sets(_read(store, "host_contracts", "controller_key", "host"), "host")
    keys = {*controllers["controller_key"], *(host for found in hosts.values() for host in found)}
    ids = locator.surrogates(place.ledger, record.store_id, "controller", sorted(keys))
    facts = _dossier_facts(store, controllers) | _other_facts(store) | _scan_facts(place, record.store_id, as_of)
    assessed = _assessed(_read(store, "impact_assessments", "controller_key", "made_at", "reviewed_at"))
    listing = set(_read(store, "art8_rows", "controller_key")["controller_key"])
    authority_for = place.authorities().authority_for
    return [
        Known(
            controller_id=ids[key],
            store=record.name,
            regime=Regime(regime),
            kind=kind,
            **{name: by.get(key, by.get(ids[key], frozenset())) for name, by in facts.items()},
            authority=authority_for(kind, regime),
            hosts=frozenset(ids[host] for host in hosts.get(key, ())),
            assessed_on=assessed.get(key),
            keeps_list=key in listing,
        )
        for key, kind, regime in controllers.itertuples(index=False)
    ]


def _dossier_facts(store: DossierStore, controllers: pd.DataFrame) -> dict[str, _Sets]:
    """By the store's own key: what the dossiers are in which a controller takes part, and who is in them."""
    dossiers = _read(store, "dossiers", "dossier_key", "owner", "kind", "purpose")
    owned = dossiers[["dossier_key", "owner"]].rename(columns={"owner": "controller_key"})
    joined = pd.concat([owned, _read(store, "dossier_participants", "dossier_key", "controller_key")]).dropna()
    shares = joined.drop_duplicates().merge(dossiers[["dossier_key", "kind", "purpose"]], on="dossier_key")
    common = shares[shares["kind"] == "SHARED"][["dossier_key", "controller_key"]]
    kinds = controllers[["controller_key", "kind"]].rename(columns={"controller_key": "other"})
    others = common.rename(columns={"controller_key": "other"}).merge(kinds, on="other")
    met = common.merge(others, on="dossier_key")
    return {
        "dossier_kinds": _sets(shares, "kind"),
        "purposes": _sets(shares, "purpose"),
        "subjects": _sets(shares.merge(_read(store, "persons", "dossier_key", "role"), on="dossier_key"), "role"),
        "recipients": _sets(met[met["controller_key"] != met["other"]], "kind"),
    }


def _other_facts(store: DossierStore) -> dict[str, _Sets]:
    grounds = _read(store, "entries", "introduced_by", "legal_ground").rename(columns={"introduced_by": "controller_key"})
    grounds = grounds.dropna().drop_duplicates()
    return {
        "grounds": _sets(
            grounds.assign(legal_ground=grounds["legal_ground"].astype("str").str.split("|")).explode("legal_ground"),
            "legal_ground",
        )
    }


def _scan_facts(place: Workplace, store_id: int, as_of: date) -> dict[str, _Sets]:
    """By surrogate id: the categories and special classes that an entry declares, or in which the last scan found something."""
    threshold = place.policy_on(as_of).number("detection.threshold")
    contents, found = entry_contents(place.ledger, threshold, store_id), {}
    for name, code, counts in (("categories", "category", category_counts), ("flags", "flag", flag_counts)):
        numbers = counts(contents).rename(columns={"controller_id": "controller_key"})
        found[name] = _sets(numbers[numbers[["declared", "detected"]].fillna(0).gt(0).any(axis=1)], code)
    return found


def _read(store: DossierStore, frame: str, *columns: str) -> pd.DataFrame:
    """These columns of a frame; those that the store lacks are empty."""
    if frame not in store.frames():
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    return store.read(frame, columns=columns).reindex(columns=list(columns))


def _sets(rows: pd.DataFrame, column: str) -> _Sets:
    """By controller the values of a column."""
    pairs = rows[["controller_key", column]].dropna().drop_duplicates()
    return {key: frozenset(values) for key, values in pairs.groupby("controller_key")[column]}


def _assessed(assessments: pd.DataFrame) -> dict[Any, date]:
    """By controller the last day on which an impact assessment was made or reviewed."""
    days = assessments.melt(id_vars="controller_key", value_name="on").dropna()
    return {key: pd.Timestamp(moments.max()).date() for key, moments in days.groupby("controller_key")["on"]}
