"""docs/tutorial.md as it is: every command is typed, in its order, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from cli.conftest import Answer, Run
from cli.test_drafts import edited

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)```", re.DOTALL)


def commands(text: str) -> list[str]:
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]


def typed(line: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> Answer:
    expanded = os.path.expandvars(line.replace("$PWD", str(Path.cwd())))
    program, *arguments = shlex.split(expanded)
    if program == "export":
        monkeypatch.setenv(*arguments[0].split("=", 1))
        return Answer(0, "", "")
    if program == "discretio":
        return run(*arguments)
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.services
def test_the_tutorial_does_what_it_says(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    said: dict[str, str] = {}
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        match block["language"]:
            case "sql":
                Path(block["file"]).write_text(block["text"], encoding="utf-8")
            case "diff":
                draft = Path(block["file"]).read_text(encoding="utf-8")
                Path(block["file"]).write_text(edited(draft, block["text"].splitlines()), encoding="utf-8")
            case "console":
                for line in commands(block["text"]):
                    answer = typed(line, run, monkeypatch)
                    assert answer.code == 0, (line, answer)
                    said[line] = answer.out
    assert re.search(r"ART2-2-CAT *│ *1 │ *2 │", said["discretio check cases"])
    explained = said["discretio purge explain cases 2 --as dora"]
    assert "2025-06-30" in explained
    assert "the holds can't be read" in explained
    assert "until" not in said["discretio purge calendar cases"]
    assert re.search(r"ART2-3-4-RETENTION-MAX *│ *ended *│ *1", said["discretio purge calendar cases"])
