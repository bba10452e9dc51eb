"""What an organisation keeps of itself: its missions, records, assessments, contracts, lists, attestations and places."""

from __future__ import annotations

import pandas as pd

from discretio.stores.samples.registers.world import World

_FEDERAL = frozenset({"FEDERAL_GDPR", "PROSECUTOR", "COURT", "CUSTOMS_CTIF", "INTELLIGENCE", "OCAM"})
_LEVELS = {"INTEGRATED_POLICE": "POLICE", "FLEMISH_BODY": "FLEMISH", "FLEMISH_WELFARE": "FLEMISH", "PRIVATE_BODY": "PRIVATE",
           "FRENCH_GERMAN_BRUSSELS_BODY": "FR_COMM"} | dict.fromkeys(_FEDERAL, "FEDERAL")  # fmt: skip
_MISSIONS = {"INTEGRATED_POLICE": "POLICE", "PROSECUTOR": "PROSECUTION"}
_ALL_CATEGORIES = sum(1 << number for number in range(1, 17))
_ATTESTED = ("PIPE-CONTENT-BLIND", "PIPE-SEPARATION", "PIPE-REPORT-NO-PD", "ART3-2-SECURITY-ATTEST", "ART3-2-POLICE-DIRECTIVES")
_CONTROLS = (
    "INSTALLATIONS", "MEDIA", "STORAGE", "USER", "DATA_ACCESS", "TRANSMISSION", "INPUT", "TRANSPORT", "RECOVERY", "RELIABILITY",
)  # fmt: skip
_SENSITIVE = ("HEALTH", "GENETIC", "BIOMETRIC", "CRIMINAL", "T2_SPECIAL")


def fill(world: World) -> None:
    """Give every controller what it would have, in order."""
    controllers = world.frames["controllers"]
    kind = controllers["kind"]
    level = kind.map(_LEVELS).fillna("PRIVATE")
    world.set(
        "controllers",
        level=level,
        policy_set=pd.Series("GDPR-BASE", index=kind.index).mask(level.isin(["FEDERAL", "POLICE"]), "BE-BILL-56-0485"),
        nrn_authorisation="RN 12/2019",
        secrecy_rule_set="2024",
        is_lawyer=False,
        mission_type=kind.map(_MISSIONS).fillna("CARE"),
    )
    each = controllers[["controller_key"]]
    first = controllers["controller_key"].map(world.frames["entries"].groupby("introduced_by")["introduced_at"].min())
    world.add("missions", each.assign(mission_ref="assistance"))
    world.add("mission_categories", each.assign(mission_ref="assistance", categories=_ALL_CATEGORIES))
    lists = each.assign(covers="SPECIAL|CRIMINAL", updated_at=world.days_ago(120))
    world.add("access_category_lists", lists)
    listed = each.merge(pd.DataFrame({"data_type": _SENSITIVE}), how="cross")
    world.add("access_lists", listed.assign(persons_category="case worker", updated_at=world.days_ago(120)))
    record = {"purpose": "case consultation", "recipients": "participants", "security": "the ten controls"}
    world.add("processing_records", each.assign(categories=_ALL_CATEGORIES, policy_set="BE-BILL-56-0485", **record))
    made = (first - pd.Timedelta(days=30)).fillna(pd.Timestamp("2024-01-08"))
    assessed = each.assign(covers="STORE|PIPELINE", made_at=made, reviewed_at=world.days_ago(100), residual_risk="LOW")
    world.add("impact_assessments", assessed)
    _attestations(world)
    _hosts(world)


def _attestations(world: World) -> None:
    each = world.frames["controllers"][["controller_key"]]
    confirmed = each.merge(pd.DataFrame({"rule_id": _ATTESTED}), how="cross").assign(result="CONFIRMED")
    stands_for = confirmed["controller_key"] + "-user-1"
    world.add(
        "attestations",
        confirmed.assign(attested_by=stands_for, attested_on=world.days_ago(150), document_sha256="digest of the document"),
    )


def _hosts(world: World) -> None:
    parts = world.frames["dossier_participants"]
    host = world.told(parts["dossier_key"], "dossiers", "owner")
    began = parts["dossier_key"].map(world.frames["entries"].groupby("dossier_key")["introduced_at"].min())
    pairs = pd.DataFrame({"controller_key": parts["controller_key"], "host": host, "began": began})
    first = pairs[pairs["controller_key"] != host].groupby(["controller_key", "host"], as_index=False)["began"].min()
    signed = (first["began"] - pd.Timedelta(days=30)).fillna(pd.Timestamp("2018-04-25"))
    contracts = first.drop(columns="began").assign(signed_at=signed, covers="DELETION_ON_INSTRUCTION|AUDIT|SUB_PROCESSORS")
    world.add("host_contracts", contracts)
    hosts = pd.DataFrame({"host": sorted(set(host.dropna()))})
    world.add("channels", hosts.assign(channel_key="store-of-" + hosts["host"], kind="STORE"))
    controls = pd.DataFrame({"channel_key": "store-of-" + hosts["host"]}).merge(
        pd.DataFrame({"control_code": _CONTROLS}), how="cross"
    )
    world.add("security_controls", controls.assign(attested_at=world.days_ago(200), result="PASS"))
    forms = hosts.assign(categories=_ALL_CATEGORIES, mandatory=False, asks_why_silent=False, feeds_sanctions=False)
    world.add("form_fields", forms)
    places = pd.DataFrame(
        {"holder": hosts["host"], "kind": "SHARED", "mandated": True, "holds_data": True, "shadow_copies": False}
    )
    world.add("locations", places)
