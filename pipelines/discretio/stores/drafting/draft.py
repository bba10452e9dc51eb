"""A draft: what is proposed for an unknown database, what is known of its columns, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import inspect

from discretio.errors import StoreUnavailableError
from discretio.stores.drafting.classing import ColumnClasser, Finder
from discretio.stores.drafting.column_guesses import Samples, has_sentences, is_telling
from discretio.stores.drafting.dossier_guess import DossierGuess, guess_dossiers, is_about
from discretio.stores.drafting.frame_guesses import FrameGuesses
from discretio.stores.drafting.proposals import LeftOut, ProposedPart
from discretio.stores.drafting.samples import sample_table
from discretio.stores.drafting.schema import SketchTable, read_schema
from discretio.stores.drafting.vocabulary import ATTACHMENT_TABLES
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.database import ForeignDatabase

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for a database.

    Attributes:
        url: of the database, without a password.
        parts: the parts of frames.
        classes: what is known of columns.
        left_out: tables with text, or files, that no frame reads, and why.
    """

    url: str
    parts: tuple[ProposedPart, ...]
    classes: tuple[ColumnClass, ...]
    left_out: tuple[LeftOut, ...]

    def columns_of(self) -> dict[str, set[str]]:
        """By frame, the columns of ours that the draft maps in every part of it."""
        mapped: dict[str, set[str]] = {}
        for part in self.parts:
            columns = {column.name for column in part.columns if not column.is_question}
            mapped[part.frame] = mapped.get(part.frame, columns) & columns
        return mapped


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """How a draft is made.

    Attributes:
        schema: the schema to read; the connection's own if null.
        find: finds data of any kind in one value.
        prove: finds what a checksum proves, in values a line each.
        rows_at_most: of a table, that are sifted for numbers with a checksum.
    """

    schema: str | None
    find: Finder
    prove: Finder
    rows_at_most: int


def make_draft(database: ForeignDatabase, order: DraftOrder, progress: Progress = lambda _done, _of: None) -> Draft:
    """Read the schema and a sample of an unknown database, and propose a mapping.

    Raises:
        StoreUnavailableError: the database can't be read.
        UsageError: nothing in it looks like a list of dossiers.
    """
    with database.reading("the tables") as connection:
        tables = read_schema(inspect(connection), order.schema)
    classer = ColumnClasser(database, order.find, order.prove, order.rows_at_most)
    samples: dict[str, Samples] = {}
    classes: list[ColumnClass] = []
    unreadable: list[LeftOut] = []
    for done, table in enumerate(tables, start=1):
        try:
            samples[table.name] = sample_table(database, table)
            classes += classer.classes(table, samples[table.name]) if not table.is_view else []
        except StoreUnavailableError:
            unreadable.append(LeftOut(table.name, "it can't be read: the account lacks the right, or it takes too long"))
        progress(done, len(tables))
    guess = guess_dossiers(tables, (table.name for table in tables if has_sentences(table, samples.get(table.name, {}))))
    parts = tuple(FrameGuesses(guess, samples, classes).parts())
    telling = {one.table for one in classes if is_telling(one)}
    told = telling | {table.name for table in tables if has_sentences(table, samples.get(table.name, {}))}
    left = [*unreadable, *_left_out(guess, {part.table for part in parts}, told & samples.keys())]
    return Draft(database.locator, parts, tuple(classes), tuple(left))


def _left_out(guess: DossierGuess, mapped: set[str], telling: set[str]) -> list[LeftOut]:
    left = [table for table in guess.tables if table.name not in mapped and not table.is_view]
    return [
        LeftOut(table.name, _why(table, guess)) for table in left if table.name in telling or is_about(table, ATTACHMENT_TABLES)
    ]


def _why(table: SketchTable, guess: DossierGuess) -> str:
    names = {column.name for column in table.columns}
    kind = next((name for name in sorted(names) if name.endswith("_type") and name.removesuffix("type") + "id" in names), None)
    if kind is not None:
        return f"its rows belong to different tables: map them as a part of entries with where: {{{kind}: THE_KIND}}"
    if table.name not in guess.routes:
        return "no reference leads from it to a dossier"
    return "nothing tells its rows apart" if not table.primary else "it is about something else, by its name"
