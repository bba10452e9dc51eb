"""Files outside the registered stores: read as a tree of documents is, beside the digests by which a store would know them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from discretio.stores.file_contents import FileContents, digest_of_file
from discretio.stores.file_places import FileProblemError, FileTree, TreeFile
from discretio.stores.port import Extracted, Extractor
from discretio.stores.registered_places import lies_in
from discretio.stores.windows import WindowSize, document_windows

_PIECE_BYTES = 1 << 20


class OutsideFiles:
    """The files of a place.

    Args:
        tree: the place.
        extract: makes text of the files; the one that the stores are read with, else digests have nothing in common.
        apart: where registered stores lie, in the tree's own spelling: what lies there is inside, and passed over.
    """

    def __init__(self, tree: FileTree, extract: Extractor, apart: Sequence[str] = ()) -> None:
        self._tree = tree
        self._extract = extract
        self._contents = FileContents(tree, extract)
        self._apart = tuple(apart)

    @property
    def locator(self) -> str:
        """The place's path or URL."""
        return self._tree.locator

    def files(self) -> Iterator[TreeFile]:
        """All files of the place, in order, but those of registered stores."""
        for key, place in self._tree.dossiers():
            for file in self._tree.files(key, place):
                if not lies_in(file.place, self._apart):
                    yield file

    def texts(self, file: TreeFile) -> Iterator[Extracted]:
        """The text of a file, part by part, long ones in windows; what can't be read is a gap."""
        yield from document_windows(self._contents.pieces(file), WindowSize())

    def digests(self, file: TreeFile) -> frozenset[str]:
        """What stores say of a content with these bytes: as a document, and as a plain text; none of what can't be read."""
        digest = hashlib.sha256()
        try:
            with self._tree.opened(file) as stream:
                while piece := stream.read(_PIECE_BYTES):
                    digest.update(piece)
        except (FileProblemError, OSError):
            return frozenset()
        return frozenset({digest.hexdigest(), digest_of_file(self._extract.version, digest.digest())})
