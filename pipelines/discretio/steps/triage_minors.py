"""Which dossiers hold a minor, as far as a store tells."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from discretio.law.policy import ResolvedPolicy

_IN_ROLE = "PROFESSIONAL"


def minors_by_dossier(frames: Mapping[str, pd.DataFrame], policy: ResolvedPolicy) -> dict[str, bool | None]:
    """By dossier (surrogate): a minor is among its persons, none is, or (None) nobody can tell.

    Args:
        frames: frames of the store, with surrogates.
        policy: says until which age one is a minor, and which day it is.
    """
    persons = frames.get("persons")
    if persons is None or not {"birth_date", "dossier_key"} <= set(persons.columns) or "minor.until" not in policy.values:
        return {}
    ours = persons[persons["role"].ne(_IN_ROLE).fillna(value=True)] if "role" in persons else persons
    until = policy.period("minor.until")
    of_age = ours["birth_date"] + pd.DateOffset(months=until.months, days=until.days)
    minor = (of_age > pd.Timestamp(policy.as_of)).astype("boolean").mask(ours["birth_date"].isna())
    by_dossier = minor.groupby(ours["dossier_key"])
    some, known = by_dossier.any(), by_dossier.count() == by_dossier.size()
    return {str(dossier): True if some[dossier] else (False if known[dossier] else None) for dossier in some.index}
