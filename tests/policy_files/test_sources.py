"""Policies quote a phrase of their sources, never a passage, and quote it as it stands there."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from discretio.policy_files import load_policy
from discretio.policy_files.trees import Leaf, Listing, Tree, parse
from discretio.policy_files.values import LONGEST_PHRASE

LAW = Path(__file__).parents[3] / "shared" / "law"
LONGEST_RUN = 14
needs_sources = pytest.mark.skipif(not LAW.is_dir(), reason="the sources of the law are not here")


def texts(tree: Tree, key: str = "", above: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file, with the key that it stands under, or the one above if that is a language."""
    if isinstance(tree, Leaf):
        yield above if key in {"fr", "nl", "en", "de"} else key, tree.text
    elif isinstance(tree, Listing):
        for item in tree.items:
            yield from texts(item, key, above)
    else:
        for row in tree.rows:
            yield from texts(row.value, row.key, key)


def quoted(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("lexicons/"):
            for key, text in texts(parse(path.read_bytes())):
                yield name, key, text


def plain(text: str) -> str:
    """A text without the hyphens, line ends and typography of a printed page."""
    joined = re.sub(r"-\s*\n\s*", "", text).replace("’", "'")
    return re.sub(r"\s+", " ", joined).lower()


@pytest.fixture(scope="module")
def sources() -> str:
    return " ".join(plain(path.read_text(encoding="utf-8")) for path in sorted((LAW / "sources").glob("*.txt")))


def test_a_phrase_stays_a_phrase(shipped: Path) -> None:
    phrases = [text for _, key, text in quoted(shipped) if key == "phrase"]
    assert len(phrases) > 30
    assert max(map(len, phrases)) <= LONGEST_PHRASE


@pytest.mark.shared
@needs_sources
def test_every_phrase_stands_in_a_source(shipped: Path, sources: str) -> None:
    missing = [f"{name}: {text}" for name, key, text in quoted(shipped) if key == "phrase" and plain(text) not in sources]
    assert missing == []


@pytest.mark.shared
@needs_sources
def test_nothing_but_the_wording_of_the_categories_is_copied(shipped: Path, sources: str) -> None:
    for name, key, text in quoted(shipped):
        words = plain(text).split()
        runs = [" ".join(words[start : start + LONGEST_RUN]) for start in range(len(words) - LONGEST_RUN + 1)]
        if key != "wording":
            assert not [run for run in runs if run in sources], f"{name}: {key}"


@pytest.mark.shared
@needs_sources
def test_the_official_wording_is_that_of_the_bill(shipped: Path, sources: str) -> None:
    official = {row["n"]: row for row in json.loads((LAW / "rules.json").read_text(encoding="utf-8"))["categories"]}
    for number, category in load_policy(shipped, "BE-BILL-56-0485", date(2026, 11, 21)).categories.items():
        for language in ("fr", "nl"):
            words = category.wording[language]
            assert words == official[number][language]
            halves = plain(words).split(" et de la loi ")[0].split(" articles 33")[0]
            assert halves in sources, f"{number} {language}"
