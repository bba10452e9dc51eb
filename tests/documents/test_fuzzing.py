"""Spoiled documents of every format, each in a worker within its bounds: parts with reasons, never a crash, never a hang.

What once crashed or held up a reader is kept as a file in `tests/documents/crashes`, and read by every run: `long-chain.msg`
names one sector so often that 38 KB become megabytes. DISCRETIO_FUZZ_ROUNDS=200 goes on for longer.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from discretio.documents import IsolatedReader, Limits, Reason
from documents.formats import every_format
from documents.fuzzing import spoiled
from documents.test_damage import is_sound

FORMATS = every_format()
ROUNDS = int(os.environ.get("DISCRETIO_FUZZ_ROUNDS", "20"))
CHARACTERS = 5_000_000
BROKEN = {Reason.CRASHED, Reason.TIMED_OUT, Reason.OUT_OF_MEMORY, Reason.TIME_LIMIT}
"""A worker that ends so costs its document only; all the same it is a fault of a reader, and is to be mended."""
CRASHES = sorted(Path(__file__).with_name("crashes").glob("*.*"))


@pytest.fixture(scope="module")
def reader() -> IsolatedReader:
    return IsolatedReader(Limits(seconds=20.0, characters=CHARACTERS, ocr_images=0))


def read_soundly(reader: IsolatedReader, data: bytes, suffix: str) -> None:
    parts = list(reader(data, f"x.{suffix}"))
    assert parts
    assert all(is_sound(part) for part in parts)
    assert sum(len(part.text) for part in parts) <= CHARACTERS
    assert not BROKEN & {part.not_examined for part in parts}


@pytest.mark.services
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_spoiled_document_is_read_within_its_bounds(suffix: str, reader: IsolatedReader, tmp_path: Path) -> None:
    for number in range(ROUNDS):
        data = spoiled(FORMATS[suffix], random.Random(f"{number} {suffix}"))  # noqa: S311 - chance, no secret
        kept = tmp_path / f"{number}.{suffix}"
        kept.write_bytes(data)  # if it fails, this goes to `crashes`
        read_soundly(reader, data, suffix)


@pytest.mark.parametrize("path", CRASHES, ids=[path.name for path in CRASHES])
def test_what_once_broke_a_reader_is_read_within_its_bounds(path: Path, reader: IsolatedReader) -> None:
    read_soundly(reader, path.read_bytes(), path.name.partition(".")[2])
