"""Copies outside the stores are found under a mandate, and only under one; what stays of a search holds no word of them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from textwrap import wrap

import pytest
import sqlalchemy as sa

from canary.searching import Searcher
from discretio.domain.passages import LONG
from discretio.errors import ApprovalError, UsageError
from discretio.ledger import locator, stores
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.mandates import mandates
from discretio.ledger.outcomes import latest_outcomes
from discretio.ledger.shadow_copies import copies_found
from discretio.ledger.shadow_tables import mandates as mandates_table
from discretio.steps import check, copy_places, shadow_search
from discretio.steps.mandates import MandateTerms, end, give_mandate
from discretio.steps.passage_index import FORMULA_FROM, HeldUnit, PassageIndex
from discretio.steps.registering import register
from documents.office_builders import docx, run
from steps.conftest import AS_OF, Made
from steps.purgeable_rows import CONTROLLERS

RULE = frozenset({"ART2-3-3-ONLY-TWO-STORES"})
FIRST, LAST = AS_OF - timedelta(days=1), AS_OF + timedelta(days=30)
CANARY = "Vandenkanarie"
VOCABULARY = [f"woord{number}" for number in range(3_000)]


def words(count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=count)  # noqa: S311 - not for secrets


def note(seed: int, count: int = 80) -> str:
    return " ".join([*words(count // 2, seed), CANARY, *words(count // 2, seed + 10_000)])


@pytest.fixture
def share(made: Made) -> Path:
    """A registered folder of three dossiers, and beside it a share that nobody registered."""
    for number in range(3):
        folder = made.out / "dossiers" / f"dossier {number}"
        folder.mkdir(parents=True)
        (folder / "note.txt").write_text(note(number), encoding="utf-8")
    register(made.place, "tree", str(made.out / "dossiers"))
    (made.out / "share").mkdir()
    (made.out / "share" / "menu.txt").write_text(note(999), encoding="utf-8")
    return made.out / "share"


def controller(made: Made) -> str:
    return min(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())


def terms(made: Made, store: str = "tree", first: date = FIRST, last: date = LAST) -> MandateTerms:
    return MandateTerms(store, controller(made), first, last)


def mandated(made: Made, share: Path, login: str = "dora", **changes: date) -> str:
    return give_mandate(made.place, str(share), terms(made, **changes), login, made.key(login)).mandate_id


def judged(made: Made, store: str = "tree") -> dict[str, tuple[str, str]]:
    """Outcome and reason by place."""
    check.check(made.place, store, AS_OF, rules=RULE)
    store_id = stores.store_named(made.place.ledger, store).store_id
    found = latest_outcomes(made.place.ledger, store_id)
    return {row.scope_key: (row.outcome, row.reason) for row in found.itertuples()}


def place_of(made: Made, mandate_id: str) -> str:
    return next(one.location_id for one in mandates(made.place.ledger) if one.mandate_id == mandate_id)


def test_a_copy_in_another_format_and_one_quoted_in_a_mail_are_found(made: Made, share: Path) -> None:
    (share / "minutes.docx").write_bytes(docx(run(note(0).upper())))
    quoted = "\n> ".join(wrap(note(1), 60))
    (share / "mail.eml").write_text(f"From: a@b.be\nSubject: x\n\nBonjour,\n> {quoted}\n", encoding="utf-8")
    counts = shadow_search.search(made.place, str(share), mandated(made, share))
    assert (counts.files, counts.files_with_copies, counts.copies, counts.not_examined) == (3, 2, 2, 0)


def test_the_same_bytes_are_found_even_where_no_text_can_be_read(made: Made, share: Path) -> None:
    picture = bytes(random.Random(5).randbytes(4_000))  # noqa: S311 - not for secrets
    (made.out / "dossiers" / "dossier 1" / "photo.xyz").write_bytes(picture)
    (share / "kept.xyz").write_bytes(picture)
    mandate_id = mandated(made, share)
    counts = shadow_search.search(made.place, str(share), mandate_id)
    (copy,) = copies_found(made.place.ledger, mandate_id)
    assert (copy.whole, copy.marks, counts.not_examined, counts.not_looked_for) == (True, 0, 1, 1)
    assert judged(made)[place_of(made, mandate_id)] == ("FAIL", "shadow_copy")


def test_the_rule_fails_where_a_copy_is_and_passes_once_it_is_gone(made: Made, share: Path) -> None:
    (share / "copy.txt").write_text("Voor Jan: " + note(2), encoding="utf-8")
    assert judged(made) == {"": ("NOT_CHECKABLE", "missing_frame_locations")}
    mandate_id = mandated(made, share)
    place = place_of(made, mandate_id)
    assert judged(made)[place] == ("NOT_CHECKABLE", "missing_field_shadow_copies")
    shadow_search.search(made.place, str(share), mandate_id)
    found = judged(made)
    assert found.pop(place) == ("FAIL", "shadow_copy")
    assert list(found.values()) == [("NOT_CHECKABLE", "not_mandated")], "nothing is said of all other places"
    (share / "copy.txt").unlink()
    shadow_search.search(made.place, str(share), mandate_id)
    assert judged(made)[place] == ("PASS", "nothing_elsewhere")
    end(made.place, mandate_id, "dora")
    assert judged(made)[place] == ("NOT_CHECKABLE", "not_mandated"), "an all-clear doesn't outlive the mandate"


def test_a_place_that_was_not_wholly_read_is_no_all_clear(made: Made, share: Path) -> None:
    (share / "locked.zip").write_bytes(b"PK\x03\x04 damaged")
    mandate_id = mandated(made, share)
    assert shadow_search.search(made.place, str(share), mandate_id).not_examined == 1
    assert judged(made)[place_of(made, mandate_id)][0] == "NOT_CHECKABLE"


def test_without_a_standing_mandate_for_this_place_nobody_searches(made: Made, share: Path) -> None:
    (made.out / "other").mkdir()
    with pytest.raises(UsageError, match="no mandate"):
        shadow_search.search(made.place, str(share), "MANDATEAAAA")
    mandate_id = mandated(made, share)
    with pytest.raises(UsageError, match="another place"):
        shadow_search.search(made.place, str(made.out / "other"), mandate_id)
    later = mandated(made, share, first=AS_OF + timedelta(days=2))
    with pytest.raises(ApprovalError, match="doesn't stand today"):
        shadow_search.search(made.place, str(share), later)
    made.clock.moment += timedelta(days=40)
    with pytest.raises(ApprovalError, match="doesn't stand today"):
        shadow_search.search(made.place, str(share), mandate_id)
    assert copies_found(made.place.ledger, mandate_id) == []


@pytest.mark.parametrize(
    ("login", "key", "why"),
    [
        ("carol", "carol", "not its giver's"),
        ("eve", "eve", "not its giver's"),
        ("dora", "alice", "signature"),
        ("zoe", "dora", "nobody"),
    ],
)
def test_only_the_places_controller_or_a_dpo_gives_a_mandate(made: Made, share: Path, login: str, key: str, why: str) -> None:
    last = max(locator.surrogates(made.place.ledger, 1, "controller", CONTROLLERS).values())
    asked = MandateTerms("tree", last, FIRST, LAST)
    with pytest.raises(ApprovalError, match=why):
        give_mandate(made.place, str(share), asked, login, made.key(key))
    assert mandates(made.place.ledger) == []


def test_a_registered_store_is_no_place_to_search_and_what_lies_in_one_is_no_copy(made: Made, share: Path) -> None:
    with pytest.raises(UsageError, match="registered store"):
        mandated(made, made.out / "dossiers" / "dossier 1")
    whole = made.out
    (whole / "dossiers-old").mkdir()
    (whole / "dossiers-old" / "copy.txt").write_text(note(1), encoding="utf-8")
    counts = shadow_search.search(made.place, str(whole), mandated(made, whole))
    assert counts.copies == 1, "the registered folder is passed over, the one named alike is not"


def test_a_mandate_that_was_changed_or_revived_in_the_database_is_refused(made: Made, share: Path) -> None:
    mandate_id = mandated(made, share)
    end(made.place, mandate_id, "dora")
    with made.place.ledger.writing() as connection:
        connection.execute(sa.update(mandates_table).values(ended_at=None))
    with pytest.raises(ApprovalError, match="has ended"):
        shadow_search.search(made.place, str(share), mandate_id)
    with made.place.ledger.writing() as connection:
        connection.execute(sa.update(mandates_table).values(valid_until=AS_OF + timedelta(days=900)))
    with pytest.raises(ApprovalError, match="signature"):
        shadow_search.search(made.place, str(share), mandate_id)


def test_where_copies_are_is_told_to_the_giver_alone_and_forgotten_with_the_mandate(made: Made, share: Path) -> None:
    (share / "copy.txt").write_text(note(2), encoding="utf-8")
    mandate_id, out = mandated(made, share), made.out / "copies.jsonl"
    shadow_search.search(made.place, str(share), mandate_id)
    with pytest.raises(ApprovalError, match="whoever gave the mandate"):
        copy_places.write(made.place, mandate_id, "alice", made.key("alice"), out)
    with pytest.raises(ApprovalError, match="whoever gave the mandate"):
        copy_places.write(made.place, mandate_id, "dora", made.key("alice"), out)
    assert copy_places.write(made.place, mandate_id, "dora", made.key("dora"), out) == 1
    line = json.loads(out.read_text(encoding="utf-8"))
    assert (line["file"], line["whole"], out.stat().st_mode & 0o077) == ("copy.txt", True, 0)
    made.clock.moment += timedelta(days=40)
    check.check(made.place, "tree", AS_OF, rules=RULE)
    assert locator.natural_keys(made.place.ledger, [line["file_id"]]) == {}
    assert [one.ended_at is None for one in mandates(made.place.ledger)] == [False]
    verify_chain(made.place.ledger)


def test_no_word_name_or_mark_of_a_copy_stays_anywhere(made: Made, share: Path) -> None:
    shutil.copy(made.out / "dossiers" / "dossier 0" / "note.txt", share / f"{CANARY}.txt")
    shadow_search.search(made.place, str(share), mandated(made, share))
    judged(made)
    made.place.ledger.close()
    assert Searcher([CANARY, "woord"]).leaks(made.out / "home") == {}


def index_of(dossiers: dict[str, str]) -> PassageIndex:
    index = PassageIndex(b"k" * 32)
    for dossier, text in dossiers.items():
        index.add_text(HeldUnit(dossier, f"E {dossier}", None), text)
    return index


def test_a_set_phrase_that_stands_in_many_dossiers_is_no_copy() -> None:
    phrase = " ".join(words(LONG + 5, 77))
    few = {f"D{n}": f"{phrase} {note(n)}" for n in range(FORMULA_FROM - 1)}
    assert len(index_of(few).passages(phrase)) == FORMULA_FROM - 1
    assert index_of(few | {"one more": phrase}).passages(phrase) == {}


def edited(text: str, share: float, chance: random.Random) -> Iterator[str]:
    for word in text.split():
        roll = chance.random()
        if roll > share:
            yield word
        elif roll > share / 2:
            yield f"ander{chance.randrange(1_000)}"


@pytest.mark.parametrize(("share", "recall"), [(0.0, 1.0), (0.05, 0.97), (0.1, 0.92)])
def test_edited_copies_are_found_as_often_as_we_say_and_others_never(share: float, recall: float) -> None:
    chance = random.Random(11)  # noqa: S311 - not for secrets
    index = index_of({str(number): note(number, 60) for number in range(300)})
    found = [index.passages(" ".join(edited(note(number, 60), share, chance))) for number in range(300)]
    assert sum(number in units for number, units in enumerate(found)) / 300 >= recall
    assert all(units.keys() <= {number} for number, units in enumerate(found))
    assert not any(index.passages(note(number, 60)) for number in range(1_000, 1_300))
