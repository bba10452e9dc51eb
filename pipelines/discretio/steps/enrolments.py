"""Whose word counts for deletion, who still waits for a confirmation, and who may give it: what the page shows of enrolments.

Ids, roles, controllers and public keys. Who is behind an id is for the login to know, which whoever confirms has to name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discretio.domain.approvals import Role
from discretio.ledger.confirmations import standing_people
from discretio.ledger.people import PersonRecord, people, person_id_of
from discretio.steps.confirming import enrolment_digest
from discretio.steps.workplace import Workplace

_COUNTING = frozenset({Role.DPO, Role.APPROVER})
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One person who is enrolled for what may lead to a deletion.

    Attributes:
        person: as he is enrolled.
        key: his public key in groups of four, to be read aloud and compared.
        digest: what stands for this very enrolment in a form.
        offered: whether who looks may confirm it.
    """

    person: PersonRecord
    key: str
    digest: str
    offered: bool


@dataclass(frozen=True, slots=True)
class Enrolments:
    """Everyone who is enrolled as officer or approver.

    Attributes:
        waiting: whose present enrolment nobody has confirmed.
        standing: whose word counts.
        mine: the enrolment of who looks; None if he has none that could lead to a deletion.
        stands: whether his own word counts.
        begins: whether nobody stands yet, so that a data protection officer confirms himself.
    """

    waiting: Sequence[Enrolment]
    standing: Sequence[Enrolment]
    mine: PersonRecord | None
    stands: bool
    begins: bool

    @property
    def confirming(self) -> Sequence[Enrolment]:
        """Those of who stand who may confirm others."""
        return [one for one in self.standing if Role.ADMINISTRATOR not in one.person.roles]


def enrolments(place: Workplace, login: str) -> Enrolments:
    """The enrolments of officers and approvers, as somebody sees them.

    Raises:
        ApprovalError: a confirmation is forged.
        LedgerError: one isn't what the audit chain tells, or an enrolment isn't.
    """
    standing = {person.person_id for person in standing_people(place.ledger)}
    counting = [person for person in people(place.ledger) if person.revoked_at is None and _COUNTING & set(person.roles)]
    me = next((person for person in counting if person.person_id == person_id_of(place.ledger, login)), None)
    begins = not standing

    def seen(person: PersonRecord) -> Enrolment:
        may = _confirms_himself(me, person) if begins else _confirms(me, person, standing)
        grouped = " ".join(person.public_key[at : at + _GROUP] for at in range(0, len(person.public_key), _GROUP))
        return Enrolment(person, grouped, enrolment_digest(person), may)

    return Enrolments(
        waiting=[seen(person) for person in counting if person.person_id not in standing],
        standing=[seen(person) for person in counting if person.person_id in standing],
        mine=me,
        stands=me is not None and me.person_id in standing,
        begins=begins,
    )


def _confirms(me: PersonRecord | None, person: PersonRecord, standing: set[str]) -> bool:
    """Whether it is this person's to confirm another; the ledger asks again (`ledger.declaring`)."""
    entitled = me is not None and Role.ADMINISTRATOR not in me.roles and me.person_id in standing
    return entitled and person.person_id not in standing


def _confirms_himself(me: PersonRecord | None, person: PersonRecord) -> bool:
    return person == me and Role.DPO in person.roles and Role.ADMINISTRATOR not in person.roles
