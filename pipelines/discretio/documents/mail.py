"""Mail messages: headers, bodies in whatever encoding, attachments with all that is in them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from typing import cast

from discretio.documents.encodings import decode
from discretio.documents.hypertext import hypertext
from discretio.documents.parts import DocumentPart, Reason
from discretio.documents.reading import Reading
from discretio.documents.sources import Source

_INCOMPLETE = frozenset({
    "StartBoundaryNotFoundDefect", "CloseBoundaryNotFoundDefect", "NoBoundaryInMultipartDefect",
    "MultipartInvariantViolationDefect",
    "InvalidBase64LengthDefect", "InvalidBase64PaddingDefect",
})  # fmt: skip
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_DEEPEST = 50


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """A message: its headers, then each body and attachment in their order."""
    # The older policy takes headers as they come; the newer one raises on what spam and old programs write.
    message = email.message_from_bytes(source.whole(reading.budget), policy=email.policy.compat32)
    yield from message_parts(message, reading)


def message_parts(message: Message, reading: Reading) -> Iterator[DocumentPart]:
    """The parts of a message that is already taken apart."""
    yield from reading.part("header", "\n".join(f"{name}: {header_text(value)}" for name, value in message.items()))
    yield from _body(message, reading, 0)


def _body(message: Message, reading: Reading, depth: int) -> Iterator[DocumentPart]:
    reading.budget.take_member()
    if message.get_content_type() in _SEALED and message.get_param("smime-type") != "signed-data":
        yield reading.missing(Reason.PASSWORD, "body")
    elif depth > _DEEPEST:
        yield reading.missing(Reason.TOO_DEEP, "body")
    elif message.is_multipart():
        forwarded = message.get_content_type() == "message/rfc822"
        for part in cast("list[Message]", message.get_payload()):
            yield from _forwarded(part, reading) if forwarded else _body(part, reading, depth + 1)
    else:
        yield from _leaf(message, reading, outermost=depth == 0)
    if any(type(defect).__name__ in _INCOMPLETE for defect in message.defects):
        yield reading.missing(Reason.DAMAGED, "body")


def _forwarded(message: Message, reading: Reading) -> Iterator[DocumentPart]:
    yield from reading.nested(message.as_bytes(policy=email.policy.compat32), "forwarded.eml")


def _leaf(message: Message, reading: Reading, *, outermost: bool) -> Iterator[DocumentPart]:
    if not outermost:
        described = [header_text(message.get(name, "")) for name in ("Content-Description", "Subject", "Content-Location")]
        described += [header_text(message.get_filename() or ""), header_text(message.get_param("name") or "")]
        yield from reading.some("names", "\n".join(dict.fromkeys(text for text in described if text)))
    data = cast("bytes", message.get_payload(decode=True) or b"")
    reading.budget.take_bytes(len(data))
    name = header_text(message.get_filename() or "")
    if name or message.get_content_disposition() == "attachment" or message.get_content_maintype() != "text":
        yield from reading.nested(data, name or "." + message.get_content_subtype())
        return
    text, certain = decode(data, _charset(message))
    if message.get_content_subtype() == "html":
        yield from hypertext(text, reading)
    else:
        yield from reading.part("body", text)
    if not certain:
        yield reading.missing(Reason.UNCERTAIN_ENCODING, "body")


def _charset(message: Message) -> str | None:
    declared = message.get_content_charset()
    # What is declared as ASCII or Latin-1 is Windows-1252 in practice; UTF-8 is tried first anyway.
    return None if declared in {None, "us-ascii", "ascii", "iso-8859-1", "latin-1", "utf-8", "unknown-8bit"} else declared


def header_text(value: object) -> str:
    """A header with its encoded words resolved."""
    text = str(value)
    try:
        pieces = decode_header(text)
        found = "".join(piece if isinstance(piece, str) else decode(piece, charset)[0] for piece, charset in pieces)
    except (ValueError, LookupError, TypeError):
        return text
    except Exception:  # noqa: BLE001 - the email package raises errors of its own on wrong base64
        return text
    return found
