"""Outlook messages (MSG): every property that is text, recipients, attachments and messages in messages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from discretio.documents.encodings import decode
from discretio.documents.hypertext import hypertext
from discretio.documents.outlook_rich_text import decompressed
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading

_STREAM = "__substg1.0_"
_UNICODE, _BYTES_TEXT, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_BODY, _HTML, _RICH = "1000", "1013", "1009"
_DATA, _CODE_PAGES = "3701", (0x3FFD, 0x3FDE)
_MOST_DEPTH = 20


class Compound(Protocol):
    """What is used of olefile."""

    def listdir(self, *, streams: bool, storages: bool) -> list[list[str]]:
        """The paths of all streams and storages."""

    def get_type(self, path: list[str]) -> int:
        """2 for a stream."""

    def exists(self, path: list[str]) -> bool:
        """Whether there is such a stream or storage."""

    def openstream(self, path: list[str]) -> BinaryIO:
        """A stream's bytes."""


def parts(compound: Compound, reading: Reading) -> Iterator[DocumentPart]:
    """The parts of a message."""
    yield from _message(compound, (), reading)


def _message(compound: Compound, root: tuple[str, ...], reading: Reading) -> Iterator[DocumentPart]:
    reading.budget.take_member()
    if len(root) > _MOST_DEPTH:
        yield reading.missing(Reason.TOO_DEEP)
        return
    paths = [tuple(path) for path in compound.listdir(streams=True, storages=True)]
    below = sorted({path[: len(root) + 1] for path in paths if path[: len(root)] == root and len(path) > len(root)})
    texts = dict(_texts(compound, below, _code_page(compound, root), reading))
    bodies = {name: texts.pop(name, "") for name in (_BODY, _HTML)}
    yield from reading.part("header", "\n".join(texts.values()))
    yield from reading.part("body", bodies[_BODY])
    yield from _marked_up(compound, root, bodies, reading)
    for storage in below:
        if storage[-1].startswith("__recip_version1.0_"):
            yield from _recipient(compound, storage, paths, reading)
        elif storage[-1].startswith("__attach_version1.0_"):
            yield from _attachment(compound, storage, paths, reading)


def _texts(
    compound: Compound, paths: list[tuple[str, ...]], code_page: str | None, reading: Reading
) -> Iterator[tuple[str, str]]:
    """The text properties among some paths, by the number of the property."""
    for path in paths:
        name = path[-1]
        kind = name[16:20].upper()
        if not name.startswith(_STREAM) or kind not in {_UNICODE, _BYTES_TEXT} or compound.get_type(list(path)) != 2:
            continue
        data = _stream(compound, path, reading)
        text = data.decode("utf-16-le", "replace") if kind == _UNICODE else decode(data, code_page)[0]
        yield name[12:16].upper() + name[20:], text.rstrip("\0")


def _marked_up(compound: Compound, root: tuple[str, ...], bodies: dict[str, str], reading: Reading) -> Iterator[DocumentPart]:
    """The body in HTML and, if there is no other, in compressed RTF."""
    html = bodies[_HTML]
    stream = (*root, f"{_STREAM}{_HTML}{_BINARY}")
    if compound.exists(list(stream)):
        html = decode(_stream(compound, stream, reading), _code_page(compound, root))[0]
    if html:
        yield from hypertext(html, reading)
    rich = (*root, f"{_STREAM}{_RICH}{_BINARY}")
    if not html and not bodies[_BODY] and compound.exists(list(rich)):
        yield from reading.nested(decompressed(_stream(compound, rich, reading), reading.limits.member_bytes), "body.rtf")


def _recipient(
    compound: Compound, storage: tuple[str, ...], paths: list[tuple[str, ...]], reading: Reading
) -> Iterator[DocumentPart]:
    inside = [path for path in paths if path[:-1] == storage]
    yield from reading.some("header", "\n".join(dict(_texts(compound, inside, None, reading)).values()))


def _attachment(
    compound: Compound, storage: tuple[str, ...], paths: list[tuple[str, ...]], reading: Reading
) -> Iterator[DocumentPart]:
    inside = [path for path in paths if path[:-1] == storage]
    texts = dict(_texts(compound, inside, None, reading))
    yield from reading.some("names", "\n".join(texts.values()))
    data = (*storage, f"{_STREAM}{_DATA}{_BINARY}")
    inner = (*storage, f"{_STREAM}{_DATA}{_OBJECT}")
    if compound.exists(list(data)):
        name = texts.get("3707") or texts.get("3704") or texts.get("3703") or ""
        yield from reading.nested(_stream(compound, data, reading), name)
    elif any(path[: len(inner)] == inner and path[-1] == "__properties_version1.0" for path in paths):
        yield from _message(compound, inner, reading)
    else:
        yield reading.lost(Reason.LINK if "370D" in texts or "3708" in texts else Reason.UNKNOWN_TYPE)


def _stream(compound: Compound, path: tuple[str, ...], reading: Reading) -> bytes:
    with compound.openstream(list(path)) as stream:
        data: bytes = stream.read()
    reading.budget.take_bytes(len(data))
    return data


def _code_page(compound: Compound, root: tuple[str, ...]) -> str | None:
    """The encoding of texts that aren't in Unicode, as the message's fixed properties tell."""
    path = [*root, "__properties_version1.0"]
    if not compound.exists(path):
        return None
    with compound.openstream(path) as stream:
        data = stream.read(1 << 20)
    start = 32 if not root else 24
    for place in range(start, len(data) - 15, 16):
        tag, _, value = struct.unpack_from("<LLL", data, place)
        if tag >> 16 in _CODE_PAGES and tag & 0xFFFF == 3:
            return "utf-8" if value == 65_001 else f"cp{value}"
    return None
