"""Documents spoiled at random from a seed: bytes, stretches, and the members of packages, which are packed again."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

Mutator = Callable[[bytes, random.Random], bytes]

TELLING = (
    b"\0", b"\xff" * 8, b"\x7f\xff\xff\xff", b"-1", b"99999999999", b"%s%n", b"../../", b"<!ENTITY x SYSTEM 'file:///'>",
    b"]]>", b"&x;", b"<w:p>" * 300, b"(" * 2_000, b"{" * 2_000, b"[" * 5_000, b"endobj", b"stream\n", b"\r\n\r\n",
    b"\xed\xa0\x80", b"=?utf-16?B?",
)  # fmt: skip
"""What readers stumble over: borders of numbers, openings that nobody closes, words of the formats."""


def _bytes(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _telling(data: bytes, chance: random.Random) -> bytes:
    at, word = chance.randrange(len(data)), chance.choice(TELLING)
    return data[:at] + word + data[at + chance.choice((0, len(word))) :]


def _stretch(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice(
        (data[:first] + data[last:], data[:last] + data[first:], data[:first] + data[last:] + data[first:last])
    )


def _repeated(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data))
    piece = data[first : first + chance.randrange(1, 60)]
    return data[:first] + piece * chance.randrange(2, 3_000) + data[first:]


def _member(data: bytes, chance: random.Random) -> bytes:
    """One member of a package spoiled and packed again, so that the reader behind the unpacking is reached."""
    whole = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
            names = old.namelist()
            spoiled = chance.choice(names)
            for name in names:
                content = old.read(name)
                new.writestr(name, chance.choice(PLAIN)(content, chance) if name == spoiled and content else content)
    except Exception:  # noqa: BLE001 - no package, or one that was spoiled already
        return _telling(data, chance)
    return whole.getvalue()


PLAIN: tuple[Mutator, ...] = (_bytes, _telling, _stretch, _repeated)


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """A document, spoiled in one to three ways."""
    for _ in range(chance.randrange(1, 4)):
        data = chance.choice((*PLAIN, _member, _member))(data or b"\0", chance)
    return data
