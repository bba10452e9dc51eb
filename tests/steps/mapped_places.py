"""A place whose store is somebody else's: a database, or a tree of documents, mapped so that it may be erased in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from discretio import wiring
from discretio.domain.approvals import Role
from discretio.ledger import locator
from discretio.settings import Settings
from discretio.steps import approve as approving
from discretio.steps import plan
from discretio.steps.archiving import declare_clearance
from discretio.steps.people_keys import enrol_person, new_personal_key, signer
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from enrolments import confirmed_by_an_officer
from steps.conftest import AS_OF, SteppingClock
from stores.file_servers import Bucket
from stores.foreign.erasable import filled, mapping_in
from stores.test_document_tree import write

DUE_IN_TREE = 3
_LINE = "d{},SHARED,CLOSED,K,2018-01-02,2020-05-06,DAY,EFFECTIVE_CLOSURE,{}\n"
_HEAD = "dossier_key,kind,status,owner,opened_at,closed_at,closed_precision,agreed_term_start,agreed_term\n"


@dataclass(frozen=True)
class ForeignPlace:
    """A place to test in: its folder, its collaborators, its clock."""

    out: Path
    place: Workplace
    clock: SteppingClock

    def key(self, login: str) -> Path:
        return self.out / f"{login}.key"

    def planned(self) -> str:
        """A plan of what is due, approved by two persons."""
        plan_id = plan.plan_purge(self.place, "main", AS_OF, requester="admin").plan_id
        self.approve(plan_id)
        return plan_id

    def approve(self, plan_id: str) -> None:
        for login in ("alice", "bob"):
            approving.approve(self.place, plan_id, login, self.key(login))


def foreign_place(out: Path, settings: Settings, shared: Workplace, store: str, controllers: tuple[str, ...]) -> ForeignPlace:
    """A ledger, the store registered as `main`, two approvers of every controller, everything cleared by the archives."""
    clock = SteppingClock()
    fresh = wiring.workplace(settings, now=clock)
    place = replace(fresh, policy_on=cache(shared.policy_on), detector=shared.detector)
    register(place, "main", store)
    ids = sorted(locator.surrogates(place.ledger, 1, "controller", controllers).values())
    made = ForeignPlace(out, place, clock)
    for login in ("alice", "bob"):
        enrol_person(place, login, [Role.APPROVER], ids, new_personal_key(made.key(login)))
    confirmed_by_an_officer(place, made.out, ("alice", "bob"))
    archivist = signer(place, "alice", made.key("alice"), where="")
    for controller in ids:
        declare_clearance(place, (controller, "SHARED"), "letter", archivist, withdrawn=False)
    return made


def centre_place(out: Path, url: str, settings: Settings, shared: Workplace) -> ForeignPlace:
    """The case system of a care centre in that database."""
    filled(out, url)
    return _without_cap(foreign_place(out, settings, shared, str(mapping_in(out, url)), ("1", "2")))


def bucket_place(out: Path, settings: Settings, shared: Workplace, server: Bucket) -> ForeignPlace:
    """The same tree in a bucket that keeps versions; one note was written twice, another one deleted."""
    server.keep_versions()
    for number in range(10):
        server.write(f"d{number}/note.txt", f"over kenmerk{number:04d}x, kenmerk{number:04d}x@zorg.example".encode())
    server.write("d0/note.txt", b"anders gezegd")
    server.asked("delete_object", Key="tree/d2/note.txt")
    _inventory(out)
    (out / "tree.yaml").write_text(f"store: {{tree: '{server.url}', inventory: inventory.csv}}\nerase: {{holds: ledger}}\n")
    return _without_cap(foreign_place(out, settings, shared, str(out / "tree.yaml"), ("K",)))


def tree_place(out: Path, settings: Settings, shared: Workplace) -> ForeignPlace:
    """A tree of ten folders, the first of which have outlived their term."""
    for number in range(10):
        write(out / "tree", f"d{number}/note.txt", f"over kenmerk{number:04d}x, kenmerk{number:04d}x@zorg.example")
    _inventory(out)
    (out / "tree.yaml").write_text("store: {tree: tree, inventory: inventory.csv}\nerase: {holds: ledger}\n")
    return _without_cap(foreign_place(out, settings, shared, str(out / "tree.yaml"), ("K",)))


def _inventory(out: Path) -> None:
    lines = [_LINE.format(number, "P1Y" if number < DUE_IN_TREE else "P20Y") for number in range(10)]
    (out / "inventory.csv").write_text(_HEAD + "".join(lines), encoding="utf-8")


def _without_cap(made: ForeignPlace) -> ForeignPlace:
    policy = made.place.policy_on(AS_OF)
    raised = replace(policy, values={**policy.values, "purge.cap_share": 1.0})
    return replace(made, place=replace(made.place, policy_on=lambda _: raised))
