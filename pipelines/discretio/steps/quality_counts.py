"""What triage and samples tell a report: the detector's precision, what it missed, and the action plan with its age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from math import ceil, floor

import pandas as pd

from discretio.domain.miss_rates import StratumCounts, miss_rate
from discretio.domain.suppression import RATIO_MINIMUM
from discretio.domain.triage.ageing import age_band, overdue
from discretio.domain.triage.priority import SENSITIVE_CATEGORIES
from discretio.domain.triage.standing import Standing
from discretio.domain.triage.words import FALSE_ALARMS, Decision, Status
from discretio.law.policy import ResolvedPolicy
from discretio.ledger import counts as ledger_counts
from discretio.ledger import stores
from discretio.ledger.samples import all_samples
from discretio.ledger.triage_events import said_of
from discretio.ledger.triage_items import discussed_items, silent_items
from discretio.steps.exact_binomial import clopper_pearson
from discretio.steps.sample_estimates import ANY, TARGETS, AnsweredStratum, answered_strata
from discretio.steps.triage import TriageItem
from discretio.steps.triage_proposal import last_decision
from discretio.steps.triage_rows import Rows
from discretio.steps.workplace import Workplace

LANGUAGES = ("fr", "nl", "de", "en")
OTHER_LANGUAGE = "lang_other"


def triage_precision(place: Workplace, controllers: Collection[str]) -> pd.DataFrame | None:
    """target, correct, wrong: items of these controllers by their last decision; None if none was decided.

    Only a dismissal that blames the detector counts against it; confirmed, accepted and otherwise dismissed items are correct.
    """
    items = discussed_items(place.ledger, controllers)
    said = said_of(place.ledger, items["item_id"].tolist())
    numbers: Counter[tuple[str, bool]] = Counter()
    for row in items.to_dict("records"):
        decision = last_decision(said.get(row["item_id"], ()))
        if decision is not None and row["target"]:
            numbers[row["target"], decision.word is Decision.DISMISS and decision.reason in FALSE_ALARMS] += 1
    targets = sorted({target for target, _ in numbers})
    rows = [(target, numbers[target, False], numbers[target, True]) for target in targets]
    return pd.DataFrame(rows, columns=["target", "correct", "wrong"]) if rows else None


def action_plan(place: Workplace, controllers: Collection[str], as_of: date) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """(age, status, n) of the items that are not resolved, and (overdue, n); None if there never was an item."""
    silent, discussed = silent_items(place.ledger, controllers), discussed_items(place.ledger, controllers)
    if silent.empty and discussed.empty:
        return None, None
    ages: Counter[tuple[str, str]] = Counter()
    late: Counter[str] = Counter()
    for since, standing, number in _standing(place, silent, discussed, as_of):
        if standing.status is not Status.RESOLVED:
            ages[age_band(since, as_of).value, standing.status.value] += number
            kind = overdue(standing, since, as_of, place.policy_on(as_of).period("triage.answer_within"))
            late.update({kind.value: number} if kind else {})
    plan = pd.DataFrame([(*key, n) for key, n in ages.items()], columns=["age", "status", "n"])
    return plan, pd.DataFrame(list(late.items()), columns=["overdue", "n"])


def _standing(
    place: Workplace, silent: pd.DataFrame, discussed: pd.DataFrame, as_of: date
) -> Iterator[tuple[date, Standing, int]]:
    """Since when items are known, where they stand, and how many of them; the silent ones by the day, the others one by one."""
    for since, gone, number in silent.itertuples(index=False):
        yield since, Standing(Status.RESOLVED if gone else Status.OPEN), int(number)
    said = said_of(place.ledger, discussed["item_id"].tolist())
    for item in Rows.at(place, as_of).built(discussed, said, TriageItem):
        yield item.first_seen, item.standing, 1


def missed_rates(place: Workplace, controllers: Collection[str], policy: ResolvedPolicy, as_of: date) -> pd.DataFrame | None:
    """target, reviewed, low, high (tenths of a percent) from the last sample of each store; None if nothing was reviewed.

    The exact number of misses is not told: the interval holds for every number of its band, so that no small one shows. A
    store that holds entries of these controllers and was not sampled leaves everything possible.
    """
    strata, unsampled = _strata(place, controllers, as_of)
    rows = []
    for target, name, parts in _rows(strata):
        counts = [part.counts(target) for part in parts] + unsampled
        reviewed = sum(one.answered for one in counts)
        if reviewed >= RATIO_MINIMUM and any(one.undetected for one in counts):
            rows.append((name, reviewed, *_told(counts, _threshold(policy, target))))
    return pd.DataFrame(rows, columns=["target", "reviewed", "low", "high"]) if rows else None


def _rows(strata: list[AnsweredStratum]) -> Iterator[tuple[str, str, list[AnsweredStratum]]]:
    """What is told: any category, any category by language, each category over all languages."""
    yield ANY, ANY, strata
    languages = {stratum.lang for stratum in strata}
    for lang in LANGUAGES:
        if lang in languages:
            yield ANY, f"lang_{lang}", [stratum for stratum in strata if stratum.lang == lang]
    if languages - set(LANGUAGES):
        yield ANY, OTHER_LANGUAGE, [stratum for stratum in strata if stratum.lang not in LANGUAGES]
    yield from ((target, target, strata) for target in TARGETS if target != ANY)


def _threshold(policy: ResolvedPolicy, target: str) -> int:
    sensitive = target != ANY and int(target.removeprefix("category_")) in SENSITIVE_CATEGORIES
    return int(policy.number("suppression.k_special" if sensitive else "suppression.k"))


def _told(counts: list[StratumCounts], band: int) -> tuple[int, int]:
    """The bounds in tenths of a percent, outwards, for every number of misses in the band of the true one."""
    fewer = sum(one.missed for one in counts) % band
    rate = miss_rate(counts, clopper_pearson, fewer=fewer, more=band - 1 - fewer)
    return floor(rate.low * 1000), ceil(rate.high * 1000)


def _strata(place: Workplace, controllers: Collection[str], as_of: date) -> tuple[list[AnsweredStratum], list[StratumCounts]]:
    """The strata of the last samples, and one that was not drawn from for each store without a sample."""
    samples = [sample for sample in all_samples(place.ledger) if sample.as_of <= as_of]
    strata: list[AnsweredStratum] = []
    unsampled: list[StratumCounts] = []
    for record in stores.stores(place.ledger):
        last = next((sample for sample in samples if sample.store_id == record.store_id), None)
        if last is not None:
            strata += answered_strata(place.ledger, last, controllers)
        elif entries := ledger_counts.entries_of(place.ledger, record.store_id, controllers):
            unsampled.append(StratumCounts(entries, entries, 0, 0, 0))
    return strata, unsampled
