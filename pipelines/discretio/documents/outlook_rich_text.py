"""The compression that Outlook uses for rich text (MS-OXRTFCP)."""

from __future__ import annotations

import struct

from discretio.documents.parts import Reason, UnreadableError

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4_096


def decompressed(data: bytes, most: int) -> bytes:
    """The rich text.

    Raises:
        UnreadableError: it is damaged, or longer than that many bytes.
    """
    if len(data) < 16:
        raise UnreadableError(Reason.DAMAGED)
    size, kind = struct.unpack_from("<4xL4s", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _COMPRESSED:
        raise UnreadableError(Reason.DAMAGED)
    if size > most:
        raise UnreadableError(Reason.TOO_LARGE)
    return _unpacked(data, size)


def _unpacked(data: bytes, size: int) -> bytes:
    window = bytearray(_FIRST.ljust(_WINDOW, b"\0"))
    write, place, result = len(_FIRST), 16, bytearray()
    while place < len(data) and len(result) < size:
        control, place = data[place], place + 1
        for bit in range(8):
            if place + (control >> bit & 1) >= len(data):
                break
            if not control >> bit & 1:
                run, place = data[place : place + 1], place + 1
            else:
                reference, place = struct.unpack_from(">H", data, place)[0], place + 2
                if reference >> 4 == write:
                    return bytes(result)
                run = _referred(window, reference >> 4, (reference & 15) + 2, write)
            for byte in run:
                window[write] = byte
                write = (write + 1) % _WINDOW
            result += run
    return bytes(result)


def _referred(window: bytearray, start: int, length: int, write: int) -> bytes:
    """A run out of the window, which may overlap with what it writes itself."""
    run = bytearray()
    for step in range(length):
        place = (start + step) % _WINDOW
        ahead = (place - write) % _WINDOW
        run.append(run[ahead] if ahead < len(run) else window[place])
    return bytes(run)
