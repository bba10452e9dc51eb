"""Documents: files and pages a second by type, beside the library used alone, in one run; writes its table into RESULTS.md.

python benchmarks/documents.py [--rounds 20] [--write]
"""

from __future__ import annotations

import argparse
import email
import io
import math
import os
import platform
import random
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from xml.parsers import expat

import lxml.html
import pypdfium2
import typst
from kept_tables import keep

from discretio.documents import IsolatedReader, read_document

_WORDS = re.findall(
    r"\S+",
    "le la les une des patient dossier rapport école logement travail visite accord parents enfant semaine appel suivi mesure "
    "de het een van cliënt verslag school woning werk bezoek akkoord ouders kind week gesprek opvolging maatregel niet",
)
_PAGES = 30
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

Reader = Callable[[Path], int]
"""Reads a file and says how many characters it held."""


def prose(random_: random.Random, words: int) -> str:
    """Sentences of invented words in their order."""
    return " ".join(random_.choice(_WORDS) for _ in range(words)).capitalize() + "."


def paragraphs(seed: int, count: int) -> list[str]:
    """So many paragraphs of 60 words."""
    random_ = random.Random(seed)  # noqa: S311 - the same invented text each time
    return [prose(random_, 60) for _ in range(count)]


def pdf(seed: int) -> bytes:
    """Thirty pages of text."""
    pages = ["\n\n".join(paragraphs(seed + page, 6)) for page in range(_PAGES)]
    return typst.compile("#pagebreak()\n".join(pages).encode())


def packed(members: dict[str, str | bytes]) -> bytes:
    """A ZIP of members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def docx(seed: int) -> bytes:
    """The text of thirty pages."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs(seed, 6 * _PAGES))
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def xlsx(seed: int) -> bytes:
    """A sheet of 20,000 cells."""
    random_ = random.Random(seed)  # noqa: S311 - as above
    row = '<c t="inlineStr"><is><t>{0}</t></is></c><c><v>{1}</v></c>'
    rows = "".join(
        "<row>" + "".join(row.format(random_.choice(_WORDS), random_.randrange(10_000)) for _ in range(5)) + "</row>"
        for _ in range(2_000)
    )
    return packed({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {_S}><sheets><sheet name="a" sheetId="1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>",
    })  # fmt: skip


def eml(seed: int) -> bytes:
    """A message of some pages with an attached note."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@x.example", "verslag"
    message.set_content("\n\n".join(paragraphs(seed, 60)))
    message.add_attachment("\n".join(paragraphs(seed + 1, 60)), filename="note.txt")
    return message.as_bytes()


def html(seed: int) -> bytes:
    """A long page."""
    return ("<html><body>" + "".join(f"<p>{text}</p>" for text in paragraphs(seed, 6 * _PAGES)) + "</body></html>").encode()


def archive(seed: int) -> bytes:
    """Thirty notes."""
    return packed({f"{number}.txt": "\n".join(paragraphs(seed + number, 6)) for number in range(_PAGES)})


def note(seed: int) -> bytes:
    """Thirty pages of plain text."""
    return "\n".join(paragraphs(seed, 6 * _PAGES)).encode()


def pdf_alone(path: Path) -> int:
    """By pypdfium2."""
    document = pypdfium2.PdfDocument(path)
    total = 0
    for page in document:
        text_page = page.get_textpage()
        total += len(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return total


def members_alone(path: Path, wanted: str, tags: frozenset[str]) -> int:
    """By zipfile and expat: the text in these elements."""
    pieces: list[str] = []
    inside = [False]

    def start(name: str, _: object) -> None:
        inside[0] = name in tags

    def text(data: str) -> None:
        if inside[0]:
            pieces.append(data)

    def end(_: str) -> None:
        inside[0] = False

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with zipfile.ZipFile(path) as whole:
        parser.Parse(whole.read(wanted), True)  # noqa: FBT003 - expat's own signature
    return len("".join(pieces))


def eml_alone(path: Path) -> int:
    """By the standard library's email."""
    message = email.message_from_bytes(path.read_bytes())
    bodies = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return sum(len(body.decode()) for body in bodies if isinstance(body, bytes))


def html_alone(path: Path) -> int:
    """By lxml."""
    return len(lxml.html.document_fromstring(path.read_bytes()).text_content())


def archive_alone(path: Path) -> int:
    """By zipfile."""
    with zipfile.ZipFile(path) as whole:
        return sum(len(whole.read(name).decode()) for name in whole.namelist())


TYPES: dict[str, tuple[Callable[[int], bytes], Reader, str]] = {
    "pdf": (pdf, pdf_alone, "pypdfium2"),
    "docx": (docx, lambda path: members_alone(path, "word/document.xml", frozenset({"w:t"})), "zipfile, expat"),
    "xlsx": (xlsx, lambda path: members_alone(path, "xl/worksheets/sheet1.xml", frozenset({"t", "v"})), "zipfile, expat"),
    "eml": (eml, eml_alone, "email"),
    "html": (html, html_alone, "lxml"),
    "zip": (archive, archive_alone, "zipfile"),
    "txt": (note, lambda path: len(path.read_text(encoding="utf-8")), "open"),
}


def ours(read: Callable[..., Iterator[object]]) -> Reader:
    """A reader of ours, from an open file."""

    def reading(path: Path) -> int:
        with path.open("rb") as file:
            return sum(len(part.text) for part in read(file, path.name))  # type: ignore[attr-defined]  # parts of documents

    return reading


def processor_seconds() -> float:
    """Processor time that this process and its workers took so far: other programs on the machine don't count."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    theirs = (int(Path(f"/proc/{child}/schedstat").read_text(encoding="ascii").split()[0]) for child in children)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + sum(theirs) / 1e9 + ended.ru_utime + ended.ru_stime


def measured(readers: list[Reader], files: list[Path], rounds: int) -> list[float]:
    """Seconds a file of each reader: the best of rounds in which the readers take turns, so that all meet the same machine."""
    for reader in readers:
        reader(files[0])
    best = [math.inf] * len(readers)
    for _ in range(rounds):
        for number, reader in enumerate(readers):
            before = processor_seconds()
            for file in files:
                reader(file)
            best[number] = min(best[number], (processor_seconds() - before) / len(files))
    return best


@contextmanager
def files_of(kind: str, make: Callable[[int], bytes]) -> Iterator[list[Path]]:
    """Ten different files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.{kind}" for number in range(10)]
        for number, path in enumerate(paths):
            path.write_bytes(make(number * 1_000))
        yield paths


def rows(rounds: int) -> Iterator[str]:
    """The lines of the table."""
    isolated = IsolatedReader()
    for kind, (make, alone, library) in TYPES.items():
        with files_of(kind, make) as files:
            size = sum(path.stat().st_size for path in files) / len(files) / 1000
            bare, here, there = measured([alone, ours(read_document), ours(isolated)], files, rounds)
        pages = f"{_PAGES / there:,.0f}" if kind == "pdf" else ""
        yield (
            f"| {kind} | {size:,.0f} | {library} | {1 / bare:,.0f} | {1 / here:,.0f} | {here / bare - 1:+.0%} "
            f"| {1 / there:,.0f} | {there / bare - 1:+.0%} | {(there - bare) * 1e3:.1f} | {pages} |"
        )


def table(rounds: int) -> str:
    """The whole section."""
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    head = (
        "| type | KB a file | library alone | files/s | our reader, files/s | over the library | in a worker, files/s "
        "| over the library | ms a file more | pages/s |\n|---|---:|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    return (
        f"Command: `python benchmarks/documents.py --write`. Ten invented files of each type ({machine}, other programs "
        "running); the three take turns in one run, the best of their rounds; processor time of all processes together.\n"
        "The library alone is told the type, the member and the encoding, and takes the visible text in one piece. Ours tells\n"
        "the type by the content, judges encodings, keeps its bounds, and looks in every member for what is hidden, deleted,\n"
        "noted or attached.\n\n" + "\n".join([head, *rows(rounds)])
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    section = table(asked.rounds)
    print(section)
    if asked.write:
        keep("documents", [section])


if __name__ == "__main__":
    main()
