"""A reference store of any size, filled inside the database from texts of the sample dossiers; the same for the same seed."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

import discretio.stores.samples
from discretio.stores.reference import ReferenceStore, create_store

SAMPLES = Path(discretio.stores.samples.__file__).with_name("dossiers.jsonl")
ENTRIES_EACH = 20
"""Entries of one dossier; all of them in one language."""

_LENGTH = 205  # two of these, of whole sentences, and a space make an entry of about 500 characters
_PIECES = 2_000
_FIRST = 100_000_000  # so that keys are as long as each other
_OPENED = datetime(2024, 1, 2)  # noqa: DTZ001 - Brussels time, as the store holds it
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count) ",
    "postgresql": "WITH n(i) AS (SELECT CAST(g AS BIGINT) FROM generate_series(0, :count - 1) AS g) ",
}
_POOL = (
    "CREATE TABLE pool (lang BIGINT, number BIGINT, code TEXT, text TEXT, name TEXT, PRIMARY KEY (lang, number))",
    "INSERT INTO pool VALUES (:lang, :number, :code, :text, :name)",
)
_DOSSIERS = (
    "INSERT INTO dossiers (dossier_key, kind, status, owner, opened_at) "
    "{numbers} SELECT 'D' || (:first + i), 'SHARED', 'OPEN', 'K', :opened FROM n"
)
_PERSONS = (
    "INSERT INTO persons (person_key, dossier_key, role, name) "
    "{numbers} SELECT 'P' || (:first + i), 'D' || (:first + i), 'SUBJECT', pool.name "
    "FROM n JOIN pool ON pool.lang = i % :languages AND pool.number = i * 7 % :pieces"
)
_ENTRIES = (
    "INSERT INTO entries (entry_key, dossier_key, introduced_by, introduced_at, categories, special_declared, lang, text) "
    "{numbers} SELECT 'E' || (:first + i), 'D' || (:first + i / :each), 'K', :opened, 6, 0, a.code, a.text || ' ' || b.text "
    "FROM n JOIN pool AS a ON a.lang = i / :each % :languages AND a.number = i * :mixed % :pieces "
    "JOIN pool AS b ON b.lang = a.lang AND b.number = (i * 97 + i / :pieces + 13) % :pieces"
)
_CHANGE = "UPDATE entries SET text = text || ' Vu hier.' WHERE entry_key = 'E' || CAST(:number AS BIGINT)"
_VALUES = {
    "first": _FIRST, "opened": _OPENED, "pieces": _PIECES, "each": ENTRIES_EACH, "mixed": 2_654_435_761,
}  # fmt: skip


def filled(url: str, entries: int, seed: int = 458) -> ReferenceStore:
    """A store of so many entries of about 500 characters in four languages, twenty to a dossier, with one person each."""
    store = create_store(url)
    numbers = _NUMBERS[store.database.dialect]
    dossiers = -(-entries // ENTRIES_EACH)
    with store.database.writing() as connection:
        languages = _keep_pool(connection, _pool(seed))
        run(connection, "INSERT INTO controllers (controller_key, regime, kind) VALUES ('K', 'GDPR', 'FEDERAL_GDPR')", {})
        for statement, count in ((_DOSSIERS, dossiers), (_PERSONS, dossiers), (_ENTRIES, entries)):
            run(connection, statement.format(numbers=numbers), _VALUES | {"count": count, "languages": languages})
        run(connection, "DROP TABLE pool", {})
        connection.commit()
    return store


def change(store: ReferenceStore, entries: int, every: int = 100) -> None:
    """Add a sentence to one entry in so many, spread evenly over the store."""
    with store.database.writing() as connection:
        connection.execute(text(_CHANGE), [{"number": _FIRST + number} for number in range(every // 2, entries, every)])
        connection.commit()


def run(connection: Connection, statement: str, values: Mapping[str, Any]) -> None:
    """Run a statement with those of the values that it names."""
    connection.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})


def _pool(seed: int) -> dict[str, list[tuple[str, str]]]:
    """By language, pieces of the samples of about half an entry each, and a name of a person beside each."""
    random_ = random.Random(seed)  # noqa: S311 - the same store each time
    sentences: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        dossier = json.loads(line)
        names[dossier["lang"]] += [person["name"] for person in dossier["data_subjects"]]
        for entry in dossier["entries"]:
            parts = entry["text"].replace("\n", " ").split(". ")
            sentences[entry["lang"]] += [part.strip(". ") for part in parts if part.strip(". ")]
    return {
        lang: [(_piece(random_, some), random_.choice(names[lang])) for _ in range(_PIECES)]
        for lang, some in sorted(sentences.items())
    }


def _piece(random_: random.Random, sentences: list[str]) -> str:
    piece = random_.choice(sentences)
    while len(piece) < _LENGTH:
        piece += ". " + random_.choice(sentences)
    return piece + "."


def _keep_pool(connection: Connection, pieces: Mapping[str, list[tuple[str, str]]]) -> int:
    create, insert = _POOL
    connection.execute(text(create))
    for lang, (code, some) in enumerate(pieces.items()):
        rows = [{"lang": lang, "number": n, "code": code, "text": piece, "name": name} for n, (piece, name) in enumerate(some)]
        connection.execute(text(insert), rows)
    return len(pieces)
