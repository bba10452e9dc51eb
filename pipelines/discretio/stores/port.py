"""What every dossier store can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from pandas import DataFrame

from discretio.stores.erasing import Eraser

CONTENT = "text"
"""The column that `read` never delivers: `texts` is the sole way to what a dossier says."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A range of dossier keys in the store's own order: the unit of mapping, retry and resume.

    It begins at `first` and ends with `last`, or, where `before` is set, just before that key, so that what comes between two
    ranges later on falls in one of them. An end that is null is open. `number` counts from 0; `dossiers` is how many there were
    when the partition was made.
    """

    number: int
    first: str | None
    last: str | None
    dossiers: int
    before: str | None = None


@dataclass(frozen=True, slots=True)
class TextUnit:
    """A piece of content: an entry, an attachment, or a window of a long one.

    `text` starts at code point `offset` of the whole. `not_examined` is null, or says as a code why there is no text.
    Windows of one whole overlap, so that what stands across a border is whole in one of them.
    `part` says of a document where in it that is, by kind and number ("page 3"): never by a name that stands in it.
    """

    dossier_key: str
    entry_key: str
    attachment_key: str | None
    introduced_by: str | None
    offset: int
    text: str
    not_examined: str | None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """A piece of what a document says, or a gap in it.

    `part` is the kind and number of the part; `text` starts at code point `offset` of that part: a long part comes in
    consecutive pieces. `not_examined` is null, or says as a code why this part, or what follows in it, could not be read.
    """

    part: str | None
    text: str
    not_examined: str | None = None
    offset: int = 0


class Extractor(Protocol):
    """Makes text of a document's bytes; whoever opens a store hands one in."""

    @property
    def version(self) -> str:
        """Changes with what the extractor can read: documents that an older one read are due again."""

    def __call__(self, source: BinaryIO, name: str) -> Iterator[Extracted]:
        """The document's pieces in order, at least one; nothing is raised for what can't be read.

        Args:
            source: the bytes; the caller closes it after the last piece.
            name: the file's name, of which only the suffix counts.
        """


UnitKey = tuple[str, str | None]
"""The keys of one content: its entry's, and, if it is an attachment, its own."""


@dataclass(frozen=True, slots=True)
class Held:
    """A value that stands in a dossier: in which row of which frame, and in which column; a key or a text.

    Each row begins with its key. `not_examined` says why a content, or a part of it, could not be read; its value is empty.
    """

    dossier_key: str
    frame: str
    row_key: str
    column: str
    value: str
    not_examined: str | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """Where bytes of what was erased may still lie, and how to see whether they do.

    Attributes:
        stored: all bytes of the store's files as text, live or not; null where the files are a server's.
        live: every text that a reader of the store can see; null where `stored` is.
        advice: what a server still has to do, as a code; empty if nothing.
    """

    stored: Callable[[], Iterator[str]] | None = None
    live: Callable[[], Iterator[str]] | None = None
    advice: str = ""


class Unversioned:
    """A store that says nothing of the version of a content: each is read to see whether it changed."""

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """As DossierStore says."""
        raise NotImplementedError

    def versions(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The digests."""
        return self.digests(partition)


class Contents(Protocol):
    """What a store holds, and how to see what of it changed."""

    def texts(self, partition: Partition | None = None, wanted: Collection[UnitKey] | None = None) -> Iterator[TextUnit]:
        """The content, streamed: entries, then attachments; of all, or of those that are wanted."""

    def digests(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """(entry_key, attachment_key or null, SHA-256 of the content in hexadecimal)."""

    def versions(self, partition: Partition | None = None) -> Iterator[tuple[str, str | None, str]]:
        """The same to find what changed: where the store says the version of a content, of that, which spares reading it."""


class DossierStore(Contents, Protocol):
    """A place where dossiers are kept, read without changing it.

    Every method raises StoreUnavailableError when the store can't be reached or dies in the middle.
    """

    @property
    def kind(self) -> str:
        """reference_store, document_tree or mapped_store."""

    @property
    def locator(self) -> str:
        """Where it is, without a password. It may name people: it belongs in the ledger's locator table only."""

    def frames(self) -> frozenset[str]:
        """The names of the frames (domain/frames.py) that this store can deliver."""

    def partitions(self, size: int, octets: int | None = None) -> list[Partition]:
        """All dossiers, cut into ranges of at most `size` dossiers, and of about so many bytes of text.

        The bytes are added up by the store, or guessed; a dossier that alone holds more isn't divided.
        """

    def read(self, frame: str, partition: Partition | None = None, columns: Collection[str] | None = None) -> DataFrame:
        """The rows of a frame, without content, ordered by key; columns that the store lacks are absent.

        Only some columns are asked for by `columns`; the key is always there.

        Frames that belong to no dossier (controllers, art8_rows) are whole whatever the partition.

        Raises:
            UsageError: the store doesn't deliver this frame.
            StoreContentError: a column holds what it can't.
        """

    def erasing(self) -> AbstractContextManager[Eraser]:
        """One write transaction to erase in, rolled back unless it is committed.

        Raises:
            PurgeRefusedError: the store's holds can't be read under a lock, so nothing may be erased in it.
        """

    def check(self) -> None:
        """See whether the store can be read and holds what it should.

        Raises:
            StoreContentError: a table is missing, or rows hold what can't be.
            MappingError: the mapping doesn't fit the store.
        """


@runtime_checkable
class ErasableStore(DossierStore, Protocol):
    """A store in which holds can be read under a lock, and so dossiers erased."""

    @property
    def layout_sha256(self) -> str:
        """Changes with whatever says where the store keeps what, and how it is erased: a plan is bound to it."""

    def is_demo(self) -> bool:
        """Whether it was created as the demo's own."""

    def dossier_hashes(self, dossier_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each dossier with all its rows, as the eraser computes it."""

    def art8_hashes(self, row_keys: Iterable[str], key: bytes) -> dict[str, str]:
        """HMAC-SHA256 of each row of the prosecutor's list, as the eraser computes it."""

    def remaining(self, dossier_keys: Iterable[str], row_keys: Iterable[str] = ()) -> dict[str, int]:
        """How many rows each table still holds of these dossiers and rows of the list; empty if nothing is left."""

    def values(self, dossier_keys: Iterable[str]) -> Iterator[Held]:
        """The key of every row in these dossiers, and every text that it holds."""

    def disk(self) -> Disk:
        """Where bytes of what was erased may still lie."""
