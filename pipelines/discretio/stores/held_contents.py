"""What a row of a database holds: a text, a file as bytes, or the path of a file; each read in its own way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol

from discretio.stores.contents import MISSING, NO_TEXT, WHOLE, digest_of, keys_of, text_units
from discretio.stores.file_contents import FileContents, digest_of_file
from discretio.stores.file_places import FileFinder
from discretio.stores.port import Extracted, Extractor, TextUnit
from discretio.stores.text_files import PlainText
from discretio.stores.windows import WindowSize, document_windows


class FilePath(str):
    """Where a file lies, below the place of a store's files; it is no text itself."""

    __slots__ = ()


class RowVersion(str):
    """What a row says of the version of its content, which isn't read; it is no text itself."""

    __slots__ = ()


class HeldRow(Protocol):
    """A row with its content."""

    @property
    def dossier_key(self) -> object:
        """The dossier's key."""

    @property
    def entry_key(self) -> object:
        """The entry's key."""

    @property
    def attachment_key(self) -> object:
        """The attachment's key; null for an entry."""

    @property
    def introduced_by(self) -> object:
        """The controller's key, or null."""

    @property
    def text(self) -> object:
        """A text, bytes of a file, a FilePath, or null."""


class HeldContents:
    """Reads what rows hold.

    Args:
        extract: makes text of files; only plain text is read by default.
        files: finds files by their paths; null if the store names no place of files.
        size: how long texts are cut.
    """

    def __init__(self, extract: Extractor | None = None, files: FileFinder | None = None, size: WindowSize = WHOLE) -> None:
        self._extract: Extractor = extract or PlainText()
        self._files = files
        self._contents = FileContents(files, self._extract) if files else None
        self._size = size

    @property
    def files_at(self) -> str | None:
        """Where the files lie that rows name; null if they name none."""
        return self._files.locator if self._files else None

    def units(self, row: HeldRow) -> Iterator[TextUnit]:
        """One row's content: a unit, several if it is a document or long, or one that says why there is no text."""
        if isinstance(row.text, FilePath | bytes):
            entry, attachment = keys_of(row)
            introducer = None if row.introduced_by is None else str(row.introduced_by)
            for at in self.windows_of(row.text):
                yield TextUnit(
                    str(row.dossier_key), entry, attachment, introducer, at.offset, at.text, at.not_examined, at.part
                )
        else:
            yield from text_units(row, self._size)

    def windows_of(self, held: FilePath | bytes) -> Iterator[Extracted]:
        """The text of a file, in windows if it is long; what can't be read says why."""
        return document_windows(self._pieces(held), self._size)

    def digest(self, row: HeldRow) -> tuple[str, str | None, str]:
        """Keys and SHA-256 of one row's content; of a file, together with the version of what reads it."""
        if isinstance(row.text, RowVersion):
            said = row.text.encode("utf-8", "surrogateescape")
            return *keys_of(row), hashlib.sha256(b"\0version " + self._extract.version.encode() + b"\0" + said).hexdigest()
        if isinstance(row.text, FilePath):
            return *keys_of(row), self._path_digest(row.text)
        if isinstance(row.text, bytes):
            return *keys_of(row), self.digest_of_hash(hashlib.sha256(row.text).digest())
        return digest_of(row)

    def digest_of_hash(self, file: bytes) -> str:
        """SHA-256 of a file, of which this is the hash, together with the version of what reads it."""
        return digest_of_file(self._extract.version, file)

    def _pieces(self, held: FilePath | bytes) -> Iterator[Extracted]:
        if isinstance(held, bytes):
            yield from self._extract(BytesIO(held), "")
        elif self._files is None or self._contents is None:
            yield Extracted(None, "", NO_TEXT)
        else:
            yield from self._contents.pieces(self._files.found(held))

    def _path_digest(self, path: FilePath) -> str:
        if self._files is None or self._contents is None:
            return MISSING
        return self._contents.digest(self._files.found(path))
