"""A report is genuine, or it is not, or that can't be told; and each answer has its exit code."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discretio.domain.figures import Figures
from discretio.errors import EXIT_FAILED, EXIT_NOT_EXAMINED, ReportError, VerificationError
from discretio.reporting import (
    ReportCounts,
    ReportHeader,
    SigningKey,
    VerificationReport,
    build_figures,
    load_key,
    make_demo_key,
    render,
    sign,
    sign_prepared_field,
    verify_file,
)
from discretio.reporting.publishing import published_json
from discretio.reporting.rendering import render_published
from reporting.tampering import TAMPERED

Verify = Callable[[bytes], VerificationReport]


@pytest.fixture(scope="module")
def header(header: ReportHeader) -> ReportHeader:
    return replace(header, languages=("fr",))


@pytest.fixture(scope="module")
def figures(counts: ReportCounts, header: ReportHeader) -> Figures:
    """A small report: pyHanko reads every object of a file to tell what changed in it."""
    return build_figures(ReportCounts(coverage=counts.coverage, dossiers=counts.dossiers, requests=counts.requests), header)


@pytest.fixture(scope="module")
def rendered(figures: Figures, header: ReportHeader) -> bytes:
    return render(figures, header)


@pytest.fixture(scope="module")
def sealed(rendered: bytes, demo_key: SigningKey, now: datetime) -> bytes:
    return sign(rendered, demo_key, now)


def nothing_frozen(_report_id: str) -> None:
    return None


@pytest.fixture
def verify(demo_key: SigningKey, figures: Figures) -> Verify:
    return lambda pdf: verify_file(pdf, [demo_key.root], {figures.report_id: figures}.get)


def refused(pdf: bytes, verify: Verify) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        verify(pdf)
    return caught.value


def test_a_sealed_report_is_genuine_and_agrees_with_the_ledger(sealed: bytes, verify: Verify, figures: Figures) -> None:
    report = verify(sealed)
    assert report.genuine
    assert report.report_id == figures.report_id
    assert (report.figures_match, report.pages_match, report.demo_key) == (True, True, True)


def test_without_a_ledger_it_is_genuine_and_says_that_figures_were_not_compared(sealed: bytes, demo_key: SigningKey) -> None:
    report = verify_file(sealed, [demo_key.root], nothing_frozen)
    assert report.figures_match is None
    assert "this ledger has no counts of it" in report.reasons


@pytest.mark.parametrize("fields", [("DpoAttestation",), ("AuthorityReceipt",), ("DpoAttestation", "AuthorityReceipt")])
def test_signing_the_prepared_fields_keeps_it_genuine(
    sealed: bytes, demo_key: SigningKey, verify: Verify, now: datetime, fields: tuple[str, ...]
) -> None:
    pdf = sealed
    for field in fields:
        pdf = sign_prepared_field(pdf, field, demo_key, now)
    assert [seal.field for seal in verify(pdf).signatures] == ["Seal", *fields]


def test_more_than_twenty_ways_to_tamper_are_tried_and_no_two_are_the_same(sealed: bytes) -> None:
    assert len({tamper(sealed) for tamper in TAMPERED}) == len(TAMPERED) > 20


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_a_tampered_report_is_not_genuine(sealed: bytes, verify: Verify, tamper: Callable[[bytes], bytes]) -> None:
    changed = tamper(sealed)
    assert changed != sealed
    error = refused(changed, verify)
    assert error.exit_code == EXIT_FAILED
    assert error.what.startswith("not genuine")


def test_a_field_signed_and_then_broken_is_not_genuine(
    sealed: bytes, demo_key: SigningKey, verify: Verify, now: datetime
) -> None:
    attested = sign_prepared_field(sealed, "DpoAttestation", demo_key, now)
    place = attested.rindex(b"/Contents <") + 400
    broken = attested[:place] + (b"0" if attested[place : place + 1] != b"0" else b"1") + attested[place + 1 :]
    assert refused(broken, verify).exit_code == EXIT_FAILED


def test_other_figures_than_the_ledger_froze_are_not_genuine(sealed: bytes, demo_key: SigningKey, figures: Figures) -> None:
    table = figures.sections[0].tables[0]
    other = replace(table, cells=((2484,), *table.cells[1:]))
    ledger = replace(figures, sections=(replace(figures.sections[0], tables=(other,)), *figures.sections[1:]))
    with pytest.raises(VerificationError, match="not the ledger's") as caught:
        verify_file(sealed, [demo_key.root], lambda _: ledger)
    assert caught.value.exit_code == EXIT_FAILED


def test_pages_that_show_other_figures_than_are_attached_are_not_genuine(
    figures: Figures, header: ReportHeader, demo_key: SigningKey, now: datetime, verify: Verify
) -> None:
    """The holder of the key himself changes a page and seals that: the attachment still tells."""
    with pikepdf.open(io.BytesIO(render(figures, header))) as document:
        page = document.pages[2]
        page.contents_add(b"q 1 1 1 rg 60 500 400 200 re f Q", prepend=False)
        output = io.BytesIO()
        document.save(output, static_id=True)
    assert "don't show" in refused(sign(output.getvalue(), demo_key, now), verify).what


def test_a_seal_of_an_unknown_root_cannot_be_verified(sealed: bytes, tmp_path: Path, now: datetime) -> None:
    stranger = make_demo_key(tmp_path / "other.p12", now)
    for roots in ([], [stranger.root]):
        with pytest.raises(VerificationError, match="root of its seal") as caught:
            verify_file(sealed, roots, nothing_frozen)
        assert caught.value.exit_code == EXIT_NOT_EXAMINED


def test_an_attestation_by_an_unknown_root_is_told_apart(sealed: bytes, tmp_path: Path, now: datetime, verify: Verify) -> None:
    stranger = make_demo_key(tmp_path / "other.p12", now)
    report = verify(sign_prepared_field(sealed, "AuthorityReceipt", stranger, now))
    assert [seal.trusted for seal in report.signatures] == [True, False]
    assert "field AuthorityReceipt was signed by Discretio DEMO seal (root unknown)" in report.reasons


def other_pdf(_sealed: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    "make", [lambda _: b"", lambda _: b"a letter", lambda _: b"%PDF-1.7\nbroken", lambda pdf: pdf[1:], other_pdf],
    ids=["empty", "text", "broken", "headless", "another"],
)  # fmt: skip
def test_another_file_is_no_report_and_cannot_be_verified(
    sealed: bytes, verify: Verify, make: Callable[[bytes], bytes]
) -> None:
    error = refused(make(sealed), verify)
    assert error.exit_code == EXIT_NOT_EXAMINED
    assert error.remedy


def test_figures_of_a_newer_form_cannot_be_verified(
    figures: Figures, header: ReportHeader, demo_key: SigningKey, now: datetime, verify: Verify
) -> None:
    newer = published_json(figures, header).replace("urn:discretio:figures:1", "urn:discretio:figures:2")
    error = refused(sign(render_published(newer), demo_key, now), verify)
    assert error.exit_code == EXIT_NOT_EXAMINED


def test_pages_of_another_version_are_not_compared(
    figures: Figures, header: ReportHeader, demo_key: SigningKey, now: datetime, verify: Verify
) -> None:
    older = re.sub(r'"typst": "[^"]+"', '"typst": "0.0.1"', published_json(figures, header))
    report = verify(sign(render_published(older), demo_key, now))
    assert report.pages_match is None
    assert report.figures_match is True


def test_an_expired_key_seals_nothing(rendered: bytes, demo_key: SigningKey, now: datetime) -> None:
    with pytest.raises(ReportError, match="expired"):
        sign(rendered, demo_key, now + timedelta(days=20 * 365))


def test_only_prepared_fields_can_be_signed(sealed: bytes, demo_key: SigningKey, now: datetime) -> None:
    with pytest.raises(ReportError, match="no such signature field"):
        sign_prepared_field(sealed, "Minister", demo_key, now)


def test_a_key_is_never_overwritten_and_only_its_owner_reads_it(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "seal.p12"
    made = make_demo_key(path, now)
    with pytest.raises(ReportError, match="already there"):
        make_demo_key(path, now)
    assert path.stat().st_mode & 0o077 == 0
    assert path.with_suffix(".root.pem").read_bytes() == made.root


def test_a_wrong_password_or_a_missing_key_is_an_error_for_the_user(tmp_path: Path, now: datetime) -> None:
    make_demo_key(tmp_path / "seal.p12", now)
    for path, password in ((tmp_path / "seal.p12", b"wrong"), (tmp_path / "none.p12", None)):
        with pytest.raises(ReportError, match="can't be read"):
            load_key(path, password)


@given(position=st.floats(0, 1, exclude_max=True))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_digit_of_the_signature_itself_can_be_changed(sealed: bytes, verify: Verify, position: float) -> None:
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    place = start + int(position * (sealed.index(b">", start) - start))
    digit = b"%x" % (int(sealed[place : place + 1], 16) ^ 1)
    assert refused(sealed[:place] + digit + sealed[place + 1 :], verify).exit_code == EXIT_FAILED


@given(position=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_single_bit_can_be_turned(sealed: bytes, verify: Verify, position: float, bit: int) -> None:
    place = int(position * len(sealed))
    turned = sealed[:place] + bytes([sealed[place] ^ 1 << bit]) + sealed[place + 1 :]
    assert refused(turned, verify).exit_code in (EXIT_FAILED, EXIT_NOT_EXAMINED)
