"""Twenty and more ways to tamper with a sealed report, each a function from the file to the changed file, by its name."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject, pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from discretio.reporting.attached import ATTACHMENT
from discretio.reporting.derived import NAMES


def body_byte(pdf: bytes) -> bytes:
    """One bit of a page's compressed text."""
    place = next(match.end() + 40 for match in re.finditer(rb"stream\r?\n", pdf) if pdf[match.end()] == 0x78)
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def _attached(pdf: bytes, name: str) -> tuple[bytes, bytes]:
    """An attachment as it stands in the file, and as it reads."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        stream = next(file.EF.F for file in document.Root.AF if str(file.UF) == name)
        return stream.read_raw_bytes(), stream.read_bytes()


def one_bit_in(name: str) -> Callable[[bytes], bytes]:
    """One bit of an attachment."""

    def tamper(pdf: bytes) -> bytes:
        raw, _ = _attached(pdf, name)
        place = pdf.index(raw) + len(raw) // 2
        return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

    tamper.__name__ = f"one_bit_in_{name}"
    return tamper


def one_figure_in(name: str) -> Callable[[bytes], bytes]:
    """One digit of an attachment, in a valid stream of the same length."""

    def tamper(pdf: bytes) -> bytes:
        raw, plain = _attached(pdf, name)
        place = max(match.start() for match in re.finditer(rb"[1-8](?=\D)", plain))
        changed = plain[:place] + bytes([plain[place] + 1]) + plain[place + 1 :]
        return _in_place(pdf, raw, changed)

    tamper.__name__ = f"one_figure_in_{name}"
    return tamper


def swapped(pdf: bytes) -> bytes:
    """The CSV has the place of the linked data, and the reverse, under their old names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        first, second = (file for file in document.Root.AF if str(file.UF) in ("figures.csv", "figures.jsonld"))
        one, other = (b"%d 0 R" % file.EF.F.objgen[0] for file in (first, second))
    mark = b"%%%%"
    for pack in _packs(pdf):
        text = zlib.decompress(pack)
        changed = text.replace(b"/F " + one, mark).replace(b"/F " + other, b"/F " + one).replace(mark, b"/F " + other)
        pdf = _in_place(pdf, pack, changed) if changed != text else pdf
    return pdf


def _packs(pdf: bytes) -> list[bytes]:
    """The raw bytes of every stream of objects."""
    found = re.finditer(rb"/Type /ObjStm /Length (\d+)[^>]*>>\nstream\n", pdf)
    return [pdf[start.end() : start.end() + int(start[1])] for start in found]


def _in_place(pdf: bytes, raw: bytes, changed: bytes) -> bytes:
    for level in (9, 8, 7, 6, 5):
        packed = zlib.compress(changed, level)
        if len(packed) <= len(raw):
            return pdf.replace(raw, packed.ljust(len(raw), b"\0"))
    return pdf.replace(raw, bytes(len(raw)))


def one_figure_in_a_page(pdf: bytes) -> bytes:
    """Something else is drawn on a page; the stream is valid and has the same length."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = document.pages[1].Contents
        raw, plain = content.read_raw_bytes(), content.read_bytes()
    return _in_place(pdf, raw, re.sub(rb"<([0-9A-Fa-f]{4})>", b"<0001>", plain, count=1))


def signature_byte(pdf: bytes) -> bytes:
    place = pdf.index(b"/Contents <") + 400
    return pdf[:place] + (b"0" if pdf[place : place + 1] != b"0" else b"1") + pdf[place + 1 :]


def behind_the_signature(pdf: bytes) -> bytes:
    """In the padding after the signature, the one stretch that it can't cover."""
    place = pdf.index(b">", pdf.index(b"/Contents <")) - 20
    return pdf[:place] + b"1" + pdf[place + 1 :]


def one_byte_more(pdf: bytes) -> bytes:
    return pdf + b"\n"


def byte_range(pdf: bytes) -> bytes:
    return re.sub(rb"(/ByteRange \[0 )(\d)", lambda found: found[1] + (b"1" if found[2] != b"1" else b"2"), pdf, count=1)


def other_signature(pdf: bytes) -> bytes:
    """The signature of nothing in the place of the seal's."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    return pdf[:start] + b"30" + b"0" * (end - start - 2) + pdf[end:]


def without_seal(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.AcroForm
        del document.pages[-1].Annots
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


def before_the_seal(pdf: bytes) -> bytes:
    """The drawn file alone, as if never sealed."""
    return pdf[: pdf.index(b"%%EOF") + 6]


def rewritten(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


def cut_short(pdf: bytes) -> bytes:
    return pdf[:-700]


def appended(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[bytes], bytes]:
    def tamper(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        change(writer)
        output = io.BytesIO()
        writer.write(output)
        return output.getvalue()

    tamper.__name__ = change.__name__
    return tamper


def new_catalog_entry(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Zz"] = pdf_string("x")
    writer.update_root()


def page_turned(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = writer.root["/StructTreeRoot"]["/ParentTreeNextKey"]
    writer.update_container(page)


def attachment_renamed(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/AF"][0]
    file["/UF"] = pdf_string("other.json")
    writer.update_container(file)


def field_moved(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][1]
    field["/Rect"] = writer.root["/Pages"]["/Kids"][0]["/MediaBox"]
    writer.update_container(field)


def field_removed(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]["/Fields"][2]
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def attachment_added(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.add_object(StreamObject(stream_data=b"{}"))
    file = DictionaryObject({pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/UF"): pdf_string("figures.json")})
    file["/EF"] = DictionaryObject({pdf_name("/F"): stream})
    writer.root["/AF"].append(writer.add_object(file))
    writer.update_container(writer.root["/AF"])


def figures_replaced(writer: IncrementalPdfFileWriter) -> None:
    """A later revision has other figures under the same name."""
    file = writer.root["/AF"][0]["/EF"]
    file["/F"] = writer.add_object(StreamObject(stream_data=b"{}"))
    writer.update_container(file)


def drawn_over(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    over = writer.add_object(StreamObject(stream_data=b"q 1 1 1 rg 0 0 600 800 re f Q"))
    page["/Contents"] = ArrayObject([page.raw_get("/Contents"), over])
    writer.update_container(page)


def language_changed(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()


ATTACHED = (ATTACHMENT, *NAMES)
TAMPERED = (
    body_byte, one_figure_in_a_page, *map(one_bit_in, ATTACHED), *map(one_figure_in, ATTACHED), swapped, signature_byte,
    other_signature, byte_range, without_seal, before_the_seal, rewritten, cut_short, behind_the_signature, one_byte_more,
    *map(appended, (
        new_catalog_entry, page_turned, drawn_over, attachment_renamed, attachment_added, figures_replaced, field_moved,
        field_removed, language_changed,
    )),
)  # fmt: skip
"""The first of them change the sealed revision itself, the last append another."""
