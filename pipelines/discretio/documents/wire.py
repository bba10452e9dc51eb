"""How a worker tells what it read: frames of numbers, words of ours and text.

No pickles: a worker that fell to a hostile file must not be able to run anything in the process that listens to it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

from discretio.documents.parts import DocumentPart

REQUEST = struct.Struct("!?16s")
"""Whether to send each part at once, and the suffix of the name; the file itself comes as a descriptor beside it."""

_HEAD = struct.Struct("!II")
_MOST_WORDS = 4_096


class BrokenFrameError(Exception):
    """What came is no frame: the worker died, or is not itself any more."""


def request(name: str, *, at_once: bool) -> bytes:
    """What asks a worker to read a document; at once means that no part waits for another before it is sent."""
    suffix = name.rpartition(".")[2].lower().encode("ascii", "replace") if "." in name else b""
    return REQUEST.pack(at_once, suffix if len(suffix) < REQUEST.size else b"")


def asked(data: bytes) -> tuple[bool, str]:
    """What a request says: whether at once, and the suffix as the end of a name."""
    at_once, padded = REQUEST.unpack(data)
    suffix = str(padded.rstrip(b"\0").decode("ascii", "replace"))
    return bool(at_once), f".{suffix}" if suffix else ""


def part_frame(part: DocumentPart) -> bytes:
    """A part, to be sent."""
    words = [part.part, part.page, part.not_examined, part.path, part.offset]
    return _frame(words, part.text.encode())


def end_frame(*, retires: bool) -> bytes:
    """The end of a document, and whether the worker ends with it."""
    return _frame(retires, b"")


def _frame(words: object, text: bytes) -> bytes:
    head = json.dumps(words).encode()
    return _HEAD.pack(len(head), len(text)) + head + text


def receive(read: Callable[[int], bytes], most_text: int) -> DocumentPart | bool:
    """The next part, or the end of the document: whether the worker retires.

    Args:
        read: gives so many bytes, fewer only at the end.
        most_text: bytes of text that a part may have.

    Raises:
        BrokenFrameError: what comes is no frame.
    """
    count, length = _HEAD.unpack(_exactly(read, _HEAD.size))
    if count > _MOST_WORDS or length > most_text:
        raise BrokenFrameError
    try:
        words = json.loads(_exactly(read, count))
        text = _exactly(read, length).decode()
    except ValueError:
        raise BrokenFrameError from None
    return words if isinstance(words, bool) else _part(words, text)


def _part(words: Any, text: str) -> DocumentPart:  # noqa: ANN401 - whatever JSON gave
    try:
        part, page, not_examined, path, offset = words
        return DocumentPart(
            str(part), None if page is None else int(page), text, None if not_examined is None else str(not_examined),
            tuple(int(number) for number in path), int(offset),
        )  # fmt: skip
    except (TypeError, ValueError):
        raise BrokenFrameError from None


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    data = read(count)
    if len(data) != count:
        raise BrokenFrameError
    return data
