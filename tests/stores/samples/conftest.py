from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pytest

from discretio.stores.samples.enrichment import Enrichment, load_enrichment
from discretio.stores.samples.fields import file_lines
from discretio.stores.samples.model import Dossier
from discretio.stores.samples.multiplying import SAMPLES, multiply
from discretio.stores.samples.reading import read_dossiers
from discretio.stores.samples.rows import to_rows


@pytest.fixture(scope="session")
def enrichment() -> Enrichment:
    return load_enrichment()


@pytest.fixture(scope="session")
def samples() -> tuple[Dossier, ...]:
    return tuple(read_dossiers(file_lines(SAMPLES)))


@pytest.fixture(scope="session")
def copies(samples: tuple[Dossier, ...], enrichment: Enrichment) -> tuple[Dossier, ...]:
    return tuple(multiply(samples, 1000, 458, enrichment))


@pytest.fixture(scope="session")
def demo(copies: tuple[Dossier, ...], enrichment: Enrichment) -> dict[str, pd.DataFrame]:
    return to_rows(copies, enrichment)


@pytest.fixture
def line() -> Callable[..., str]:
    """A line of the JSONL format, with some fields made otherwise."""

    def make(**changes: object) -> str:
        text = "Jan woont alleen."
        span = {"start": 0, "end": 3, "text": "Jan", "cat": 1, "alt_cats": [], "flags": [], "negated": False, "implicit": False}
        entry = {
            "entry_id": "D1-E1", "date": "2024-01-02", "participant": "P1", "declared_category": 7, "register": "note",
            "lang": "nl", "text": text, "spans": [span], "hard_negatives": [], "neutral_professional": [],
        }  # fmt: skip
        dossier = {
            "dossier_id": "D1", "lang": "nl", "purpose": "integrity", "status": "signalled", "legal_hold": False,
            "legal_basis": {"type": "law", "ref": "a law"}, "first_consultation": "2024-01-09",
            "retention": {"agreed_on": "2024-01-08", "term": "P5Y"}, "opened": "2024-01-01", "closed": None, "reopened": None,
            "participants": [{"id": "P1", "organisation": "OCMW Elders", "role": "worker", "regime": "gdpr"}],
            "data_subjects": [{"id": "S1", "role": "subject", "name": "Jan", "aliases": ["Jan"]}], "entries": [entry],
        }  # fmt: skip
        entry.update({name: value for name, value in changes.items() if name in entry})
        span.update({name: value for name, value in changes.items() if name in span and name not in entry})
        dossier.update({name: value for name, value in changes.items() if name in dossier})
        return json.dumps(dossier)

    return make
