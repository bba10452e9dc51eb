"""Consultations with their bases: who is named, who promised, who came, and that they were reminded of secrecy."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import World

_SINCE = pd.Timestamp("2018-05-02")
_BEFORE = "cc-before-2018"
_SCOPE = {"INTEGRITY": "VIOLENCE", "TERRORIST_OFFENCES": "TERRORISM", "CRIMINAL_ORGANISATION": "CRIMINAL_ORGANISATION"}
_CLAUSES = {
    "participants_clause": "the bodies that the annex names", "purpose_clause": "the purposes of article 458ter",
    "modalities_clause": "as the annex says", "initiator": "any participant", "frequency": "monthly",
    "follow_up_rule": "by the coordinator of the case", "controllers_clause": "each for what it introduces",
    "processors_clause": "the host", "rights_contact": "the participant that introduced the datum",
    "lawyer_clause": "none but a mediator in debts",
}  # fmt: skip


def fill(world: World) -> None:
    """One consultation for each organiser and purpose, and one for what is older than protocols under article 458ter."""
    dossiers = world.frames["dossiers"]
    key = "cc-" + dossiers["owner"] + "-" + dossiers["purpose"].str.lower().str.replace("_", "-")
    key += ("-" + dossiers["dossier_key"].map(_offices(world))).fillna("")
    world.set("dossiers", consultation_key=key.mask(dossiers["opened_at"] < _SINCE, _BEFORE))
    by_key = world.frames["dossiers"].drop_duplicates("consultation_key")
    opened = pd.Series(_SINCE, index=by_key.index).mask(by_key["consultation_key"] == _BEFORE, pd.Timestamp("1990-01-02"))
    every = "|".join(_SCOPE)
    old = by_key["consultation_key"] == _BEFORE
    made = {"consultation_key": by_key["consultation_key"], "organiser": by_key["owner"], "opened_at": opened}
    world.add("consultations", pd.DataFrame({**made, "purposes": by_key["purpose"].mask(old, every)}))
    _bases(world)
    _participants(world)
    _sessions(world)


def _bases(world: World) -> None:
    """By authorisation where the prosecutor lists all who were discussed, else by decree."""
    consultations = world.frames["consultations"]
    keys = consultations["consultation_key"]
    by_dossier = world.frames["dossiers"].drop_duplicates("consultation_key").set_index("consultation_key")["dossier_key"]
    grantors = keys.map(by_dossier).map(_offices(world)).mask(keys == _BEFORE)
    authorised, old = grantors.notna(), keys == _BEFORE
    purposes = consultations["purposes"]
    base = pd.DataFrame({"legal_basis_key": "basis-" + keys.str.removeprefix("cc-"), "consultation_key": keys})
    base = base.assign(
        type=pd.Series("DECREE", index=keys.index).mask(authorised, "PR_PROTOCOL").mask(old, "LAW"),
        granted_by=grantors,
        citation="Decree of 8 May 2009, art. 8",
        issued_at=pd.Series(pd.Timestamp("2018-04-03"), index=keys.index).mask(old, pd.Timestamp("1990-01-01")),
        valid_from=consultations["opened_at"],
        document_sha256="digest of the document",
        reasons_present=True,
        purposes=purposes,
        offence_scope=purposes.map(lambda listed: "|".join(_SCOPE[one] for one in listed.split("|"))),
        pg_approval_at=pd.Timestamp("2018-04-20"),
        last_conformity_review_at=pd.Timestamp("2025-02-03"),
        review_outcome="CONFORM",
        rights_named="INFORMATION|ERASURE|RECTIFICATION|ACCESS",
        **_CLAUSES,
    )
    world.add("legal_bases", base)


def _offices(world: World) -> dict[str, str]:
    """By dossier whose subjects all stand on one prosecutor's list, that prosecutor."""
    persons = world.frames["persons"]
    subjects = persons[persons["role"] == "SUBJECT"]
    listed = world.frames["art8_rows"].drop_duplicates("identity_key").set_index("identity_key")["controller_key"]
    office = subjects["person_key"].map(listed)
    told = pd.DataFrame({"dossier": subjects["dossier_key"], "office": office}).groupby("dossier")["office"]
    first = told.first()
    return dict(first[(told.count() == told.size()) & (told.nunique() == 1)])


def _participants(world: World) -> None:
    parts = world.frames["dossier_participants"]
    consultation = world.told(parts["dossier_key"], "dossiers", "consultation_key")
    pairs = pd.DataFrame({"consultation_key": consultation, "controller_key": parts["controller_key"]}).drop_duplicates()
    named = pairs.merge(world.frames["legal_bases"][["consultation_key", "legal_basis_key", "type"]], on="consultation_key")
    lines = named[["legal_basis_key", "controller_key"]]
    world.add("basis_participants", lines.assign(is_controller=True))
    world.add("commitments", lines[named["type"] == "PR_PROTOCOL"].assign(signed_at=pd.Timestamp("2018-04-25")))
    entries = world.frames["entries"]
    basis = world.told(entries["dossier_key"], "dossiers", "consultation_key").map(
        world.frames["legal_bases"].set_index("consultation_key")["legal_basis_key"]
    )
    world.add("entry_bases", pd.DataFrame({"entry_key": entries["entry_key"], "legal_basis_key": basis}))
    rows = world.frames["art8_rows"]
    of_person = world.frames["persons"].set_index("person_key")["dossier_key"]
    consulted = rows["identity_key"].map(of_person).map(world.frames["dossiers"].set_index("dossier_key")["consultation_key"])
    bases = consulted.map(world.frames["legal_bases"].set_index("consultation_key")["legal_basis_key"])
    world.set("art8_rows", legal_basis_key=bases, fields_held="IDENTITY|AUTHORISATION|REGISTERED_AT")


def _sessions(world: World) -> None:
    started = world.frames["sessions"]["started_at"]
    world.set("sessions", reminder_at=started + pd.Timedelta(minutes=5), ended_at=started + pd.Timedelta(hours=2))
    parts = world.frames["dossier_participants"][["dossier_key", "controller_key"]]
    present = world.frames["sessions"][["session_key", "dossier_key"]].merge(parts, on="dossier_key")
    came = present[["session_key", "controller_key"]]
    world.add("session_attendances", came)
    world.add("attendees", came.assign(user_key=came["controller_key"] + "-user-1", capacity="MEMBER"))
