"""What is kept of a dossier: shares and signalling, contributions, consents to its term, reviews, persons, copies, requests."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import CRIMINAL, World

_DAY = pd.Timedelta(days=1)
_SIGNALLED = 12
_NOTES = 60


def fill(world: World) -> None:
    """Give every dossier what it would have, in order."""
    dossiers = world.frames["dossiers"]
    drafted = dossiers["kind"] == "PRESIGNAL"
    every = pd.Series(range(len(dossiers)), index=dossiers.index) % _SIGNALLED == 0
    signalled = dossiers["opened_at"].where(every & ~drafted & (dossiers["opened_at"].dt.year >= 2018))
    closer = dossiers["owner"].where(dossiers["closed_at"].notna())
    world.set("dossiers", host=dossiers["owner"], signalled_at=signalled, closed_by=closer, held_before=False)
    rows = world.frames["dossiers"][signalled.notna()]
    world.add(
        "signallings",
        pd.DataFrame({"dossier_key": rows["dossier_key"], "at": rows["signalled_at"]}).assign(
            necessity_note="two services know of the same danger", selection="EXPLICIT"
        ),
    )
    _participations(world, drafted)
    _reviews(world)
    _persons(world)
    _copies(world)
    _requests(world)


def _participations(world: World, drafted: pd.Series[bool]) -> None:
    parts = world.frames["dossier_participants"]
    dossier = parts["dossier_key"]
    opened, closed = world.told(dossier, "dossiers", "opened_at"), world.told(dossier, "dossiers", "closed_at")
    number = parts.groupby("controller_key").cumcount() % _NOTES
    noted = pd.Series(world.days_ago(100), index=parts.index)
    world.set(
        "dossier_participants",
        from_at=opened,
        until_at=closed,
        contribution_kind="KNOWLEDGE_OF_PERSON",
        contribution_note="follows the household, as its note " + number.astype("str") + " says",
        contribution_noted_at=noted,
    )
    drafts = set(world.frames["dossiers"].loc[drafted, "dossier_key"])
    outside = parts[dossier.isin(drafts)]
    world.add("dossier_shares", outside[["dossier_key", "controller_key"]].assign(reason="asked whether signalling is needed"))
    active = parts[closed.isna() & ~dossier.isin(drafts)]
    log = active[["dossier_key", "controller_key"]].assign(user_key=active["controller_key"] + "-user-1", action="CONSULT")
    world.add("access_log", log.assign(at=world.days_ago(20)))
    term = world.told(dossier, "dossiers", "agreed_term")
    consent = parts[["dossier_key", "controller_key"]].assign(
        agreed_at=world.told(dossier, "dossiers", "agreed_term_decided_at"), term=term
    )
    world.add("retention_decisions", consent[term.notna()])


def _reviews(world: World) -> None:
    dossiers = world.frames["dossiers"]
    first = world.frames["sessions"].groupby("dossier_key")["started_at"].min()
    started = dossiers["dossier_key"].map(first)
    once = pd.DataFrame({"dossier_key": dossiers["dossier_key"], "reviewed_at": started.dt.normalize() - _DAY})
    again = pd.DataFrame({"dossier_key": dossiers["dossier_key"], "reviewed_at": world.days_ago(60)})
    held = ((dossiers["status"] == "OPEN") & started.notna()).to_numpy()
    late = (once["reviewed_at"] < world.days_ago(61)).to_numpy()
    world.add("minimisation_reviews", pd.concat([once[held], again[held & late]]))
    events = world.frames["dossier_events"]
    reopened = events[events["kind"] == "REOPENED"]
    confirmed = reopened["at"] + 20 * _DAY
    notes = reopened[["dossier_key", "at"]].assign(reason="new facts were told", reconfirmed_at=confirmed)
    world.add("reopenings", notes)


def _persons(world: World) -> None:
    persons = world.frames["persons"]
    dossier = persons["dossier_key"]
    closed = world.told(dossier, "dossiers", "closed_at")
    first = dossier.map(world.frames["entries"].groupby("dossier_key")["introduced_at"].min())
    world.set(
        "persons",
        t2_class=persons["role"].map({"SUBJECT": "VICTIM", "RELATION": "OTHER", "CONTACT": "OTHER", "PROFESSIONAL": "OTHER"}),
        informed_at=first + 3 * _DAY,
        birth_date=pd.Timestamp("1985-05-04"),
        necessity_note="the case can't be understood without this person",
        special_note="the state of health decides on the measures",
        reviewed_at=(closed + _DAY).fillna(world.days_ago(90)),
        identity_key=persons["person_key"],
    )


def _copies(world: World) -> None:
    copies = world.frames["own_copies"]
    number = copies.groupby("holder").cumcount()
    world.set(
        "own_copies",
        insufficiency_reason="the measure is followed up at home, visit " + number.astype("str"),
        reason_at=copies["copied_at"],
        purpose=world.told(copies["dossier_key"], "dossiers", "purpose"),
        last_quality_check_at=world.days_ago(30),
    )
    consultations = world.frames["consultations"]["consultation_key"]
    world.add("extra_rules", pd.DataFrame({"consultation_key": consultations[::4], "kind": "SHORTER_TERM", "term": "P30Y"}))


def _requests(world: World) -> None:
    requests = world.frames["rights_requests"]
    entries = world.frames["entries"].drop_duplicates("dossier_key").set_index("dossier_key")
    touched = requests[["request_key", "dossier_key"]].assign(entry_key=requests["dossier_key"].map(entries["entry_key"]))
    regime = world.told(requests["dossier_key"].map(entries["introduced_by"]), "controllers", "regime")
    criminal = requests["dossier_key"].map(entries["categories"]) // CRIMINAL % 2 == 1
    told = touched.assign(
        route=regime.mask(criminal, "JUDICIAL_16_44"), was_changed=False, told_the_way=True, is_restricted=False
    )
    world.add("request_entries", told[touched["entry_key"].notna()])
