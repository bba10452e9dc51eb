"""After an erasure, words are looked for in files and in other dossiers, twice; then the plan's key is destroyed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Decision
from discretio.errors import LedgerError, PurgeRefusedError
from discretio.ledger import locator, traces
from discretio.ledger.certificates import CertificateRecord, certificates
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.mentions import recorded_mentions
from discretio.ledger.trace_tables import trace_keys
from discretio.ledger.trace_tables import traces as traces_table
from discretio.settings import Settings
from discretio.steps import approve as approving
from discretio.steps import erase, verify_again, verify_purge
from discretio.stores.reference import scrubbing
from ledger.databases import schema_on
from steps.conftest import Made, found_place
from steps.killing import killed_after
from steps.purgeable_rows import DUE, key, mark
from steps.test_purge import content, planned, sql

WEEK = timedelta(days=7)


def purged(made: Made) -> str:
    plan_id = planned(made)
    erase.run_purge(made.place, plan_id)
    return plan_id


def said(certificate: CertificateRecord) -> dict[str, Any]:
    return json.loads(certificate.body)


def test_a_mention_in_another_dossier_is_counted_by_id_and_deleted_by_nobody(made: Made) -> None:
    sql(made, "UPDATE entries SET text = 'X0001X ZOË est venue' WHERE entry_key = 'E0-x0030x'")
    plan_id = purged(made)
    before = content(made)
    certificate = said(verify_purge.verify_purge(made.place, plan_id))
    assert certificate["verification"]["mentions"] == {"dossiers": 1, "number": 1, "units": 1}
    ((dossier, unit),) = recorded_mentions(made.place.ledger, plan_id)
    assert locator.natural_keys(made.place.ledger, [dossier, unit]) == {dossier: key(30), unit: "E0-x0030x"}
    assert content(made) == before


def test_the_certificate_says_what_was_searched_and_until_when_backups_may_hold_it(made: Made) -> None:
    certificate = said(verify_purge.verify_purge(made.place, purged(made)))
    assert certificate["verification"]["erased_keys"] == "none_found"
    assert certificate["verification"]["bytes_of_files"] == "none_found"
    assert certificate["verification"]["traces_looked_for"] > DUE
    assert certificate["verification"]["again_on"] == "2026-11-28"
    assert certificate["backups"] == {"may_hold_it_until": "2027-02-19", "once_restored": "replay"}


SPOILED = b"%PDF-1.7 broken off"
FIRST = "SELECT min(attachment_key) FROM attachments WHERE dossier_key = :key"
ATTACHED = f"UPDATE attachments SET content = :document WHERE attachment_key = ({FIRST})"  # noqa: S608 - words of our own


def attach(made: Made, number: int, document: bytes) -> None:
    with made.store.database.writing() as connection:
        changed = connection.execute(sa.text(ATTACHED), {"document": document, "key": key(number)}).rowcount
        connection.commit()
    assert changed == 1


def rows_in(made: Made) -> int:
    """All rows of dossiers: what a search that reads everything reads."""
    with made.store.database.reading() as connection:
        counts = [
            sa.select(sa.func.count()).select_from(made.store.tables.by_name[one]) for one in made.store.tables.of_dossiers
        ]
        return sum(connection.execute(count).scalar_one() for count in counts)


def test_the_certificate_counts_what_was_searched_and_what_could_not_be_read(made: Made) -> None:
    attach(made, 30, SPOILED)
    attach(made, 31, b"X0001X ZO\xc3\x8b est venue")
    plan_id = purged(made)
    verification = said(verify_purge.verify_purge(made.place, plan_id))["verification"]
    assert verification["rows_not_readable"] == 1, "a document that can't be read was not searched"
    assert sum(verification["why_not_readable"].values()) == 1
    assert verification["rows_searched"] == rows_in(made) - 1
    assert verification["mentions"] == {"dossiers": 1, "number": 1, "units": 1}, "the document that can be read was searched"
    assert verification["rows_not_traced"] == 0
    made.clock.moment += WEEK
    second = said(verify_again.verify_again(made.place, plan_id))
    assert (second["rows_searched"], second["rows_not_readable"]) == (verification["rows_searched"], 1)


def test_what_could_not_be_read_of_an_erased_dossier_left_no_trace_and_is_counted(made: Made) -> None:
    attach(made, 1, SPOILED)
    attach(made, 2, b"Rappeler le 0470 12 34 56")
    attach(made, 30, b"tel. +32 470 123456")
    verification = said(verify_purge.verify_purge(made.place, purged(made)))["verification"]
    assert verification["rows_not_traced"] == 1
    assert verification["mentions"]["units"] == 1, "a number in an erased document is looked for in others"


def _left_in_a_row(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE search_index (words TEXT)")
    connection.execute("INSERT INTO search_index VALUES ('voir E0-x0001x, Zoë')")


def _left_in_free_pages(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete = OFF")
    _left_in_a_row(connection)
    connection.execute("DELETE FROM search_index")


@pytest.mark.parametrize(("leaves", "seen"), [(_left_in_free_pages, True), (_left_in_a_row, False)], ids=["free", "live"])
def test_words_that_stand_in_no_row_keep_the_plan_from_being_certified(
    leaves: Callable[[sqlite3.Connection], None], seen: bool, made: Made
) -> None:
    plan_id = purged(made)
    with sqlite3.connect(made.out / "store.db") as connection:
        leaves(connection)
    connection.close()
    if not seen:
        assert verify_purge.verify_purge(made.place, plan_id)
        return
    with pytest.raises(PurgeRefusedError, match=r"\d+ words of erased dossiers") as refused:
        verify_purge.verify_purge(made.place, plan_id)
    assert mark(1) not in str(refused.value)
    assert certificates(made.place.ledger, plan_id) == []
    with made.store.database.writing() as connection:
        scrubbing.note_scrubbing_due(connection)
        connection.commit()
    assert verify_purge.verify_purge(made.place, plan_id)


def test_the_second_verification_comes_after_a_week_and_destroys_the_key(made: Made) -> None:
    plan_id = purged(made)
    verify_purge.verify_purge(made.place, plan_id)
    with pytest.raises(PurgeRefusedError, match="isn't due yet"):
        verify_again.verify_again(made.place, plan_id)
    assert verify_again.due_again(made.place) == []
    made.clock.moment += WEEK
    assert verify_again.due_again(made.place) == [plan_id]
    with made.place.ledger.reading() as connection:
        sealed = connection.execute(sa.select(trace_keys.c.sealed_key)).scalar_one()
    second = verify_again.verify_again(made.place, plan_id)
    assert said(second)["key_of_the_plan"] == "destroyed"
    assert (said(second)["erased_keys"], said(second)["bytes_of_files"]) == ("none_found", "none_found")
    assert verify_again.verify_again(made.place, plan_id) == second
    assert len(certificates(made.place.ledger, plan_id)) == 2
    assert (verify_again.due_again(made.place), traces.kept_traces(made.place.ledger, plan_id)) == ([], None)
    assert not any(sealed in file.read_bytes() for file in (made.out / "home").iterdir() if file.is_file())
    verify_chain(made.place.ledger)


def test_a_dossier_that_came_back_within_the_week_is_found_and_the_key_stays(made: Made) -> None:
    shutil.copy(made.out / "store.db", made.out / "backup.db")
    plan_id = purged(made)
    verify_purge.verify_purge(made.place, plan_id)
    shutil.copy(made.out / "backup.db", made.out / "store.db")
    made.clock.moment += WEEK
    with pytest.raises(PurgeRefusedError, match=r"8 .* there again"):
        verify_again.verify_again(made.place, plan_id)
    assert traces.kept_traces(made.place.ledger, plan_id) is not None


def test_a_new_dossier_under_an_old_key_is_no_return(made: Made) -> None:
    plan_id = purged(made)
    verify_purge.verify_purge(made.place, plan_id)
    sql(made, "INSERT INTO dossiers (dossier_key, kind, status, opened_at) VALUES ('D-x0001x', 'OWN', 'OPEN', '2026-11-25')")
    made.clock.moment += WEEK
    assert verify_again.verify_again(made.place, plan_id)


@pytest.mark.parametrize("name", ["search_residue", "_look_and_destroy", "save_certificate"])
def test_a_second_verification_killed_anywhere_ends_in_one_certificate(name: str, made: Made) -> None:
    plan_id = purged(made)
    verify_purge.verify_purge(made.place, plan_id)
    made.clock.moment += WEEK
    killed_after(made, plan_id, (verify_again, name, 1), run=verify_again.verify_again)
    second = verify_again.verify_again(made.place, plan_id)
    assert certificates(made.place.ledger, plan_id)[1:] == [second]


def test_a_plan_that_is_refused_keeps_no_key(made: Made) -> None:
    plan_id = planned(made)
    assert traces.kept_traces(made.place.ledger, plan_id) is not None
    approving.approve(made.place, plan_id, "bob", made.key("bob"), decision=Decision.REFUSED)
    assert traces.kept_traces(made.place.ledger, plan_id) is None
    verify_chain(made.place.ledger)


@pytest.mark.parametrize(
    "forgery",
    [
        sa.delete(traces_table),
        sa.update(traces_table).values(words=b""),
        sa.delete(trace_keys),
        sa.update(trace_keys).values(sealed_key=None),
    ],
    ids=["rows gone", "rows emptied", "all gone", "key gone"],
)
def test_whoever_takes_traces_away_so_that_nothing_is_found_is_noticed(forgery: sa.Executable, made: Made) -> None:
    plan_id = purged(made)
    with made.place.ledger.writing() as connection:
        connection.execute(forgery)
    with pytest.raises(LedgerError, match="traces of this plan"):
        verify_purge.verify_purge(made.place, plan_id)


def test_a_plan_of_an_older_version_is_certified_and_its_certificate_says_that_nothing_was_looked_for(made: Made) -> None:
    plan_id = purged(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("discretio.steps.residue.kept_traces", lambda *_: None)
        certificate = said(verify_purge.verify_purge(made.place, plan_id))
    assert certificate["verification"]["traces_looked_for"] == "none_kept"
    for part in ("bytes_of_files", "mentions", "rows_searched", "rows_not_readable"):
        assert certificate["verification"][part] == "not_searched", "no certificate speaks of a search that didn't happen"


def test_no_word_of_a_dossier_can_be_read_among_its_traces(made: Made) -> None:
    planned(made)
    held = b"".join(file.read_bytes() for file in (made.out / "home").iterdir() if file.is_file())
    assert b"traces.kept" in held
    assert not any(mark(number).encode() in held for number in range(DUE))


@pytest.fixture
def on_server(
    request: pytest.FixtureRequest, tmp_path: Path, settings_in: Callable[[Path], Settings], open_at: Callable[..., Made]
) -> Iterator[Made]:
    with schema_on(request.param) as store_url, schema_on(request.param) as ledger_url:
        found_place(replace(settings_in(tmp_path), ledger_url=ledger_url), tmp_path, store_url)
        made = open_at(tmp_path, store_url, ledger_url)
        yield made
        made.place.ledger.close()


@pytest.mark.services
@pytest.mark.parametrize(
    ("on_server", "advice"), [("postgresql", "vacuum"), ("mariadb", "innodb_purge")], indirect=["on_server"], ids=["pg", "mdb"]
)
def test_on_a_server_the_certificate_says_what_the_server_still_has_to_do(on_server: Made, advice: str) -> None:
    sql(on_server, "UPDATE entries SET text = 'x0001x Zoë' WHERE entry_key = 'E0-x0030x'")
    plan_id = purged(on_server)
    found = said(verify_purge.verify_purge(on_server.place, plan_id))["verification"]
    assert (found["bytes_of_files"], found["server_still_to"], found["mentions"]["units"]) == ("server", advice, 1)
