"""RTF: text by groups, with code pages, and what is hidden, deleted, noted or described apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.rich_text_groups import Groups
from discretio.documents.rich_text_states import KINDS
from discretio.documents.sources import Source

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([\r\n]+)|([^\\{}\r\n]+)", re.DOTALL
)
_LOOK_AT_TIME = 10_000


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The body, then each kind of text apart from it."""
    groups = Groups()
    complete = _gather(source.whole(reading.budget), groups, reading)
    for kind in KINDS:
        yield from (reading.part if kind == "body" else reading.some)(kind, groups.text(kind))
    if not complete:
        yield reading.missing(Reason.DAMAGED, "body")
    for kind, unread in groups.unread.items():
        if unread:
            yield reading.missing(Reason.NO_READER, kind)


def _gather(data: bytes, groups: Groups, reading: Reading) -> bool:
    """Take in all tokens; whether the file ends as it should."""
    place, count = 0, 0
    while match := _TOKEN.match(data, place):
        word, number, hexadecimal, sign, brace, _, plain = match.groups()
        place = match.end()
        if word is not None:
            place += _word(groups, word, number, len(data) - place)
        elif hexadecimal is not None:
            groups.plain(bytes.fromhex(hexadecimal.decode()))
        else:
            _rest(groups, sign, brace, plain)
        count += 1
        if count % _LOOK_AT_TIME == 0:
            reading.budget.look_at_time()
    return len(groups.states) == 1 and place == len(data)


def _word(groups: Groups, word: bytes, number: bytes | None, left: int) -> int:
    """Act on a control word; returns how many bytes of binary data follow it."""
    value = None if number is None else int(number)
    if word == b"bin":
        return min(max(0, value or 0), left)
    groups.word(word.decode("ascii"), value)
    return 0


def _rest(groups: Groups, sign: bytes | None, brace: bytes | None, plain: bytes | None) -> None:
    if brace == b"{":
        groups.open()
    elif brace == b"}":
        groups.close()
    elif sign is not None:
        groups.sign(sign)
    elif plain is not None:
        groups.plain(plain)
