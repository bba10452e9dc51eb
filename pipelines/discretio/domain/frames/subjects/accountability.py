"""What a controller has to show of itself: its record, its assessments, contracts, breaches, corrections and destructions."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, Column, frame

_CONTROLLER = Column("controller_key", TEXT, "the controller")


def _note(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, content=True, judged=True)


FRAMES = (
    frame(
        "processing_records",
        "record of processing activities (GDPR art. 30; law of 30 July 2018, art. 55)",
        Column("processing_record_row", TEXT, "the row"),
        _CONTROLLER,
        _note("purpose", "the purposes that it names"),
        _note("recipients", "the recipients that it names"),
        _note("security", "the security measures that it names"),
        Column("categories", NUMBER, "the categories of art. 2 §2 that it lists, as bits"),
        Column("policy_set", TEXT, "the policy set whose terms it names"),
    ),
    frame(
        "impact_assessments",
        "data protection impact assessment (GDPR art. 35; law of 30 July 2018, art. 58)",
        Column("impact_assessment_row", TEXT, "the row"),
        _CONTROLLER,
        Column("covers", TEXT, "STORE, PIPELINE, as far as it covers them; | between"),
        Column("made_at", MOMENT, "when it was made"),
        Column("reviewed_at", MOMENT, "when it was last reviewed, null if not since"),
        Column("changed_at", MOMENT, "last change of categories, links or detectors, null if there was none"),
        Column("residual_risk", TEXT, "LOW or HIGH"),
        Column("consulted_at", MOMENT, "when the authority was consulted beforehand, null if it wasn't"),
    ),
    frame(
        "host_contracts",
        "processor contract or joint arrangement of a controller with a host",
        Column("host_contract_row", TEXT, "the row"),
        _CONTROLLER,
        Column("host", TEXT, "controller_key of the host", names="controller"),
        Column("signed_at", MOMENT, "when it was signed"),
        Column(
            "covers",
            TEXT,
            "what it settles: DELETION_ON_INSTRUCTION, AUDIT, SUB_PROCESSORS, RESPONSIBILITIES, RIGHTS, INFORMATION; | between",
        ),
    ),
    frame(
        "breaches",
        "personal data breach, for one controller; those that aren't notified too",
        Column("breach_key", TEXT, "the breach"),
        _CONTROLLER,
        Column("host_aware_at", MOMENT, "when the host knew, null if it didn't come by a host"),
        Column("aware_at", MOMENT, "when the controller became aware of it"),
        Column("decision", TEXT, "NOTIFY or NO_NOTIFICATION, null if a human has yet to decide"),
        _note("decision_reason", "why it isn't notified"),
        Column("notified_at", MOMENT, "when it was notified, null if not yet"),
        _note("delay_reason", "why it was notified later than within 72 hours"),
    ),
    frame(
        "corrections",
        "rectification or erasure of an entry",
        Column("correction_key", TEXT, "the correction"),
        _CONTROLLER,
        Column("entry_key", TEXT, "the entry"),
        Column("at", MOMENT, "when"),
    ),
    frame(
        "destructions",
        "destruction of records that is proposed or done",
        Column("destruction_key", TEXT, "the destruction"),
        _CONTROLLER,
        Column("store_kind", TEXT, "SHARED, OWN or ART8_LIST"),
        Column("proposed_at", MOMENT, "when it was proposed"),
        Column("executed_at", MOMENT, "when it was done, null if it waits"),
        Column("cleared_at", MOMENT, "when the archives permitted it or published the list that covers it, null if neither"),
    ),
)
COLUMNS = {
    "persons": (
        Column("t2_class", TEXT, "SUSPECT, CONVICTED, VICTIM, WITNESS or OTHER, null if nobody said"),
        Column("informed_at", MOMENT, "when the person was informed (GDPR art. 14), null if not yet"),
        _note("restriction_ref", "the exception or restriction for which the person isn't"),
    ),
    "entries": (
        Column("statement", TEXT, "FACT or ASSESSMENT, null if nobody said"),
        Column("assessed_by", TEXT, "ASSESSMENT: id of who made it", names="user"),
        Column("assessed_at", MOMENT, "ASSESSMENT: when it was made"),
        Column("prosecution_outcome", TEXT, "category 9: PENDING, CONVICTED, ACQUITTED or DISMISSED"),
        Column("outcome_at", MOMENT, "ACQUITTED, DISMISSED: since when"),
        Column("outcome_checked_at", MOMENT, "when the outcome was last looked up, null if never"),
        Column("corrected_at", MOMENT, "when it was updated accordingly or its deletion proposed, null if not yet"),
    ),
    "own_copies": (Column("correction_told_at", MOMENT, "when its holder heard of a later correction, null if not"),),
}
