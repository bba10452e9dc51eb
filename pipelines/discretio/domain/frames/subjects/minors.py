"""Minors, and what is found about them (chapter J)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, TEXT, TRUTH, Column

COLUMNS = {
    "persons": (Column("birth_date", MOMENT, "day of birth, null if unknown", content=True, judged=True),),
    "entries": (
        Column("person_key", TEXT, "the person that it is about"),
        Column("childhood_words", TRUTH, "whether words of school or childhood were found in it"),
    ),
    "recorded_findings": (
        Column("entry_key", TEXT, "the entry that it is about, null if none"),
        Column("found_at", MOMENT, "when it was found"),
        Column("severity_raised", TRUTH, "whether it counts one step graver than its rule says"),
        Column("reviewed_at", MOMENT, "when somebody looked at it, null if nobody did"),
    ),
}
