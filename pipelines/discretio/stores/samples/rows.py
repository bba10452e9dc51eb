"""Dossiers into the frames of a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from discretio.domain.frames import STORE_FRAMES
from discretio.stores.samples.base_rows import base_rows, controller_of, event_rows
from discretio.stores.samples.casting import Row, to_frames
from discretio.stores.samples.enriching import enriched_rows
from discretio.stores.samples.enrichment import Controller, Enrichment, load_enrichment
from discretio.stores.samples.facts import Rows
from discretio.stores.samples.fields import file_lines
from discretio.stores.samples.model import Dossier
from discretio.stores.samples.reading import read_dossiers


def rows_of(path: Path, enrichment: Path | None = None) -> dict[str, pd.DataFrame]:
    """The frames of a JSONL file of dossiers, ready for `stores.loading.load_rows`.

    Args:
        path: the JSONL file.
        enrichment: a file of what the dossiers don't tell; without it nothing is made up: kinds of controllers, links
            between persons, declared special classes stay null or empty, and the rules on them can't pass.

    Raises:
        UsageError: a file can't be read or a line doesn't fit the format.
    """
    return to_rows(read_dossiers(file_lines(path)), None if enrichment is None else load_enrichment(enrichment))


def to_rows(dossiers: Iterable[Dossier], enrichment: Enrichment | None) -> dict[str, pd.DataFrame]:
    """The frames of these dossiers: every frame of STORE_FRAMES, empty ones included."""
    gathered: Rows = {name: [] for name in STORE_FRAMES}
    controllers: dict[str, Controller] = {}
    for turn, dossier in enumerate(dossiers):
        for participant in dossier.participants:
            controller = controller_of(participant, enrichment)
            controllers.setdefault(controller.key, controller)
        rows = _plain_rows(dossier) if enrichment is None else enriched_rows(dossier, enrichment, turn)
        for name, some in rows.items():
            gathered[name] += some
    if enrichment is not None:
        gathered["art8_rows"] += _listed(enrichment)
        by_key = {controller.key: controller for controller in enrichment.controllers.values()}
        for row in enrichment.art8_rows:
            controllers.setdefault(row["row"]["controller_key"], by_key[row["row"]["controller_key"]])
    gathered["controllers"] = [_controller_row(controller) for controller in controllers.values()]
    return to_frames(gathered)


def _plain_rows(dossier: Dossier) -> Rows:
    rows = base_rows(dossier, None)
    rows["dossier_events"] = event_rows(dossier, rows["dossiers"][0])
    if dossier.held:
        # Nothing but its existence is told; a hold that says no more is invalid and still wins.
        rows["holds"] = [{"hold_key": f"{dossier.id}-H1", "dossier_key": dossier.id, "from_at": dossier.dates.opened}]
    return rows


def _listed(enrichment: Enrichment) -> Iterator[Row]:
    for number, item in enumerate(enrichment.art8_rows, start=1):
        yield {"row_key": f"LIST-{number:04d}", **item["row"]}


def _controller_row(controller: Controller) -> Row:
    return {
        "controller_key": controller.key,
        "organisation": controller.organisation,
        "regime": controller.regime,
        "kind": controller.kind,
    }
