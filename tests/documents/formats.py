"""One small document of every format."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
from email.message import EmailMessage

from PIL import Image

from documents.compound_builder import Storage, compound_file, text
from documents.office_builders import ODP, ODS, ODT, TRACKED_DOCX, package, pptx, xlsx
from documents.pdf_builders import changed, filled_form, pdf, scanned

CANARY = "Kanariepietje"


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = f"{CANARY} <a@b.be>", CANARY
    message.set_content(f"{CANARY} é\n")
    message.add_alternative(f"<p title='{CANARY}'>{CANARY}</p>", subtype="html")
    message.add_attachment(TRACKED_DOCX, maintype="application", subtype="octet-stream", filename=f"{CANARY}.docx")
    return bytes(message)


def _tar() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        info = tarfile.TarInfo(f"{CANARY}.txt")
        info.size = 2_000
        archive.addfile(info, io.BytesIO(CANARY.encode().ljust(2_000)))
    return whole.getvalue()


def _photo(kind: str) -> bytes:
    whole = io.BytesIO()
    image = Image.effect_noise((40, 40), 50)
    exif = image.getexif()
    exif[0x013B] = CANARY
    image.save(whole, kind, exif=exif)
    return whole.getvalue()


def _message() -> bytes:
    return compound_file(
        Storage(
            {
                "__properties_version1.0": b"\0" * 64,
                "__substg1.0_1000001F": text(CANARY),
                "__attach_version1.0_#00000000": Storage(
                    {"__substg1.0_37010102": CANARY.encode(), "__substg1.0_3707001F": text(CANARY)}
                ),
            }
        )
    )


def every_format() -> dict[str, bytes]:
    """A document of each format by its suffix."""
    page = pdf(f'#set document(title: "{CANARY}")\n= {CANARY}\n{CANARY} in een zin')
    return {
        "docx": TRACKED_DOCX,
        "xlsx": xlsx(),
        "pptx": pptx(),
        "odt": ODT,
        "ods": ODS,
        "odp": ODP,
        "pdf": page,
        "attached.pdf": changed(page, attachments={f"{CANARY}.txt": CANARY.encode()}),
        "form.pdf": filled_form(),
        "scan.pdf": scanned(),
        "locked.pdf": changed(page, password=CANARY),
        "eml": _mail(),
        "mbox": b"From a@b\n" + _mail() + b"\nFrom a@b\n" + _mail(),
        "msg": _message(),
        "zip": package({f"{CANARY}/{CANARY}.txt": CANARY, "b.zip": package({"c.html": f"<html>{CANARY}"})}),
        "tar": _tar(),
        "tar.gz": gzip.compress(_tar()),
        "tar.bz2": bz2.compress(_tar()),
        "rtf": rb"{\rtf1\ansi{\info{\author Kanariepietje}}Kanariepietje \u8364? {\deleted Kanariepietje}\par}",
        "html": f"<html><body title='{CANARY}'>{CANARY}<!--{CANARY}--></body></html>".encode(),
        "xml": f"<?xml version='1.0'?><a b='{CANARY}'>{CANARY}</a>".encode(),
        "json": f'{{"{CANARY}": ["{CANARY}"]}}'.encode(),
        "txt": f"{CANARY} één".encode("cp1252"),
        "jpg": _photo("JPEG"),
        "png": _photo("PNG"),
    }
