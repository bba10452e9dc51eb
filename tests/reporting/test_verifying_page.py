"""Every command of the verifying page holds for a genuine report, and one of them fails for each that was tampered with."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from discretio.reporting import ReportCounts, ReportHeader, SigningKey, build_figures, make_demo_key, render, sign
from discretio.reporting.signing import sign_prepared_field
from reporting.tampering import TAMPERED
from required import absent

PAGE = Path(__file__).parents[2] / "docs" / "verifying-a-report.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
TOOLS = ("bash", "pdfsig", "pdfdetach", "pdfinfo", "pdftotext", "qpdf", "openssl", "sha256sum")


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        absent(f"missing: {', '.join(missing)}")


@pytest.fixture(scope="module")
def sealed(counts: ReportCounts, header: ReportHeader, demo_key: SigningKey, now: datetime) -> bytes:
    french = replace(header, languages=("fr",))
    return sign(render(build_figures(ReportCounts(coverage=counts.coverage), french), french), demo_key, now)


def failing(pdf: bytes, folder: Path, root: bytes) -> list[int]:
    """The number of the first block that fails; none for a genuine report."""
    (folder / "report.pdf").write_bytes(pdf)
    (folder / "root.pem").write_bytes(root)
    for number, block in enumerate(BLOCKS, start=1):
        if subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=folder, capture_output=True, check=False).returncode:
            return [number]
    return []


def test_there_are_commands_for_each_of_the_five_steps() -> None:
    assert len(BLOCKS) == 5


@pytest.mark.parametrize("fields", [(), ("DpoAttestation",), ("DpoAttestation", "AuthorityReceipt")])
def test_every_command_holds_for_a_genuine_report(
    sealed: bytes, demo_key: SigningKey, now: datetime, tmp_path: Path, fields: tuple[str, ...]
) -> None:
    pdf = sealed
    for field in fields:
        pdf = sign_prepared_field(pdf, field, demo_key, now)
    assert failing(pdf, tmp_path, demo_key.root) == []


def test_a_seal_of_another_root_is_seen(sealed: bytes, tmp_path: Path, now: datetime) -> None:

    stranger = make_demo_key(tmp_path / "other.p12", now)
    assert failing(sealed, tmp_path, stranger.root) == [2]


@pytest.mark.services
@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_a_command_fails_for_a_tampered_report(
    sealed: bytes, demo_key: SigningKey, tmp_path: Path, tamper: Callable[[bytes], bytes]
) -> None:
    assert failing(tamper(sealed), tmp_path, demo_key.root)
