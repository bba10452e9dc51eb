"""What the ledger knows of itself, as rules ask for it: numbers that a scan found, findings under their policy, purges."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import func, select

from discretio.domain.detections import Evidence
from discretio.domain.frames import NUMBER, TEXT
from discretio.ledger.connection import Ledger
from discretio.ledger.purge_tables import plan_item_controllers, plan_items, purge_intents
from discretio.ledger.rows import frame_of
from discretio.ledger.scan_tables import examined, findings, runs

NATIONAL_NUMBER = "BE_NATIONAL_NUMBER"


def numbers_found(ledger: Ledger, store_id: int) -> pd.DataFrame:
    """entry_key, valid_numbers: per entry that a scan met, how many national numbers with a valid checksum are in its texts."""
    proved = (findings.c.type == NATIONAL_NUMBER) & (findings.c.evidence == Evidence.CHECKSUM.value)
    entries = select(examined.c.entry_id).where(examined.c.store_id == store_id, examined.c.entry_id.is_not(None)).distinct()
    query = (
        select(findings.c.entry_id, func.count()).where(findings.c.store_id == store_id, proved).group_by(findings.c.entry_id)
    )
    with ledger.reading() as connection:
        met = frame_of(connection, entries, {"entry_key": TEXT})
        found = frame_of(connection, query, {"entry_key": TEXT, "valid_numbers": NUMBER})
    return met.merge(found, on="entry_key", how="left").fillna({"valid_numbers": 0}).astype({"valid_numbers": NUMBER})


def findings_by_policy(ledger: Ledger, store_id: int) -> pd.DataFrame:
    """run_id, controller_key, their policy, made_at: the findings that stand, by the run that made them and the controller."""
    named = (findings.c.run_id, findings.c.controller_id, runs.c.policy_set_id, runs.c.policy_version, runs.c.policy_sha256)
    query = select(*named, func.min(runs.c.started_at)).join_from(findings, runs, runs.c.run_id == findings.c.run_id)
    dtypes = dict.fromkeys(("run_id", "controller_key", "policy_set", "policy_version", "policy_sha256"), TEXT)
    with ledger.reading() as connection:
        return frame_of(
            connection, query.where(findings.c.store_id == store_id).group_by(*named), dtypes | {"made_at": "object"}
        )


def purged(ledger: Ledger, plan_id: str) -> pd.DataFrame:
    """controller_key, executed_at: whose data a plan touched, and when the first of it was done; empty if nothing was."""
    same = (plan_items.c.plan_id == plan_item_controllers.c.plan_id) & (plan_items.c.item_id == plan_item_controllers.c.item_id)
    done = (purge_intents.c.plan_id == plan_items.c.plan_id) & (purge_intents.c.item_id == plan_items.c.item_id)
    query = select(plan_item_controllers.c.controller_id, func.min(purge_intents.c.done_at))
    query = query.join_from(plan_items, plan_item_controllers, same).join(purge_intents, done)
    query = query.where(plan_items.c.plan_id == plan_id, purge_intents.c.done_at.is_not(None))
    with ledger.reading() as connection:
        grouped = query.group_by(plan_item_controllers.c.controller_id)
        return frame_of(connection, grouped, {"controller_key": TEXT, "executed_at": "object"})
