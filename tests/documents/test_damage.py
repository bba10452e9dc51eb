"""Whatever is done to a document: no error, never silence, no content where none belongs."""

from __future__ import annotations

import logging
import random
import re
import warnings

import pytest

from discretio.documents import KINDS, DocumentPart, Reason, read_document
from documents.formats import CANARY, every_format
from documents.reading_aids import parts_of

FORMATS = every_format()
LABEL = re.compile(rf"(?:{'|'.join(sorted(KINDS))})(?: \d+)?")
NEVER_WHOLE = {
    "docx",
    "xlsx",
    "pptx",
    "odt",
    "ods",
    "odp",
    "pdf",
    "attached.pdf",
    "zip",
    "tar.gz",
    "tar.bz2",
    "msg",
    "locked.pdf",
}


def is_sound(part: DocumentPart) -> bool:
    labelled = LABEL.fullmatch(part.part) is not None
    reasoned = part.not_examined is None or (part.not_examined in set(Reason) and not part.text)
    return labelled and reasoned and all(number > 0 for number in part.path)


@pytest.mark.parametrize("suffix", FORMATS)
def test_labels_and_reasons_hold_words_of_ours_and_numbers_only(
    suffix: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    found = parts_of(FORMATS[suffix], f"{CANARY}.{suffix}")
    assert found
    assert all(is_sound(part) for part in found)
    assert CANARY not in caplog.text
    assert CANARY not in "".join(capfd.readouterr())


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_document_cut_anywhere_gives_parts_and_no_error(suffix: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    data, chance = FORMATS[suffix], random.Random(f"cut {suffix}")  # noqa: S311 - chance, no secret
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(12):
            cut = data[: chance.randrange(1, len(data))]
            found = parts_of(cut, f"x.{suffix}", seconds=20.0)
            assert found
            assert all(is_sound(part) for part in found)
            if suffix in NEVER_WHOLE:
                assert any(part.not_examined for part in found)
    assert CANARY not in caplog.text


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_document_with_wrong_bytes_anywhere_gives_parts_and_no_error(suffix: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(f"spoil {suffix}")  # noqa: S311 - chance, no secret
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(12):
            data = bytearray(FORMATS[suffix])
            for _ in range(chance.randrange(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            found = parts_of(bytes(data), f"x.{suffix}", seconds=20.0)
            assert found
            assert all(is_sound(part) for part in found)
    assert CANARY not in caplog.text


@pytest.mark.parametrize("suffix", ["docx", "pdf", "eml", "zip", "odt", "rtf", "tar"])
def test_whatever_the_suffix_claims_the_content_decides(suffix: str) -> None:
    wrong = parts_of(FORMATS[suffix], "foto.jpg")
    right = parts_of(FORMATS[suffix], f"x.{suffix}")
    assert [part.text for part in wrong] == [part.text for part in right]


@pytest.mark.parametrize("suffix", FORMATS)
def test_reading_stops_wherever_the_caller_stops(suffix: str) -> None:
    parts = read_document(FORMATS[suffix], f"x.{suffix}")
    next(parts)
    parts.close()  # type: ignore[attr-defined]  # a generator
