"""What leaves a consultation, police reports on it, secrets shared outside it, and youth reports (arts 458 to 458quater)."""

from __future__ import annotations

from discretio.domain.frames.columns import MOMENT, NUMBER, TEXT, TRUTH, Column, frame

_DOSSIER = Column("dossier_key", TEXT, "the dossier")
_ENTRY = Column("entry_key", TEXT, "the entry, null if it was none")
_SHARING = Column("secret_sharing_key", TEXT, "the sharing")
_GROUND = "CONSULTATION, PV, 458BIS, NECESSITY, TESTIMONY, MANDATE_REPORT, RIGHTS_REQUEST, 46BIS1 or OTHER_PROCEDURE"


def _note(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, content=True, judged=True)


FRAMES = (
    frame(
        "disclosures",
        "disclosure of something told in a consultation: said, exported, printed or mailed",
        Column("disclosure_key", TEXT, "the disclosure"),
        _DOSSIER,
        _ENTRY,
        Column("discloser", TEXT, "controller_key of who disclosed it", names="controller"),
        Column("recipient", TEXT, "controller_key of who received it, null if it is none", names="controller"),
        Column("recipient_kind", TEXT, "PARTICIPANT, PROSECUTOR, MANDATING_AUTHORITY, YOUTH_JUDGE or another"),
        Column("recipient_is_represented", TRUTH, "whether the recipient was represented in the dossier"),
        Column("at", MOMENT, "when"),
        Column("means", TEXT, "SPOKEN, EXPORT, PRINT, MAIL, ANALYSIS or TEST_DATA"),
        Column("legal_ground", TEXT, _GROUND),
        Column("police_report_key", TEXT, "PV: the police report made of it, null if none was"),
        _note("mandate_ref", "MANDATE_REPORT: the mandate"),
        Column("mandate_from", MOMENT, "its first day"),
        Column("mandate_until", MOMENT, "its last day, null if it has none"),
        Column("subject_informed_at", MOMENT, "when the person was told of the mandate, null if never"),
        _note("request_ref", "46BIS1: the request"),
        Column("written_reasoned", TRUTH, "whether it was in writing and gave reasons"),
        Column("categories", NUMBER, "the categories of art. 2 §2 that were disclosed, as bits"),
        Column("only_benefit_status", TRUTH, "whether what goes beyond administrative data is the mere status of a benefit"),
        Column("special_classes", NUMBER, "the special classes that were disclosed, as bits"),
        Column("has_narrative", TRUTH, "whether something confidential was told in words"),
        Column("victim_minor_or_vulnerable", TRUTH, "458BIS: whether the victim is; null if nobody wrote it down"),
        _note("danger_note", "458BIS: which danger"),
        _note("cannot_protect_note", "458BIS: why nobody could avert it"),
        _note("case_note", "NECESSITY: what the case was"),
        _note("proportionality_note", "NECESSITY: why it was in proportion"),
        _note("subsidiarity_note", "NECESSITY: why nothing else would have helped"),
        _note("future_danger_note", "NECESSITY: which danger lay ahead"),
        Column("correction_told_at", MOMENT, "when its recipient heard of a later rectification or erasure, null if not"),
    ),
    frame(
        "police_reports",
        "police report (procès-verbal) on something told in a consultation; nothing of its content",
        Column("police_report_key", TEXT, "the report"),
        Column("drafted_by", TEXT, "controller_key of its author", names="controller"),
        Column("drafted_at", MOMENT, "when it was written"),
        Column("author_role", TEXT, "PROSECUTOR, PARQUET_JURIST, POLICE or another"),
        _note("mandate_ref", "POLICE: the mandate of the prosecution"),
        Column("mandate_at", MOMENT, "when it was given"),
        Column("consultation_key", TEXT, "the consultation to which it refers, null if to none"),
        Column("legal_basis_key", TEXT, "the basis to which it refers, null if to none"),
        Column("offence_codes", TEXT, "the offences that it is about, | between"),
        Column("in_scope", TRUTH, "whether its author declared them to be those of the consultation"),
        Column("evidence_use", TEXT, "EVIDENCE or INFORMATION_ONLY"),
        Column("kind", TEXT, "INFORMATION, or another"),
        Column("attachments_copied", NUMBER, "how many attachments of the dossier are attached to it"),
        Column("attaches_youth_report", TRUTH, "whether a youth report is"),
    ),
    frame(
        "secret_sharings",
        "sharing of a professional secret with other professionals",
        _SHARING,
        _DOSSIER,
        Column("sharer", TEXT, "controller_key of who shares it", names="controller"),
        Column("under_458ter", TRUTH, "whether it was made in a consultation, which asks for no consent"),
        Column("at", MOMENT, "when"),
        Column("informed_at", MOMENT, "when the master of the secret was told, null if never"),
        Column("agreed_at", MOMENT, "when he agreed, null if he didn't"),
        Column("agreed_by_role", TEXT, "SELF, REPRESENTATIVE or another, null if nobody agreed"),
        _note("involvement_note", "REPRESENTATIVE: how the person was involved"),
        Column("representative_suspected", TRUTH, "whether the representative is thought to have done the harm"),
        _note("legitimate_belief_note", "why who receives it could be thought bound by secrecy"),
        _note("common_mission_ref", "the mission that all have in common"),
        _note("scope_note", "to what it was limited"),
        Column("interest", TEXT, "SECRET_OWNER, or another: whose interest it serves"),
    ),
    frame(
        "secret_receivers",
        "professional with whom a secret is shared",
        Column("secret_receiver_row", TEXT, "the row"),
        _SHARING,
        Column("controller_key", TEXT, "the participant"),
        Column("is_bound", TRUTH, "whether he is bound by secrecy"),
    ),
    frame(
        "shared_secrets",
        "entry that a sharing of secrets passed on",
        Column("shared_secret_row", TEXT, "the row"),
        _SHARING,
        Column("entry_key", TEXT, "the entry"),
    ),
    frame(
        "relays",
        "relay of a case of maltreatment to another professional",
        Column("relay_key", TEXT, "the relay"),
        _DOSSIER,
        Column("relayed_by", TEXT, "controller_key of who hands it over", names="controller"),
        Column("at", MOMENT, "when"),
        Column("family_informed_at", MOMENT, "when child and family were told, null if never"),
        _note("child_interest_exception", "why telling them would harm the child"),
        Column("only_indispensable", TRUTH, "whether no more was handed over than indispensable"),
    ),
    frame(
        "report_overlaps",
        "entry that was compared with known reports on minors",
        Column("report_overlap_row", TEXT, "the row"),
        Column("entry_key", TEXT, "the entry"),
        Column("percent", NUMBER, "how much of a report it repeats, at most, from 0 to 100"),
        Column("characters", NUMBER, "its length in characters"),
    ),
)
_INQUIRY = _note("inquiry_ref", "the inquiry into a serious fault or negligence that it served, null if none")

COLUMNS = {
    "accesses": (_INQUIRY,),
    "disclosures": (
        _INQUIRY,
        Column("holds_identifiers", TRUTH, "MANAGEMENT: whether it names persons, or lets them be recognised"),
    ),
    "controllers": (
        Column("is_lawyer", TRUTH, "whether it is a lawyer"),
        Column("lawyer_role", TEXT, "a lawyer's role: DEFENCE, DEBT_MEDIATOR, FAMILY_MEDIATOR or OTHER"),
        Column("mission_type", TEXT, "CARE, AID, MANDATED, POLICE, PROSECUTION or SCHOOL"),
    ),
    "legal_bases": (_note("lawyer_clause", "which lawyers may take part, and how"),),
    "entries": (
        Column("secrecy_bound", TRUTH, "whether it comes from somebody bound by professional secrecy"),
        Column("channel_kind", TEXT, "the way by which it came in: STORE, MAIL, CHAT or another"),
        Column("offence_tags", TEXT, "the offences with which it is tagged, | between; empty if with none"),
        Column("crime_tags", TEXT, "those of its offences that are crimes, not misdemeanours, | between; empty if none"),
        Column("about_client", TRUTH, "whether it is about a client of the lawyer who introduced it"),
        Column("is_official_letter", TRUTH, "whether it is a lawyer's official letter"),
        Column("is_confidence", TRUTH, "whether its professional flagged it as confided in person"),
        Column("youth_source", TRUTH, "whether it comes from a youth-protection report"),
    ),
    "attachments": (
        Column("doc_type", TEXT, "what it is: FOLLOWUP_REPORT, YOUTH_SOCIAL_STUDY, YOUTH_MEDPSY_REPORT, or another"),
        Column("accord", TEXT, "FOLLOWUP_REPORT: COURT, AICS or another"),
        Column("about_adult", TRUTH, "FOLLOWUP_REPORT: whether it is about an adult"),
        Column("headings", TEXT, "FOLLOWUP_REPORT: its headings, as codes, | between"),
        Column("therapy_words", TRUTH, "FOLLOWUP_REPORT: whether words of the therapy were found in it"),
    ),
}
