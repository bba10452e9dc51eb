"""Reports and figures from the command line: made, corrected, verified and taken out."""

from __future__ import annotations

import json
from pathlib import Path

from cli.conftest import AS_OF, Run, refused


def test_a_report_is_written_and_verified(run: Run, filled: Path) -> None:
    authority = (filled / "authority").read_text()
    order = ["--authority", authority, "--period", "2026-Q4", "--as-of", AS_OF, "--lang", "fr,nl"]
    assert run("report", *order, "--out", "new.pdf").code == 0
    answer = run("verify", "new.pdf")
    assert (answer.code, "DEMONSTRATION" in answer.out) == (0, True)


def test_a_report_names_the_one_before_and_the_one_that_it_corrects(run: Run, filled: Path) -> None:
    order = ["report", "--authority", (filled / "authority").read_text(), "--as-of", AS_OF, "--lang", "fr,en"]
    assert run(*order, "--period", "2026-Q3", "--out", "before.pdf").code == 0
    assert run(*order, "--period", "2026-Q4", "--out", "first.pdf").code == 0
    first = json.loads(exported(run, "first.pdf"))
    assert (first["earlier"]["period"], first["report"]["corrects"]) == ("2026-Q3", None)
    assert {theme["section"] for theme in first["earlier"]["themes"]} == {theme["section"] for theme in first["themes"]}
    again = [*order, "--period", "2026-Q4", "--replaces", first["report"]["id"], "--reason", "INCOMPLETE_SCAN"]
    assert run(*again, "--out", "again.pdf").code == 0
    assert json.loads(exported(run, "again.pdf"))["report"]["corrects"] == {
        "report_id": first["report"]["id"],
        "reason": "INCOMPLETE_SCAN",
    }
    other = [*order, "--period", "2026-Q2", "--replaces", first["report"]["id"]]
    refused(run(*other, "--out", "wrong.pdf"), 2, "same authority, controller and period")
    refused(run(*order, "--period", "2026-Q4", "--replaces", "report-none", "--out", "wrong.pdf"), 2, "no report was issued")


def exported(run: Run, report: str) -> str:
    folder = Path(report).with_suffix("")
    assert run("export", report, "--out", folder).code == 0
    return (folder / "figures.json").read_text(encoding="utf-8")


def test_what_other_programs_read_is_taken_out_of_a_genuine_report_alone(run: Run, filled: Path) -> None:
    answer = run("export", "report.pdf", "--out", "exported")
    assert (answer.code, "report.html" in answer.out) == (0, True)
    assert {"figures.json", "figures.csv", "figures.jsonld", "assessment-results.json", "report.html"} < {
        file.name for file in (filled / "exported").iterdir()
    }
    refused(run("export", "report.pdf", "--out", "exported"), 2, "isn't empty")
    (filled / "report.pdf").write_bytes((filled / "report.pdf").read_bytes() + b" ")
    refused(run("export", "report.pdf", "--out", "forged"), 1, "not genuine")
    assert not (filled / "forged").exists()


def test_figures_are_those_of_the_report_in_three_forms(run: Run, filled: Path) -> None:
    asked = ["figures", "--authority", (filled / "authority").read_text(), "--period", "2026-Q4", "--as-of", AS_OF]
    printed, again = (run(*asked, "--format", "json").out for _ in range(2))
    facts = json.loads(printed)
    assert again.replace(json.loads(again)["report"]["id"], facts["report"]["id"]) == printed, (
        "one ledger, one answer, byte by byte"
    )
    cells = [
        f"{section['id']},{table['id']},{row},{column},{value}"
        for section in facts["sections"]
        for table in section["tables"]
        for row, line in zip(table["rows"], table["cells"], strict=True)
        for column, value in zip(table["columns"], line, strict=True)
    ]
    lines = run(*asked, "--format", "csv").out.splitlines()
    assert (lines[0], lines[1:]) == ("section,table,row,column,value", cells)
    assert {value for line in cells if (value := line.rsplit(",", 1)[1]).startswith("<")}, "small numbers stay closed"
    refused(run(*asked, "--section", "99"), 2, "no such section")
    checked = json.loads(run("check", "main", "--as-of", AS_OF, "--format", "json").out)["rules"]
    unjudged = {rule for rule, by in checked.items() if by == {**dict.fromkeys(by, 0), "NOT_CHECKABLE": 1}}
    listed = {line.split(",")[2] for line in cells if line.split(",")[1].startswith("unjudged_")}
    assert listed == unjudged != set(), "what no row could be asked is told to the authority too"
    assert len({run(*asked, "--section", "4", "--lang", lang).out for lang in ("fr", "nl", "de", "en")}) == 4
    assert not [word for word in ("TOTAL", "outcomes_", "dues_", "NOT_CHECKABLE") if word in run(*asked).out]
    assert [one["id"] for one in json.loads(run(*asked, "--section", "4", "--format", "json").out)["sections"]] == ["4"]
