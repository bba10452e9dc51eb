"""The ledger's key is rotated: all that was written stays true and readable, all that is written is under the new key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio.errors import ChainBrokenError, LedgerError, LedgerKeyError
from discretio.ledger import key_rotation
from discretio.ledger.approvals import approvals
from discretio.ledger.audit_chain import append, head
from discretio.ledger.certificates import certificate_message, certificates, save_certificate
from discretio.ledger.chain_export import export_chain, read_export, verify_against
from discretio.ledger.chain_tables import chain_head
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.columns import METADATA
from discretio.ledger.connection import Ledger
from discretio.ledger.key_rotation import SEALED, rotate_key
from discretio.ledger.keys import LedgerKeys, keyed_hash, read_key
from discretio.ledger.locator import natural_keys, surrogates
from discretio.ledger.opening import open_ledger
from discretio.ledger.people import people, person_id_of
from discretio.ledger.plans import load_plan
from discretio.ledger.scan_tables import locator, retired_keys
from discretio.ledger.stores import stores
from discretio.settings import Settings
from discretio.steps.rotating_key import rotate_ledger_key
from ledger.conftest import KEY
from ledger.ledger_story import AT, Story, approved, told

NEW, NEWER = bytes(range(32, 64)), bytes(range(64, 96))


@pytest.fixture
def story(ledger: Ledger) -> Story:
    return told(ledger)


def opened(ledger: Ledger, key: bytes) -> Ledger:
    return open_ledger(ledger.engine.url.render_as_string(hide_password=False), key, clock=ledger.clock)


def test_what_was_written_before_stays_true_and_is_found_again(ledger: Ledger, story: Story) -> None:
    plan = approved(ledger, story)
    certificate = save_certificate(ledger, plan.plan_id, {"deleted": 2}, AT)
    known, witness, export = stores(ledger), head(ledger), read_export(export_chain(ledger))
    names = natural_keys(ledger, story.dossiers.values())
    lookups = {key: surrogates(ledger, story.store_id, "dossier", [key])[key] for key in names.values()}
    person = person_id_of(ledger, "Anna")
    for old, new in ((KEY, NEW), (NEW, NEWER)):
        rotated = rotate_key(opened(ledger, old), old, new)
    after = opened(ledger, NEWER)
    assert after.keys.public_keys == rotated.keys.public_keys
    assert (stores(after), natural_keys(after, story.dossiers.values())) == (known, names)
    assert {key: surrogates(after, story.store_id, "dossier", [key])[key] for key in lookups} == lookups, "none is named anew"
    assert (load_plan(after, plan.plan_id), certificates(after, plan.plan_id)) == (
        load_plan(rotated, plan.plan_id),
        [certificate],
    )
    assert len(approvals(after, plan.plan_id)) == len(approvals(rotated, plan.plan_id)) > 0
    assert people(after)
    assert person_id_of(after, "Anna") == person
    assert verify_chain(after, witness=witness).public_key == LedgerKeys.derived_from(NEWER).public_key
    assert verify_against(after, export).records > 0


def test_what_is_written_after_is_under_the_new_key_alone(ledger: Ledger, story: Story) -> None:
    old = ledger.keys
    rotated = rotate_key(ledger, KEY, NEW)
    plan = approved(rotated, story)
    certificate = save_certificate(rotated, plan.plan_id, {"deleted": 2}, AT)
    assert not old.signed(certificate_message(certificate.body, certificate.issued_at), certificate.signature)
    with ledger.reading() as connection:
        row = connection.execute(sa.select(locator)).mappings().first()
    assert row is not None
    with pytest.raises(LedgerError, match="was changed"):
        key_rotation.decrypt(old, bytes(row["natural_key"]), row["surrogate"])
    name = key_rotation.decrypt(rotated.keys, bytes(row["natural_key"]), row["surrogate"])
    assert row["lookup"] != keyed_hash(old.lookup, str(row["store_id"]), row["kind"], name), "the old key tries no guess"


def test_the_old_key_opens_nothing_and_a_process_that_still_has_it_writes_nothing(ledger: Ledger, story: Story) -> None:
    rotated = rotate_key(ledger, KEY, NEW)
    with pytest.raises(LedgerKeyError, match="not the ledger's key"):
        opened(ledger, KEY)
    for write in (lambda: approved(ledger, story), lambda: rotate_key(ledger, KEY, NEWER)):
        with pytest.raises((LedgerKeyError, LedgerError)):
            write()
    assert verify_chain(rotated).records > 0
    with ledger.writing() as connection, pytest.raises(LedgerKeyError, match="rotated"):
        append(ledger, connection, "forged", {})


def test_who_has_a_retired_key_forges_no_head(file_ledger: Ledger) -> None:
    rotated = rotate_key(file_ledger, KEY, NEW)
    forged = head(rotated).signed(file_ledger.keys, file_ledger.ledger_id)
    with rotated.writing() as connection:
        connection.execute(sa.update(chain_head).values(signature=forged.signature))
    with pytest.raises(ChainBrokenError, match="retired"):
        verify_chain(rotated)


def test_every_sealed_table_is_sealed_anew() -> None:
    assert {table.name for table in SEALED} == {table.name for table in METADATA.tables.values() if "seal" in table.c}


@pytest.mark.parametrize("edit", ["changed", "gone"])
def test_a_retired_key_that_was_tampered_with_is_noticed(file_ledger: Ledger, edit: str) -> None:
    rotate_key(rotate_key(file_ledger, KEY, NEW), NEW, NEWER)
    first = retired_keys.c.generation == 1
    change = sa.delete(retired_keys).where(first) if edit == "gone" else sa.update(retired_keys).values(wrapped=b"x" * 60)
    with file_ledger.writing() as connection:
        connection.execute(change)
    with pytest.raises(LedgerError):
        verify_chain(opened(file_ledger, NEWER))


def settings_in(folder: Path) -> Settings:
    return Settings.from_environment({"DISCRETIO_HOME": str(folder)})


class PowerCutError(BaseException):
    """What no handler catches."""


@pytest.mark.parametrize(
    "moment", ["before the ledger takes it", "while rows are made anew", "before the file takes its place"]
)
def test_a_rotation_that_was_broken_off_is_ended_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    settings = settings_in(tmp_path)
    settings.ledger_key_file.write_text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n")
    settings.ledger_key_file.chmod(0o600)
    open_ledger(settings.ledger_url, KEY).close()

    def cut(*_: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        target, name = {
            "before the ledger takes it": ("discretio.steps.rotating_key", "rotate_key"),
            "while rows are made anew": ("discretio.ledger.key_rotation", "sign_head"),
            "before the file takes its place": ("pathlib.Path", "hardlink_to"),
        }[moment]
        # The first link makes the new key's file; the second is the one after the ledger took it.
        if name == "hardlink_to":
            (tmp_path / "ledger.key.next").write_text("ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n")
            (tmp_path / "ledger.key.next").chmod(0o600)
        patch.setattr(f"{target}.{name}", cut)
        with pytest.raises(PowerCutError):
            rotate_ledger_key(settings)
    begun = (tmp_path / "ledger.key.next").read_text()
    retired = rotate_ledger_key(settings)
    assert (settings.ledger_key_file.read_text(), (tmp_path / "ledger.key.next").exists()) == (begun, False)
    assert retired.read_text().startswith("AAEC")
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.glob("ledger.key*"))
    after = open_ledger(settings.ledger_url, read_key(settings.ledger_key_file))
    assert len(after.keys.public_keys) == 2, "rotated once, not twice"
    assert verify_chain(after).records > 0
    after.close()


def test_a_key_from_the_environment_is_the_operator_s_to_replace(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), ledger_key="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    open_ledger(settings.ledger_url, KEY).close()
    file = rotate_ledger_key(settings)
    assert file.name == "ledger.key.next"
    again = rotate_ledger_key(settings)
    assert again == file, "before he did, typing it again changes nothing"
    assert len(open_ledger(settings.ledger_url, read_key(file)).keys.public_keys) == 2
