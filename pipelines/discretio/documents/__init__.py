"""Bytes to text with part, page and offset; what could not be read is a part that says why."""

from discretio.documents.dispatch import read_document
from discretio.documents.isolation import IsolatedReader
from discretio.documents.limits import Limits
from discretio.documents.parts import KINDS, REPEATS, DocumentPart, Reason
from discretio.documents.version import documents_version
from discretio.documents.worker_process import Bounds

__all__ = [
    "KINDS", "REPEATS", "Bounds", "DocumentPart", "IsolatedReader", "Limits", "Reason", "documents_version", "read_document",
]  # fmt: skip
