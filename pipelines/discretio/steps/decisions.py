"""Publish what rules that block deny, so that a dossier system can honour it; and read it as that system would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from discretio.domain.decisions import Decision, DecisionList, reference
from discretio.domain.frames import ENTRIES
from discretio.domain.outcomes import STORE_SCOPE, Outcome
from discretio.domain.transition import reported_only_before
from discretio.errors import VerificationError
from discretio.law.policy import ResolvedPolicy
from discretio.law.rules import Action
from discretio.ledger import locator, outcomes, stores
from discretio.ledger.decisions import reference_key, signed, verified
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace

FOLDER = "decisions"
VALIDITY = "decision.validity"


@dataclass(frozen=True, slots=True)
class Published:
    """A list that was written: where, how many refusals it holds, and until when it stands."""

    path: Path
    decisions: int
    expires_at: datetime


def publish_decisions(place: Workplace, store_name: str, as_of: date) -> Published:
    """Write the refusals that follow from the last check of a store to decisions/<store>.json in Discretio's home.

    Raises:
        UsageError: the store isn't registered, or the file can't be written.
        StoreUnavailableError: a rule is new, and when the entries that it denies were introduced can't be read.
    """
    record, policy, now = stores.store_named(place.ledger, store_name), place.policy_on(as_of), place.now()
    answers = outcomes.latest_outcomes(place.ledger, record.store_id)
    denied = _but_transitional(place, store_name, _denied(answers, policy), as_of)
    key = reference_key(place.ledger, record.store_id)
    until = datetime.combine(policy.period(VALIDITY).after(now.date()), time(), now.tzinfo)
    named = f"{policy.policy_set_id} {policy.version}"
    listed = DecisionList(store_name, named, now, until, _decisions(place, denied, key))
    folder = place.settings.home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{store_name}.json"
    with whole_file(path) as file:
        file.write(signed(place.ledger, listed).encode())
    return Published(path, len(listed.decisions), until)


def decisions_in(path: Path, public_key: str, now: datetime) -> DecisionList:
    """The refusals of a file that stand now.

    Raises:
        VerificationError: it is no such file, was changed, comes from another ledger, or its time is over.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise VerificationError(
            "the file can't be read", where=path.name, remedy="name a list of decisions", verifiable=False
        ) from None
    listed = verified(text, public_key)
    if not listed.stands(now):
        remedy = "check the store again; until then nothing is known of what is denied"
        raise VerificationError("the list doesn't stand at this moment", where=path.name, remedy=remedy, verifiable=False)
    return listed


def store_key(place: Workplace, store_name: str) -> bytes:
    """The key with which the dossier system of a store makes references."""
    return reference_key(place.ledger, stores.store_named(place.ledger, store_name).store_id)


def _denied(answers: pd.DataFrame, policy: ResolvedPolicy) -> pd.DataFrame:
    """The failures of rules that block, once per thing."""
    blocking = {rule.id for rule in policy.rules.values() if Action.BLOCK in rule.does}
    found = answers[
        answers["rule_id"].isin(blocking) & (answers["outcome"] == Outcome.FAIL.value) & (answers["scope_kind"] != STORE_SCOPE)
    ]
    return found.drop_duplicates(["rule_id", "scope_key"])


def _but_transitional(place: Workplace, store_name: str, denied: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Without entries that were introduced before the rule that denies them, as long as it is new: they are only reported."""
    policy = place.policy_on(as_of)
    since = denied["rule_id"].map({rule: reported_only_before(rule, policy, as_of) for rule in denied["rule_id"].unique()})
    new = since.notna() & (denied["scope_kind"] == ENTRIES.scope)
    if not new.any():
        return denied
    read = place.open_store(store_name).read("entries", columns=("entry_key", "introduced_at"))
    introduced = read.set_index("entry_key")["introduced_at"]
    keys = locator.natural_keys(place.ledger, sorted(denied.loc[new, "scope_key"]))
    days = denied.loc[new, "scope_key"].map(keys).map(introduced)
    later = days.reindex(denied.index) >= pd.to_datetime(since)
    return denied[~new | later]


def _decisions(place: Workplace, denied: pd.DataFrame, key: bytes) -> tuple[Decision, ...]:
    """What is denied, by references; a thing that was forgotten since isn't there any more."""
    ids = sorted({*denied["scope_key"], *denied["dossier_key"].dropna()})
    keys = locator.natural_keys(place.ledger, ids)
    found = []
    for row in denied.to_dict("records"):
        natural, home, scope = keys.get(row["scope_key"]), keys.get(row["dossier_key"]), row["scope_kind"]
        if natural is not None:
            dossier = "" if home is None else reference(key, "dossier", home)
            found.append(Decision(row["rule_id"], scope, reference(key, scope, natural), dossier, row["reason"]))
    return tuple(sorted(found))
