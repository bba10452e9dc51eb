"""A scanned letter, from its picture to the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from discretio.law.special_classes import Flag, flags_of
from discretio.ledger import findings, locator
from discretio.ledger.scan_tables import examined
from discretio.steps import scan
from discretio.steps.registering import register
from documents.test_recognition import LETTERS, page, recogniser_is_there, saved, scribbled
from steps.conftest import AS_OF, Made

pytestmark = pytest.mark.services


def test_health_in_a_scanned_letter_reaches_the_ledger(made: Made, tmp_path: Path) -> None:
    recogniser_is_there()
    folder = tmp_path / "tree/dossier"
    folder.mkdir(parents=True)
    for language, (words, _) in LETTERS.items():
        (folder / f"{language}.pdf").write_bytes(saved(page(words), "PDF", resolution=300))
    (folder / "handwriting.png").write_bytes(saved(scribbled(), "PNG"))
    register(made.place, "tree", str(folder.parent))
    run_id = scan.begin_scan(made.place, "tree", AS_OF)
    list(scan.scan_in_turn(made.place, run_id))
    counts = scan.finish_scan(made.place, run_id)
    assert (counts.units, counts.not_examined, counts.no_ocr) == (5, 1, 0)
    rows = [row for row in findings.all_findings(made.place.ledger, 2) if Flag.HEALTH in flags_of(row["flags"])]
    names = locator.natural_keys(made.place.ledger, [row["entry_id"] for row in rows])
    assert {(Path(names[row["entry_id"]]).stem, row["part"]) for row in rows} >= {(name, "page image 1") for name in LETTERS}
    with made.place.ledger.reading() as connection:
        reasons = connection.execute(sa.select(examined.c.not_examined).where(examined.c.store_id == 2)).scalars().all()
    assert sorted(reasons, key=str) == [None] * 4 + ["uncertain_text"]
