"""The seal's field and the two prepared signature fields, put into the tag tree of the document as PDF/UA asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

SEAL = "Seal"
ATTESTATION = "DpoAttestation"
RECEIPT = "AuthorityReceipt"
LAST_PAGE = -1

_POINTS_PER_CM = 72 / 2.54
_PAGE_HEIGHT_CM = 29.7
_TOP, _WIDTH, _HEIGHT = 20.4, 7.9, 3.4
_FIELDS = (
    (ATTESTATION, 2.2, "Signature: attestation of the data protection officer / délégué / functionaris"),
    (RECEIPT, 10.9, "Signature: receipt by the supervisory authority / autorité de contrôle / toezichthoudende autoriteit"),
)
"""Name, left edge in cm, and what a screen reader says; the frames are drawn by reports/style.typ at the same place."""

# pyHanko leaves these constructors untyped.
_number: Callable[[int], NumberObject] = NumberObject
_dictionary: Callable[[dict[Any, Any]], DictionaryObject] = DictionaryObject


def add_fields(writer: IncrementalPdfFileWriter) -> None:
    """Add the invisible field of the seal and the two empty ones on the last page, and tag all three."""
    append_signature_field(writer, SigFieldSpec(SEAL, on_page=LAST_PAGE, readable_field_name="Seal of the report"))
    for name, left, spoken in _FIELDS:
        append_signature_field(writer, SigFieldSpec(name, on_page=LAST_PAGE, box=_box(left), readable_field_name=spoken))
    _tag(writer)


def _box(left: float) -> tuple[int, int, int, int]:
    """The rectangle of a field in points, from the lower left corner of the page."""
    bottom = _PAGE_HEIGHT_CM - _TOP - _HEIGHT
    return _points(left), _points(bottom), _points(left + _WIDTH), _points(bottom + _HEIGHT)


def _points(centimetres: float) -> int:
    return round(centimetres * _POINTS_PER_CM)


def _tag(writer: IncrementalPdfFileWriter) -> None:
    """A Form element for each widget, hung under the document's own element, and found again from the parent tree."""
    tree = writer.root["/StructTreeRoot"]
    children = tree["/K"]
    top = children.raw_get(0) if isinstance(children, ArrayObject) else tree.raw_get("/K")
    parents, next_key = tree["/ParentTree"]["/Nums"], int(tree["/ParentTreeNextKey"])
    fields = writer.root["/AcroForm"]["/Fields"]
    for position in range(len(fields)):
        key, field, widget = next_key + position, fields[position], fields.raw_get(position)
        element = writer.add_object(_form_element(top, widget, field.raw_get("/P")))
        top.get_object()["/K"].append(element)
        parents.extend((_number(key), element))
        field["/StructParent"] = _number(key)
        writer.update_container(field)
    tree["/ParentTreeNextKey"] = _number(next_key + len(fields))
    for changed in (tree, top.get_object(), top.get_object()["/K"], tree["/ParentTree"], parents):
        writer.update_container(changed)


def _form_element(top: IndirectObject, widget: IndirectObject, page: IndirectObject) -> DictionaryObject:
    """The element; its widget stands there bare, not in a list, which is where pyHanko looks when a field is signed."""
    reference = _dictionary({pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): page})
    return _dictionary(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): top,
            pdf_name("/Pg"): page,
            pdf_name("/K"): reference,
        }
    )
