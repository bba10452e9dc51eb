"""Notes, links and form fields on a page of a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

from discretio.documents.parts import Reason, UnreadableError

_MOST = 10_000
_NOTES = (b"Contents", b"T", b"Subj", b"RC")
_FIELDS = (b"V", b"TU", b"DV")


def form_environment(document: pypdfium2.PdfDocument) -> object:
    """What pdfium needs to give the values of form fields; null if there is no form."""
    if document.get_formtype() in {raw.FORMTYPE_NONE, raw.FORMTYPE_XFA_FULL}:
        return None
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def annotation_texts(page: pypdfium2.PdfPage, form: object) -> Iterator[tuple[str, str]]:
    """The kind of part and the text of all annotations of a page, by kind.

    Raises:
        UnreadableError: there are more than anyone writes.
    """
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if not count:
        return
    if count > _MOST:
        raise UnreadableError(Reason.TOO_MANY)
    found: dict[str, list[str]] = {"comment": [], "form": [], "link": []}
    for index in range(count):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            try:
                _gather(annotation, page, form, found)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)
    for kind, texts in found.items():
        yield kind, "\n".join(dict.fromkeys(text for text in texts if text))


def _gather(annotation: object, page: pypdfium2.PdfPage, form: object, found: dict[str, list[str]]) -> None:
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    if subtype == raw.FPDF_ANNOT_LINK:
        link = raw.FPDFAnnot_GetLink(annotation)
        found["link"].append(_address(page, link) if link else "")
    kind = "form" if subtype == raw.FPDF_ANNOT_WIDGET else "comment"
    found[kind] += [_string(raw.FPDFAnnot_GetStringValue, annotation, key) for key in _NOTES]
    if kind == "form":
        if form:
            found["form"].append(_string(raw.FPDFAnnot_GetFormFieldValue, form, annotation))
        found["form"] += [_string(raw.FPDFAnnot_GetStringValue, annotation, key) for key in _FIELDS]


def _address(page: pypdfium2.PdfPage, link: object) -> str:
    action = raw.FPDFLink_GetAction(link)
    document = page.pdf.raw
    size = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _string(function: Callable[..., int], *arguments: object) -> str:
    """A text that pdfium writes into a buffer of the size it first tells."""
    size = function(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
