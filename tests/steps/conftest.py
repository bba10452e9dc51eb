"""A place with a filled store and enrolled approvers, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from discretio import wiring
from discretio.detection.detector import Detector
from discretio.domain.approvals import Role
from discretio.ledger import locator, stores
from discretio.resources import folder
from discretio.settings import Settings
from discretio.steps.archiving import declare_clearance
from discretio.steps.people_keys import enrol_person, new_personal_key, signer
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import ReferenceStore, create_store
from enrolments import confirm_all
from ledger.databases import schema_on
from steps.purgeable_rows import CONTROLLERS, purgeable_rows

Fresh = Callable[[], "Made"]
AS_OF = date(2026, 11, 21)
ADOPTION = (
    "BE-BILL-56-0485:\n  adopted_by: Board\n  adopted_at: 2024-10-10\nGDPR-BASE:\n  adopted_by: null\n  adopted_at: null\n"
)


class SteppingClock:
    """A clock that a test sets; it moves on by a second at each look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass(frozen=True)
class Made:
    """A place to test in: its folder, its collaborators, its store."""

    out: Path
    place: Workplace
    store: ReferenceStore
    clock: SteppingClock

    def key(self, login: str) -> Path:
        return self.out / f"{login}.key"


@pytest.fixture(scope="session")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("policies") / "policies"
    shutil.copytree(folder("policies"), copy)
    (copy / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def settings_in(policies: Path) -> Callable[[Path], Settings]:
    return lambda out: replace(Settings.from_environment({"DISCRETIO_HOME": str(out / "home")}), policies=policies)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, settings_in: Callable[[Path], Settings]) -> Workplace:
    """Whose costly parts every test shares."""
    return wiring.workplace(settings_in(tmp_path_factory.mktemp("shared")))


@pytest.fixture(scope="session")
def detector(shared: Workplace) -> Detector:
    return shared.detector()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, settings_in: Callable[[Path], Settings]) -> Path:
    out = tmp_path_factory.mktemp("template")
    found_place(settings_in(out), out, url_in(out))
    return out


def found_place(settings: Settings, out: Path, store_url: str) -> None:
    """A filled and registered store, a ledger, and the people who may act."""
    place = wiring.workplace(settings, now=SteppingClock())
    load_rows(create_store(store_url), purgeable_rows())
    register(place, "main", store_url)
    ids = sorted(locator.surrogates(place.ledger, 1, "controller", CONTROLLERS).values())
    for login, roles, controllers in (
        ("alice", [Role.APPROVER], ids), ("bob", [Role.APPROVER], ids), ("carol", [Role.APPROVER, Role.ADMINISTRATOR], ids),
        ("dora", [Role.DPO], []), ("eve", [Role.APPROVER], ids[:1]),
    ):  # fmt: skip
        enrol_person(place, login, roles, controllers, new_personal_key(out / f"{login}.key"))
    confirm_all(place, "dora", out / "dora.key", ("alice", "bob", "carol", "eve"))
    archivist = signer(place, "alice", out / "alice.key", where="")
    for controller in ids:
        declare_clearance(place, (controller, "SHARED"), "letter", archivist, withdrawn=False)
    place.ledger.close()


@pytest.fixture
def open_at(shared: Workplace, settings_in: Callable[[Path], Settings]) -> Callable[..., Made]:
    """Opens a copied folder as a place of its own; its store and its ledger may stand on servers."""
    policy_on = cache(shared.policy_on)

    def opened(out: Path, store_url: str = "", ledger_url: str = "") -> Made:
        clock, settings = SteppingClock(), settings_in(out)
        fresh = wiring.workplace(replace(settings, ledger_url=ledger_url or settings.ledger_url), now=clock)
        place = replace(
            fresh, policy_on=policy_on, detector=shared.detector, detector_version=shared.detector_version,
            authorities=shared.authorities,
        )  # fmt: skip
        url = store_url or url_in(out)
        stores.register_store(place.ledger, "main", "reference_store", url)
        return Made(out, place, ReferenceStore(url), clock)

    return opened


@pytest.fixture
def made(template: Path, tmp_path: Path, open_at: Callable[[Path], Made]) -> Made:
    shutil.copytree(template, tmp_path / "out")
    return open_at(tmp_path / "out")


def url_in(out: Path) -> str:
    return f"sqlite:///{out / 'store.db'}"


@pytest.fixture
def places(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    template: Path,
    settings_in: Callable[[Path], Settings],
    open_at: Callable[..., Made],
) -> Iterator[Fresh]:
    """Makes a filled place at each call, on the database asked for."""
    numbers = count(1)
    with ExitStack() as stack:

        def fresh() -> Made:
            out = tmp_path / str(next(numbers))
            if request.param == "sqlite":
                shutil.copytree(template, out)
                return open_at(out, url_in(out))  # type: ignore[no-any-return] # a callable fixture
            out.mkdir()
            store_url, ledger_url = (stack.enter_context(schema_on(request.param)) for _ in range(2))
            found_place(replace(settings_in(out), ledger_url=ledger_url), out, store_url)
            opened: Made = open_at(out, store_url, ledger_url)
            stack.callback(opened.place.ledger.close)
            return opened

        yield fresh
