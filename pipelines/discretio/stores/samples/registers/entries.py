"""What is recorded of each entry: regime, grounds, mission, source, origin, and whether it is bound by secrecy."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import CRIMINAL, World

_TITLE_2 = "T2"
_SAID_OF_EACH = {
    "statement": "FACT", "childhood_words": False, "law_citation": "the organic law of the introducer, art. 3",
    "necessity_note": "decides which measure fits", "strict_necessity": True, "provenance": "ALREADY_HELD",
    "mission_ref": "assistance", "from_police_report": False, "channel_kind": "STORE", "about_client": False,
    "is_official_letter": False, "is_confidence": False,
}  # fmt: skip


def fill(world: World) -> None:
    """Give every entry what its introducer would record, in order."""
    entries = world.frames["entries"]
    competent = world.told(entries["introduced_by"], "controllers", "regime") == _TITLE_2
    kind = world.told(entries["introduced_by"], "controllers", "kind")
    world.set("entries", **_SAID_OF_EACH)
    _grounds(world, competent)
    _origin(world, competent)
    world.set("attachments", pages=2, is_extract=True, doc_type="LETTER")
    _rare(world, competent, kind)
    world.add("report_overlaps", entries[["entry_key"]].assign(percent=0, characters=0))


def _grounds(world: World, competent: pd.Series[bool]) -> None:
    """Under which regime and ground it is processed, to what end, and about whom."""
    entries = world.frames["entries"]
    subjects = world.frames["persons"].query("role == 'SUBJECT'").drop_duplicates("dossier_key").set_index("dossier_key")
    purpose = world.told(entries["dossier_key"], "dossiers", "purpose")
    world.set(
        "entries",
        regime=world.told(entries["introduced_by"], "controllers", "regime"),
        legal_ground=pd.Series("GDPR-6-1-E|GDPR-9-2-G|GDPR-10|L10", index=entries.index).mask(competent, "L33|L34"),
        purpose=purpose,
        person_key=entries["dossier_key"].map(subjects["person_key"]),
        offence_tags=pd.Series("", index=entries.index).mask(purpose == "INTEGRITY", "VIOLENCE"),
        crime_tags="",
    )


def _origin(world: World, competent: pd.Series[bool]) -> None:
    """Whose it is, since when, and what else is known of criminal data."""
    entries = world.frames["entries"]
    criminal = entries["categories"] & CRIMINAL > 0
    world.set(
        "entries",
        typed_by=entries["introduced_by"] + "-user-1",
        source_of=entries["introduced_by"],
        source_date=world.told(entries["dossier_key"], "dossiers", "opened_at") - pd.Timedelta(days=30),
        prosecution_outcome=pd.Series("PENDING", index=entries.index).where(criminal),
        outcome_checked_at=pd.Series(world.days_ago(25), index=entries.index).where(criminal),
        judicial_origin=pd.Series("NONE", index=entries.index).mask(criminal, "FILE"),
        secrecy_bound=~competent,
    )


def _rare(world: World, competent: pd.Series[bool], kind: pd.Series[str]) -> None:
    """What few entries are: under the secrecy of an investigation, of a youth service, with a report of a coerced treatment."""
    entries = world.frames["entries"]
    every = pd.Series(range(len(entries)), index=entries.index)
    secret = competent & (every % 50 == 0)
    notes = {"relevance_note": "the measure depends on it", "release_authority": "PROSECUTOR"}
    blank = pd.Series([None] * len(entries), index=entries.index, dtype=object)
    world.set("entries", investigation_secrecy=secret, **{name: blank.mask(secret, note) for name, note in notes.items()})
    world.set("entries", youth_source=(kind == "FLEMISH_WELFARE") & (every % 30 == 0))
    attachments = world.frames["attachments"]
    reports = pd.Series(range(len(attachments)), index=attachments.index) % 10 == 0
    blank = pd.Series([None] * len(attachments), index=attachments.index, dtype=object)
    told = {"accord": "COURT", "about_adult": True, "headings": "ATTENDANCE", "therapy_words": False}
    world.set("attachments", **{name: blank.mask(reports, value) for name, value in told.items()})
    world.set("attachments", doc_type=attachments["doc_type"].mask(reports, "FOLLOWUP_REPORT"))
