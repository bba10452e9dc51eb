"""Samples of what the scan missed: which entries were drawn from how many, and what their reviewers found in them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, Row, insert, select, update

from discretio.errors import UsageError
from discretio.ledger.audit_chain import Payload, append, canonical, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.rows import Row as Values
from discretio.ledger.rows import frame_of
from discretio.ledger.seals import check_seal, seal
from discretio.ledger.surrogate_ids import new_id
from discretio.ledger.triage_tables import sample_entries, sample_strata, samples

ENTRY_DTYPES = {
    "number": "int64", "stratum": "int64", "entry_id": "str", "dossier_id": "str", "detected": "int64", "categories": "Int64",
    "answered_by": "str",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StratumRecord:
    """One introducer's part of a stratum: its language, what it declares; how many entries there are, and how many were drawn.

    `undetected` says, by category as text, in how many of its entries the category was not found.
    """

    number: int
    controller_id: str | None
    lang: str
    declared: str
    population: int
    drawn: int
    undetected: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DrawnEntry:
    """An entry of a sample: its stratum, the surrogates of entry and dossier, and what was found in it, as bits."""

    stratum: int
    entry_id: str
    dossier_id: str
    detected: int


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A sample: of which store, as of which day, by which seed, from which strata."""

    sample_id: str
    store_id: int
    as_of: date
    seed: int
    drawn_at: datetime
    strata: tuple[StratumRecord, ...]


def save_sample(ledger: Ledger, sample: SampleRecord, entries: Sequence[DrawnEntry]) -> None:
    """Freeze a sample before anyone looks at it.

    Args:
        ledger: the ledger.
        sample: the sample, with its strata.
        entries: the entries drawn.
    """
    drawn = [asdict(entry) | {"sample_id": sample.sample_id, "number": number} for number, entry in enumerate(entries)]
    ids = hashlib.sha256("\n".join(entry.entry_id for entry in entries).encode()).hexdigest()
    values = {"store_id": sample.store_id, "as_of": sample.as_of, "seed": sample.seed, "drawn_at": sample.drawn_at}
    with ledger.writing() as connection:
        mark = seal(ledger, "sample", _sealed(sample))
        connection.execute(insert(samples).values(sample_id=sample.sample_id, seal=mark, **values))
        if drawn:
            strata = [asdict(stratum) | {"sample_id": sample.sample_id} for stratum in sample.strata]
            connection.execute(insert(sample_strata), strata)
            connection.execute(insert(sample_entries), drawn)
        payload: Payload = {
            "store_id": sample.store_id,
            "entries": len(drawn),
            "seed": sample.seed,
            "sha256": ids,
            "seal": mark,
        }
        append(ledger, connection, "sample.drawn", payload, subject=sample.sample_id)


def new_sample_id() -> str:
    """A random id for a sample."""
    return new_id("sample")


def load_sample(ledger: Ledger, sample_id: str) -> SampleRecord:
    """The sample of that id.

    Raises:
        UsageError: there is none.
        LedgerError: it was changed behind the ledger's back.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(samples).where(samples.c.sample_id == sample_id)).one_or_none()
        if row is None:
            raise UsageError("there is no such sample", where=sample_id, remedy="discretio sample list shows them")
        return _sample(ledger, connection, row)


def all_samples(ledger: Ledger) -> list[SampleRecord]:
    """Every sample, the last first."""
    with ledger.reading() as connection:
        rows = connection.execute(select(samples).order_by(samples.c.drawn_at.desc(), samples.c.sample_id)).all()
        return [_sample(ledger, connection, row) for row in rows]


def sampled_entries(ledger: Ledger, sample_id: str) -> pd.DataFrame:
    """The entries of a sample: ENTRY_DTYPES, by number; `categories` are bits, null as long as nobody answered.

    An entry whose dossier was erased has no ids any more.

    Raises:
        LedgerError: an answer was changed behind the ledger's back.
    """
    query = select(sample_entries).where(sample_entries.c.sample_id == sample_id).order_by(sample_entries.c.number)
    with ledger.reading() as connection:
        for row in connection.execute(query).mappings():
            if row["seal"] is not None or row["categories"] is not None:
                check_seal(ledger, "sample answer", _answer(dict(row)), row["seal"] or "")
        columns = [sample_entries.c[name] for name in ENTRY_DTYPES]
        return frame_of(connection, query.with_only_columns(*columns), ENTRY_DTYPES)


def record_answers(ledger: Ledger, sample_id: str, person_id: str, answers: Mapping[int, int]) -> None:
    """Record what a reviewer found in entries of a sample, as bits by number; a second answer replaces the first."""
    at = ledger.now()
    with ledger.writing() as connection:
        for number, categories in answers.items():
            here = (sample_entries.c.sample_id == sample_id, sample_entries.c.number == number)
            detected = connection.execute(select(sample_entries.c.detected).where(*here)).scalar_one()
            values: Values = {"categories": categories, "answered_by": person_id, "answered_at": at}
            named = {"sample_id": sample_id, "number": number, "detected": detected}
            mark = seal(ledger, "sample answer", _answer(values | named))
            connection.execute(update(sample_entries).where(*here).values(**values, seal=mark))
        payload = {"person_id": person_id, "answers": canonical({str(n): c for n, c in answers.items()})}
        append(ledger, connection, "sample.answered", payload, subject=sample_id)


def _sample(ledger: Ledger, connection: Connection, row: Row[tuple[object, ...]]) -> SampleRecord:
    query = select(sample_strata).where(sample_strata.c.sample_id == row.sample_id).order_by(sample_strata.c.number)
    strata = tuple(
        StratumRecord(**{name: getattr(each, name) for name in StratumRecord.__slots__}) for each in connection.execute(query)
    )
    sample = SampleRecord(row.sample_id, row.store_id, row.as_of, row.seed, row.drawn_at, strata)
    check_seal(ledger, "sample", _sealed(sample), row.seal)
    return sample


def _sealed(sample: SampleRecord) -> dict[str, object]:
    moments = {"as_of": sample.as_of.isoformat(), "drawn_at": moment_text(sample.drawn_at)}
    return asdict(sample) | moments


def _answer(values: Mapping[str, object]) -> dict[str, object]:
    names: Collection[str] = ("sample_id", "number", "detected", "categories", "answered_by")
    return {name: values[name] for name in names}
