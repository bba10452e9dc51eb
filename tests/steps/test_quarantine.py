"""A mark that bars a document stops its reading, keeps it unread until a person releases it, and alerts once, by ids alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from discretio.domain.approvals import Role
from discretio.errors import ApprovalError, UsageError
from discretio.law.special_classes import Flag
from discretio.ledger import findings, locator, quarantine, scan_tables
from discretio.steps import scan
from discretio.steps.people_keys import enrol_person, new_personal_key
from discretio.steps.quarantining import Release, quarantined_in, release
from steps.conftest import AS_OF, Made

MARK = "L'annexe est un document classifié, habilitation de sécurité requise. "
CONVICTED = "Il a été condamné pour coups et blessures par le tribunal correctionnel. "
LONG = MARK + "La réunion est fixée à lundi. " * 200 + CONVICTED


def scanned(made: Made, *, full: bool = False) -> scan.ScanCounts:
    run_id = scan.begin_scan(made.place, "main", AS_OF)
    list(scan.scan_in_turn(made.place, run_id, full=full))
    return scan.finish_scan(made.place, run_id)


def write(made: Made, text: str) -> str:
    """Write a text into the first attachment of the store; returns its id."""
    with made.store.database.writing() as connection:
        key = connection.execute(sa.text("SELECT min(attachment_key) FROM attachments")).scalar_one()
        connection.execute(
            sa.text("UPDATE attachments SET text = :text WHERE attachment_key = :key"), {"text": text, "key": key}
        )
        connection.commit()
    return locator.surrogates(made.place.ledger, 1, "attachment", [key])[key]


def criminal(made: Made, unit: str) -> bool:
    mask = 1 << tuple(Flag).index(Flag.CRIMINAL)
    query = sa.select(scan_tables.findings.c.flags).where(scan_tables.findings.c.unit_id == unit)
    with made.place.ledger.reading() as connection:
        return any(flags & mask for flags in connection.execute(query).scalars())


def dpo(made: Made) -> Release:
    key_file = made.out / "dpo.key"
    enrol_person(made.place, "dpo", [Role.DPO], [], new_personal_key(key_file))
    return Release("", "FALSE_ALARM", "dpo", key_file)


def test_what_follows_a_classified_marking_is_not_read(made: Made) -> None:
    unit = write(made, LONG)
    counts = scanned(made)
    assert [(one.unit_id, one.marks) for one in quarantined_in(made.place, "main")] == [(unit, (Flag.CLASSIFIED,))]
    assert not criminal(made, unit)
    assert counts.not_examined == 1
    assert findings.gap_counts(made.place.ledger, 1) == {"reading_stopped": 1}


def test_it_stays_unread_whatever_changes_until_somebody_releases_it(made: Made) -> None:
    unit = write(made, LONG)
    scanned(made)
    write(made, CONVICTED)
    scanned(made, full=True)
    assert not criminal(made, unit)
    word = dpo(made)
    release(made.place, "main", Release(unit, word.reason, word.login, word.key_file))
    assert quarantined_in(made.place, "main") == []
    scanned(made)
    assert criminal(made, unit)


def test_a_released_document_is_read_whole_and_a_change_bars_it_anew(made: Made) -> None:
    unit = write(made, LONG)
    scanned(made)
    word = dpo(made)
    release(made.place, "main", Release(unit, word.reason, word.login, word.key_file))
    scanned(made)
    assert criminal(made, unit)
    assert quarantined_in(made.place, "main") == []
    write(made, MARK)
    scanned(made)
    assert [one.unit_id for one in quarantined_in(made.place, "main")] == [unit]


def test_each_document_is_alerted_of_once_through_its_channels(made: Made) -> None:
    unit = write(made, MARK)
    scanned(made)
    scanned(made)
    (alert,) = quarantine.alerts(made.place.ledger)
    assert (alert.mark, alert.unit_ids) == (Flag.CLASSIFIED, (unit,))
    assert alert.channels == ("security_officer", "nsa_ans")
    assert alert.controller_id


def test_nobody_releases_without_being_entitled(made: Made) -> None:
    unit = write(made, MARK)
    scanned(made)
    word = dpo(made)
    with pytest.raises(UsageError, match="reason"):
        release(made.place, "main", Release(unit, "BECAUSE", word.login, word.key_file))
    with pytest.raises(UsageError, match="quarantine"):
        release(made.place, "main", Release("ANOWHERE", word.reason, word.login, word.key_file))
    with pytest.raises(ApprovalError, match="enrolled"):
        release(made.place, "main", Release(unit, word.reason, "nobody", word.key_file))
    with pytest.raises(ApprovalError, match="not the key"):
        release(made.place, "main", Release(unit, word.reason, word.login, made.key("alice")))
    boss = made.out / "boss.key"
    enrol_person(made.place, "boss", [Role.ADMINISTRATOR], [], new_personal_key(boss))
    with pytest.raises(ApprovalError, match="may not release"):
        release(made.place, "main", Release(unit, word.reason, "boss", boss))
    assert [one.unit_id for one in quarantined_in(made.place, "main")] == [unit]
