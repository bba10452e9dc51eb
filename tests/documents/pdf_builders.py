"""PDFs, set by Typst and changed by pikepdf."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import typst


@cache
def pdf(source: str) -> bytes:
    """A PDF of Typst markup."""
    return typst.compile(source.encode())


def changed(data: bytes, **how: object) -> bytes:
    """A PDF saved again: attachments by name, a password, or a page with a picture only."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for name, content in how.get("attachments", {}).items():  # type: ignore[attr-defined]  # a dict of bytes
            document.attachments[name] = content
        password = how.get("password")
        encryption = pikepdf.Encryption(owner="eigenaar", user=str(password)) if password else None
        document.save(whole, encryption=encryption, static_id=not password)
    return whole.getvalue()


def scanned(share: float = 1.0, words: str = "") -> bytes:
    """A PDF of one page with a picture that covers a share of its width and height, and maybe words."""
    whole = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(600, 800))
        image = pikepdf.Stream(document, bytes(range(256)) * 4)
        for key, value in (("Subtype", pikepdf.Name.Image), ("Width", 32), ("Height", 32), ("BitsPerComponent", 8),
                           ("ColorSpace", pikepdf.Name.DeviceGray), ("Type", pikepdf.Name.XObject)):  # fmt: skip
            image[f"/{key}"] = value
        page = document.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image), Font=pikepdf.Dictionary(F1=font))
        drawn = f"q {600 * share} 0 0 {800 * share} 0 0 cm /Im0 Do Q BT /F1 12 Tf 300 780 Td ({words}) Tj ET"
        page.Contents = pikepdf.Stream(document, drawn.encode())
        document.save(whole, static_id=True)
    return whole.getvalue()


def filled_form() -> bytes:
    """A PDF with a form field that is filled in and a sticky note."""
    whole = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(600, 800))
        rectangle = pikepdf.Array([10, 10, 200, 40])
        field = document.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("naam"),
            V=pikepdf.String("ingevulde waarde é"), Rect=rectangle,
        ))  # fmt: skip
        note = document.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents=pikepdf.String("kleefnota"), Rect=rectangle,
        ))  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([field, note])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document.save(whole, static_id=True)
    return whole.getvalue()
