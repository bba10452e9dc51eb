"""Holds on dossiers: what enrolled persons signed about them. Where a hold stands follows from its acts; no row is changed.

A purge reads the holds after its intent is written, and a hold looks for intents under the lock of the chain that the intent
needs too: whichever comes second sees the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select

from discretio.domain.hold_acts import HoldAct, HoldVerb
from discretio.domain.purge_states import ItemState
from discretio.domain.recorded_holds import RecordedHold, check_entitled, check_follows
from discretio.errors import LedgerError, UsageError
from discretio.ledger.audit_chain import append, lock_chain, moment_text
from discretio.ledger.chain_tables import chain_records
from discretio.ledger.connection import Ledger
from discretio.ledger.hold_tables import hold_acts as acts_table
from discretio.ledger.hold_tables import holds as table
from discretio.ledger.keys import decrypt, encrypt
from discretio.ledger.people import person_in
from discretio.ledger.purge_tables import purge_intents
from discretio.ledger.rows import pieces
from discretio.ledger.scan_tables import locator
from discretio.ledger.signatures import check_moment, check_signature, sign_statement, statement
from discretio.ledger.term_erasures import erased_by_term

RECORDED = "hold.recorded"


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """What a hold is about, for as long as it is known; every act is signed over it.

    `ground` is encrypted: the provision or decision that it rests on.
    """

    hold_id: str
    store_id: int
    dossier_id: str
    kind: str
    controller_ids: tuple[str, ...]
    ground: bytes


def held_dossier(ledger: Ledger, hold: RecordedHold, ground: str) -> HeldDossier:
    """A new hold, before anybody did anything about it."""
    controllers = tuple(sorted(hold.controllers))
    sealed = encrypt(ledger.keys, ground, hold.hold_id)
    return HeldDossier(hold.hold_id, hold.store_id, hold.dossier_id, hold.kind, controllers, sealed)


def sign_act(held: HeldDossier, act: HoldAct, private_key: bytes) -> str:
    """A person's signature over an act and what it is about."""
    return sign_statement(private_key, _message(held, act))


def record_act(ledger: Ledger, held: HeldDossier, act: HoldAct, signature: str) -> bool:
    """Record what a person did about a hold.

    Returns:
        Whether the erasure of the dossier had been begun: then it may be gone, and if it isn't, the hold keeps it.

    Raises:
        ApprovalError: the act isn't this person's to do, or the signature isn't this person's.
        UsageError: the hold is unknown, or the act means nothing where it stands.
    """
    with ledger.writing() as connection:
        lock_chain(connection)
        known = _holds(ledger, connection, [held.dossier_id])
        hold = next((one for one in known if one.hold_id == held.hold_id), None)
        _check(ledger, connection, (held, act, signature), hold)
        if hold is None:
            connection.execute(insert(table).values(**_values(held)))
        row = {"hold_id": held.hold_id, "signature": signature, "recorded_at": ledger.now()}
        connection.execute(insert(acts_table).values(**row, **_act_values(act)))
        payload = {"hold_id": held.hold_id, "verb": act.verb, "person_id": act.person_id, "signature": signature}
        append(ledger, connection, RECORDED, payload, subject=held.dossier_id)
        begun = (purge_intents.c.item_id == held.dossier_id, purge_intents.c.state != ItemState.DROPPED.value)
        return connection.execute(select(purge_intents.c.item_id).where(*begun).limit(1)).first() is not None


def held_by(ledger: Ledger, hold_id: str) -> HeldDossier:
    """What the hold of that id is about.

    Raises:
        UsageError: no such hold is known.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.hold_id == hold_id)).one_or_none()
    if row is None:
        raise UsageError("no hold of this id is known", where=hold_id, remedy="discretio hold list shows them")
    return _held(row)


def ground_of(ledger: Ledger, held: HeldDossier) -> str:
    """The provision or decision that a hold rests on.

    Raises:
        LedgerError: it was changed in the database.
    """
    return decrypt(ledger.keys, held.ground, held.hold_id)


def holds_on(ledger: Ledger, dossier_ids: Collection[str]) -> list[RecordedHold]:
    """Every hold ever placed on these dossiers, the released ones too; every signature is verified again.

    Raises:
        ApprovalError: an act is forged.
        LedgerError: an act that the audit chain tells of is gone.
    """
    with ledger.reading() as connection:
        return [hold for piece in pieces(dossier_ids) for hold in _holds(ledger, connection, piece)]


def held_dossiers(ledger: Ledger, store_id: int | None = None) -> list[str]:
    """The dossiers (surrogate ids) that aren't forgotten and on which a hold was ever placed; of one store, or of all.

    The audit chain is asked too: a hold whose rows are gone must not pass for none.
    """
    told = select(chain_records.c.subject).where(chain_records.c.kind == RECORDED)
    ever = (locator.c.surrogate.in_(told), locator.c.surrogate.in_(select(table.c.dossier_id)))
    query = select(locator.c.surrogate).where(or_(*ever)).order_by(locator.c.surrogate)
    if store_id is not None:
        query = query.where(locator.c.store_id == store_id)
    with ledger.reading() as connection:
        return list(connection.execute(query).scalars())


def _holds(ledger: Ledger, connection: Connection, dossier_ids: Sequence[str]) -> list[RecordedHold]:
    rows = connection.execute(select(table).where(table.c.dossier_id.in_(dossier_ids)).order_by(table.c.hold_id)).all()
    held = {row.hold_id: _held(row) for row in rows}
    found: dict[str, list[HoldAct]] = {hold_id: [] for hold_id in held}
    signatures = set()
    query = select(acts_table).where(acts_table.c.hold_id.in_(list(held))).order_by(acts_table.c.act_id)
    for row in connection.execute(query):
        act = HoldAct(row.verb, row.person_id, row.at, row.until, row.review)
        person = person_in(ledger, connection, row.person_id)
        check_signature(person, _message(held[row.hold_id], act), row.signature, row.hold_id)
        found[row.hold_id].append(act)
        signatures.add(row.signature)
    _check_told(connection, dossier_ids, signatures)
    return [_recorded(held[hold_id], tuple(acts)) for hold_id, acts in found.items()]


def _check_told(connection: Connection, dossier_ids: Sequence[str], signatures: set[str]) -> None:
    here = (chain_records.c.kind == RECORDED, chain_records.c.subject.in_(dossier_ids))
    told = {json.loads(p)["signature"] for p in connection.execute(select(chain_records.c.payload).where(*here)).scalars()}
    if told - signatures and told - signatures - erased_by_term(connection, acts_table.name):
        raise LedgerError(
            "a hold that the audit chain tells of is gone from the ledger",
            where=table.name,
            remedy="run discretio verify --ledger, restore a backup, and find out who can write to this database",
        )


def _check(ledger: Ledger, connection: Connection, signed: tuple[HeldDossier, HoldAct, str], hold: RecordedHold | None) -> None:
    held, act, signature = signed
    person = check_signature(person_in(ledger, connection, act.person_id), _message(held, act), signature, where=held.hold_id)
    check_moment(ledger, person, act.at, held.hold_id)
    if (hold is None) != (act.verb == HoldVerb.PLACE):
        raise UsageError("a hold is placed once, and first of all", where=held.hold_id, remedy="discretio hold list shows them")
    target = hold or _recorded(held, ())
    check_entitled(act.verb, person.roles, person.controller_ids, target)
    check_follows(target, act)


def _message(held: HeldDossier, act: HoldAct) -> bytes:
    about = {**_values(held), "ground": hashlib.sha256(held.ground).hexdigest()}
    done = {name: value.isoformat() if isinstance(value, date) else value for name, value in _act_values(act).items()}
    return statement("hold", {**about, **done, "at": moment_text(act.at)})


def _values(held: HeldDossier) -> dict[str, Any]:
    fields = {name: getattr(held, name) for name in HeldDossier.__slots__}
    return fields | {"controller_ids": list(held.controller_ids)}


def _act_values(act: HoldAct) -> dict[str, Any]:
    return {name: getattr(act, name) for name in HoldAct.__slots__}


def _held(row: Row[Any]) -> HeldDossier:
    values = {name: getattr(row, name) for name in HeldDossier.__slots__}
    return HeldDossier(**values | {"controller_ids": tuple(row.controller_ids), "ground": bytes(row.ground)})


def _recorded(held: HeldDossier, acts: tuple[HoldAct, ...]) -> RecordedHold:
    controllers = frozenset(held.controller_ids)
    return RecordedHold(held.hold_id, held.store_id, held.dossier_id, held.kind, controllers, acts)
