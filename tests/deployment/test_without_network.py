"""At run time nothing is asked of a network that the operator did not configure: a machine without one does all of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from required import absent

pytestmark = pytest.mark.services

WITHOUT_ROUTES = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
VERBS = """
import json, socket, sys
from pathlib import Path
from discretio.airflow_ui import demo
from discretio.cli import main
from discretio.stores.samples.multiplying import demo_rows
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
    sys.exit("this machine has a network")
except OSError:
    pass
made = demo.prepare(Path(sys.argv[1]))
place = demo.build_store(made, demo_rows(20))
place.ledger.close()
mail = made.out / "mail.txt"
text = "Elle souffre de diabète, écrivez à anne.peeters@mail.example.be ou http://www.example.co.uk/a."
mail.write_text(text, encoding="utf-8")
for words in (
    ["detect", "--text", str(mail)],
    ["scan", "demo", "--as-of", "2026-11-21"],
    ["check", "demo", "--as-of", "2026-11-21"],
    ["report", "--authority", "apd", "--period", "2026-Q4", "--out", str(made.out / "report.pdf")],
    ["verify", str(made.out / "report.pdf")],
):
    sys.argv = ["discretio", *words]
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    print("ended", words[0], code, flush=True)
"""


def test_detect_scan_check_report_and_verify_need_no_network(tmp_path: Path) -> None:
    _require_namespaces()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    command = [*WITHOUT_ROUTES, sys.executable, "-c", VERBS, str(tmp_path / "out")]
    done = subprocess.run(
        command, env=kept | {"HOME": str(tmp_path)}, cwd=tmp_path, capture_output=True, text=True, timeout=500, check=False
    )
    ended = dict(line.split()[1:3] for line in done.stdout.splitlines() if line.startswith("ended "))
    # A scan of the sample ends with 3: some of its texts are in a language that nobody reads here.
    assert ended == {"detect": "0", "scan": "3", "check": "0", "report": "0", "verify": "0"}, done.stderr[-2000:]


def _require_namespaces() -> None:
    there = all(map(shutil.which, ("unshare", "ip")))
    if there and subprocess.run([*WITHOUT_ROUTES, "true"], capture_output=True, check=False).returncode == 0:
        return
    absent("a network namespace can't be made: that needs root, unshare and ip")
