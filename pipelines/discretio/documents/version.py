"""Which version of the readers is at work: what an older one read is due again."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from discretio.documents import ocr
from discretio.documents.limits import Limits

_LIBRARIES = ("charset-normalizer", "lxml", "olefile", "pillow", "pypdfium2")


def documents_version(limits: Limits) -> str:
    """A hash that changes with our readers, the libraries they use, the languages that can be recognised, and the limits."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    numbers = {name: value for name, value in asdict(limits).items() if name != "clock"}
    digest.update(repr([*map(_installed, _LIBRARIES), *ocr.languages(), sorted(numbers.items())]).encode())
    return digest.hexdigest()[:16]


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
