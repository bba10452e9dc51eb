"""HTML: visible text, text in attributes, comments and scripts, each as what it is."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from lxml import etree

from discretio.documents.encodings import decode
from discretio.documents.hypertext_target import KINDS, Target
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.sources import Source

_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHUNK = 1 << 18


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """The body, then each kind of text apart from it."""
    data = source.whole(reading.budget)
    declared = _DECLARED.search(data[:4096])
    text, certain = decode(data, declared.group(1).decode("ascii") if declared else None)
    yield from hypertext(text, reading)
    if not certain:
        yield reading.missing(Reason.UNCERTAIN_ENCODING, "body")


def hypertext(text: str, reading: Reading) -> Iterator[DocumentPart]:
    """The parts of HTML that is already decoded."""
    target = Target()
    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True, recover=True)
    for start in range(0, len(text), _CHUNK):
        reading.budget.look_at_time()
        # NUL would end the text for libxml2.
        parser.feed(text[start : start + _CHUNK].replace("\0", " "))
    if text:
        parser.close()
    for kind in KINDS:
        yield from (reading.part if kind == "body" else reading.some)(kind, "".join(target.texts[kind]))
    for address in target.embedded:
        yield from _embedded(address, reading)


def _embedded(address: str, reading: Reading) -> Iterator[DocumentPart]:
    """A picture or file that stands in the page itself."""
    kind, _, content = address.partition(",")
    reading.budget.take_member()
    data = unquote_to_bytes(content)
    if kind.rstrip().endswith(";base64"):
        try:
            data = base64.b64decode(data)
        except ValueError:
            yield reading.lost(Reason.DAMAGED)
            return
    reading.budget.take_bytes(len(data))
    yield from reading.nested(data, "")
