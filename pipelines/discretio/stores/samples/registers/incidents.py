"""What happens now and then: breaches, corrections, destructions, doubts, restrictions, and terms of other provisions."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import World

_FEW = 4


def fill(world: World, chosen: pd.DataFrame) -> None:
    """Let a few of each happen.

    Args:
        world: the frames so far.
        chosen: entries that were disclosed; the first few of them are corrected later.
    """
    who = world.frames["controllers"]["controller_key"].iloc[:_FEW].to_list()
    office = world.frames["controllers"].query("kind == 'PROSECUTOR'")["controller_key"].iloc[0]
    _corrections(world, chosen.iloc[:_FEW])
    _of_organisations(world, who)
    _erasures(world, who[:2])
    doubt = {"raised_by": office, "kind": "LEGALITY_DOUBT", "opened_at": world.days_ago(90)}
    closed = {"pg_consulted_at": world.days_ago(80), "closed_at": world.days_ago(70)}
    world.add("issues", pd.DataFrame([doubt | closed, doubt | closed]))
    _restrictions(world, office)


def _corrections(world: World, corrected: pd.DataFrame) -> None:
    mended = pd.DataFrame({"controller_key": corrected["introduced_by"], "entry_key": corrected["entry_key"]})
    world.add("corrections", mended.assign(at=world.days_ago(60)))
    for name in ("disclosures", "own_copies"):
        heard = world.frames[name]["entry_key"].isin(corrected["entry_key"])
        world.set(name, correction_told_at=pd.Series(world.days_ago(55), index=heard.index).where(heard))


def _of_organisations(world: World, who: list[str]) -> None:
    aware = world.days_ago(200)
    notified = {"aware_at": aware, "decision": "NOTIFY", "notified_at": aware + pd.Timedelta(hours=30)}
    world.add("breaches", pd.DataFrame([{"controller_key": one} | notified for one in who]))
    done = {"store_kind": "SHARED", "proposed_at": world.days_ago(300), "executed_at": world.days_ago(200)}
    world.add("destructions", pd.DataFrame([{"controller_key": one, "cleared_at": world.days_ago(250)} | done for one in who]))
    term = {"store_kind": "OWN", "provision": "LAW", "citation": "art. 44/9", "term": "P10Y", "approved_by": "officer-12"}
    since = {"valid_from": pd.Timestamp("2019-01-01")}
    world.add("retention_overrides", pd.DataFrame([{"controller_key": one} | term | since for one in who[:2]]))


def _erasures(world: World, who: list[str]) -> None:
    people = {"requested_by": "officer-03", "approved_by": "officer-05", "seconded_by": "officer-12"}
    gone = {"executed_at": world.days_ago(50), "list_matches": True, "remaining": 0, "recipients_told": True}
    again = {"backups_until": world.days_ago(-30), "rescanned_at": world.days_ago(43), "rescan_found": 0}
    world.add("erasures", pd.DataFrame([{"controller_key": one} | people | gone | again for one in who]))


def _restrictions(world: World, office: str) -> None:
    """On requests about consultations that a prosecutor authorised."""
    asked = world.frames["request_entries"]
    consultation = world.told(asked["dossier_key"], "dossiers", "consultation_key")
    types = consultation.map(world.frames["legal_bases"].set_index("consultation_key")["type"])
    requests = asked[types == "PR_PROTOCOL"].iloc[:6][["request_key", "dossier_key"]]
    restricted = requests.assign(decided_by=office, decided_at=world.days_ago(40), rights="INFORMATION", ground="1")
    settled = {"necessity_note": "an investigation would be warned", "proportionality_note": "for three months only"}
    world.add("restrictions", restricted.assign(review_at=world.days_ago(-50), **settled))
