"""With the rights that `discretio store grants` prints, each role of a database can do what its verbs need, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.connection import make_engine
from discretio.reporting.keys import make_demo_key
from discretio.settings import Settings
from discretio.steps import approve, check, erase, plan, report, scan, verify_purge
from discretio.steps.granting import ledger_statements, store_statements
from discretio.steps.registering import register
from discretio.stores.reference import ReferenceStore
from discretio.wiring import workplace
from ledger.databases import schema_on
from steps.conftest import AS_OF, Made, found_place

pytestmark = pytest.mark.services

SERVERS = ["postgresql", "mariadb"]
ROLES = ["store_scan", "store_purge", "store_report", "ledger_scan", "ledger_purge", "ledger_report", "ledger_decide"]
Acting = Callable[[str], Made]


class Granted:
    """A store and a ledger on a server, and a login for each role."""

    def __init__(self, server: str, urls: tuple[str, str], made: Made) -> None:
        self.server, self.urls, self.made = server, urls, made
        self.prefix = f"d{uuid4().hex[:6]}"
        self.engines = [sa.create_engine(url, isolation_level="AUTOCOMMIT") for url in urls]
        told = [store_statements(made.place, "main", self.prefix), ledger_statements(made.place, self.prefix)]
        for engine, statements in zip(self.engines, told, strict=True):
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(sa.text(statement))
        with self.engines[0].connect() as connection:
            for role in ROLES:
                for statement in self._login_for(role):
                    connection.execute(sa.text(statement))

    def url(self, role: str) -> str:
        """The URL of the store or the ledger for the login of a role."""
        url = make_url(self.urls[role.startswith("ledger")]).set(username=self._login(role))
        return url.render_as_string()

    def refusal(self, role: str, statement: str) -> str:
        """What the database says to a statement of a role's login; nothing if it does as it is told."""
        engine = sa.create_engine(self.url(role), poolclass=sa.pool.NullPool)
        try:
            with engine.connect() as connection:
                connection.execute(sa.text(statement))
        except sa.exc.DBAPIError as error:
            return str(error.orig)
        return ""

    def drop(self) -> None:
        """Take logins and roles away again."""
        with self.engines[0].connect() as connection:
            for role in ROLES:
                for name in (self._login(role), f"{self.prefix}_{role}"):
                    owned = f"DROP OWNED BY {name}; DROP ROLE {name}"
                    user = "USER" if name == self._login(role) else "ROLE"
                    connection.execute(sa.text(owned if self.server == "postgresql" else f"DROP {user} {name}"))
        for engine in self.engines:
            engine.dispose()

    def _login(self, role: str) -> str:
        return f"{self.prefix}_{role}_l"

    def _login_for(self, role: str) -> list[str]:
        login, granted = self._login(role), f"{self.prefix}_{role}"
        if self.server == "postgresql":
            return [f"CREATE ROLE {login} LOGIN IN ROLE {granted}"]
        return [f"CREATE USER {login}", f"GRANT {granted} TO {login}", f"SET DEFAULT ROLE {granted} FOR {login}"]


@pytest.fixture(params=SERVERS)
def granted(
    request: pytest.FixtureRequest, tmp_path: Path, settings_in: Callable[[Path], Settings], open_at: Callable[..., Made]
) -> Iterator[Granted]:
    with schema_on(request.param) as store_url, schema_on(request.param) as ledger_url:
        settings = replace(settings_in(tmp_path), ledger_url=ledger_url)
        found_place(settings, tmp_path, store_url)
        made = open_at(tmp_path, store_url, ledger_url)
        make_demo_key(settings.signing_key_file, made.clock())
        there = Granted(request.param, (store_url, ledger_url), made)
        yield there
        made.place.ledger.close()
        there.drop()


@pytest.fixture
def acting(granted: Granted, open_at: Callable[..., Made]) -> Iterator[Acting]:
    """The place as the workers of one role see it: with that role's logins."""
    opened: list[Made] = []

    def as_role(role: str) -> Made:
        made = open_at(granted.made.out, granted.urls[0], granted.urls[1])
        made.place.ledger.close()
        store = ReferenceStore(granted.url(f"store_{role}" if role != "decide" else "store_scan"))
        clock = granted.made.clock
        ledger = replace(made.place.ledger, engine=make_engine(make_url(granted.url(f"ledger_{role}"))), clock=clock)
        place = replace(made.place, ledger=ledger, open_store=lambda _: store, now=clock)
        opened.append(replace(made, place=place, store=store))
        return opened[-1]

    yield as_role
    for made in opened:
        made.place.ledger.close()


def test_each_role_does_its_part_and_a_dossier_is_purged_and_reported(acting: Acting) -> None:
    scanning, deciding, purging, reporting = (acting(role) for role in ("scan", "decide", "purge", "report"))
    run_id = scan.begin_scan(scanning.place, "main", AS_OF)
    list(scan.scan_in_turn(scanning.place, run_id))
    assert scan.finish_scan(scanning.place, run_id).not_examined == 0
    check.check(scanning.place, "main", AS_OF)
    plan_id = plan.plan_purge(purging.place, "main", AS_OF, requester="admin").plan_id
    for login in ("alice", "bob"):
        approve.approve(deciding.place, plan_id, login, deciding.key(login))
    erase.run_purge(purging.place, plan_id, catch_up=False)
    verify_purge.verify_purge(purging.place, plan_id)
    authority = report.authorities_to_report(reporting.place)[0]
    order = report.ReportOrder.of(authority, "all", "2026-Q4", AS_OF)
    report.file_report(reporting.place, order, reporting.out / "report.pdf")
    assert verify_chain(deciding.place.ledger).records > 0


REFUSED = {
    "store_scan": (
        "INSERT INTO controllers (controller_key) VALUES ('x')", "UPDATE entries SET text = ''", "DELETE FROM entries",
    ),
    "store_purge": ("INSERT INTO controllers (controller_key) VALUES ('x')", "UPDATE entries SET text = ''"),
    "store_report": ("SELECT text FROM entries", "SELECT name FROM persons", "SELECT * FROM controllers", "DELETE FROM holds"),
    **dict.fromkeys(
        ("ledger_scan", "ledger_purge", "ledger_report"),
        (
            "INSERT INTO approvals SELECT * FROM approvals", "UPDATE approvals SET decision = ''", "DELETE FROM approvals",
            "UPDATE people SET roles = roles", "INSERT INTO declarations SELECT * FROM declarations",
            "SELECT * FROM locked_keys", "DELETE FROM chain_records", "UPDATE chain_records SET payload = ''",
        ),
    ),
    "ledger_decide": ("DELETE FROM approvals", "INSERT INTO tombstones SELECT * FROM tombstones", "DELETE FROM chain_records"),
}  # fmt: skip


def test_no_role_does_anything_else(granted: Granted) -> None:
    told = {(role, attempt): granted.refusal(role, attempt) for role, attempts in REFUSED.items() for attempt in attempts}
    assert {tried: answer for tried, answer in told.items() if "denied" not in answer} == {}


def test_an_sqlite_store_has_no_roles_and_says_so(made: Made) -> None:
    with pytest.raises(Exception, match="database on a server"):
        list(store_statements(made.place, "main", "discretio"))
    assert next(iter(ledger_statements(made.place, "discretio"))).startswith("-- ")


CENTRE = """\
frames:
  dossiers: {table: zaak, columns: {dossier_key: nr, opened_at: geopend}}
  entries:
    table: nota
    joins: {schrijver: {table: werker, on: {id: werker}}}
    where: {weg: 0}
    columns: {entry_key: id, dossier_key: zaak, text: tekst, introduced_by: schrijver.dienst}
"""
TABLES = (
    "CREATE TABLE zaak (nr INTEGER PRIMARY KEY, geopend DATE, geheim TEXT)",
    "CREATE TABLE werker (id INTEGER PRIMARY KEY, dienst TEXT, loon INTEGER)",
    "CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT, werker INTEGER, weg INTEGER)",
    "INSERT INTO zaak VALUES (1, '2020-01-02', 'x')", "INSERT INTO werker VALUES (1, 'K', 1)",
    "INSERT INTO nota VALUES (1, 1, 'Hij is opgenomen voor een depressie.', 1, 0)",
)  # fmt: skip


@pytest.mark.parametrize("server", SERVERS)
def test_a_mapped_store_is_scanned_with_the_rights_that_are_printed_for_it_and_no_more(
    server: str, tmp_path: Path, settings_in: Callable[[Path], Settings]
) -> None:
    prefix = f"d{uuid4().hex[:6]}"
    role, login = f"{prefix}_store_scan", f"{prefix}_l"
    with schema_on(server) as url:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            for statement in TABLES:
                connection.execute(sa.text(statement))
        place = workplace(settings_in(tmp_path))
        register(place, "centre", str(_mapping(tmp_path / "centre.yaml", url)))
        printed = list(store_statements(place, "centre", prefix))
        postgresql = server == "postgresql"
        making = [
            f"CREATE {'ROLE' if postgresql else 'USER'} {login}{' LOGIN' if postgresql else ''}",
            f"GRANT {role} TO {login}",
        ]
        making += [] if postgresql else [f"SET DEFAULT ROLE {role} FOR {login}"]
        theirs = make_url(url).set(username=login).render_as_string()
        try:
            with engine.connect() as connection:
                for statement in [*(one for one in printed if not one.startswith("--")), *making]:
                    connection.execute(sa.text(statement))
            register(place, "narrow", str(_mapping(tmp_path / "narrow.yaml", theirs)))
            run_id = scan.begin_scan(place, "narrow", AS_OF)
            list(scan.scan_in_turn(place, run_id))
            assert scan.finish_scan(place, run_id).read == 1
            refused = sa.create_engine(theirs, poolclass=sa.pool.NullPool)
            for statement in (
                "SELECT geheim FROM zaak",
                "SELECT loon FROM werker",
                "UPDATE nota SET tekst = ''",
                "DELETE FROM nota",
            ):
                with pytest.raises(sa.exc.DBAPIError, match="denied"), refused.connect() as connection:
                    connection.execute(sa.text(statement))
        finally:
            place.ledger.close()
            with engine.connect() as connection:
                owned = f"DROP OWNED BY {login}, {role}; " if postgresql else ""
                connection.execute(sa.text(f"{owned}DROP {'ROLE' if postgresql else 'USER'} {login}"))
                connection.execute(sa.text(f"DROP ROLE {role}"))


def _mapping(file: Path, url: str) -> Path:
    file.write_text(f"store:\n  url: {url!r}\n{CENTRE}", encoding="utf-8")
    return file
