"""A seal for the long term carries what its authority said of its certificate, and outlives that certificate."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from discretio.errors import ReportError, VerificationError
from discretio.reporting import ReportCounts, ReportHeader, build_figures, load_key, render, sign
from discretio.reporting.stamping import Stamping, TimeAuthority
from discretio.reporting.verifying import VerificationReport, verify_file
from reporting.certificate_authority import CertificateAuthority, certificate_authority
from reporting.time_authority import TimeServer, time_server
from required import absent

SAYS = {"crl": "/CRLs", "ocsp": "/OCSPs"}
LASTS = 7  # seconds that a certificate is valid: a loaded machine seals in less
UNKNOWN = "NOT CHECKED: whether its certificate was revoked"


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeServer]:
    if not shutil.which("openssl"):
        absent("openssl isn't installed")
    with time_server(tmp_path_factory.mktemp("time")) as serving:
        yield serving


@pytest.fixture
def authority(clock: TimeServer) -> Iterator[CertificateAuthority]:
    """Its time begins after the clock's certificate does."""
    with certificate_authority(datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)) as serving:
        yield serving


@pytest.fixture(scope="module")
def rendered(counts: ReportCounts, header: ReportHeader) -> bytes:
    french = replace(header, languages=("fr",))
    return render(build_figures(ReportCounts(coverage=counts.coverage), french), french)


def sealed(
    rendered: bytes, authority: CertificateAuthority, clock: TimeServer, file: Path, says: str, *, long_term: bool = True
) -> bytes:
    """A report sealed with a certificate that ends some seconds later."""
    file.write_bytes(authority.key(says, authority.at + timedelta(seconds=LASTS)))
    stamping = Stamping(TimeAuthority(clock.url), [authority.root, clock.root], long_term)
    return sign(rendered, load_key(file), authority.at, stamping)


def wait(authority: CertificateAuthority, seconds: float) -> None:
    """Until so many seconds after the authority's time have passed on this machine's clock, by which is stamped."""
    time.sleep(max(0.0, (authority.at + timedelta(seconds=seconds) - datetime.now(UTC)).total_seconds()))


def verified(pdf: bytes, authority: CertificateAuthority, clock: TimeServer) -> VerificationReport:
    return verify_file(pdf, [authority.root, clock.root], lambda _: None)


@pytest.mark.parametrize("says", SAYS)
def test_the_answer_about_the_certificate_travels_with_the_report_and_outlives_it(
    says: str, rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    pdf = sealed(rendered, authority, clock, tmp_path / "seal.p12", says)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.Root.DSS[SAYS[says]]) == 1
    asked = len(authority.asked)
    authority.revoked_on = authority.at + timedelta(seconds=1)
    wait(authority, LASTS + 1)
    report = verified(pdf, authority, clock)
    assert any(reason.startswith("its certificate was not revoked when it was sealed") for reason in report.reasons)
    assert report.signatures[0].trusted
    assert report.reasons[-1].startswith("the whole file was stamped by Test time authority on ")
    assert len(authority.asked) == asked  # who verifies asks nobody


@pytest.mark.parametrize("says", SAYS)
def test_a_revoked_certificate_seals_nothing(
    says: str, rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    authority.revoked_on = authority.at - timedelta(hours=1)
    with pytest.raises(ReportError, match="was revoked") as caught:
        sealed(rendered, authority, clock, tmp_path / "seal.p12", says)
    assert "DISCRETIO_SIGNING_KEY_FILE" in caught.value.remedy


@pytest.mark.parametrize("says", SAYS)
def test_without_an_answer_about_the_certificate_nothing_is_sealed_for_the_long_term(
    says: str, rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    authority.silent = True
    with pytest.raises(ReportError, match="that verifies"):
        sealed(rendered, authority, clock, tmp_path / "seal.p12", says)


def test_a_seal_dated_back_before_the_revocation_is_refused_by_what_the_file_itself_carries(
    rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    authority.revoked_on = authority.at + timedelta(seconds=1)
    wait(authority, 2)  # stamped after the revocation, and claimed to be of before
    pdf = sealed(rendered, authority, clock, tmp_path / "seal.p12", "crl")
    asked = len(authority.asked)
    with pytest.raises(VerificationError, match="the certificate was revoked when it was signed") as caught:
        verified(pdf, authority, clock)
    assert caught.value.exit_code == 1
    assert len(authority.asked) == asked


@pytest.mark.parametrize("says", SAYS)
def test_with_a_stamp_alone_a_revoked_certificate_seals_nothing_either(
    says: str, rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    authority.revoked_on = authority.at - timedelta(hours=1)
    with pytest.raises(ReportError, match="was revoked"):
        sealed(rendered, authority, clock, tmp_path / "seal.p12", says, long_term=False)


@pytest.mark.parametrize("silent", [True, False])
def test_with_a_stamp_alone_the_verifier_says_that_revocation_is_not_checked(
    silent: bool, rendered: bytes, authority: CertificateAuthority, clock: TimeServer, tmp_path: Path
) -> None:
    authority.silent = silent
    pdf = sealed(rendered, authority, clock, tmp_path / "seal.p12", "crl", long_term=False)
    assert authority.asked
    assert any(reason.startswith(UNKNOWN) for reason in verified(pdf, authority, clock).reasons)
