"""Reading back what a report carries: the attached figures, and the fingerprint that it prints of them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from discretio.reporting.derived import NAMES
from discretio.reporting.publishing import sha256

ATTACHMENT = "figures.json"


@dataclass(frozen=True, slots=True)
class Attached:
    """The published document inside a report: its text, what it says, the fingerprint named in the metadata, other forms."""

    text: str
    document: Mapping[str, Any]
    named_sha256: str
    derived: Mapping[str, str]

    @property
    def agrees(self) -> bool:
        """Whether the fingerprint is that of the attached text."""
        return self.named_sha256 == sha256(self.text)


def read_attached(pdf: bytes) -> Attached | None:
    """The published document inside a report, and the forms derived from it.

    Args:
        pdf: a whole file, or the revision of it that was sealed.

    Returns:
        What it carries; None if its associated files are not exactly those of a report.

    Raises:
        Exception: whatever pyHanko meets in a damaged file.
    """
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    files = _files(reader.root)
    associated = reader.root.get("/AF", ())
    if sorted(name for name, _ in files) != sorted((ATTACHMENT, *NAMES)) or len(associated) != len(files):
        return None
    texts = {name: bytes(file["/EF"]["/F"].data).decode() for name, file in files}
    document = json.loads(texts[ATTACHMENT])
    if not isinstance(document, dict):
        return None
    derived = {name: texts[name] for name in NAMES}
    return Attached(texts[ATTACHMENT], document, _keyword(reader, "sha256"), derived)


def _files(root: DictionaryObject) -> list[tuple[str, DictionaryObject]]:
    """Name and description of every embedded file; ours stand in one flat list, any other form is not ours."""
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", ())
    return [(str(names[position]), names[position + 1]) for position in range(0, len(names) - 1, 2)]


def _keyword(reader: PdfFileReader, key: str) -> str:
    if "/Info" not in reader.trailer_view:
        return ""
    words = str(reader.trailer_view["/Info"].get("/Keywords", "")).split(", ")
    return next((word.removeprefix(f"{key}:") for word in words if word.startswith(f"{key}:")), "")
