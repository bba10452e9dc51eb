"""Pictures: what the camera wrote into them, and the text that they show."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image, ImageFile, ImageOps, ImageSequence, IptcImagePlugin, UnidentifiedImageError

from discretio.documents import ocr
from discretio.documents.markup import Plain, feed
from discretio.documents.parts import DocumentPart, Reason, UnreadableError
from discretio.documents.reading import Reading, guarded
from discretio.documents.recognised import Graymap
from discretio.documents.silence import silence
from discretio.documents.sources import Source

silence("PIL")

_SMALLEST = 8
"""No letter can be read in fewer pixels."""
_XMP_KEYS = ("xmp", "XML:com.adobe.xmp", "Raw profile type xmp")
_BLOCKS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_BINARY_TAGS = frozenset({0x927C, 0x02BC, 0x83BB, 0x8773, 0x8769, 0x8825, 0x501B})  # maker notes, XMP, profiles, thumbnails
_LONGEST = 4_000


def read(source: Source, reading: Reading) -> Iterator[DocumentPart]:
    """Metadata, then the text of each frame."""
    data = source.whole(reading.budget)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns with what it read
        try:
            with Image.open(io.BytesIO(data)) as image:
                yield from _image(image, reading)
        except UnidentifiedImageError:
            raise UnreadableError(Reason.UNKNOWN_TYPE) from None
        except Image.DecompressionBombError:
            raise UnreadableError(Reason.BOMB) from None


def _image(image: Image.Image, reading: Reading) -> Iterator[DocumentPart]:
    yield from guarded(_metadata(image, reading), reading, "metadata")
    if min(image.size) < _SMALLEST:
        return
    ocr.see_whether_possible(reading.budget)
    for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
        if frame.width * frame.height > reading.limits.ocr_pixels:
            yield reading.missing(Reason.TOO_LARGE, "image", number)
            continue
        yield from reading.recognised("image", ocr.recognise(_graymap(frame), reading.budget), number)


def _graymap(image: Image.Image) -> Graymap:
    grey = _on_white(ImageOps.exif_transpose(image)).convert("L")
    return Graymap(*grey.size, grey.tobytes())


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent shows paper: dark letters on nothing would become black on black."""
    if not image.has_transparency_data:
        return image
    drawn = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)


def _metadata(image: Image.Image, reading: Reading) -> Iterator[DocumentPart]:
    exif = image.getexif()
    found = [*_tags(exif, ExifTags.TAGS)]
    for block in _BLOCKS:
        found += _tags(exif.get_ifd(block), ExifTags.GPSTAGS if block is ExifTags.IFD.GPSInfo else ExifTags.TAGS)
    found += [f"{key}: {value}" for key, value in image.info.items() if isinstance(value, str) and key not in _XMP_KEYS]
    comment = image.info.get("comment", b"")
    found.append(_printable(comment))
    found += [_printable(value) for value in _news_tags(image)]
    found += _xmp(image.info)
    yield from reading.some("metadata", "\n".join(dict.fromkeys(text for text in found if text.strip())))


def _news_tags(image: Image.Image) -> list[object]:
    found = IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None
    return list((found or {}).values())


def _tags(values: Mapping[int, object], names: dict[int, str]) -> Iterator[str]:
    for tag, value in values.items():
        if tag not in _BINARY_TAGS and (text := _printable(value)):
            yield f"{names.get(tag, 'tag')}: {text}"


def _printable(value: object) -> str:
    """A value of a tag as text."""
    if isinstance(value, tuple | list):
        return " ".join(filter(None, map(_printable, value)))
    if isinstance(value, bytes):
        return _text_of_bytes(value[:_LONGEST])
    return str(value)[:_LONGEST]


def _text_of_bytes(value: bytes) -> str:
    if value.startswith((b"UNICODE\0", b"ASCII\0\0\0")):
        return value[8:].decode("utf-16" if value[:1] == b"U" else "latin-1", "replace").strip("\0 ")
    # Windows writes title, author and keywords as UTF-16 behind each other.
    if value.count(0) * 3 > len(value):
        return value.decode("utf-16-le", "replace").strip("\0 ")
    return value.decode("utf-8", "replace").strip("\0 ")


def _xmp(info: dict[Any, Any]) -> Iterator[str]:
    for key in _XMP_KEYS:
        packet = info.get(key)
        if not packet:
            continue
        data = packet.encode() if isinstance(packet, str) else bytes(packet)
        handler = Plain(attributes=None)
        try:
            feed([data.strip(b"\0 \n")], handler)
        except UnreadableError:
            yield data.decode("utf-8", "replace")
        yield from handler.taken().splitlines()
