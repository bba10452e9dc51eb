"""A tiny writer of OLE compound files, enough for a message of Outlook."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # smaller streams would need a second allocation table


@dataclass
class Storage:
    """A storage, with streams and storages by name."""

    members: dict[str, bytes | Storage] = field(default_factory=dict)


@dataclass
class _Entry:
    """A row of the directory."""

    name: str
    kind: int
    right: int = _FREE
    child: int = _FREE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = (self.name + "\0").encode("utf-16-le")
        head = name.ljust(64, b"\0") + struct.pack("<HBBLLL", len(name), self.kind, 1, _FREE, self.right, self.child)
        return head + b"\0" * 36 + struct.pack("<LQ", self.start, self.size)


class _File:
    def __init__(self) -> None:
        self.data = bytearray()
        self.table: list[int] = []
        self.entries: list[_Entry] = []

    def store(self, content: bytes) -> int:
        content = content.ljust(_LEAST, b"\0")
        content += b"\0" * (-len(content) % 512)
        start, count = len(self.table), len(content) // 512
        self.table += [*range(start + 1, start + count), _END]
        self.data += content
        return start

    def add(self, name: str, member: bytes | Storage, kind: int) -> int:
        number, entry = len(self.entries), _Entry(name, kind)
        self.entries.append(entry)
        if isinstance(member, bytes):
            entry.start, entry.size = self.store(member), max(len(member), _LEAST)
            return number
        below = [self.add(inner, child, 2 if isinstance(child, bytes) else 1) for inner, child in member.members.items()]
        for left, right in pairwise(below):
            self.entries[left].right = right
        entry.child = below[0] if below else _FREE
        return number


def compound_file(root: Storage) -> bytes:
    """The bytes of a compound file."""
    file = _File()
    file.add("Root Entry", root, 5)
    directory = file.store(b"".join(entry.packed() for entry in file.entries))
    first, sectors = len(file.table), -(-(len(file.table) + 8) // 127) + 1
    file.table += [_FAT] * sectors
    table = struct.pack(f"<{len(file.table)}L", *file.table).ljust(sectors * 512, b"\xff")
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header = struct.pack("<8s16xHHHHH6x9L", magic, 62, 3, 0xFFFE, 9, 6, 0, sectors, directory, 0, _LEAST, _END, 0, _END, 0)
    places = [*range(first, first + sectors), *[_FREE] * (109 - sectors)]
    return header + struct.pack("<109L", *places) + bytes(file.data) + table


def text(value: str) -> bytes:
    """A text property in Unicode."""
    return value.encode("utf-16-le")
