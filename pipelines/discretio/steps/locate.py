"""What a reviewer's own system calls the records that he is asked about: for him alone, in a file, told to the audit chain.

Surrogates are ours; without this a reviewer could not find the entry he is to look at. Nobody else is told, the DPO included.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from discretio.domain.approvals import Person, Role
from discretio.errors import ApprovalError, UsageError
from discretio.ledger import locator
from discretio.ledger.samples import load_sample, sampled_entries
from discretio.ledger.triage_items import items_of
from discretio.steps.acting import acting
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace

HEAD = ("id", "key")
_SAMPLE = "SMP"


def write_keys(place: Workplace, login: str, asked: Sequence[str], path: Path) -> int:
    """Write the store's own keys of the records behind items of triage, or of a sample, for their introducer's reviewer.

    Args:
        place: the collaborators.
        login: who asks.
        asked: ids of items of triage and of samples.
        path: the CSV file, which its owner alone may read.

    Returns:
        How many keys were written: those of his own controllers that are still known.

    Raises:
        ApprovalError: the person is no reviewer.
        UsageError: nothing of what is asked for is his, or the file can't be written.
    """
    person = acting(place, login)
    if Role.REVIEWER not in person.roles:
        raise ApprovalError("only a reviewer of the introducing participant is told its keys", remedy="let one of them ask")
    ids = [one for each in dict.fromkeys(asked) for one in _records(place, person, each)]
    if not ids:
        raise UsageError("none of this is here, or for this login", remedy="discretio triage list shows what you may see")
    keys = locator.disclosed_keys(place.ledger, person.person_id, ids)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(keys.items())
    with whole_file(path) as file:
        file.write(text.getvalue().encode())
    return len(keys)


def _records(place: Workplace, person: Person, asked: str) -> list[str]:
    """The surrogates of the records behind an item or a sample that this person's controllers introduced."""
    if asked.startswith(_SAMPLE):
        sample = load_sample(place.ledger, asked)
        mine = {part.number for part in sample.strata if part.controller_id in person.controllers}
        entries = sampled_entries(place.ledger, asked)
        return [str(one) for one in entries[entries["stratum"].isin(mine)]["entry_id"].dropna()]
    items = items_of(place.ledger, only=[asked], controllers=person.controllers)
    return [str(one) for one in items["scope_id"]]
