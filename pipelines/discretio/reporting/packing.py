"""A drawn PDF with its objects in compressed streams: the tags of a long report weigh more than all it shows.

Reads what Typst writes, a single revision with a plain cross-reference table, and no PDF of anybody else. The objects keep
their numbers and their bytes, so that no mark of conformance can be lost on the way.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from discretio.errors import ReportError

PACKER = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
"""What compresses; the same one makes the same bytes of the same file."""

_TOGETHER = 200
_PLAIN, _IN_STREAM = 1, 2  # how a cross-reference stream tells where an object is
_TRAILER = re.compile(rb"trailer\n<</Size (\d+)(.*)>>\nstartxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL)

_Object = tuple[int, bytes]
_Entry = tuple[int, int, int]


def packed(pdf: bytes) -> bytes:
    """The same document, smaller.

    Args:
        pdf: what Typst wrote.

    Raises:
        ReportError: it isn't built as Typst builds its files.
    """
    found = _TRAILER.search(pdf)
    if found is None:
        raise _strange()
    head, objects = _read(pdf, int(found[3]))
    size = len(objects) + 1
    if size != int(found[1]):
        raise _strange()
    plain = [one for one in objects if one[1].endswith(b"\nendstream")]
    others = [one for one in objects if not one[1].endswith(b"\nendstream")]
    groups = list(enumerate((others[at : at + _TOGETHER] for at in range(0, len(others), _TOGETHER)), size))
    body, entries = _written(head, chain(plain, (_stream_of(number, group) for number, group in groups)))
    for holder, group in groups:
        entries |= {number: (_IN_STREAM, holder, place) for place, (number, _) in enumerate(group)}
    index = size + len(groups)
    entries[index] = (_PLAIN, len(body), 0)
    return body + _cross_references(index, entries, found[2]) + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _read(pdf: bytes, table: int) -> tuple[bytes, list[_Object]]:
    """What stands before the first object, and all objects by their numbers: 1, 2, 3 and so on."""
    offsets = [int(entry[:10]) for entry in pdf[table:].split(b"\n") if entry.rstrip().endswith(b" n")]
    ends = sorted((*offsets, table))
    end_of = dict(pairwise(ends))
    objects = []
    for number, offset in enumerate(offsets, start=1):
        mark, _, content = pdf[offset : end_of[offset]].partition(b" 0 obj\n")
        if mark != b"%d" % number:
            raise _strange()
        objects.append((number, content.rstrip().removesuffix(b"\nendobj")))
    return pdf[: ends[0]], objects


def _stream_of(number: int, held: Sequence[_Object]) -> _Object:
    """Objects in one compressed stream, itself an object."""
    places, at = [], 0
    for own, content in held:
        places.append(b"%d %d" % (own, at))
        at += len(content) + 1
    index = b" ".join(places) + b"\n"
    content = zlib.compress(index + b"\n".join(content for _, content in held))
    facts = b"/Type /ObjStm /Length %d /Filter /FlateDecode /N %d /First %d" % (len(content), len(held), len(index))
    return number, b"<< %s >>\nstream\n%s\nendstream" % (facts, content)


def _written(head: bytes, objects: Iterable[_Object]) -> tuple[bytes, dict[int, _Entry]]:
    """The file up to its cross-references, and where each of the objects begins."""
    parts, at, entries = [head], len(head), {}
    for number, content in objects:
        entries[number] = (_PLAIN, at, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(parts[-1])
    return b"".join(parts), entries


def _cross_references(number: int, entries: dict[int, _Entry], trailer: bytes) -> bytes:
    """The stream that says where each object is, with what the trailer said."""
    rows = zlib.compress(b"".join(_rows(entries)))
    facts = b"/Type /XRef /Length %d /Filter /FlateDecode /W [1 4 2] /Size %d" % (len(rows), number + 1)
    return b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (number, facts, trailer, rows)


def _rows(entries: dict[int, _Entry]) -> Iterator[bytes]:
    """One row an object, by number; the first is the head of the list of free ones, that nobody needs."""
    yield bytes(5) + b"\xff\xff"
    for number in sorted(entries):
        kind, place, within = entries[number]
        yield bytes((kind,)) + place.to_bytes(4, "big") + within.to_bytes(2, "big")


def _strange() -> ReportError:
    return ReportError("the drawn report isn't built as expected", remedy="report this as a fault of the program")
