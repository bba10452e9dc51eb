"""Drafts and own dossiers are scanned owner by owner, with accounts that see nothing else, and told of in no other scope."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import sqlalchemy as sa

from discretio.errors import StoreContentError, StoreUnavailableError, UsageError
from discretio.ledger import locator, stores
from discretio.ledger.scan_tables import examined
from discretio.steps import check, report, scan
from discretio.steps.registering import register, registered_name
from discretio.steps.report_counts import controllers_of, counts_for
from discretio.stores.loading import load_rows
from discretio.stores.port import ErasableStore
from discretio.stores.reference import create_store
from discretio.stores.store_password import scope_environment
from ledger.databases import schema_on
from steps.conftest import AS_OF, Made
from steps.owners import (
    OF_POLICE,
    OF_PROSECUTION,
    POLICE,
    PROSECUTION,
    drop_accounts,
    keep_apart,
    mapping_of_own_file,
    owners_rows,
)
from stores.store_rows import key

services = pytest.mark.services


def scanned(made: Made, name: str) -> set[str]:
    """Scan a store; the dossiers of which the ledger then knows something, by the store's own keys."""
    run_id = scan.begin_scan(made.place, name, AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    scan.finish_scan(made.place, run_id)
    return known_dossiers(made, name)


def known_dossiers(made: Made, name: str) -> set[str]:
    store_id = stores.store_named(made.place.ledger, name).store_id
    with made.place.ledger.reading() as connection:
        ids = set(connection.execute(sa.select(examined.c.dossier_id).where(examined.c.store_id == store_id)).scalars())
    return set(locator.natural_keys(made.place.ledger, ids).values())


@pytest.fixture
def own_files(made: Made) -> Made:
    """On SQLite, where there are no accounts: a file per owner, each registered as that owner's scope."""
    database = made.out / "owners.db"
    load_rows(create_store(f"sqlite:///{database}"), owners_rows())
    for name, owner in (("police", POLICE), ("prosecution", PROSECUTION)):
        register(made.place, name, str(mapping_of_own_file(made.out, database, owner)), owner)
    register(made.place, "whole", f"sqlite:///{database}")
    return made


@pytest.fixture
def accounts(made: Made) -> Iterator[Made]:
    """On PostgreSQL: an account per owner, kept apart by row-level security, and a scope for each."""
    with schema_on("postgresql") as url:
        load_rows(create_store(url), owners_rows())
        roles = {f"scope_{uuid4().hex[:8]}": owner for owner in (POLICE, PROSECUTION)}
        keep_apart(url, roles)
        try:
            for role, owner in roles.items():
                name = "police" if owner == POLICE else "prosecution"
                register(made.place, name, url.replace("postgres@", f"{role}@"), owner)
            register(made.place, "whole", url)
            yield made
        finally:
            drop_accounts(url, roles)


@pytest.fixture(params=["own_files", pytest.param("accounts", marks=services)])
def scopes(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_a_scope_reads_its_owners_drafts_and_own_dossiers_and_nothing_else(scopes: Made) -> None:
    assert scanned(scopes, "police") == OF_POLICE
    assert scanned(scopes, "prosecution") == OF_PROSECUTION
    assert known_dossiers(scopes, "police") == OF_POLICE
    for frame in sorted(scopes.place.open_store("police").frames()):
        rows = scopes.place.open_store("police").read(frame)
        assert set(rows.get("dossier_key", ())) <= OF_POLICE, frame
    assert {text.dossier_key for text in scopes.place.open_store("police").texts()} == OF_POLICE


@services
def test_the_account_itself_is_shown_nothing_of_another_owner(accounts: Made) -> None:
    bare = accounts.place.open_store("police").store  # type: ignore[attr-defined]
    for frame in sorted(bare.frames()):
        assert not set(bare.read(frame).get("dossier_key", ())) & OF_PROSECUTION, frame
    assert not {text.dossier_key for text in bare.texts()} & OF_PROSECUTION


def test_an_account_that_sees_another_owners_drafts_is_refused_before_anything_is_read(own_files: Made) -> None:
    register(own_files.place, "careless", f"sqlite:///{own_files.out / 'owners.db'}", POLICE)
    with pytest.raises(StoreUnavailableError, match="sees 2 drafts or own dossiers"):
        scan.begin_scan(own_files.place, "careless", AS_OF)
    assert known_dossiers(own_files, "careless") == set()


def test_a_store_that_doesn_t_tell_whose_a_dossier_is_has_no_scopes(made: Made) -> None:
    (made.out / "folder" / "one").mkdir(parents=True)
    register(made.place, "folder", str(made.out / "folder"), POLICE)
    with pytest.raises(StoreContentError, match="whose a dossier is"):
        scan.begin_scan(made.place, "folder", AS_OF)


def test_a_draft_that_was_signalled_is_its_owners_no_more(own_files: Made) -> None:
    store = own_files.place.open_store("police")
    inner = store.store  # type: ignore[attr-defined]
    frames = {name: inner.read(name) for name in ("dossiers", "entries")}
    frames["dossiers"] = frames["dossiers"].assign(signalled_at=None)
    frames["dossiers"].loc[frames["dossiers"]["dossier_key"] == key(0), "signalled_at"] = AS_OF
    inner.read = lambda frame, partition=None, columns=None: frames[frame]  # noqa: ARG005 - as the store's own
    assert set(store.read("entries")["dossier_key"]) == {key(1)}


def test_a_name_keeps_its_scope(own_files: Made) -> None:
    mapping = own_files.out / f"{POLICE}.yaml"
    for other in (PROSECUTION, None):
        with pytest.raises(UsageError, match="kind or scope"):
            register(own_files.place, "police", str(mapping), other)
    assert registered_name(own_files.place, f"sqlite:///{own_files.out / 'owners.db'}") == "whole"


def test_a_scope_is_reported_apart_and_in_no_other_report(own_store: Made) -> None:
    made = own_store
    scanned(made, "police")
    scanned(made, "main")
    ((authority, owner),) = report.scopes_to_report(made.place)
    order = report.ReportOrder.of(authority, owner, "2026-Q3", AS_OF)
    ours = counts_for(made.place, controllers_of(made.place, authority, owner), order.period, AS_OF)
    others = counts_for(made.place, controllers_of(made.place, authority, "all"), order.period, AS_OF)
    assert ours.dossiers is not None
    assert set(ours.dossiers["kind"]) == {"OWN", "PRESIGNAL"}
    assert others.dossiers is not None
    assert set(others.dossiers["kind"]) == {"SHARED"}
    assert ours.coverage is not None
    assert others.coverage is not None
    with made.place.ledger.reading() as connection:
        entries = connection.execute(sa.select(sa.func.count(examined.c.entry_id.distinct()))).scalar_one()
    assert ours.coverage["n"].sum() + others.coverage["n"].sum() == entries
    assert not controllers_of(made.place, authority, owner) & controllers_of(made.place, authority, "all")


@pytest.fixture
def own_store(made: Made) -> Made:
    """A reference store that holds the police's rows alone, registered as its scope, beside the store of all that is shared."""
    rows = owners_rows()
    rows["dossiers"] = rows["dossiers"][rows["dossiers"]["dossier_key"].isin(OF_POLICE)]
    rows = {
        name: frame[frame["dossier_key"].isin(OF_POLICE)] if "dossier_key" in frame else frame
        for name, frame in rows.items()
        if name not in ("entry_introducers", "agreements")
    }
    url = f"sqlite:///{made.out / 'police.db'}"
    load_rows(create_store(url), rows)
    register(made.place, "police", url, POLICE)
    return made


def test_a_scope_is_judged_and_can_be_purged_like_any_store(own_store: Made) -> None:
    made = own_store
    scanned(made, "police")
    run_id, outcomes = check.check(made.place, "police", AS_OF)
    assert run_id
    assert not outcomes.outcomes.empty
    store = made.place.open_store("police")
    assert isinstance(store, ErasableStore)
    hashes = store.dossier_hashes([*OF_POLICE, *OF_PROSECUTION], b"k")
    assert hashes.keys() == OF_POLICE


def test_a_scope_never_uses_the_password_of_another_account() -> None:
    environment = {
        "DISCRETIO_STORE_PASSWORD": "general",
        "DISCRETIO_STORE_PASSWORD_FILE": "/general",
        "DISCRETIO_STORE_PASSWORD_FILE_POLICE_OWN": "/own",
        "HOME": "/home",
    }
    own = scope_environment("police-own", environment)
    assert (own["DISCRETIO_STORE_PASSWORD_FILE"], own["HOME"], "DISCRETIO_STORE_PASSWORD" in own) == ("/own", "/home", False)
    assert "DISCRETIO_STORE_PASSWORD_FILE" not in scope_environment("welfare", environment)
