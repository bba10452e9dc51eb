"""What no data can show and somebody confirms."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, TEXT, Column, frame

FRAMES = (
    frame(
        "attestations",
        "confirmation by a controller that it meets a rule, or that it doesn't",
        Column("attestation_key", TEXT, "the attestation"),
        Column("controller_key", TEXT, "the controller that gives it"),
        Column("rule_id", TEXT, "the rule that it is about, by its id"),
        Column("result", TEXT, "CONFIRMED or REFUSED"),
        Column("attested_by", TEXT, "id of who stands for it", names="user"),
        Column("attested_on", MOMENT, "when it was given"),
        Column("valid_until", MOMENT, "its last day; null if it holds for as long as the policy says"),
        Column("document_sha256", TEXT, "digest of the document that shows it"),
    ),
)
