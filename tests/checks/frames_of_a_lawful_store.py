"""A small store in which all ten rules pass, frame by frame; tests break one thing at a time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from discretio.domain.frames import ENTRY_FINDINGS, KNOWN_FRAMES
from discretio.law.special_classes import Flag, categories_mask, flags_mask

REASON_FOR_16 = "Needed to plan the escort to the hearing, which no other category covers."
ROWS: dict[str, list[dict[str, Any]]] = {
    "dossiers": [
        {
            "dossier_key": "d1", "kind": "SHARED", "status": "OPEN", "owner": "c1", "opened_at": "2025-01-06",
            "agreed_term": "P5Y", "agreed_term_decided_at": "2025-01-10", "agreed_term_start": "EFFECTIVE_CLOSURE",
            "times_known": False,
        }
    ],
    "sessions": [{"session_key": "s1", "dossier_key": "d1", "started_at": "2025-01-20"}],
    "persons": [
        {"person_key": "p1", "dossier_key": "d1", "role": "SUBJECT"},
        {"person_key": "p2", "dossier_key": "d1", "role": "RELATION", "linked_to": "p1"},
    ],
    "entries": [
        {
            "entry_key": f"e{number}", "dossier_key": "d1", "introduced_by": "c2", "introduced_at": "2025-01-21",
            "categories": categories_mask([1, 10]), "special_declared": flags_mask([Flag.HEALTH]),
        }
        for number in range(1, 20)
    ]
    + [
        {
            "entry_key": "e20", "dossier_key": "d1", "introduced_by": "c2", "introduced_at": "2025-01-21",
            "categories": categories_mask([16]), "special_declared": 0, "cat16_justification": REASON_FOR_16,
            "cat16_justified_at": "2025-01-22",
        }
    ],
    "entry_findings": [
        {
            "entry_key": f"e{number}", "detected_categories": categories_mask([10]), "examined": True,
            "detected_flags": flags_mask([Flag.HEALTH]),
        }
        for number in range(1, 20)
    ]
    + [{"entry_key": "e20", "detected_categories": 0, "detected_flags": 0, "examined": True}],
    "entry_introducers": [],
    "own_copies": [{"copy_key": "o1", "dossier_key": "d1", "entry_key": "e1", "holder": "c3", "copied_at": "2025-02-01"}],
    "agreements": [
        {"agreement_key": "a1", "entry_key": "e1", "giver": "c2", "receiver": "c3", "given_at": "2025-02-01", "categories": 0}
    ],
    "holds": [
        {
            "hold_key": "h1", "dossier_key": "d1", "kind": "LITIGATION", "reason": "claim pending", "from_at": "2026-01-05",
            "review_at": "2027-01-04", "requested_by": "u1", "approved_by": "u2",
        }
    ],
    "rights_requests": [
        {
            "request_key": "r1", "dossier_key": "d1", "addressed_to": "c4", "request_date": "2026-10-01",
            "replied_at": "2026-10-20",
        }
    ],
}  # fmt: skip
SCHEMAS = KNOWN_FRAMES | {"entry_findings": ENTRY_FINDINGS}


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with every column and dtype of its schema."""
    schema = SCHEMAS[name]
    table = pd.DataFrame(rows, columns=list(schema.column_names))
    return table.astype({column.name: column.dtype for column in schema.columns})


def lawful_frames() -> dict[str, pd.DataFrame]:
    """All frames of the lawful store."""
    return {name: frame(name, rows) for name, rows in ROWS.items()}
