"""Pictures on a page of a PDF that may show text which the page doesn't hold as text."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import islice

import pypdfium2
from pypdfium2 import raw

from discretio.documents.recognised import Graymap

_POINTS_PER_INCH = 72
_RESOLUTION = 300
_ENOUGH = 4_000_000
"""Pixels in which a page of letters that are drawn as lines can be read."""
_MOST_OBJECTS = 20_000
_DEEPEST_FORM = 4
_PICTURE_SHARE = 0.04
"""Pictures that cover less of the page can't hold a passage (an emblem, a line, a signature)."""
_LAYER = 16
"""So many characters lying over a picture are its text: the scanner recognised it."""

Bounds = tuple[float, float, float, float]


def pictures_without_text(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, *, has_text: bool) -> bool:
    """Whether the page must be looked at to be read: a scan, letters drawn as lines, a large picture without text over it."""
    width, height = page.get_size()
    if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return True
    anything = False
    for kind, bounds in _objects(page):
        anything = True
        if kind != raw.FPDF_PAGEOBJ_IMAGE or not has_text:
            continue
        left, bottom, right, top = bounds
        if (right - left) * (top - bottom) < _PICTURE_SHARE * width * height:
            continue
        over = text_page.get_text_bounded(left, bottom, right, top, errors="ignore")
        if len("".join(over.split())) < _LAYER:
            return True
    return anything and not has_text


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Bounds]]:
    """The kinds and bounds of what is drawn; forms that hold other things are taken for a picture of their size."""
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and _has_image(drawn, _DEEPEST_FORM)):
            yield raw.FPDF_PAGEOBJ_IMAGE, _bounds(drawn)
        else:
            yield kind, (0.0, 0.0, 0.0, 0.0)


def _has_image(form: object, depth: int) -> bool:
    for index in range(min(raw.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
        drawn = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and depth > 0 and _has_image(drawn, depth - 1)):
            return True
    return False


def _bounds(drawn: object) -> Bounds:
    found = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, found)):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (value.value for value in found)
    return left, bottom, right, top


def graymap(page: pypdfium2.PdfPage, most_pixels: int) -> Graymap:
    """The page as a picture in shades of grey, as fine as the bound allows."""
    width, height = page.get_size()
    area = max(1.0, width * height)
    # What phones scan has no true size: finer than they saw it, a page costs ten times the time and shows no more.
    images = islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEPEST_FORM), _MOST_OBJECTS)
    pixels = max(_ENOUGH, sum(math.prod(image.get_px_size()) for image in images))
    scale = min(_RESOLUTION / _POINTS_PER_INCH, math.sqrt(min(most_pixels, pixels) / area))
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        rows = bytes(bitmap.buffer)
        lines = [rows[start : start + bitmap.width] for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)]
        return Graymap(bitmap.width, bitmap.height, b"".join(lines))
    finally:
        bitmap.close()
