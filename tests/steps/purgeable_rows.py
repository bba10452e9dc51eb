"""Sixty dossiers, six of which are due; two identities on the prosecutor's list, one of which is due with both its rows."""

from __future__ import annotations

import pandas as pd

from stores.store_rows import CONTROLLERS, key, mark, sample_rows

DOSSIERS, DUE = 60, 6
DUE_KEYS = [key(number) for number in range(DUE)]
DUE_ROWS = [f"A-{mark(number)}" for number in range(2)]

__all__ = ["CONTROLLERS", "DOSSIERS", "DUE", "DUE_KEYS", "DUE_ROWS", "key", "mark", "purgeable_rows"]


def purgeable_rows() -> dict[str, pd.DataFrame]:
    rows = sample_rows(DOSSIERS, seed=7, copies_from_others=False)
    marks = rows["entries"]["dossier_key"].str.removeprefix("D-")
    rows["entries"]["text"] = "Dans ce dossier " + marks + " nous avons noté que le patient est diabétique et qu'il se soigne."
    rows["attachments"]["text"] = "Nous avons vu la famille hier, il n'y a rien à signaler pour le moment."
    due = rows["dossiers"]["dossier_key"].isin(DUE_KEYS)
    rows["dossiers"] = rows["dossiers"].assign(
        agreed_term=due.map({True: "P1Y", False: "P20Y"}), agreed_term_start="EFFECTIVE_CLOSURE", purpose="INTEGRITY"
    )
    listed = rows["art8_rows"].head(3)
    registered = [pd.Timestamp("1990-05-01"), pd.Timestamp("2015-05-01"), pd.Timestamp("2020-05-01")]
    rows["art8_rows"] = listed.assign(identity_key=["P0", "P0", "P2"], registered_at=registered, registered_precision="DAY")
    return rows
