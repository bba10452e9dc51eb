"""Which encoding a text is in: by its mark, by its form, and else by a guess that says it is one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from discretio.documents.silence import silence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# Letters and signs that Western European text is made of, in the order of their likelihood in our four languages.
_WESTERN = frozenset("éèàçêëîïôûùüöäßœæñáíóúâÉÈÀÇÊËÎÏÔÛÙÜÖÄŒÁÂ«»’‘“”–—…€°§²³µ·\u00a0¨´•±½£©®ªº†‰„‚ãõåøÅØìòÍÓÚÑ¿¡")
_LOWER_WESTERN = "éèàçêëîïôûùüöäßœáíóúâ"
_LEGACY = ("cp1252", "cp850", "mac_roman")
_SURE = 0.9
_SAMPLE = 1 << 16
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

MIXED_ERRORS = "discretio.mixed"
"""Error handler that reads bytes which are no UTF-8 as Windows-1252: files that two programs wrote to."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, how its errors are treated, and whether it is more than a guess."""

    name: str
    errors: str = "strict"
    certain: bool = True


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes are text in some encoding."""
    if _marked(head) or _wide(head):
        return True
    # Form feeds and escapes occur in text; a few other controls too, where programs wrote carelessly.
    return len(head) - len(head.translate(None, _CONTROLS)) <= len(head) // 100 and head.count(0) <= len(head) // 500


def text_of_head(head: bytes) -> str:
    """The first bytes as text, good enough to recognise a format by."""
    name = _marked(head) or _wide(head) or "latin-1"
    return head.decode(name, "ignore").replace("\r\n", "\n")


def encoding_of_head(head: bytes) -> Encoding | None:
    """The encoding that a mark or the pattern of zero bytes tells; null if the bytes themselves must be tried."""
    if marked := _marked(head):
        return Encoding(marked)
    wide = _wide(head)
    return Encoding(wide) if wide else None


def legacy_encoding(data: bytes) -> Encoding:
    """The likeliest encoding of text that is no UTF-8."""
    sample = _around_high_bytes(data)
    if 2 * sum(map(len, _UTF8_SEQUENCE.findall(sample))) > sum(byte > 127 for byte in sample):
        return Encoding("utf-8", MIXED_ERRORS, certain=False)
    best = max(_LEGACY, key=lambda name: _plausibility(sample, name))
    if _plausibility(sample, best) >= _SURE:
        return Encoding(best, "replace")
    return Encoding(_statistical_guess(sample) or "cp1252", "replace", certain=False)


def decode(data: bytes, declared: str | None = None) -> tuple[str, bool]:
    """Text of bytes, and whether the encoding is certain enough; a declared encoding is believed if it fits."""
    encoding = encoding_of_head(data[:4096])
    if encoding is None and declared and _known(declared):
        try:
            return data.decode(declared), True
        except (UnicodeDecodeError, LookupError, ValueError):
            return _tried(data)[0], False
    if encoding is None:
        return _tried(data)
    try:
        return data.decode(encoding.name), True
    except UnicodeDecodeError:
        return data.decode(encoding.name, "replace"), False


def _tried(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        guess = legacy_encoding(data)
        return data.decode(guess.name, guess.errors), guess.certain


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - keeps out rot13 and zlib
    except (LookupError, ValueError):
        return False


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: Latin text shows zero bytes at every second place, or three of four."""
    sample = head[: len(head) // 4 * 4]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    zeros = [sample[place::4].count(0) / (len(sample) / 4) for place in range(4)]
    full = tuple(share > 0.7 for share in zeros)
    bare = tuple(share < 0.1 for share in zeros)
    if full == (False, True, True, True) and bare[0]:
        return "utf-32-le"
    if full == (True, True, True, False) and bare[3]:
        return "utf-32-be"
    if full == (False, True, False, True) and bare[0] and bare[2]:
        return "utf-16-le"
    return "utf-16-be" if full == (True, False, True, False) and bare[1] and bare[3] else None


def _around_high_bytes(data: bytes) -> bytes:
    """A sample with the bytes that tell encodings apart, wherever they stand."""
    found = re.finditer(rb"[^\x80-\xff]{0,8}[\x80-\xff]+[^\x80-\xff]{0,8}", data)
    sample = bytearray()
    for match in found:
        sample += match.group()
        if len(sample) >= _SAMPLE:
            break
    return bytes(sample)


def _plausibility(sample: bytes, name: str) -> float:
    """The share of letters beyond ASCII that Western European text would have, in a place where it would have them."""
    high = [character for character in sample.decode(name, "replace") if character > "\x7f"]
    if not high:
        return 1.0
    good = sum(character in _WESTERN for character in high)
    likely = sum(character in _LOWER_WESTERN for character in high)
    return good / len(high) + 0.001 * likely / len(high)


def _statistical_guess(sample: bytes) -> str | None:
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and seldom needed
    except ImportError:
        return None
    silence("charset_normalizer")
    best = from_bytes(sample[:8192]).best()
    return best.encoding if best else None


def _as_cp1252(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    wrong = problem.object[problem.start : problem.end]
    return wrong.decode("cp1252", "replace"), problem.end


codecs.register_error(MIXED_ERRORS, _as_cp1252)
