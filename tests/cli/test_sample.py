"""discretio sample as a person types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cli.conftest import AS_OF, Run, refused
from discretio import wiring
from discretio.ledger.samples import load_sample


def test_a_sample_is_drawn_looked_at_and_estimated(run: Run, filled: Path) -> None:
    done = run("sample", "draw", "main", "--seed", "7", "--size", "150", "--as-of", AS_OF)
    found = re.search(r"SMP[A-Z2-7]{12}", done.out)
    assert found is not None, done
    place = wiring.workplace()
    controllers = {stratum.controller_id for stratum in load_sample(place.ledger, found[0]).strata}
    place.ledger.close()
    mine = [word for controller in sorted(filter(None, controllers)) for word in ("--controller", controller)]
    run("people", "enrol", "rita", "--role", "REVIEWER", *mine, "--key", "r.key")
    run("people", "enrol", "dora", "--role", "DPO", "--key", "d.key")
    assert run("sample", "sheet", found[0], "--as", "rita", "-o", "sheet.csv").code == 0
    head, *lines = Path("sheet.csv").read_text(encoding="utf-8").splitlines()
    Path("sheet.csv").write_text("\n".join([head, *(f"{line}none" for line in lines)]), encoding="utf-8")
    assert f"{len(lines)} answers" in run("sample", "answer", found[0], "sheet.csv", "--as", "rita").out
    assert found[0] in run("sample", "list").out
    rates = json.loads(run("sample", "estimate", found[0], "--as", "dora", "--format", "json").out)
    overall = next(rate for rate in rates if (rate["target"], rate["lang"]) == ("any", "all"))
    assert (overall["missed"], overall["estimate"]) == (0, 0.0)
    assert 0 < overall["high"] < 0.1
    refused(run("sample", "estimate", found[0], "--as", "rita"), 2, "data protection officer")
    assert "any" in run("sample", "estimate", found[0], "--as", "dora").out


def test_a_sample_of_an_unknown_store_or_id_is_refused(run: Run, filled: Path) -> None:
    refused(run("sample", "sheet", "SMPNOSUCH", "--as", "nobody", "-o", "x.csv"), 2, "enrolled")
    assert run("sample", "draw", "nowhere", "--seed", "1").code == 2
