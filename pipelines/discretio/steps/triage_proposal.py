"""What dismissed false alarms say about the lexicons: a YAML file of proposals, without a word of any dossier.

Only who saw the texts knows the words. The file names the class of finding, how often it was dismissed and confirmed, and which
file of policies/lexicons could change in which way; the words are left for the reviewers to fill in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from discretio.domain.approvals import Role
from discretio.domain.triage.proposals import OF_WORDS, Change, FindingClass, Proposal, proposals
from discretio.domain.triage.standing import Event
from discretio.domain.triage.words import Decision, Dismissal
from discretio.errors import ApprovalError
from discretio.ledger.triage_events import SaidOfItem, said_of
from discretio.ledger.triage_items import items_of
from discretio.resources import folder
from discretio.steps.acting import acting
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace

LEAST = 5
_HEADING = """\
Proposals from triage. No word of a dossier stands here: whoever saw the texts fills in `words`, general ones, never a name.
`discretio lexicon check` and `discretio evaluate` say what a change does before it is adopted.
"""


def write_proposals(place: Workplace, login: str, path: Path, *, least: int = LEAST) -> int:
    """Write the proposals to a YAML file; returns how many there are.

    Raises:
        ApprovalError: who asks is no data protection officer.
        UsageError: the file can't be written.
    """
    if Role.DPO not in acting(place, login).roles:
        raise ApprovalError("only a data protection officer may propose", remedy="let an enrolled DPO write the file")
    found = proposals(list(_judged(place)), least)
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.map(proposals=[_plain(one) for one in found])
    document.yaml_set_start_comment(_HEADING)
    with whole_file(path) as file:
        yaml.dump(document, file)
    return len(found)


def _judged(place: Workplace) -> Iterator[tuple[FindingClass, Dismissal | None]]:
    """The class of each item that was decided, by its last decision."""
    said = said_of(place.ledger)
    for row in items_of(place.ledger).to_dict("records"):
        decision = last_decision(said.get(row["item_id"], ()))
        if decision is not None and row["target"]:
            of = FindingClass(row["target"], row["types"], row["evidence"], row["langs"])
            yield of, decision.reason if decision.word is Decision.DISMISS else None


def last_decision(said: Sequence[SaidOfItem]) -> Event | None:
    """The last decision on an item, whether it still stands or not; None if there is none."""
    return next((one.event for one in reversed(said) if isinstance(one.event.word, Decision)), None)


def _plain(one: Proposal) -> dict[str, Any]:
    return {
        "target": one.of.target,
        "types": one.of.types.split("+"),
        "evidence": one.of.evidence.split("+"),
        "languages": one.of.langs.split("+"),
        "dismissed": one.dismissed,
        "confirmed": one.confirmed,
        "reason": one.reason.value,
        "change": one.change.value,
        "files": _files(one),
        "words": [],
    }


def _files(one: Proposal) -> list[str]:
    """The shipped lexicons that could take the change; idioms stand in a file of their own."""
    if one.change not in OF_WORDS:
        return []
    subjects = ["idioms"] if one.change is Change.ADD_IDIOM else one.of.types.split("+")
    names = [f"lexicons/{lang}/{subject}.yaml" for lang in one.of.langs.split("+") for subject in subjects]
    return [name for name in names if (folder("policies") / name).is_file()]
