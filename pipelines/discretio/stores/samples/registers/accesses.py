"""Who has an account, who read what, and over which link data travelled."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import World

_ACTIONS = "COLLECT|ALTER|CONSULT|DISCLOSE|COMBINE|ERASE"


def fill(world: World) -> None:
    """A user, a duty and a log for each controller, an access to each dossier, and one link."""
    keys = world.frames["controllers"]["controller_key"]
    users = pd.DataFrame({"user_key": keys + "-user-1", "controller_key": keys})
    users = users.assign(is_generic=False, persons_category="case worker", is_manager=False)
    world.add("users", users)
    world.add("confidentiality_duties", users[["user_key"]].assign(kind="LEGAL"))
    logs = pd.DataFrame({"log_key": "log-of-" + keys, "controller_key": keys, "actions": _ACTIONS, "chain_is_valid": True})
    world.add("logs", logs.assign(longest_gap_minutes=20, kept_for="P5Y"))
    grants = world.frames["access_grants"]
    confirmed = pd.Series(world.days_ago(60), index=grants.index)
    ended = grants["until_at"].fillna(world.as_of)
    world.set(
        "access_grants", access_role="CONTENT", recertified_at=confirmed.where(confirmed < ended, ended), is_emergency=False
    )
    _accesses(world)
    _links(world)


def _accesses(world: World) -> None:
    entries = world.frames["entries"].drop_duplicates("dossier_key")
    reader = entries["introduced_by"]
    lines = pd.DataFrame({"log_key": "log-of-" + reader, "user_key": reader + "-user-1", "at": entries["introduced_at"]})
    lines = lines.assign(dossier_key=entries["dossier_key"], entry_key=entries["entry_key"], action="CONSULT")
    world.add("accesses", lines.assign(shows_content=True, reason="prepares the session"))


def _links(world: World) -> None:
    kinds = world.frames["controllers"].drop_duplicates("kind").set_index("kind")["controller_key"]
    if not {"INTEGRATED_POLICE", "FLEMISH_BODY"} <= set(kinds.index):
        return
    link = {"link_key": "link-1", "link_source": kinds["INTEGRATED_POLICE"], "link_target": kinds["FLEMISH_BODY"]}
    settled = {"direction": "ONE_WAY", "fields_allowed": "name|date of birth", "fields_have_categories": True}
    proof = {"protocol_ref": "protocol 2024/3", "mutual_tls": True, "last_test_at": world.days_ago(80)}
    world.add("links", pd.DataFrame([link | settled | proof, link | settled | proof | {"link_key": "link-2"}]))
    passed = {"fields_passed": "name", "by_user": f"{link['link_source']}-user-1", "person_in_dossier": True}
    dossier = world.frames["dossiers"]["dossier_key"].iloc[0]
    sent = {"dossier_key": dossier, "introduced_by": link["link_source"], "logged_on_both_sides": True}
    world.add("transfers", pd.DataFrame([{"link_key": key} | passed | sent for key in ("link-1", "link-2")]))
    world.add("link_days", pd.DataFrame({"link_key": ["link-1", "link-2"], "sent": [1, 1], "received": [1, 1]}))
