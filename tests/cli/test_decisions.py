"""What rules that block deny is a signed list that expires and holds no key of the store; a dossier system can honour it."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import AS_OF, Run, refused, url
from discretio import wiring
from discretio.domain.decisions import reference
from discretio.errors import VerificationError
from discretio.ledger import locator, stores
from discretio.ledger.outcomes import latest_outcomes, record_outcomes
from discretio.ledger.runs import runs
from discretio.steps.decisions import decisions_in, publish_decisions, store_key


@pytest.fixture
def denied(filled: Path) -> tuple[Path, str, str]:
    """A list that denies one entry: its path, and the keys of that entry and of its dossier."""
    place = wiring.workplace()
    record = stores.stores(place.ledger)[0]
    answers = latest_outcomes(place.ledger, record.store_id)
    row = answers[answers["rule_id"] == "ART2-2-CAT"].head(1)
    failing = row.assign(rule_id="ART2-2-SPECIAL-GROUND", outcome="FAIL", reason="no_special_ground")
    record_outcomes(place.ledger, runs(place.ledger, verb="check")[0].run_id, record.store_id, failing)
    path = publish_decisions(place, "main", date.fromisoformat(AS_OF)).path
    ids = [row["scope_key"].iloc[0], row["dossier_key"].iloc[0]]
    keys = locator.natural_keys(place.ledger, ids)
    place.ledger.close()
    return path, keys[ids[0]], keys[ids[1]]


def test_a_system_that_asks_is_denied_the_entry_and_its_dossier(run: Run, denied: tuple[Path, str, str]) -> None:
    path, entry, dossier = denied
    assert run("decisions", "verify", path).code == 0
    for thing in (f"entry:{entry}", f"dossier:{dossier}"):
        answer = run("decisions", "verify", path, "--store", "main", "--thing", thing)
        assert answer.code == 1
        assert "ART2-2-SPECIAL-GROUND" in answer.out
    assert run("decisions", "verify", path, "--store", "main", "--thing", "entry:another").code == 0
    assert run("decisions", "verify", path, "--store", "main", "--thing", f"person:{entry}").code == 0


ADOPTED, LAST_NEW_DAY = date(2024, 10, 10), date(2025, 4, 10)


@pytest.mark.parametrize(("as_of", "expected"), [(LAST_NEW_DAY, False), (LAST_NEW_DAY + timedelta(days=1), True)])
def test_what_was_introduced_before_a_new_rule_is_denied_after_half_a_year(filled: Path, as_of: date, expected: bool) -> None:
    assert _is_denied(filled, "<", as_of) is expected


def test_what_was_introduced_since_is_denied_at_once(filled: Path) -> None:
    assert _is_denied(filled, ">=", LAST_NEW_DAY)


def _is_denied(filled: Path, than: str, as_of: date) -> bool:
    """Whether an entry that fails a rule of the bill is denied, which was introduced before its adoption, or since."""
    with sqlite3.connect(url(filled).removeprefix("sqlite:///")) as connection:
        found = connection.execute(f"SELECT entry_key FROM entries WHERE introduced_at {than} ?", (str(ADOPTED),))  # noqa: S608
        entries = {key for (key,) in found}
    place = wiring.workplace()
    record = stores.stores(place.ledger)[0]
    answers = latest_outcomes(place.ledger, record.store_id)
    keys = locator.natural_keys(place.ledger, sorted(set(answers["scope_key"])))
    named = answers["scope_key"].map(keys)
    row = answers[(answers["rule_id"] == "ART2-2-CAT") & named.isin(entries)].head(1)
    failing = row.assign(rule_id="ART2-2-SPECIAL-GROUND", outcome="FAIL", reason="no_special_ground")
    record_outcomes(place.ledger, runs(place.ledger, verb="check")[0].run_id, record.store_id, failing)
    path = publish_decisions(place, "main", as_of).path
    listed = decisions_in(path, place.ledger.keys.public_key, place.now())
    wanted = reference(store_key(place, "main"), "entry", str(named[row.index[0]]))
    place.ledger.close()
    return any(wanted == decision.thing for decision in listed.decisions)


def test_no_key_of_the_store_stands_in_it(filled: Path, denied: tuple[Path, str, str]) -> None:
    text = denied[0].read_text(encoding="utf-8")
    with sqlite3.connect(url(filled).removeprefix("sqlite:///")) as connection:
        keys = {key for (key,) in connection.execute("SELECT entry_key FROM entries UNION SELECT dossier_key FROM dossiers")}
    assert not [key for key in keys if key in text]


def _change(told: dict[str, Any], what: str) -> None:
    if what == "taken out":
        told["list"]["decisions"] = []
    elif what == "prolonged":
        told["list"]["expires_at"] = "2099-01-01T00:00:00+00:00"
    else:
        told["signature"] = "00" * 64


@pytest.mark.parametrize("what", ["taken out", "prolonged", "signed by nobody"])
def test_a_changed_list_is_not_genuine(what: str, run: Run, denied: tuple[Path, str, str]) -> None:
    told = json.loads(denied[0].read_text(encoding="utf-8"))
    _change(told, what)
    denied[0].write_text(json.dumps(told), encoding="utf-8")
    refused(run("decisions", "verify", denied[0]), 1, "changed")


def test_what_is_no_list_can_t_be_verified(run: Run, filled: Path) -> None:
    Path("other.json").write_text("[]", encoding="utf-8")
    refused(run("decisions", "verify", "other.json"), 3, "no list")
    refused(run("decisions", "verify", "nowhere.json"), 3, "can't be read")


def test_a_list_ends_by_itself(denied: tuple[Path, str, str]) -> None:
    place = wiring.workplace()
    now, key = place.now(), place.ledger.keys.public_key
    assert decisions_in(denied[0], key, now + timedelta(days=7)).decisions
    with pytest.raises(VerificationError, match="doesn't stand"):
        decisions_in(denied[0], key, now + timedelta(days=9))
    with pytest.raises(VerificationError, match="doesn't stand"):
        decisions_in(denied[0], key, now - timedelta(days=1))
    place.ledger.close()


def test_a_check_publishes_and_each_store_has_a_key_of_its_own(run: Run, filled: Path) -> None:
    path = filled / "home" / "decisions" / "main.json"
    path.unlink(missing_ok=True)
    assert run("check", "main", "--as-of", AS_OF).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["list"]["store"] == "main"
    place = wiring.workplace()
    stores.register_store(place.ledger, "other", "reference_store", "sqlite:///other.db", demo=False)
    keys = {store_key(place, name) for name in ("main", "other")}
    assert len({reference(key, "entry", "1") for key in keys}) == 2
    place.ledger.close()
