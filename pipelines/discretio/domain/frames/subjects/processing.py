"""Under which law each participant processes, and what each entry says of its ground, its origin and its necessity."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_DOSSIER = Column("dossier_key", TEXT, "the dossier")

FRAMES = (
    frame(
        "missions",
        "legal mission of a participant",
        Column("mission_row", TEXT, "the row"),
        Column("controller_key", TEXT, "the participant"),
        Column("mission_ref", TEXT, "the mission, by the code of its participant"),
        Column("from_at", MOMENT, "its first day, null without a bound"),
        Column("until_at", MOMENT, "its last day, null without a bound"),
    ),
    frame(
        "mission_categories",
        "cell of the matrix in which a data protection officer says which categories a mission needs",
        Column("mission_category_row", TEXT, "the row"),
        Column("controller_key", TEXT, "the participant"),
        Column("mission_ref", TEXT, "the mission"),
        Column("categories", NUMBER, "the categories that it needs, as bits"),
    ),
    frame(
        "minimisation_reviews",
        "review whether the data of a dossier are adequate, relevant and not excessive",
        Column("minimisation_review_row", TEXT, "the row"),
        _DOSSIER,
        Column("reviewed_at", MOMENT, "when"),
    ),
    frame(
        "number_findings",
        "entry in which a scan looked for national numbers outside the field made for them",
        Column("number_finding_row", TEXT, "the row"),
        Column("entry_key", TEXT, "the entry"),
        Column("valid_numbers", NUMBER, "how many it found with a valid checksum"),
    ),
    frame(
        "access_category_lists",
        "list of the categories of persons with access to sensitive data (law of 30 July 2018, arts 9 and 10 §2)",
        Column("access_category_list_key", TEXT, "the list"),
        Column("controller_key", TEXT, "the controller that keeps it"),
        Column("covers", TEXT, "SPECIAL, CRIMINAL; | between"),
        Column("updated_at", MOMENT, "when it was last updated"),
    ),
)
COLUMNS = {
    "controllers": (
        Column("level", TEXT, "FEDERAL, POLICE, FLEMISH, FR_COMM, WALLOON, BRUSSELS, GERMAN, LOCAL or PRIVATE"),
        Column("policy_set", TEXT, "the policy set that the store applies to what it introduces"),
        Column("nrn_authorisation", TEXT, "its authorisation to use the national number", content=True, judged=True),
    ),
    "entries": (
        Column("regime", TEXT, "GDPR or T2: under which it is processed"),
        Column("legal_ground", TEXT, "GDPR-6-1-E, GDPR-9-2-G, L33, LFP-44/1-1, SPECIFIC_LAW, 458TER, ...; | between"),
        Column("law_citation", TEXT, "the specific law that gives the task", content=True, judged=True),
        Column("necessity_note", TEXT, "why it is necessary", content=True, judged=True),
        Column("strict_necessity", TRUTH, "title 2: whether somebody confirmed that it is strictly necessary"),
        Column(
            "vital_interest_note", TEXT, "which vital interest of whom, and why nobody could consent", content=True, judged=True
        ),
        Column("provenance", TEXT, "ALREADY_HELD or COLLECTED_FOLLOWING"),
        Column("source_of", TEXT, "controller_key of whose system it comes from", names="controller"),
        Column("source_date", MOMENT, "since when the introducer held it"),
        Column("collected_at", MOMENT, "COLLECTED_FOLLOWING: when it was collected"),
        Column("mission_ref", TEXT, "the mission of its introducer that it serves"),
        Column("person_key", TEXT, "the person that it is about"),
        Column("classification", TEXT, "its classification marking, null if it bears none"),
        Column("investigation_secrecy", TRUTH, "whether it falls under the secrecy of an investigation"),
        Column("from_police_report", TRUTH, "whether it is taken from a police report"),
        Column("relevance_note", TEXT, "why it is relevant to the consultation", content=True, judged=True),
        Column("release_authority", TEXT, "who released it: PROSECUTOR or INVESTIGATING_JUDGE"),
    ),
    "persons": (
        Column("necessity_note", TEXT, "why this person has to be in the dossier", content=True, judged=True),
        Column("special_note", TEXT, "why special data about this person have to be", content=True, judged=True),
        Column("reviewed_at", MOMENT, "when that was last confirmed"),
    ),
    "attachments": (
        Column("pages", NUMBER, "its pages, 0 if nobody counted them"),
        Column("is_extract", TRUTH, "whether it is an extract of what it comes from"),
    ),
    "dossiers": (Column("signalled_at", MOMENT, "PRESIGNAL: when it was signalled, null if it wasn't"),),
}
