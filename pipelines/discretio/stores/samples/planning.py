"""Which sample each copy repeats, which variants befall it, and how far its days move."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from discretio.law.periods import Period
from discretio.stores.samples.enrichment import Demo, Enrichment, Variant
from discretio.stores.samples.kinds import fits
from discretio.stores.samples.model import Dossier

_SMALLEST_WITH_ALL = 200


@dataclass(slots=True)
class Plan:
    """The plan of one copy: the sample, its variants by part, and the day to which its anchor is tied."""

    source: Dossier
    variants: dict[str, Variant] = field(default_factory=dict)
    anchor: tuple[str, date] | None = None


def plan_copies(sources: Sequence[Dossier], count: int, enrichment: Enrichment, rng: random.Random) -> list[Plan]:
    """Plans for so many copies, each sample as often as the next, the variants strewn among those that they may befall."""
    plans = [Plan(sources[number % len(sources)]) for number in range(count)]
    rng.shuffle(plans)  # so that "every n-th dossier gets" doesn't always fall on the same samples
    for variant in enrichment.variants.values():
        wanted = round(variant.per_thousand * count / 1000) or (count >= _SMALLEST_WITH_ALL)
        able = [plan for plan in plans if _may_befall(variant, plan, enrichment)]
        for turn, plan in enumerate(rng.sample(able, min(int(wanted), len(able)))):
            plan.variants[variant.part] = variant
            if variant.anchor:
                what, days = variant.anchor
                plan.anchor = (what, days[turn % len(days)])
    return plans


def _may_befall(variant: Variant, plan: Plan, enrichment: Enrichment) -> bool:
    if variant.part in plan.variants or not fits(variant.only, plan.source, enrichment.controllers):
        return False
    # A dossier whose life is unusual keeps the rest in order, so that each violation can be seen by itself.
    return "life" not in plan.variants and (variant.part != "life" or not plan.variants)


def shift_for(plan: Plan, demo: Demo, rng: random.Random) -> timedelta:
    """How far the days of a copy move: whole weeks, in order, nothing after the demo's latest day."""
    source = plan.source
    if plan.anchor:
        what, day = plan.anchor
        return _whole_weeks(day - (source.last_day if what == "closed" else source.first_day))
    if source.draft:
        first, last = demo.drafts_begun
        lowest, highest = -(-(first - source.first_day).days // 7), (last - source.first_day).days // 7
    else:
        lowest, highest = -demo.shift_weeks, demo.shift_weeks
        lowest = max(lowest, _weeks_until_due(source, demo))
    highest = min(highest, (demo.latest - source.last_day).days // 7)
    return timedelta(weeks=rng.randint(min(lowest, highest), highest))


def _whole_weeks(distance: timedelta) -> timedelta:
    return timedelta(weeks=distance.days // 7)


def _weeks_until_due(source: Dossier, demo: Demo) -> int:
    """The fewest weeks after which an ordinary closed dossier's agreed term isn't over yet."""
    if source.dates.closed is None or source.dates.reopened is not None or source.term is None:
        return -demo.shift_weeks
    due = Period.parse(source.term).after(source.dates.closed)
    return -(-(demo.due_after - due).days // 7)


def copy_ids(plans: Sequence[Plan]) -> list[str]:
    """Ids such as DEMO-FR-0001, counted by language."""
    counted: dict[str, int] = {}
    ids: list[str] = []
    for plan in plans:
        lang = plan.source.lang.upper()
        counted[lang] = counted.get(lang, 0) + 1
        ids.append(f"DEMO-{lang}-{counted[lang]:04d}")
    return ids


def variant_names(variants: Mapping[str, Variant]) -> tuple[str, ...]:
    """The names of a copy's variants, in the order of their parts."""
    return tuple(variant.id for _, variant in sorted(variants.items()))
