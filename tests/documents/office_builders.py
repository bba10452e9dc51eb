"""Small office documents, built by hand."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(members: dict[str, str | bytes]) -> bytes:
    """A ZIP of members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """A part of relations: id, target, mode."""
    rows = "".join(
        f'<Relationship Id="{number}" Type="{RELATION}/x" Target="{target}" {mode}/>' for number, target, mode in targets
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of a DOCX."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str = "", **others: str | bytes) -> bytes:
    """A DOCX; other members by name, with __ for / and _dot_ for the point."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<?xml version="1.0"?><w:document {W} {A}><w:body>{body}</w:body></w:document>',
        "word/styles.xml": "<styles/>",
    }
    return package(members | {name.replace("__", "/").replace("_dot_", "."): content for name, content in others.items()})


TRACKED_DOCX = docx(
    f"<w:p>{run('Hij is ')}"
    f'<w:ins w:id="1" w:author="Griet Auteur">{run("niet ")}</w:ins>{run("lid van de vakbond")}'
    '<w:del w:id="2" w:author="Griet Auteur"><w:r><w:delText>, zei zijn syndicalist</w:delText></w:r></w:del></w:p>'
    f"<w:p>{run('Leesbaar')}{run('onzichtbaar', '<w:vanish/>')}</w:p>"
    f"<w:tbl><w:tr><w:tc><w:p>{run('cel een')}</w:p></w:tc><w:tc><w:p>{run('cel twee')}</w:p></w:tc></w:tr></w:tbl>"
    '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>'
    f"<w:txbxContent><w:p>{run('tekstvak')}</w:p></w:txbxContent></mc:Choice>"
    f"<mc:Fallback><w:txbxContent><w:p>{run('tekstvak')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    '<w:p><w:r><w:drawing><docPr descr="foto van het gezin"/></w:drawing></w:r></w:p>'
    f"<w:moveFrom>{run('verplaatst')}</w:moveFrom><w:p><w:moveTo>{run('verplaatst')}</w:moveTo></w:p>",
    word__header1_dot_xml=f"<w:hdr {W}><w:p>{run('koptekst')}</w:p></w:hdr>",
    word__footer1_dot_xml=f"<w:ftr {W}><w:p>{run('voettekst')}</w:p></w:ftr>",
    word__footnotes_dot_xml=f"<w:footnotes {W}><w:footnote><w:p>{run('voetnoot')}</w:p></w:footnote></w:footnotes>",
    word__endnotes_dot_xml=f"<w:endnotes {W}><w:endnote><w:p>{run('eindnoot')}</w:p></w:endnote></w:endnotes>",
    word__comments_dot_xml=f'<w:comments {W}><w:comment w:author="Jan Lezer"><w:p>{run("opmerking")}</w:p></w:comment>'
    "</w:comments>",
    word___rels__document_dot_xml_dot_rels=relations(("r1", "mailto:jan@voorbeeld.be", 'TargetMode="External"')),
    docProps__core_dot_xml='<p xmlns:dc="d"><dc:creator>Piet Maker</dc:creator></p>',
    word__charts__chart1_dot_xml="<c><v>grafiekwaarde</v></c>",
    word__embeddings__note_dot_txt=b"ingebed",
    word__vbaProject_dot_bin=b"\x00\x01\x02\x03binary",
)


def xlsx() -> bytes:
    """A workbook with a hidden sheet, a comment, dates, a heading and a pivot cache."""
    sheet = f'<worksheet {S}><sheetData><row><c t="s"><v>0</v></c><c s="1"><v>31121</v></c><c><v>31121</v></c></row>'
    return package({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {S} {R}><sheets><sheet name="Budget Peeters" sheetId="1" r:id="r1"/>'
        '<sheet name="Verborgen" state="veryHidden" sheetId="2" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("r1", "worksheets/sheet1.xml", ""), ("r2", "/xl/worksheets/sheet2.xml", "")),
        "xl/sharedStrings.xml": f"<sst {S}><si><r><t>gedeelde </t></r><r><t>tekst</t></r><rPh><t>x</t></rPh></si></sst>",
        "xl/styles.xml": f'<styleSheet {S}><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f"{sheet}</sheetData><headerFooter><oddHeader>&amp;Lkop</oddHeader></headerFooter>"
        "</worksheet>",
        "xl/worksheets/sheet2.xml": f'<worksheet {S}><sheetData><row><c t="inlineStr"><is><t>geheim blad</t></is></c>'
        '<c t="str"><f>A1</f><v>formule</v></c></row></sheetData></worksheet>',
        "xl/comments1.xml": f"<comments {S}><authors><author>Mia</author></authors><commentList><comment><text><t>celnota"
        "</t></text></comment></commentList></comments>",
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<x {S}><sharedItems><s v="draaitabelwaarde"/></sharedItems></x>',
    })  # fmt: skip


def pptx() -> bytes:
    """A presentation with a hidden slide, notes and a comment."""
    slide = "<p:sld {P} {A} {show}><p:cSld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:cSld></p:sld>"
    return package({
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {P}/>",
        "ppt/slides/slide1.xml": slide.format(P=P, A=A, show="", text="eerste dia"),
        "ppt/slides/slide2.xml": slide.format(P=P, A=A, show='show="0"', text="verborgen dia"),
        "ppt/slides/slide10.xml": slide.format(P=P, A=A, show="", text="tiende dia"),
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {P} {A}><a:p><a:t>sprekersnota</a:t></a:p></p:notes>",
        "ppt/comments/comment1.xml": f"<p:cmLst {P}><p:cm><p:text>diaopmerking</p:text></p:cm></p:cmLst>",
    })  # fmt: skip


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="d" xmlns:svg="s" xmlns:dc="dc" xmlns:presentation="pr"'
)


def open_document(kind: str, content: str, manifest: str = "<m/>") -> bytes:
    """An OpenDocument file."""
    return package({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content {NAMES}>{content}</office:document-content>",
        "styles.xml": f"<x {NAMES}><style:header><text:p>koptekst</text:p></style:header></x>",
        "meta.xml": f"<x {NAMES}><dc:creator>Piet Maker</dc:creator></x>",
        "META-INF/manifest.xml": manifest,
    })  # fmt: skip


ODT = open_document(
    "text",
    "<office:body><office:text><text:tracked-changes>"
    '<text:changed-region text:id="c1"><text:deletion><text:p>geschrapt</text:p></text:deletion></text:changed-region>'
    '<text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
    '<text:p>Hij is <text:change-start text:change-id="c2"/>niet<text:change-end text:change-id="c2"/><text:s text:c="2"/>lid'
    "<office:annotation><text:p>opmerking</text:p></office:annotation>"
    "<text:note><text:note-body><text:p>voetnoot</text:p></text:note-body></text:note></text:p>"
    "<draw:frame><svg:desc>foto van het gezin</svg:desc></draw:frame></office:text></office:body>",
)
ODS = open_document(
    "spreadsheet",
    '<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="Peeters"><table:table-row><table:table-cell><text:p>een</text:p></table:table-cell>'
    "<table:table-cell><text:p>twee</text:p><office:annotation><text:p>celnota</text:p></office:annotation></table:table-cell>"
    '</table:table-row></table:table><table:table table:name="V" table:style-name="ta2"><table:table-row><table:table-cell>'
    "<text:p>geheim blad</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>",
)
ODP = open_document(
    "presentation",
    '<office:body><office:presentation><draw:page draw:name="p1"><text:p>eerste dia</text:p>'
    "<presentation:notes><text:p>sprekersnota</text:p></presentation:notes></draw:page></office:presentation></office:body>",
)
