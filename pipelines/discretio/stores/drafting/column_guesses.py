"""Which column of a table holds what one of ours does, by its name, its type and its sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from discretio.domain.lexicon import LANGUAGES
from discretio.law.special_classes import SPECIAL_DATA
from discretio.stores.drafting.names import mentions
from discretio.stores.drafting.proposals import ProposedColumn, several
from discretio.stores.drafting.samples import Sample
from discretio.stores.drafting.schema import Reference, SketchColumn, SketchTable
from discretio.stores.drafting.vocabulary import (
    CLOSED_WORDS,
    COLUMN_WORDS,
    CREATOR_COLUMNS,
    NAME_COLUMNS,
    OPEN_WORDS,
    SOFT_DELETED,
    TEXT_COLUMNS,
)
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.yaml_words import quoted

Samples = Mapping[str, Sample]
_STATUS = frozenset({"status", "state", "statut", "etat", "toestand"})
_ACTIVE = frozenset({"active", "actif", "actief", "aktiv", "open"})
_CLOSED = frozenset({"closed", "afgesloten", "gesloten", "cloture", "geschlossen"})


def key_column(name: str, table: SketchTable) -> ProposedColumn | None:
    """The key of a table's rows; none if nothing tells them apart."""
    if table.primary:
        return ProposedColumn(name, several(table.primary), 1.0, "the table's primary key")
    guess = next((one for one in table.columns if one.words in (("id",), (*table.words, "id"))), None)
    return ProposedColumn(name, quoted(guess.name), 0.5, "named like a key; the schema promises nothing") if guess else None


def named_column(ours: str, table: SketchTable, kinds: Iterable[str]) -> ProposedColumn | None:
    """The column whose name is the first of the words for ours, if it is of one of these kinds."""
    of_kind = [one for one in table.columns if one.kind in set(kinds)]
    words = COLUMN_WORDS[ours]
    named = [(word, one, 0.9) for word in words for one in of_kind if "_".join(one.words) == word]
    named += [(word, one, 0.6) for word in words for one in of_kind if word in one.words]
    if not named:
        return None
    word, found, confidence = named[0]
    return ProposedColumn(ours, quoted(found.name), confidence, f"a {found.kind} named {word}")


def text_columns(table: SketchTable, samples: Samples, classes: Iterable[ColumnClass]) -> list[SketchColumn]:
    """The columns that say something in words, and those that hold special data."""
    special = {one.column for one in classes if set(one.flags) & set(SPECIAL_DATA) or "checksum" in one.evidence}
    keys = {*table.primary, *(reference.column for reference in table.references)}
    return [one for one in table.columns if one.name not in keys and _says_something(one, samples.get(one.name), special)]


def is_telling(found: ColumnClass) -> bool:
    """Whether the values of a column, and not only its header, are special data or numbers that a checksum proves."""
    return "checksum" in found.evidence or ("sample" in found.evidence and bool(set(found.flags) & set(SPECIAL_DATA)))


def has_sentences(table: SketchTable, samples: Samples) -> bool:
    """Whether a table holds free text."""
    return any(_is_free_text(one, samples.get(one.name)) for one in table.columns)


def _says_something(column: SketchColumn, sample: Sample | None, special: set[str]) -> bool:
    if column.kind not in ("text", "json", "unknown"):
        return False
    return column.name in special or _is_free_text(column, sample)


def _is_free_text(column: SketchColumn, sample: Sample | None) -> bool:
    if column.kind not in ("text", "json", "unknown"):
        return False
    if sample is not None and sample.reads_as_sentences():
        return True
    named = column.is_long and bool(mentions(column.words, TEXT_COLUMNS))
    return named and (column.kind != "text" or sample is None or not sample.is_never_words())


def creator_column(table: SketchTable) -> SketchColumn | None:
    """The column that says who made a row."""
    return next((one for one in table.columns if mentions(["_".join(one.words)], CREATOR_COLUMNS)), None)


def name_columns(table: SketchTable) -> list[SketchColumn]:
    """The columns of a person's name, first names first; the whole name only where there are no parts of it."""
    found = [next((one for one in table.columns if _is_named(one, words)), None) for words in NAME_COLUMNS]
    parts = [one for one in found[:3] if one is not None]
    return parts if found[0] is not None or found[2] is not None else [one for one in found[3:] if one is not None]


def _is_named(column: SketchColumn, words: frozenset[str]) -> bool:
    return column.kind == "text" and "_".join(column.words) in words


def language_column(table: SketchTable, samples: Samples) -> ProposedColumn | None:
    """The column that says in which language a row is written; only where it holds our codes."""
    found = named_column("lang", table, ("text",))
    sample = samples.get(found.form) if found else None
    if found is None or sample is None or not sample.values:
        return None
    return found if sample.distinct <= set(LANGUAGES) else None


def json_moment(ours: str, table: SketchTable, samples: Samples) -> ProposedColumn | None:
    """A moment inside a JSON column, if a key of it is one of our words; other keys are not looked at."""
    for column in table.columns:
        keys = samples[column.name].json_keys() if column.kind == "json" and column.name in samples else frozenset()
        word = next((word for word in COLUMN_WORDS[ours] if word in keys), None)
        if word is not None:
            form = f"{{column: {quoted(column.name)}, json: {word}}}"
            return ProposedColumn(ours, form, 0.6, f"a key of the JSON in {column.name}")
    return None


def status_column(table: SketchTable, samples: Samples) -> ProposedColumn | None:
    """The column that says whether a dossier is open; its codes only where they are words of ours, or a truth value."""
    for column in table.columns:
        if column.kind == "truth" and set(column.words) & (_ACTIVE | _CLOSED):
            codes = "{1: OPEN, 0: CLOSED}" if set(column.words) & _ACTIVE else "{1: CLOSED, 0: OPEN}"
            form = f"{{column: {quoted(column.name)}, codes: {codes}}}"
            return ProposedColumn("status", form, 0.7, "a truth value named so")
    found = next((one for one in table.columns if one.words[-1] in _STATUS and set(one.words[:-1]) <= set(table.words)), None)
    return _with_codes(found, samples.get(found.name)) if found else None


def _with_codes(column: SketchColumn, sample: Sample | None) -> ProposedColumn:
    codes = {value.strip(): value.strip().casefold() for value in sample.values} if sample else {}
    if codes and set(codes.values()) <= OPEN_WORDS | CLOSED_WORDS:
        listed = ", ".join(f"{word}: {'OPEN' if small in OPEN_WORDS else 'CLOSED'}" for word, small in sorted(codes.items()))
        form = f"{{column: {quoted(column.name)}, codes: {{{listed}}}}}"
        return ProposedColumn("status", form, 0.7, "its codes are words for open and closed")
    form = f"{{column: {quoted(column.name)}, codes: {{FILL_IN: OPEN, FILL_IN_TOO: CLOSED}}}}"
    return ProposedColumn("status", form, 0.4, "say what its codes mean", is_question=True)


def soft_deleted(table: SketchTable) -> str:
    """The condition under which a row is called deleted, as YAML; empty if nothing tells."""
    for column in table.columns:
        if mentions(["_".join(column.words)], SOFT_DELETED):
            return f"{{not: {{{quoted(column.name)}: null}}}}" if column.kind == "moment" else f"{{{quoted(column.name)}: 1}}"
    return ""


def route_column(table: SketchTable, route: Sequence[Reference]) -> tuple[ProposedColumn, dict[str, str]]:
    """The key of a row's dossier by a route of references, and the joins that it needs."""
    joins: dict[str, str] = {}
    here = ""
    for step in route[:-1]:
        name = f"via_{step.table.rpartition('.')[2]}"
        joins[name] = f"{{table: {quoted(step.table)}, on: {{{quoted(step.target)}: {here}{quoted(step.column)}}}}}"
        here = f"{name}."
    declared = all(step.declared for step in route)
    reason = "a foreign key" if declared else "named like a key of it; the schema declares no reference"
    form = quoted(f"{here}{route[-1].column}")
    return ProposedColumn(
        "dossier_key", form, 0.95 if declared else 0.7, f"{reason} ({table.name} to {route[-1].table})"
    ), joins
