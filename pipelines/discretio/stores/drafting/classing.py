"""Which categories and special classes a column holds: by its header, by a sample, and by every checksummed number in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from discretio.law.special_classes import Flag
from discretio.stores.drafting.names import begin_with, mentions
from discretio.stores.drafting.samples import LETTERS_SAMPLED, Sample, has_more_rows, numbers_in
from discretio.stores.drafting.schema import SketchColumn, SketchTable
from discretio.stores.drafting.vocabulary import CATEGORY_HEADERS, SPECIAL_HEADERS
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.database import ForeignDatabase

HEADER_CONFIDENCE = 0.6
VALUES_PROVED_AT_MOST = 100_000
_VALUES_AT_ONCE = 100
_LEAST_DISTINCT = 2
_MANY = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One datum found in a value: all that is kept of it. `proved` if a checksum proves it."""

    type: str
    category: int | None
    flags: tuple[Flag, ...]
    score: float
    proved: bool


Finder = Callable[[str], Iterable[Hit]]


@dataclass(slots=True)
class _Tally:
    """What speaks for the classes of one column."""

    categories: dict[int, float] = field(default_factory=dict)
    flags: dict[Flag, float] = field(default_factory=dict)
    types: dict[str, float] = field(default_factory=dict)
    evidence: set[str] = field(default_factory=set)
    read: str = "sample"

    def add(self, hit: Hit, confidence: float, evidence: str) -> None:
        """Keep the highest confidence, never the mean: one proof among a million rows stays a proof."""
        if hit.category is not None:
            self.categories[hit.category] = max(confidence, self.categories.get(hit.category, 0.0))
        for flag in hit.flags:
            self.flags[flag] = max(confidence, self.flags.get(flag, 0.0))
        if hit.type:
            self.types[hit.type] = max(confidence, self.types.get(hit.type, 0.0))
        self.evidence.add(evidence)


class ColumnClasser:
    """Classes the columns of tables.

    Args:
        database: where they are.
        find: finds data of any kind in a value of the sample.
        prove: finds what a checksum proves in several values, a line each.
        rows_at_most: of a table, that are sifted for numbers.
    """

    def __init__(self, database: ForeignDatabase, find: Finder, prove: Finder, rows_at_most: int) -> None:
        self._database = database
        self._find = find
        self._prove = prove
        self._rows_at_most = rows_at_most

    def classes(self, table: SketchTable, samples: Mapping[str, Sample]) -> list[ColumnClass]:
        """The columns of a table about which anything is known.

        Raises:
            StoreUnavailableError: the table can't be read.
        """
        tallies = {column.name: _by_header(column) for column in table.columns}
        for name, sample in samples.items():
            self._by_sample(tallies[name], sample)
        self._by_proof(table, tallies)
        return [_class(table, name, tally) for name, tally in tallies.items() if tally.evidence]

    def _by_sample(self, tally: _Tally, sample: Sample) -> None:
        values: Counter[Hit] = Counter()
        for value in sample.distinct:
            values.update(set(self._find(value[:LETTERS_SAMPLED])))
        for hit, count in values.items():
            likely = hit.score * (0.5 + count / len(sample.distinct) / 2)
            # What needs judgement counts half if it stands alone among many; what a checksum proves doesn't.
            alone = count < _LEAST_DISTINCT and len(sample.distinct) >= _MANY
            confidence = 1.0 if hit.proved else round(likely / 2 if alone else likely, 2)
            tally.add(hit, confidence, "checksum" if hit.proved else "sample")

    def _by_proof(self, table: SketchTable, tallies: Mapping[str, _Tally]) -> None:
        pending: dict[str, list[str]] = {}
        sifted = 0
        for row in islice(numbers_in(self._database, table, self._rows_at_most), VALUES_PROVED_AT_MOST):
            sifted += 1
            for name, value in row.items():
                pending.setdefault(name, []).append(value)
                if len(pending[name]) == _VALUES_AT_ONCE:
                    self._prove_values(tallies[name], pending.pop(name))
        for name, values in pending.items():
            self._prove_values(tallies[name], values)
        read = self._how_much(table, sifted)
        for tally in tallies.values():
            tally.read = read

    def _how_much(self, table: SketchTable, sifted: int) -> str:
        if sifted == VALUES_PROVED_AT_MOST:
            return f"the first {sifted} rows with a long number"
        more = has_more_rows(self._database, table, self._rows_at_most)
        return f"the first {self._rows_at_most} rows" if more else "all"

    def _prove_values(self, tally: _Tally, values: list[str]) -> None:
        for hit in self._prove("\n".join(values)):
            if hit.proved:
                tally.add(hit, 1.0, "checksum")


def _by_header(column: SketchColumn) -> _Tally:
    tally = _Tally()
    # A longer form of a word counts only where no word stands as it is: politieke is no politie.
    flags = [flag for flag, words in SPECIAL_HEADERS.items() if mentions(column.words, words)]
    flags = flags or [flag for flag, words in SPECIAL_HEADERS.items() if begin_with(column.words, words)]
    categories = [number for number, words in CATEGORY_HEADERS.items() if mentions(column.words, words)]
    for flag in flags:
        tally.add(Hit("", None, (flag,), HEADER_CONFIDENCE, proved=False), HEADER_CONFIDENCE, "header")
    for category in categories:
        tally.add(Hit("", category, (), HEADER_CONFIDENCE, proved=False), HEADER_CONFIDENCE, "header")
    return tally


def _class(table: SketchTable, name: str, tally: _Tally) -> ColumnClass:
    everything = [*tally.categories.values(), *tally.flags.values(), *tally.types.values()]
    return ColumnClass(
        table=table.name,
        column=name,
        categories=tuple(sorted(tally.categories)),
        flags=tuple(flag for flag in Flag if flag in tally.flags),
        types=tuple(sorted(tally.types)),
        confidence=min(1.0, max(everything, default=HEADER_CONFIDENCE)),
        evidence=tuple(sorted(tally.evidence)),
        read=tally.read,
    )
