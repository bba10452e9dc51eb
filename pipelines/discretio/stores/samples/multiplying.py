"""Many dossiers from the 40 samples: seeded, so that everyone's demo is the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from discretio.stores.samples.copying import Identity, Template, copy_of
from discretio.stores.samples.enrichment import Enrichment, load_enrichment
from discretio.stores.samples.fields import file_lines
from discretio.stores.samples.model import Dossier
from discretio.stores.samples.new_names import Namer
from discretio.stores.samples.planning import Plan, copy_ids, plan_copies, shift_for, variant_names
from discretio.stores.samples.reading import read_dossiers
from discretio.stores.samples.rows import to_rows

SAMPLES = Path(__file__).with_name("dossiers.jsonl")


def demo_rows(count: int = 1000, seed: int = 458) -> dict[str, pd.DataFrame]:
    """The frames of the demo's store.

    Args:
        count: how many dossiers.
        seed: the same seed gives the same store.
    """
    enrichment = load_enrichment()
    return to_rows(multiply(read_dossiers(file_lines(SAMPLES)), count, seed, enrichment), enrichment)


def multiply(dossiers: Iterable[Dossier], count: int, seed: int, enrichment: Enrichment | None = None) -> Iterator[Dossier]:
    """Repeat dossiers with other names, days and numbers; labels stay on their evidence.

    Args:
        dossiers: the samples.
        count: how many copies, each sample as often as the next.
        seed: the same seed gives the same copies.
        enrichment: which variants befall the copies and within which time they lie; the shipped one by default.
    """
    chosen = load_enrichment() if enrichment is None else enrichment
    rng = random.Random(seed)  # noqa: S311 - invented data, no secret
    templates = {dossier.id: Template(dossier) for dossier in dossiers}
    plans = plan_copies([template.dossier for template in templates.values()], count, chosen, rng)
    namer = Namer(rng)
    for plan, key in zip(plans, copy_ids(plans), strict=True):
        identity = Identity(key, namer.names_for(plan.source), shift_for(plan, chosen.demo, rng), rng)
        yield _fitted(copy_of(templates[plan.source.id], identity), plan)


def _fitted(copy: Dossier, plan: Plan) -> Dossier:
    """The copy with its variants, closed on the very day that its anchor says."""
    closed = plan.anchor[1] if plan.anchor and plan.anchor[0] == "closed" else copy.dates.closed
    return replace(copy, variants=variant_names(plan.variants), dates=replace(copy.dates, closed=closed))
