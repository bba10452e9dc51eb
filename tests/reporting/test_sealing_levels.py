"""A seal is dated by an authority of time where one is named, never at a lower level than asked; keys may stay on a token."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pkcs11.util.x509 import decode_x509_certificate

from discretio.domain.figures import Figures
from discretio.errors import ReportError, VerificationError
from discretio.reporting import ReportCounts, ReportHeader, build_figures, make_demo_key, render, sign
from discretio.reporting.signing import sign_prepared_field
from discretio.reporting.verifying import VerificationReport, verify_file
from discretio.settings import Settings
from discretio.steps.sealing import sealing_key, stamping
from reporting.time_authority import TimeServer, time_server
from required import absent

# The authority stamps by this machine's clock; its certificate begins when a test makes it, however late in a run that is.
NOW = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=12)
DRIVER = Path("/usr/lib/softhsm/libsofthsm2.so")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeServer]:
    if not shutil.which("openssl"):
        absent("openssl isn't installed")
    with time_server(tmp_path_factory.mktemp("time")) as serving:
        yield serving


@pytest.fixture(scope="module")
def figures(counts: ReportCounts, header: ReportHeader) -> Figures:
    return build_figures(ReportCounts(coverage=counts.coverage), replace(header, languages=("fr",)))


@pytest.fixture(scope="module")
def rendered(figures: Figures, header: ReportHeader) -> bytes:
    return render(figures, replace(header, languages=("fr",)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server: TimeServer) -> Path:
    folder = tmp_path_factory.mktemp("home")
    make_demo_key(folder / "signing.p12", NOW)
    (folder / "trusted").mkdir()
    (folder / "trusted" / "time.pem").write_bytes(server.root)
    return folder


def settings_in(home: Path, **more: str) -> Settings:
    return Settings.from_environment(
        {"DISCRETIO_HOME": str(home), **{f"DISCRETIO_{name}": value for name, value in more.items()}}
    )


def sealed_at(level: str | None, rendered: bytes, home: Path, url: str) -> bytes:
    settings = settings_in(home, TIMESTAMP_URL=url, **({"SIGNING_LEVEL": level} if level else {}))
    key = sealing_key(settings)
    return sign(rendered, key, NOW, stamping(settings, key))


def verified(pdf: bytes, home: Path, *more: bytes) -> VerificationReport:
    return verify_file(pdf, [(home / "signing.root.pem").read_bytes(), *more], lambda _: None)


@pytest.fixture(scope="module")
def b_lta(rendered: bytes, home: Path, server: TimeServer) -> bytes:
    return sealed_at("B-LTA", rendered, home, server.url)


def test_an_authority_of_time_dates_the_seal(rendered: bytes, home: Path, server: TimeServer) -> None:
    report = verified(sealed_at(None, rendered, home, server.url), home, server.root)
    assert "the time of sealing is proved by Test time authority" in report.reasons


def test_where_nothing_tells_of_revocations_the_verifier_says_that_they_are_not_checked(rendered: bytes, home: Path) -> None:
    report = verified(sign(rendered, sealing_key(settings_in(home)), NOW), home)
    assert any(reason.startswith("NOT CHECKED: whether its certificate was revoked") for reason in report.reasons)


def test_a_stamp_of_an_unknown_authority_proves_nothing(rendered: bytes, home: Path, server: TimeServer) -> None:
    report = verified(sealed_at("B-T", rendered, home, server.url), home)
    assert "the time of sealing is the signer's own claim" in report.reasons


def test_a_seal_for_the_long_term_carries_its_proof_and_stamps_the_whole_file(
    b_lta: bytes, home: Path, server: TimeServer
) -> None:
    report = verified(b_lta, home, server.root)
    assert b"/DSS" in b_lta
    assert report.reasons[-1].startswith("the whole file was stamped by Test time authority on ")
    assert report.pages_match is True


def test_the_officer_may_still_attest_a_seal_for_the_long_term(b_lta: bytes, home: Path, server: TimeServer) -> None:
    key = sealing_key(settings_in(home))
    attested = sign_prepared_field(b_lta, "DpoAttestation", key, NOW)
    assert [seal.field for seal in verified(attested, home, server.root).signatures] == ["Seal", "DpoAttestation"]


def in_the_certificates(pdf: bytes) -> int:
    return pdf.rindex(b"endstream") - 60


def in_the_stamp(pdf: bytes) -> int:
    """In what the authority of time says: the hash that it stamped, the moment."""
    return pdf.rindex(b"/Contents <") + 300


def in_the_table_of_objects(pdf: bytes) -> int:
    return pdf.rindex(b"startxref") - 300


@pytest.mark.parametrize(
    "place_in", [in_the_certificates, in_the_stamp, in_the_table_of_objects], ids=lambda place: place.__name__
)
def test_nothing_can_be_changed_in_what_was_added_for_the_long_term(
    b_lta: bytes, home: Path, server: TimeServer, place_in: Callable[[bytes], int]
) -> None:
    place = place_in(b_lta)
    with pytest.raises(VerificationError):
        verified(b_lta[:place] + bytes([b_lta[place] ^ 1]) + b_lta[place + 1 :], home, server.root)


def test_what_was_added_for_the_long_term_cannot_be_cut_short(b_lta: bytes, home: Path, server: TimeServer) -> None:
    with pytest.raises(VerificationError):
        verified(b_lta[:-200], home, server.root)


def test_without_an_answer_nothing_is_sealed(rendered: bytes, home: Path, server: TimeServer) -> None:
    server.refusing = True
    try:
        for url in (server.url, "http://127.0.0.1:9/"):
            with pytest.raises(ReportError, match="no time stamp"):
                sealed_at("B-T", rendered, home, url)
    finally:
        server.refusing = False


def test_a_long_term_seal_needs_roots_that_are_trusted(rendered: bytes, home: Path, server: TimeServer, tmp_path: Path) -> None:
    shutil.copy(home / "signing.p12", tmp_path)
    with pytest.raises(ReportError, match="that verifies"):
        sealed_at("B-LTA", rendered, tmp_path, server.url)


@pytest.mark.parametrize("wrong", [{"SIGNING_LEVEL": "B-T"}, {"SIGNING_LEVEL": "C", "TIMESTAMP_URL": "https://time.example"}])
def test_a_level_that_cannot_be_is_refused(home: Path, wrong: dict[str, str]) -> None:
    settings = settings_in(home, **wrong)
    with pytest.raises(ReportError, match="authority of time"):
        stamping(settings, sealing_key(settings))


def test_a_key_comes_from_the_environment(rendered: bytes, home: Path, tmp_path: Path) -> None:
    content = base64.b64encode((home / "signing.p12").read_bytes()).decode()
    key = sealing_key(settings_in(tmp_path, SIGNING_KEY=content))
    assert verified(sign(rendered, key, NOW), home).signer == "Discretio DEMO seal"
    with pytest.raises(ReportError, match="base64"):
        sealing_key(settings_in(tmp_path, SIGNING_KEY="%%%"))


def test_a_wrong_password_and_an_expired_certificate_are_clear_errors(home: Path, tmp_path: Path, rendered: bytes) -> None:
    (tmp_path / "password").write_text("wrong\n")
    settings = settings_in(home, SIGNING_PASSWORD_FILE=str(tmp_path / "password"))
    with pytest.raises(ReportError, match="password is wrong") as caught:
        sealing_key(settings)
    assert "DISCRETIO_SIGNING_PASSWORD_FILE" in caught.value.remedy
    key = sealing_key(settings_in(home))
    with pytest.raises(ReportError, match="has expired") as late:
        sign(rendered, key, NOW + timedelta(days=4000))
    assert late.value.where.startswith("valid until ")


@pytest.fixture
def token(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A token with a key, its certificate and its root; returns the file with its PIN."""
    if not DRIVER.is_file() or not shutil.which("softhsm2-util"):
        absent("softhsm2 isn't installed")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    key, leaf, others = pkcs12.load_key_and_certificates((home / "signing.p12").read_bytes(), None)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(*form))
    made = ["--init-token", "--free", "--label", "centre", "--so-pin", "0000", "--pin", "1234"]
    taken = ["--import", str(tmp_path / "key.pem"), "--token", "centre", "--label", "seal", "--id", "01", "--pin", "1234"]
    for words in (made, taken):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    with pkcs11.lib(str(DRIVER)).get_token(token_label="centre").open(rw=True, user_pin="1234") as session:
        for label, certificate in (("seal", leaf), ("root", others[0])):
            found = decode_x509_certificate(certificate.public_bytes(serialization.Encoding.DER))
            session.create_object(found | {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True})
    (tmp_path / "pin").write_text("1234\n")
    return tmp_path / "pin"


@pytest.mark.services
def test_a_key_may_stay_on_a_token(rendered: bytes, home: Path, token: Path) -> None:
    address = f"pkcs11:token=centre;object=seal?module-path={DRIVER}"
    key = sealing_key(settings_in(home, SIGNING_TOKEN=address, SIGNING_PASSWORD_FILE=str(token)))
    assert key.demo
    assert verified(sign(rendered, key, NOW), home).signer == "Discretio DEMO seal"
    token.write_text("4711\n")
    with pytest.raises(ReportError, match="can't be opened") as caught:
        sealing_key(settings_in(home, SIGNING_TOKEN=address, SIGNING_PASSWORD_FILE=str(token)))
    assert "4711" not in str(caught.value)


@pytest.mark.parametrize("address", ["seal", "pkcs11:token=a", "pkcs11:token=a;object=b?module-path=/no/driver.so"])
def test_a_wrong_address_of_a_token_is_refused(home: Path, address: str) -> None:
    with pytest.raises(ReportError, match="of the signing token"):
        sealing_key(settings_in(home, SIGNING_TOKEN=address))
