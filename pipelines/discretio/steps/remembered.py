"""What a run of a plan asks the ledger before each batch, read and verified again only if something was recorded since.

A chain that grew by the run's own intents and results alone says that nobody signed, withdrew, held, cleared or revoked.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from discretio.domain.archives import Series, cleared_series
from discretio.ledger.approvals import SignedApproval
from discretio.ledger.batches import DONE, INTENDED, Approvals
from discretio.ledger.chain_memory import ChainMemory
from discretio.ledger.connection import Ledger
from discretio.ledger.holds import held_dossiers
from discretio.steps.archive_waits import clearances
from discretio.steps.plan_facts import ApprovalFacts
from discretio.steps.workplace import Workplace


class Remembered(Approvals):
    """Of one run.

    Args:
        place: the collaborators.
        facts: what the plan asks of its approvals.
        store_id: the store that it deletes in.
    """

    def __init__(self, place: Workplace, facts: ApprovalFacts, store_id: int) -> None:
        self._place = place
        self._facts = facts
        self._store_id = store_id
        self._memory = ChainMemory(facts.plan.plan_id, (INTENDED, DONE))

    def given(self, ledger: Ledger, connection: Connection, plan_id: str) -> Sequence[SignedApproval]:
        """The decisions on the plan."""
        self._memory.look(connection)
        return self._memory.kept("approvals", lambda: super(Remembered, self).given(ledger, connection, plan_id))

    def suffice(self, given: Sequence[SignedApproval]) -> bool:
        """Whether they stand at this moment: of people who are enrolled, under mandates that hold, not expired."""
        facts = self._memory.kept("facts", lambda: self._facts.now_in(self._place, given))
        return facts.suffice(self._place.now())

    def obstacles(self) -> tuple[frozenset[str], frozenset[Series]]:
        """The dossiers (surrogate ids) of the store on which a hold was ever recorded, and what the archives cleared."""
        with self._place.ledger.reading() as connection:
            self._memory.look(connection)
        return self._memory.kept("obstacles", self._read_obstacles)

    def _read_obstacles(self) -> tuple[frozenset[str], frozenset[Series]]:
        ledger = self._place.ledger
        return frozenset(held_dossiers(ledger, self._store_id)), cleared_series(clearances(ledger))
