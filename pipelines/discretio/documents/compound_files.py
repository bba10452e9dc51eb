"""OLE compound files: Outlook messages, encrypted Office documents, and the older Office formats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module

from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading
from discretio.documents.silence import silence
from discretio.documents.sources import Source


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """What the streams inside tell the file to be decides how it is read."""
    import olefile  # noqa: PLC0415 - optional: without it, the file is not examined for want of a reader

    silence("olefile")
    data = source.whole(reading.budget)
    with olefile.OleFileIO(io.BytesIO(data)) as compound:
        streams = {path[0] for path in compound.listdir(streams=True, storages=False)}
        if streams & {"EncryptedPackage", "EncryptionInfo", "DRMContent"}:
            raise UnreadableError(Reason.PASSWORD)
        if any(name.startswith("__substg1.0_") or name == "__properties_version1.0" for name in streams):
            reader = import_module("discretio.documents.outlook_messages")
        else:
            raise UnreadableError(Reason.NO_READER)
        yield from reader.parts(compound, reading)
