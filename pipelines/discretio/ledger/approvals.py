"""Approvals: what an enrolled person signed about one plan. The signature is the proof; nothing else stands in for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, Row, insert, select

from discretio.domain.approvals import Decision, Role
from discretio.errors import ApprovalError
from discretio.ledger.audit_chain import append, canonical, moment_text, payloads, segments_erased
from discretio.ledger.confirmations import require_confirmed
from discretio.ledger.connection import Ledger
from discretio.ledger.keys import signature_bytes
from discretio.ledger.people import PersonRecord, people_by_id, person_in
from discretio.ledger.plans import PlanRecord, locked_plan
from discretio.ledger.purge_tables import approvals as table

_RECORDED = "approval.recorded"
_CLOCK_DRIFT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedApproval:
    """What a person says about a plan: a Decision; every word but APPROVED and NO_OBJECTION stops it.

    `controller_id` is the controller whose entries it covers, None for a DPO who speaks for none. `signature` is Ed25519 over
    `approval_message`, in hexadecimal.
    """

    plan_id: str
    root_hash: str
    person_id: str
    role: str
    controller_id: str | None
    decision: str
    at: datetime
    signature: str = ""


POSITIVE = frozenset({Decision.APPROVED, Decision.NO_OBJECTION})
"""The words that let a plan go on."""


def approval_message(approval: SignedApproval) -> bytes:
    """The bytes that a person signs: every field but the signature, in canonical JSON."""
    fields = {**asdict(approval), "at": moment_text(approval.at)}
    del fields["signature"]
    return b"discretio approval\n" + canonical(fields).encode()


def sign_approval(approval: SignedApproval, private_key: bytes) -> SignedApproval:
    """The approval with its signature, by a person's own key (Ed25519, 32 raw bytes)."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    return replace(approval, signature=key.sign(approval_message(approval)).hex())


def record_approval(ledger: Ledger, approval: SignedApproval) -> None:
    """Record what a person signed about a plan. The same signature twice is recorded once.

    Raises:
        ApprovalError: the person isn't enrolled, may not act in this role or for this controller, asked for the plan, is an
            administrator, signed another plan, dated it ahead, or the signature is not the person's; or he lets the plan go
            on, and nobody has confirmed his enrolment.
    """
    with ledger.writing() as connection:
        plan = locked_plan(ledger, connection, approval.plan_id)
        person = person_in(ledger, connection, approval.person_id)
        _check(approval, person)
        _check_entitled(approval, plan, person)
        now = ledger.now()
        if approval.at > now + _CLOCK_DRIFT or (person and person.revoked_at):
            raise _refused(approval, "is dated ahead, or its giver is revoked")
        if is_positive(approval):
            require_confirmed(ledger, connection, person, approval.plan_id)
        known = select(table.c.approval_id).where(table.c.signature == approval.signature)
        if connection.execute(known).one_or_none() is None:
            connection.execute(insert(table).values(**asdict(approval), recorded_at=now))
            payload = {"person_id": approval.person_id, "decision": approval.decision, "signature": approval.signature}
            append(ledger, connection, _RECORDED, payload, subject=approval.plan_id)


def approvals(ledger: Ledger, plan_id: str) -> list[SignedApproval]:
    """What was signed about a plan, in the order of its dates; every signature is verified again.

    Raises:
        ApprovalError: one is forged, or one that the audit chain knows is missing.
    """
    with ledger.reading() as connection:
        return approvals_in(ledger, connection, plan_id)


def approvals_in(ledger: Ledger, connection: Connection, plan_id: str) -> list[SignedApproval]:
    """The same, inside a transaction."""
    query = select(table).where(table.c.plan_id == plan_id).order_by(table.c.at, table.c.approval_id)
    found = [_approval(row) for row in connection.execute(query)]
    givers = people_by_id(ledger, connection, {one.person_id for one in found})
    for approval in found:
        person = givers.get(approval.person_id)
        _check(approval, person)
        if person and person.revoked_at and person.revoked_at <= approval.at:
            raise _refused(approval, "was given after its giver was revoked")
    signed, told = {one.signature for one in found}, {p["signature"] for p in payloads(connection, _RECORDED, plan_id)}
    # Once a segment of the chain was erased by its term, what it told of isn't told any more.
    if told - signed or (signed - told and not segments_erased(connection)):
        raise ApprovalError(
            "the approvals of this plan are not those that the audit chain tells of",
            where=plan_id,
            remedy="run discretio verify --ledger, and make a new plan",
        )
    return found


def standing(given: Sequence[SignedApproval]) -> list[SignedApproval]:
    """The last word of each person in each role for each controller; at the same moment a refusal is the last."""
    ordered = sorted(given, key=lambda approval: (approval.at, not is_positive(approval)))
    return list({(approval.person_id, approval.role, approval.controller_id): approval for approval in ordered}.values())


def is_positive(approval: SignedApproval) -> bool:
    """Whether it lets the plan go on."""
    return approval.decision in POSITIVE


def _check(approval: SignedApproval, person: PersonRecord | None) -> None:
    if person is None:
        raise _refused(approval, "is not of an enrolled person")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(person.public_key))
        key.verify(signature_bytes(approval.signature), approval_message(approval))
    except (InvalidSignature, ValueError):
        raise _refused(approval, "doesn't carry its giver's signature") from None


def _check_entitled(approval: SignedApproval, plan: PlanRecord, person: PersonRecord | None) -> None:
    if approval.root_hash != plan.root_hash:
        raise _refused(approval, "is about other dossiers than those of the plan")
    if approval.person_id == plan.requester:
        raise _refused(approval, "comes from whoever asked for the plan")
    if person is None or approval.role not in person.roles or Role.ADMINISTRATOR in person.roles:
        raise _refused(approval, "is not its giver's to give in this role")
    if approval.controller_id is not None and approval.controller_id not in person.controller_ids:
        raise _refused(approval, "is not its giver's to give for this controller")
    if approval.controller_id is None and (person.controller_ids or approval.role != Role.DPO):
        raise _refused(approval, "names no controller for whom its giver acts")


def _refused(approval: SignedApproval, why: str) -> ApprovalError:
    return ApprovalError(
        f"the approval {why}", where=approval.plan_id, remedy="let an enrolled approver sign this plan with the personal key"
    )


def _approval(row: Row[Any]) -> SignedApproval:
    return SignedApproval(**{name: getattr(row, name) for name in SignedApproval.__slots__})
