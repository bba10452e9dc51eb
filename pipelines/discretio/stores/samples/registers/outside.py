"""What leaves a consultation, and what few dossiers bring: disclosures, police reports, shared secrets, representatives."""

from __future__ import annotations

from typing import Any

import pandas as pd

from discretio.stores.samples.registers import incidents
from discretio.stores.samples.registers.world import World

_EVERY = 10
_SEATS = 40
_PLAIN: dict[str, Any] = {"recipient_is_represented": False, "means": "SPOKEN", "categories": 2, "special_classes": 0,
          "only_benefit_status": False, "has_narrative": False, "holds_identifiers": True}  # fmt: skip
_GROUNDS: tuple[dict[str, Any], ...] = (
    {"recipient_kind": "PROSECUTOR", "legal_ground": "PV"},
    {"recipient_kind": "MANDATING_AUTHORITY", "legal_ground": "MANDATE_REPORT", "mandate_ref": "order of the court"},
    {"recipient_kind": "PROSECUTOR", "legal_ground": "458BIS", "victim_minor_or_vulnerable": True,
     "danger_note": "serious and imminent", "cannot_protect_note": "nobody else could act in time"},
    {"recipient_kind": "NEIGHBOUR", "legal_ground": "NECESSITY", "case_note": "a", "proportionality_note": "b",
     "subsidiarity_note": "c", "future_danger_note": "d"},
    {"recipient_kind": "PARTICIPANT", "legal_ground": "46BIS1", "request_ref": "request 2025/7", "written_reasoned": True},
)  # fmt: skip


def fill(world: World) -> None:
    """Give every tenth dossier of who is bound by secrecy one disclosure on each ground, and what goes with it."""
    entries = world.frames["entries"]
    bound = entries[entries["secrecy_bound"]].drop_duplicates("dossier_key")
    chosen = bound[bound["dossier_key"].isin(world.frames["sessions"]["dossier_key"])].iloc[::_EVERY]
    for ground in _GROUNDS:
        world.add("disclosures", _disclosed(world, chosen, ground))
    _police_reports(world, chosen)
    _sharings(world, chosen)
    _representatives(world)
    incidents.fill(world, chosen)


def _disclosed(world: World, chosen: pd.DataFrame, ground: dict[str, Any]) -> pd.DataFrame:
    made = chosen[["dossier_key", "entry_key"]].assign(discloser=chosen["introduced_by"], at=chosen["introduced_at"])
    for name, value in (_PLAIN | ground).items():
        made[name] = value
    if ground["legal_ground"] == "PV":
        made["police_report_key"] = "report-" + chosen["dossier_key"]
    if ground["legal_ground"] == "MANDATE_REPORT":
        made["mandate_from"] = chosen["introduced_at"] - pd.Timedelta(days=60)
        made["subject_informed_at"] = chosen["introduced_at"] - pd.Timedelta(days=50)
    if ground["recipient_kind"] == "PARTICIPANT":
        made["recipient"] = world.told(chosen["dossier_key"], "dossiers", "owner")
    return made


def _police_reports(world: World, chosen: pd.DataFrame) -> None:
    consultation = world.told(chosen["dossier_key"], "dossiers", "consultation_key")
    bases = world.frames["legal_bases"].set_index("consultation_key")
    last = chosen["dossier_key"].map(world.frames["sessions"].groupby("dossier_key")["started_at"].max())
    written = (last + pd.Timedelta(days=2)).where(last + pd.Timedelta(days=2) < world.as_of, world.as_of)
    reports = pd.DataFrame({"police_report_key": "report-" + chosen["dossier_key"], "consultation_key": consultation})
    police = world.frames["controllers"].query("kind == 'INTEGRATED_POLICE'")["controller_key"].iloc[0]
    world.add(
        "police_reports",
        reports.assign(
            drafted_by=police,
            drafted_at=written,
            author_role="POLICE",
            mandate_ref="apostille",
            mandate_at=written - pd.Timedelta(days=1),
            legal_basis_key=consultation.map(bases["legal_basis_key"]),
            offence_codes=consultation.map(bases["offence_scope"]).str.split("|").str[0],
            in_scope=True,
            evidence_use="EVIDENCE",
            kind="CHARGE",
            attaches_youth_report=False,
        ),
    )


def _sharings(world: World, chosen: pd.DataFrame) -> None:
    key = "sharing-" + chosen["dossier_key"]
    told = pd.DataFrame({"secret_sharing_key": key, "dossier_key": chosen["dossier_key"], "sharer": chosen["introduced_by"]})
    on = chosen["introduced_at"]
    world.add(
        "secret_sharings",
        told.assign(
            under_458ter=False,
            at=on,
            informed_at=on - pd.Timedelta(days=1),
            agreed_at=on - pd.Timedelta(days=1),
            agreed_by_role="SELF",
            common_mission_ref="the care plan",
            scope_note="what the care plan needs",
            interest="SECRET_OWNER",
        ),
    )
    care = world.frames["controllers"].query("mission_type == 'CARE'")["controller_key"].iloc[0]
    world.add("secret_receivers", told[["secret_sharing_key"]].assign(controller_key=care, is_bound=True))
    world.add("shared_secrets", told[["secret_sharing_key"]].assign(entry_key=chosen["entry_key"]))
    french = world.frames["controllers"].query("level == 'FR_COMM'")["controller_key"].iloc[0]
    relays = chosen[["dossier_key"]].assign(relayed_by=french, at=on, family_informed_at=on)
    world.add("relays", relays.assign(only_indispensable=True))


def _representatives(world: World) -> None:
    """At every fortieth seat of the police a permanent representative sits, briefed before and reporting after."""
    attendees = world.frames["attendees"]
    kind = world.told(attendees["controller_key"], "controllers", "kind")
    seats = attendees[kind == "INTEGRATED_POLICE"].iloc[::_SEATS]
    user = seats["controller_key"] + "-user-2"
    world.frames["attendees"] = attendees.assign(
        capacity=attendees["capacity"].mask(attendees.index.isin(seats.index), "PERMANENT_REPRESENTATIVE"),
        user_key=attendees["user_key"].mask(attendees.index.isin(seats.index), attendees["controller_key"] + "-user-2"),
    )
    mandated = pd.DataFrame({"controller_key": sorted(set(seats["controller_key"]))})
    person, stand_in = mandated["controller_key"] + "-user-1", mandated["controller_key"] + "-user-2"
    began = pd.Timestamp("2018-05-02")
    accounts = mandated.assign(user_key=stand_in, is_generic=False, persons_category="case worker", is_manager=False)
    world.add("users", accounts)
    world.add("confidentiality_duties", accounts[["user_key"]].assign(kind="LEGAL"))
    mandates = mandated.assign(user_key=stand_in, represented_user=person, from_at=began)
    world.add("permanent_representatives", mandates.assign(document_sha256="digest of the document"))
    world.add("representative_acks", mandated.assign(user_key=stand_in, rule_set="2024", ack_at=pd.Timestamp("2018-05-01")))
    session = seats["session_key"]
    told = pd.DataFrame({"controller_key": seats["controller_key"], "session_key": session, "representative_user": user})
    told = told.assign(to_mailbox=False, goes_wider=False, beyond_agenda=False, categories=2)
    started = world.told(session, "sessions", "started_at")
    briefed = told.assign(direction="BRIEFING", at=started - pd.Timedelta(days=3))
    reported = told.assign(direction="DEBRIEF", at=started + pd.Timedelta(hours=4), to_user=seats["controller_key"] + "-user-1")
    world.add("representation_exchanges", pd.concat([briefed, reported]))
