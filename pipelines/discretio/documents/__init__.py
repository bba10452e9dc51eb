"""Bytes to text with part, page and offset; what could not be read is a part that says why."""

from discretio.documents.dispatch import read_document
from discretio.documents.limits import Limits
from discretio.documents.parts import KINDS, REPEATS, DocumentPart, Reason

__all__ = ["KINDS", "REPEATS", "DocumentPart", "Limits", "Reason", "read_document"]
