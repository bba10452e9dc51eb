"""The store that the tests of the page begin with: sixty of the demo's dossiers, registered, scanned and checked."""

from __future__ import annotations

from pathlib import Path

from discretio.airflow_ui.demo import AS_OF
from discretio.reporting.keys import make_demo_key
from discretio.steps import check, scan
from discretio.steps.registering import register
from discretio.steps.workplace import Workplace
from discretio.stores.loading import load_rows
from discretio.stores.reference import create_store
from discretio.stores.samples.multiplying import demo_rows

CENTRE = "centre"


def scanned_centre(place: Workplace, folder: Path) -> None:
    """Fill it in that folder."""
    make_demo_key(place.settings.signing_key_file, place.now())
    url = f"sqlite:///{folder / 'dossiers.db'}"
    load_rows(create_store(url, demo=True), demo_rows(60))
    register(place, CENTRE, url)
    run_id = scan.begin_scan(place, CENTRE, AS_OF)
    list(scan.scan_in_turn(place, run_id))
    scan.finish_scan(place, run_id)
    check.check(place, CENTRE, AS_OF)
