"""`discretio verify`: is this file a report as it was sealed, and does it say what the ledger froze?

Four questions, in this order: is it a report at all (else it can't be verified), is it as it was sealed, do its pages and its
attached figures agree with each other and with the ledger (else it is not genuine), and is the one who sealed it known (else
it can't be verified).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from discretio.domain.figures import FrozenFigures
from discretio.errors import ReportError, VerificationError
from discretio.reporting.attached import Attached, read_attached
from discretio.reporting.keys import is_demo
from discretio.reporting.publishing import SCHEMA, generator, published_facts
from discretio.reporting.rendering import render_published
from discretio.reporting.seals import ArchiveStamp, Seal, read_archive_stamps, read_seals
from discretio.reporting.trust import Revocation

_ASK = "ask the sender for the file as it was issued"
_REVOCATION = {
    Revocation.NOT_REVOKED: "its certificate was not revoked when it was sealed: the report carries its authority's word",
    Revocation.UNKNOWN: "NOT CHECKED: whether its certificate was revoked; the report carries no word of its authority (only "
    "B-LTA does, if the certificate says whom to ask): ask who issued it",
}


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What was found out about a genuine report; one that is not genuine raises instead.

    Attributes:
        report_id: its number.
        signer: the name in the certificate of the seal.
        signed_at: when it was sealed, as the signer claims.
        demo_key: the seal is a demonstration, without evidential value.
        figures_match: the cells are those that the ledger's frozen counts give; None if the ledger doesn't know the report.
        pages_match: the pages were drawn again from the attached figures and are the same; None if this program can't tell,
            being another version than the one that drew them.
        signatures: every signature of the file, the seal first.
        reasons: what was checked, a sentence each.
    """

    report_id: str
    signer: str
    signed_at: datetime | None
    demo_key: bool
    figures_match: bool | None
    pages_match: bool | None
    signatures: tuple[Seal, ...]
    reasons: tuple[str, ...]
    genuine: bool = True


def verify_file(
    pdf: bytes, trusted_roots: Sequence[bytes], frozen: Callable[[str], FrozenFigures | None]
) -> VerificationReport:
    """Verify a report.

    Args:
        pdf: the file, from anywhere.
        trusted_roots: root certificates of those whose seals are accepted, in PEM or DER.
        frozen: the counts that the ledger froze under a report's number; None where it has none.

    Returns:
        What was checked, for a genuine report.

    Raises:
        VerificationError: it is not genuine (exit code 1), or can't be verified (exit code 3).
    """
    seals, stamps, attached = _opened(pdf, trusted_roots)
    _check_seals(seals)
    _check_ends(seals, stamps, len(pdf))
    _check_attached(attached)
    report_id = str(attached.document["report"]["id"])
    pages = _pages_match(pdf, attached)
    figures = _figures_match(attached, frozen(report_id))
    for agrees, what in ((pages, "its pages don't show its attached figures"), (figures, "its figures are not the ledger's")):
        if agrees is False:
            raise _forged(what)
    if not seals[0].trusted:
        raise VerificationError(
            "the report is unaltered, but the root of its seal is not known here",
            where=seals[0].signer,
            remedy="get the root certificate of the sender by another way, and name it as trusted",
            verifiable=False,
        )
    return VerificationReport(
        report_id=report_id,
        signer=seals[0].signer,
        signed_at=seals[0].signed_at,
        demo_key=is_demo(seals[0].signer),
        figures_match=figures,
        pages_match=pages,
        signatures=seals,
        reasons=(*_reasons(seals, pages, figures), *_moments(seals, stamps)),
    )


def _opened(pdf: bytes, trusted_roots: Sequence[bytes]) -> tuple[tuple[Seal, ...], tuple[ArchiveStamp, ...], Attached]:
    """The signatures, the time stamps over the whole file, and what the sealed revision carries."""
    if not pdf.startswith(b"%PDF-"):
        raise _no_report()
    try:
        seals, stamps = read_seals(pdf, trusted_roots), read_archive_stamps(pdf, trusted_roots)
        attached = read_attached(pdf[: seals[0].end] if seals else pdf)
    except Exception:  # noqa: BLE001 - a damaged file fails anywhere in the reader; whatever it is, the file is not as it was
        if b"/ByteRange" in pdf or b"<rdf:li>Discretio<" in pdf:  # our name as author stands in plain sight
            raise _forged("it is damaged and can't be read") from None
        raise _no_report() from None
    if attached is None:
        raise _no_report()
    if attached.document.get("schema") != SCHEMA:
        raise VerificationError(
            "its figures are in a form that this version doesn't know",
            remedy="verify it with a newer version",
            verifiable=False,
        )
    return seals, stamps, attached


def _check_seals(seals: tuple[Seal, ...]) -> None:
    if not seals:
        raise _forged("it carries no seal")
    if not seals[0].certifies:
        raise _forged("its first signature is not the seal of a report")
    for seal in seals:
        if not seal.intact:
            raise _forged(f"it was changed after it was signed (field {seal.field})")
        if seal.revocation is Revocation.REVOKED:
            raise _forged(f"the certificate was revoked when it was signed (field {seal.field}), as the file itself tells")


def _check_ends(seals: tuple[Seal, ...], stamps: tuple[ArchiveStamp, ...], length: int) -> None:
    if not all(stamp.intact for stamp in stamps):
        raise _forged("it was changed after it was stamped as a whole")
    if max([seal.end for seal in seals] + [stamp.end for stamp in stamps]) != length:
        raise _forged("something was added after its last signature")


def _check_attached(attached: Attached) -> None:
    if not attached.agrees:
        raise _forged("the fingerprint that it names is not that of its attached figures")


def _pages_match(pdf: bytes, attached: Attached) -> bool | None:
    """Draw the pages again: signing only appends, so that the drawn file is the beginning of the signed one."""
    if attached.document.get("generator") != generator():
        return None
    try:
        return pdf.startswith(render_published(attached.text))
    except ReportError:
        return False


def _figures_match(attached: Attached, figures: FrozenFigures | None) -> bool | None:
    """Suppress the frozen counts again, and compare every cell and every fact of the cover."""
    if figures is None:
        return None
    expected = published_facts(figures)
    facts = dict(attached.document) | {"report": dict(attached.document["report"]) | {"demo": None}}
    return all(facts.get(name) == value for name, value in expected.items())


def _reasons(seals: tuple[Seal, ...], pages: bool | None, figures: bool | None) -> tuple[str, ...]:  # noqa: FBT001 - answers
    said = {
        True: {
            "pages": "its pages and other attachments, made again from its attached figures, are the same",
            "figures": "its cells follow from the counts frozen in the ledger",
        },
        None: {
            "pages": "its pages and other attachments could not be made again: another version made them",
            "figures": "this ledger has no counts of it",
        },
    }
    others = [
        f"field {seal.field} was signed by {seal.signer}" + ("" if seal.trusted else " (root unknown)") for seal in seals[1:]
    ]
    return (
        "the seal is intact and nothing but prepared fields was added since",
        "it carries its figures as JSON, whose fingerprint it names, and as CSV, JSON-LD and OSCAL",
        said[pages]["pages"],
        said[figures]["figures"],
        *others,
    )


def _moments(seals: tuple[Seal, ...], stamps: tuple[ArchiveStamp, ...]) -> tuple[str, ...]:
    """Who proves the time of sealing, who stamped the whole file, and what is known of a revocation."""
    stamped_by = seals[0].stamped_by
    proved = f"the time of sealing is proved by {stamped_by}" if stamped_by else "the time of sealing is the signer's own claim"
    whole = (
        f"the whole file was stamped by {one.stamped_by} on {one.at:%Y-%m-%d}" + ("" if one.trusted else " (root unknown)")
        for one in stamps
    )
    return proved, _REVOCATION[seals[0].revocation], *whole


def _forged(what: str) -> VerificationError:
    return VerificationError(f"not genuine: {what}", remedy=_ASK)


def _no_report() -> VerificationError:
    return VerificationError("this is not a report of Discretio", remedy="name the PDF file that was issued", verifiable=False)
