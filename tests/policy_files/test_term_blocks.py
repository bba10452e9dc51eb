"""Setting blocks aside saves time and changes nothing: the same entries on the same lines, the same refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from discretio.domain.lexicon import LexiconEntry
from discretio.errors import PolicyError
from discretio.policy_files import lexicon_files
from discretio.policy_files.lexicon_files import located_entries
from discretio.policy_files.term_blocks import set_aside
from discretio.resources import folder

_HEAD = "language: fr\nsubject: health\ncategory: 10\nauthor: us\ngroups:\n"
_FORMS = [
    "  - terms: |\n      a b\n      # no comment\n      c*\n",
    "  - score: 0.5\n    confirm: |\n      il\n      elle\n    terms: |\n      aa\n      bb\n    register: notes\n",
    "  - terms: |\n      aa\n\n      bb\n  - terms: |\n      aa2\n",
    "  - terms: |\n        aa\n        bb\n",
    "  - terms: |-\n      aa\n",
    "  - terms: >\n      aa\n      bb\n",
    "  - terms: |\n      aa\n       bb\n     cc\n",
    "  - terms: |\n     aa\n     bb\n",
    "  - terms: |\n      aa\n    # a comment\n    score: 0.4\n",
    "  - terms: |\n      aa\tbb\n      \ue0000\n",
    "  - terms: |\n      aa\x85bb\n",
    "  - terms: |\n      aa\r\n      bb\r\n",
    "  - terms: |\n      aa\n   bb\n",
    "  - terms: |\n      aa\n      aa\n",
    "  - terms: |\n      aa\n    terms: |\n      bb\n",
    "  - terms: |\n  - terms: |\n      aa\n",
    "  - terms: |\n      aa\n    score: 7\n",
    '  - register: "\n    terms: |\n      aa\n    "\n    terms: |\n      bb\n',
    "  - terms: |\n      a\n",
    "  - terms: |\n      aa",
    "  - terms: |\n      aa\n...\n",
]


def _plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_files, "set_aside", lambda text: (text, {}))


def _said(path: Path) -> list[tuple[LexiconEntry, int]] | str:
    try:
        return list(located_entries(path))
    except PolicyError as error:
        return str(error)


@pytest.mark.parametrize("form", _FORMS)
def test_a_file_says_the_same_with_and_without(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fr" / "health.yaml"
    path.parent.mkdir()
    path.write_bytes((_HEAD + form).encode())
    told = _said(path)
    _plainly(monkeypatch)
    assert told == _said(path)


def test_the_shipped_lexicons_say_the_same_and_are_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((folder("policies") / "lexicons").glob("fr/*.yaml"))
    told = [_said(path) for path in paths]
    assert all(set_aside(path.read_text(encoding="utf-8"))[1] for path in paths)
    _plainly(monkeypatch)
    assert told == [_said(path) for path in paths]
