"""Rules of ISO 19005-3 (PDF/A-3, level A) and ISO 14289-1 (PDF/UA-1) that a file alone can break, each with its clause.

No validator of others stands beside them: they are the rules that a report touches (no sound, no layers, no images), read from
the standards' clauses and the Matterhorn protocol. A rule yields what breaks it; nothing means that it holds.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_ALLOWED_ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
_FORBIDDEN_FILTERS = {"/LZWDecode", "/Crypt"}
_STANDARD_TYPES = set(
    re.findall(
        r"\w+",
        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
        "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu Figure Formula Form",
    )
)
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
    "THead": {"Table"}, "TBody": {"Table"}, "TFoot": {"Table"},
}  # fmt: skip
_PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI"}
Rule = Callable[[pikepdf.Pdf], Iterator[str]]


def broken(pdf: bytes) -> list[str]:
    """Every rule that the file breaks, with its clause."""
    found = [] if re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", pdf) else ["A 6.1.2: header"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for clause, rule in RULES.items():
            found += [f"{clause}: {what}" for what in rule(document)]
    return found


def _trailer(document: pikepdf.Pdf) -> Iterator[str]:
    if "/ID" not in document.trailer or "/Encrypt" in document.trailer:
        yield "no ID, or encrypted"


def _streams(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if isinstance(item, Stream):
            filters = item.get("/Filter", Array())
            names = {str(one) for one in (filters if isinstance(filters, Array) else [filters])}
            if "/F" in item or names & _FORBIDDEN_FILTERS:
                yield f"a stream lies outside or is packed in a forbidden way {names}"


def _output_intent(document: pikepdf.Pdf) -> Iterator[str]:
    intents = [one for one in document.Root.get("/OutputIntents", Array()) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "no single output intent with an ICC profile"


def _transparency(document: pikepdf.Pdf) -> Iterator[str]:
    for item in _dictionaries(document, "/ExtGState"):
        if "/TR" in item or "/HTP" in item or float(item.get("/ca", 1)) < 1 or float(item.get("/CA", 1)) < 1:
            yield "a graphics state with a transfer function or transparency"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    fonts = [item for item in _dictionaries(document, "/Font") if "/Subtype" in item]
    if not fonts:
        yield "no font"
    for font in fonts:
        if font.Subtype == "/Type0" and "/ToUnicode" not in font:
            yield f"{font.BaseFont} has no ToUnicode"
        if font.Subtype in {"/CIDFontType0", "/CIDFontType2"}:
            if not {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()):
                yield f"{font.BaseFont} is not embedded"
            if font.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in font:
                yield f"{font.BaseFont} has no CIDToGIDMap"


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            flags = int(annotation.get("/F", 0))
            if flags & 0b100100011 or not flags & 0b100:
                yield f"{annotation.Subtype} is hidden, or not printed"
            if "/AA" in annotation or (annotation.Subtype == "/Widget" and "/A" in annotation):
                yield f"{annotation.Subtype} does something by itself"
            if set(annotation.get("/AP", Dictionary()).keys()) - {"/N"}:
                yield f"{annotation.Subtype} looks otherwise when touched"
            if (
                annotation.Subtype == "/Widget"
                and "/AP" not in annotation
                and any(annotation.Rect[n] != annotation.Rect[n - 2] for n in (2, 3))
            ):
                yield "a field has no appearance"


def _actions(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if {"/AA", "/Requirements", "/OCProperties", "/AlternatePresentations"} & set(root.keys()) or "/JavaScript" in root.Names:
        yield "the document acts by itself, or has layers"
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/Action" and str(item.S) not in _ALLOWED_ACTIONS:
            yield f"an action {item.S}"
    form = root.get("/AcroForm", Dictionary())
    if "/XFA" in form or form.get("/NeedAppearances", False):
        yield "a form that draws itself"


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    with document.open_metadata() as metadata:
        marks = {name: metadata.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
        if marks != {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}:
            yield f"marks {marks}"
        for key, name in (("/Title", "dc:title"), ("/Keywords", "pdf:Keywords"), ("/Creator", "xmp:CreatorTool")):
            if str(document.docinfo.get(key, "")) != (metadata.get(name) or ""):
                yield f"{key} is not {name}"
    described = document.Root.Metadata.read_bytes()
    for prefix in (b"pdf", b"pdfuaid", b"xmpMM"):
        if b"<pdfaSchema:prefix>" + prefix + b"</pdfaSchema:prefix>" not in described:
            yield f"no description of the properties of {prefix.decode()}"


def _embedded(document: pikepdf.Pdf) -> Iterator[str]:
    associated = {item.objgen for item in document.Root.get("/AF", Array())}
    for name, file in document.attachments.items():
        specification = file.obj
        if not {"/F", "/UF", "/AFRelationship", "/EF", "/Desc"} <= set(specification.keys()):
            yield f"{name} is described too little"
        if specification.objgen not in associated or "/Subtype" not in specification.EF.F:
            yield f"{name} is not associated, or of no type"


def _title_and_language(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False) or root.MarkInfo.get("/Suspects", False):
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")) or not root.ViewerPreferences.get("/DisplayDocTitle", False):
        yield "no language, or no title in the window"
    if any(page.get("/Tabs") != "/S" for page in document.pages if "/Annots" in page):
        yield "a page whose fields are not in the order of its structure"


def _tree(document: pikepdf.Pdf) -> Iterator[str]:
    roles = {str(role)[1:]: str(kind)[1:] for role, kind in document.Root.StructTreeRoot.get("/RoleMap", Dictionary()).items()}
    for element, parents in elements(document):
        kind = kind_of(element, roles)
        if kind not in _STANDARD_TYPES:
            yield f"an element {kind}"
        if kind in _PARENTS and kind_of(parents[-1], roles) not in _PARENTS[kind]:
            yield f"{kind} in {kind_of(parents[-1], roles)}"
        if kind in {"Figure", "Formula"} and not str(element.get("/Alt", "")):
            yield f"{kind} without an alternative text"
        if kind == "TH" and not _attribute(element, "/Scope") and "/ID" not in element:
            yield "a header cell of no row and no column"


def _headings(document: pikepdf.Pdf) -> Iterator[str]:
    levels = [int(str(element.S)[2:]) for element, _ in elements(document) if re.fullmatch(r"/H[1-6]", str(element.S))]
    if not levels or levels[0] != 1:
        yield f"the first heading is no H1 {levels[:3]}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of headings is left out"


def _notes(document: pikepdf.Pdf) -> Iterator[str]:
    ids = [str(element.get("/ID", "")) for element, _ in elements(document) if element.S == "/Note"]
    if "" in ids or len(set(ids)) != len(ids):
        yield "notes without ids of their own"


def _everything_tagged(document: pikepdf.Pdf) -> Iterator[str]:
    """Each mark on a page is in the tree, or said to be an artefact."""
    for number, page in enumerate(document.pages, start=1):
        depth: list[bool] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) in {"BDC", "BMC"}:
                properties = operands[1] if len(operands) > 1 else Dictionary()
                depth.append(operands[0] == "/Artifact" or (isinstance(properties, Dictionary) and "/MCID" in properties))
            elif str(operator) == "EMC":
                depth.pop()
            elif str(operator) in _PAINTING and not any(depth):
                yield f"page {number} paints outside the tags ({operator})"
                break


def _tagged_fields(document: pikepdf.Pdf) -> Iterator[str]:
    forms = {element.K.Obj.objgen for element, _ in elements(document) if element.S == "/Form"}
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            if annotation.Subtype == "/Widget" and (annotation.objgen not in forms or not str(annotation.get("/TU", ""))):
                yield "a field that is not tagged, or has no name to be read out"
            if annotation.Subtype == "/Link" and not ("/StructParent" in annotation and str(annotation.get("/Contents", ""))):
                yield "a link that is not tagged, or has no text"


def elements(document: pikepdf.Pdf) -> Iterator[tuple[Dictionary, tuple[Object, ...]]]:
    """Every element of the tag tree in reading order, with those that it lies in."""

    def walk(item: Object, parents: tuple[Object, ...]) -> Iterator[tuple[Dictionary, tuple[Object, ...]]]:
        if isinstance(item, Array):
            for one in item:
                yield from walk(one, parents)
        elif isinstance(item, Dictionary) and "/S" in item:
            yield item, parents
            yield from walk(item.get("/K", Array()), (*parents, item))

    yield from walk(document.Root.StructTreeRoot.K, (Dictionary(S=Name.Root),))


def kind_of(element: Object, roles: dict[str, str]) -> str:
    """The type of an element, as the role map reads it."""
    kind = str(element.S)[1:]
    return roles.get(kind, kind)


def _attribute(element: Dictionary, name: str) -> bool:
    given = element.get("/A", Array())
    return any(name in one for one in (given if isinstance(given, Array) else [given]) if isinstance(one, Dictionary))


def _dictionaries(document: pikepdf.Pdf, kind: str) -> Iterator[Dictionary]:
    yield from (item for item in document.objects if isinstance(item, Dictionary) and item.get("/Type") == kind)


RULES: dict[str, Rule] = {
    "A 6.1.3": _trailer, "A 6.1.7": _streams, "A 6.2.3": _output_intent, "A 6.2.10": _transparency, "A 6.2.11": _fonts,
    "A 6.3": _annotations, "A 6.5": _actions, "A 6.6": _metadata, "A 6.8": _embedded, "UA 7.1, 7.2": _title_and_language,
    "UA 7.1, 7.3, 7.5": _tree, "UA 7.4": _headings, "UA 7.9": _notes, "UA 7.1": _everything_tagged, "UA 7.18": _tagged_fields,
}  # fmt: skip
