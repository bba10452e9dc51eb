"""What the pipeline records of itself: its purges with their approvals, and its findings with their policy."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, TEXT, TRUTH, Column, frame

FRAMES = (
    frame(
        "purges",
        "run that erased, or only tried to",
        Column("purge_key", TEXT, "the run"),
        Column("controller_key", TEXT, "the controller whose data it was about"),
        Column("dry_run", TRUTH, "whether it only tried"),
        Column("executed_at", MOMENT, "when it ran"),
        Column("logical_day", MOMENT, "the day for which it ran"),
        Column("list_sha256", TEXT, "digest of the list that it erased"),
        Column("hold_active", TRUTH, "whether a hold stood on something that it took"),
        Column("policy_unchanged", TRUTH, "whether the policy was the one that was approved"),
    ),
    frame(
        "purge_approvals",
        "approval of a purge",
        Column("purge_approval_row", TEXT, "the row"),
        Column("purge_key", TEXT, "the run"),
        Column("user_key", TEXT, "who approved"),
        Column("role", TEXT, "ADMIN, DPO or CONTROLLER"),
        Column("at", MOMENT, "when"),
        Column("list_sha256", TEXT, "digest of the list that was approved"),
    ),
    frame(
        "recorded_findings",
        "finding, as the ledger keeps it",
        Column("finding_key", TEXT, "the finding"),
        Column("controller_key", TEXT, "the controller whose data it is about"),
        Column("policy_set", TEXT, "the policy set under which it was made"),
        Column("policy_version", TEXT, "its version"),
        Column("policy_status", TEXT, "LAW, DECREE, BILL, CIRCULAR or DEFAULT"),
        Column("labelled_anticipatory", TRUTH, "whether it is labelled as made in anticipation"),
        Column("led_to_deletion", TRUTH, "whether something was deleted on its strength"),
        Column("adopted_by", TEXT, "id of the office that adopted the policy, null if nobody did", names="user"),
        Column("adopted_at", MOMENT, "when, null if nobody did"),
        Column("keyed_at", MOMENT, "when its reference was last made with a new key"),
        Column("closed_at", MOMENT, "when it was closed, null if it is open"),
        Column("key_dropped_at", MOMENT, "when its reference was dropped, null if it stands"),
    ),
)
