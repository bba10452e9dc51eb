"""Looking for words in every byte of a folder, in whatever dress a program may have put them."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pypdfium2
from ahocorasick_rs import BytesAhoCorasick


def forms(word: str) -> Iterator[bytes]:
    """A word in lower case as UTF-8, UTF-16, hexadecimal, percent-encoded and base64, wherever in a longer text it stood."""
    for text in {word, word.lower(), word.upper()}:
        raw = text.encode()
        yield from (raw.lower(), text.encode("utf-16-le").lower(), raw.hex().encode(), quote(text).encode().lower())
        yield "".join(f"%{byte:02x}" for byte in raw).encode()
        for shift in range(3):
            # Only the letters that don't depend on what stood before and after.
            encoded = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
            yield encoded[(8 * shift + 5) // 6 : -1].lower()


class Searcher:
    """Finds words; made once, since there are many words and forms."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = [(form, word) for word in sorted(words) for form in sorted(set(forms(word)))]
        self._automaton = BytesAhoCorasick([form for form, _ in self._words])

    def found(self, content: bytes) -> set[str]:
        """The words that stand in these bytes; case is not regarded, which finds too much in base64, never too little."""
        return {self._words[index][1] for index, _, _ in self._automaton.find_matches_as_indexes(content.lower())}

    def leaks(self, folder: Path, besides: Collection[Path] = ()) -> dict[str, set[str]]:
        """The words found, by file below a folder (its name too); `besides` are not looked into."""
        leaking: dict[str, set[str]] = {}
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            if any(file.is_relative_to(spared) for spared in besides):
                continue
            name = str(file.relative_to(folder))
            words = self.found(name.encode()).union(*(self.found(layer) for layer in layers(file)))
            if words:
                leaking[name] = words
        return leaking


def layers(file: Path) -> Iterator[bytes]:
    """A file's bytes, and what they hold when unpacked: the text, streams and attachments of a PDF, an archive, zlib."""
    content = file.read_bytes()
    yield content
    if content.startswith(b"%PDF"):
        yield from _pdf_layers(content)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if content[:2] in (b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b"):
        yield zlib.decompress(content, wbits=47)


def _pdf_layers(content: bytes) -> Iterator[bytes]:
    try:
        opened = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        return  # what nobody can read tells nobody anything
    with opened as pdf:
        for item in pdf.objects:
            yield item.unparse()
            if isinstance(item, pikepdf.Stream):
                try:
                    yield item.read_bytes()
                except pikepdf.PdfError:
                    yield item.read_raw_bytes()
        for attached in pdf.attachments.values():
            yield attached.get_file().read_bytes()
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.get_textpage().get_text_range().encode()
