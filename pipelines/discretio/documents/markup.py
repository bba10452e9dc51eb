"""XML, read as a stream of events: no tree, no entities, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol
from xml.parsers import expat

from discretio.documents.parts import Reason, UnreadableError


class Handler(Protocol):
    """What a reader does with the events; names are local names, without a namespace."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between tags."""


def feed(chunks: Iterable[bytes], handler: Handler) -> None:
    """Read a whole XML document.

    Raises:
        UnreadableError: it is no well-formed XML, or it declares entities, which no honest document of an office does.
    """
    for _ in feeding(chunks, handler):
        pass


def feeding(chunks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Read an XML document chunk by chunk, so that the caller can take what was gathered in between."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    local = _LocalNames()
    start, end = handler.start, handler.end
    parser.StartElementHandler = lambda name, attributes: start(
        local[name], {local[key]: attributes[key] for key in attributes} if attributes else _NONE
    )
    parser.EndElementHandler = lambda name: end(local[name])
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = _refuse
    # Without this, an entity that isn't declared here but maybe elsewhere would vanish without a word.
    parser.SkippedEntityHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature: this is the last
    except (expat.ExpatError, LookupError, ValueError):
        raise UnreadableError(Reason.DAMAGED) from None
    yield


_NONE: dict[str, str] = {}


class _LocalNames(dict[str, str]):
    """The local name of a qualified one, worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(" ")[2]
        return local


def _refuse(*_: object) -> None:
    raise UnreadableError(Reason.DAMAGED)


class Plain:
    """Gathers all text of a document, and attributes if asked for; each element of `blocks` ends a line.

    Args:
        blocks: elements whose end is the end of a line.
        attributes: attributes whose value is text too; null for all of them.
    """

    def __init__(self, blocks: frozenset[str] | None = None, attributes: frozenset[str] | None = frozenset()) -> None:
        self._blocks = blocks
        self._attributes = attributes
        self.pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in the attributes that are text."""
        for key, value in attributes.items():
            if value and (self._attributes is None or key in self._attributes):
                self.pieces += [value, "\n"]
        if name in {"tab", "br"}:
            self.pieces.append("\t" if name == "tab" else "\n")

    def end(self, name: str) -> None:
        """End a line."""
        if (self._blocks is None or name in self._blocks) and self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")

    def text(self, text: str) -> None:
        """Take in text; what only indents the markup is left out."""
        if self._blocks is not None or not text.isspace():
            self.pieces.append(text)

    def taken(self) -> str:
        """What was gathered since the last time."""
        text, self.pieces = "".join(self.pieces), []
        return text
