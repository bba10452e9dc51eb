"""The rows of one dossier with all that the enrichment adds, changes and leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from discretio.domain.frames import STORE_FRAMES
from discretio.stores.samples.attachments import attachment_rows
from discretio.stores.samples.base_rows import base_rows, event_rows
from discretio.stores.samples.casting import Row
from discretio.stores.samples.enrichment import Addition, Change, Enrichment, Variant
from discretio.stores.samples.facts import Facts, MissingFactError, Rows, facts_of
from discretio.stores.samples.kinds import fits, prosecutor_of
from discretio.stores.samples.model import Dossier


def enriched_rows(dossier: Dossier, enrichment: Enrichment, turn: int) -> Rows:
    """All rows of one dossier.

    Args:
        dossier: the dossier.
        enrichment: what to add.
        turn: the dossier's place in the store: every n-th gets an addition, and lists of values are taken in turn.
    """
    rows: Rows = {name: [] for name in STORE_FRAMES}
    rows |= base_rows(dossier, enrichment)
    variants = enrichment.variants_of(dossier)
    facts = _facts(dossier, enrichment, rows, turn)
    for variant in variants:
        rows["dossiers"][0] |= facts.row(variant.dossier)
        for change in variant.changes:
            _change(rows, change, facts)
    rows["dossier_events"] = event_rows(dossier, rows["dossiers"][0])
    for addition, own_turn in _additions(dossier, enrichment, variants, turn):
        _add(rows, addition, Facts(facts.known, own_turn), dossier)
    rows["attachments"] = list(attachment_rows(dossier, enrichment, turn))
    for name in {name for variant in variants for name in variant.drop}:
        rows[name] = []
    return rows


def _facts(dossier: Dossier, enrichment: Enrichment, rows: Rows, turn: int) -> Facts:
    facts = facts_of(rows, enrichment.demo.as_of, turn)
    facts = facts.with_facts(hold_reason=enrichment.wording["hold_reasons"][dossier.lang])
    prosecutor = prosecutor_of(dossier, enrichment.controllers)
    return facts.with_facts(prosecutor=prosecutor) if prosecutor else facts


def _additions(
    dossier: Dossier, enrichment: Enrichment, variants: tuple[Variant, ...], turn: int
) -> Iterator[tuple[Addition, int]]:
    """The additions that this dossier gets, each with its turn among those that get it."""
    if not any(variant.plain for variant in variants):
        for addition in enrichment.usual:
            if turn % addition.every == 0 and fits(addition.when, dossier, enrichment.controllers):
                yield addition, turn // addition.every
    yield from ((variant.addition, turn) for variant in variants)


def _change(rows: Rows, change: Change, facts: Facts) -> None:
    where = facts.row(change.where)
    for row in rows[change.frame]:
        if all(row.get(name) == value for name, value in where.items()):
            row.update(facts.row(change.columns))


def _add(rows: Rows, addition: Addition, facts: Facts, dossier: Dossier) -> None:
    for own in _each(addition.each, facts, rows):
        try:
            made = [(name, own.row(written)) for name, written_rows in addition.rows.items() for written in written_rows]
        except MissingFactError:
            continue  # the dossier has too few participants or entries for it
        for name, row in made:
            rows[name].append(_keyed(name, row, dossier, len(rows[name]) + 1))


def _each(what: str, facts: Facts, rows: Rows) -> Iterator[Facts]:
    if what == "participant":
        for row in rows["dossier_participants"]:
            key = row["controller_key"]
            yield facts.with_facts(participant=key, user=f"{key}-user-1")
    elif what == "subject":
        for row in rows["persons"]:
            if row["role"] == "SUBJECT":
                yield facts.with_facts(subject=row["person_key"])
    else:
        yield facts


def _keyed(name: str, row: Row, dossier: Dossier, number: int) -> Row:
    """The row with its own key, and the dossier's where the frame has it."""
    frame = STORE_FRAMES[name]
    keyed = {frame.key: f"{dossier.id}-{name.upper().replace('_', '-')}-{number}", **row}
    if "dossier_key" in frame.column_names:
        keyed["dossier_key"] = dossier.id
    return keyed
