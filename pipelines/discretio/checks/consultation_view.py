"""What lies between a dossier and its bases: the consultation that it belongs to, and who took part in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from discretio.checks.gathering import gathered
from discretio.checks.store_view import StoreView, told_by
from discretio.domain.judgements.legal_basis.bases import PROSECUTOR, Basis

BASIS_COLUMNS = ("type", "issued_at", "valid_from", "valid_to", "revoked_at", "document_sha256", "reasons_present", "purposes")
NEEDS_OF_BASES: Mapping[str, tuple[str, ...]] = {"legal_bases": ("consultation_key", *BASIS_COLUMNS)}
NEEDS_OF_ATTENDANCE: Mapping[str, tuple[str, ...]] = {
    "session_attendances": ("session_key", "controller_key"),
    "controllers": ("controller_key", "kind"),
}


def bases_of(store: StoreView) -> Mapping[str, tuple[Basis, ...]]:
    """The bases of each consultation."""
    columns = {name: name for name in BASIS_COLUMNS}
    return gathered(store.frames["legal_bases"], "consultation_key", Basis, columns)


def consultations_of(store: StoreView, dossiers: pd.Series[Any]) -> pd.Series[Any]:
    """The consultation of each of these dossiers, null where none is recorded."""
    return store.looked_up(dossiers, "dossiers", "dossier_key", "consultation_key")


def prosecutor_present(store: StoreView, sessions: pd.Series[Any]) -> pd.Series[Any]:
    """Whether the public prosecution came to each session; null where the store doesn't tell who or what came."""
    attendances = store.frames["session_attendances"]
    kinds = store.looked_up(attendances["controller_key"], "controllers", "controller_key", "kind")
    came = (kinds == PROSECUTOR).groupby(attendances["session_key"]).any()
    unknown = kinds.isna().groupby(attendances["session_key"]).any()
    present = told_by(sessions, came).astype("boolean")
    return present.mask(~present.fillna(value=False) & told_by(sessions, unknown).astype("boolean").fillna(value=True))
