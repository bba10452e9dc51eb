"""What happens in a ledger, in the shortest words: a store scanned, checked, planned, approved, purged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from discretio.domain.approvals import Role
from discretio.ledger.approvals import SignedApproval, record_approval, sign_approval
from discretio.ledger.batches import Result
from discretio.ledger.confirmations import CONFIRMED, enrolment
from discretio.ledger.connection import Ledger
from discretio.ledger.declarations import Declaration
from discretio.ledger.declaring import Entitled, declare
from discretio.ledger.dues import record_dues
from discretio.ledger.figures import FrozenReport
from discretio.ledger.findings import FINDING_COLUMNS
from discretio.ledger.locator import surrogates
from discretio.ledger.outcomes import record_outcomes
from discretio.ledger.people import PersonRecord, enrol, people
from discretio.ledger.plans import PlanRecord, save_plan, set_plan_state
from discretio.ledger.recording import Found, Recording, UnitRead, UnitScope
from discretio.ledger.rows import rows_of, same_names
from discretio.ledger.runs import RunStart, start_run
from discretio.ledger.stores import register_store
from discretio.ledger.surrogate_ids import new_id
from discretio.ledger.units import compared

AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
HASH = "ab" * 32
START = RunStart("scan", None, date(2026, 3, 1), "DOC-56-0485", "2026-01", HASH, AT)
ROOT_HASH = "cd" * 32
FIGURES = '{"dossiers": 1000}\n'
REPORT = FrozenReport(
    "REP1", "apd", "all", "2026-Q1", FIGURES, hashlib.sha256(FIGURES.encode()).hexdigest(), "DOC-56-0485", "2026-01", HASH, AT
)  # fmt: skip
EXAMINED_COLUMNS = (
    "unit_id", "dossier_id", "entry_id", "controller_id", "content_hash", "characters", "not_examined", "examined_at",
)  # fmt: skip
DECLARED_COLUMNS = ("declared_categories", "declared_flags")
KEYS = {name: hashlib.sha256(name.encode()).digest() for name in ("anna", "bert", "dpo", "admin", "requester", "stranger")}


@dataclass
class Story:
    """Two dossiers of two controllers, one entry each, scanned and found in."""

    store_id: int
    run_id: str
    dossiers: dict[str, str]
    entries: dict[str, str]
    controllers: dict[str, str]


def told(ledger: Ledger) -> Story:
    store_id = register_store(ledger, "shared", "reference", "sqlite:///where-nobody-looks.db")
    dossiers = surrogates(ledger, store_id, "dossier", ["one", "two"])
    entries = surrogates(ledger, store_id, "entry", ["e1", "e2"], dossier_of={"e1": dossiers["one"], "e2": dossiers["two"]})
    controllers = surrogates(ledger, store_id, "controller", ["police", "welfare"])
    run_id = start_run(ledger, replace(START, store_id=store_id))
    story = Story(store_id, run_id, dossiers, entries, controllers)
    recorded(ledger, story, *partition(story))
    record_outcomes(ledger, run_id, store_id, outcomes(story))
    record_dues(ledger, run_id, store_id, dues(story))
    return story


def partition(story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Findings and examined units: entry e1 holds category 10 and health, e2 could not be read."""
    d, e, c = story.dossiers, story.entries, story.controllers
    findings = pd.DataFrame(
        [
            [d["one"], e["e1"], None, c["police"], 10, 0b1, "lexicon_health", "fr", 0.9, False, "subject", "lexicon", 3, 9],
            [
                d["one"],
                e["e1"],
                None,
                c["police"],
                None,
                0b100,
                "lexicon_politics",
                "fr",
                0.4,
                True,
                "subject",
                "lexicon",
                11,
                15,
            ],
        ],
        columns=list(FINDING_COLUMNS),
    ).astype({"category": "Int64"})
    examined = pd.DataFrame(
        [
            [e["e1"], d["one"], e["e1"], c["police"], "digest-1", 40, None, AT, 0, 0],
            [e["e2"], d["two"], e["e2"], c["welfare"], "digest-2", 0, "unreadable", AT, 0, 0],
        ],
        columns=[*EXAMINED_COLUMNS, *DECLARED_COLUMNS],
    )
    return findings, examined


def digests(story: Story) -> dict[str, str]:
    """What the store says of both entries."""
    return {story.entries["e1"]: "digest-1", story.entries["e2"]: "digest-2"}


def recorded(ledger: Ledger, story: Story, findings: pd.DataFrame, examined: pd.DataFrame) -> None:
    """Record units and what was found in them, as a scan does."""
    recording = Recording(ledger, story.run_id, story.store_id)
    found = rows_of(findings, same_names(*FINDING_COLUMNS))
    hashes = compared(ledger, story.store_id, [], dict(zip(examined.unit_id, examined.content_hash, strict=True))).hashes
    for row in rows_of(examined, same_names(*(name for name in examined.columns if name != "gaps"))):
        unit_id, entry_id = row["unit_id"], row["entry_id"]
        attachment_id = None if unit_id == entry_id else unit_id
        scope = UnitScope(unit_id, row["dossier_id"], entry_id, attachment_id, row["controller_id"])
        recording.begin(scope, UnitRead(hashes[unit_id], row["examined_at"], *(row.get(name) for name in DECLARED_COLUMNS)))
        own = [one for one in found if (one["attachment_id"] or one["entry_id"]) == unit_id]
        recording.find(Found(*[one[name] for name in FINDING_COLUMNS[4:]]) for one in own)
        recording.end(row["characters"], row["not_examined"], None)
    recording.flush()


def outcomes(story: Story, outcome: str = "FAIL") -> pd.DataFrame:
    d, e, c = story.dossiers, story.entries, story.controllers
    rows = [["ART2-2-CAT", "entry", e["e1"], d["one"], c["police"], outcome, "undeclared"]]
    columns = ["rule_id", "scope_kind", "scope_key", "dossier_key", "controller_key", "outcome", "reason"]
    return pd.DataFrame(rows, columns=columns)


def dues(story: Story) -> pd.DataFrame:
    d, c = story.dossiers, story.controllers
    rows = [
        ["ART2-3-4-RETENTION-MAX", "dossier", d["one"], d["one"], c["police"], "OVERDUE", date(2020, 1, 1), "term_expired"],
        ["ART2-3-4-RETENTION-MAX", "dossier", d["two"], d["two"], c["welfare"], "NOT_CHECKABLE", None, "closure_unknown"],
    ]
    columns = ["rule_id", "scope_kind", "scope_id", "dossier_id", "controller_id", "status", "due", "reason"]
    return pd.DataFrame(rows, columns=columns)


def planned(ledger: Ledger, story: Story, *, dry_run_only: bool = False) -> PlanRecord:
    """A plan over both dossiers, asked for by the requester."""
    plan = PlanRecord(
        new_id("plan"), story.store_id, story.run_id, date(2026, 3, 1), "requester", ROOT_HASH, "DOC-56-0485", "2026-01", HASH,
        dry_run_only, AT, "PLANNED",
    )  # fmt: skip
    save_plan(ledger, plan, items(story))
    return plan


def items(story: Story) -> pd.DataFrame:
    d, c = story.dossiers, story.controllers
    both = json.dumps(sorted(c.values()), separators=(",", ":"))
    rows = [[d[name], "dossier", HASH, "ART2-3-4-RETENTION-MAX", date(2020, 1, 1), both, "PLANNED"] for name in ("one", "two")]
    return pd.DataFrame(rows, columns=["item_id", "kind", "dossier_hash", "rule_id", "due", "controllers", "state"])


def enrolled(ledger: Ledger, story: Story) -> None:
    """Anna approves for the police, Bert for welfare; a DPO; an administrator; the requester."""
    police, welfare = story.controllers["police"], story.controllers["welfare"]
    roles = {
        "anna": (("APPROVER",), (police,)),
        "bert": (("APPROVER",), (welfare,)),
        "dpo": (("DPO",), ()),
        "admin": (("APPROVER", "ADMINISTRATOR"), (police,)),
        "requester": (("APPROVER",), (police,)),
    }
    for name, (held, controllers) in roles.items():
        public = Ed25519PrivateKey.from_private_bytes(KEYS[name]).public_key().public_bytes_raw().hex()
        enrol(ledger, PersonRecord(name, held, controllers, public, AT - timedelta(days=1)))
    for name in ("dpo", *(other for other in roles if other != "dpo")):
        confirmed(ledger, name)


def confirmed(ledger: Ledger, name: str) -> None:
    """The officer confirms somebody, himself first of all."""
    person = next(one for one in people(ledger) if one.person_id == name)
    said = Declaration(CONFIRMED, name, enrolment(person), "dpo", AT - timedelta(days=1))
    declare(ledger, said.signed(KEYS["dpo"]), Entitled(frozenset({Role.DPO}), confirmed=True))


def approval(
    plan: PlanRecord, person: str, controller: str | None, decision: str = "APPROVED", **changes: object
) -> SignedApproval:
    """A properly signed approval, unless changed before the signature."""
    role = "DPO" if person == "dpo" else "APPROVER"
    at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    said = SignedApproval(plan.plan_id, plan.root_hash, person, role, controller, decision, at)
    return sign_approval(replace(said, **changes), KEYS[person])


def approved(ledger: Ledger, story: Story) -> PlanRecord:
    """A plan that two approvers approved."""
    enrolled(ledger, story)
    plan = planned(ledger, story)
    record_approval(ledger, approval(plan, "anna", story.controllers["police"]))
    record_approval(ledger, approval(plan, "bert", story.controllers["welfare"]))
    return plan


def running(ledger: Ledger, story: Story) -> PlanRecord:
    plan = approved(ledger, story)
    set_plan_state(ledger, plan.plan_id, "PLANNED", "APPROVED")
    set_plan_state(ledger, plan.plan_id, "APPROVED", "RUNNING")
    return replace(plan, state="RUNNING")


def results(**states: str) -> list[Result]:
    """What became of items: id and state, with a reason where dropped."""
    return [(item, state, "held" if state == "DROPPED" else None) for item, state in states.items()]
