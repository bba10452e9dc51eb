"""docs/mapping.md says what the code reads: its tables are compared with the code's own, and its example is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from discretio.stores.bucket_rights import RIGHTS
from discretio.stores.foreign.column_classes import CLASS_KEYS
from discretio.stores.foreign.column_forms import OPTIONS
from discretio.stores.foreign.erase_forms import ERASE_KEYS, WAYS
from discretio.stores.foreign.manners import Manners
from discretio.stores.mapping import FRAME_KEYS, read_mapping
from discretio.stores.tree_mapping import TREE_KEYS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "mapping.md"
TABLES: dict[str, Mapping[str, str]] = {
    "store": Manners.FIELDS, "frame": FRAME_KEYS, "column": OPTIONS, "class": CLASS_KEYS, "erase": ERASE_KEYS, "way": WAYS,
    "tree": TREE_KEYS,
}  # fmt: skip


def table(keys: Mapping[str, str]) -> str:
    rows = [f"| `{key}` | {meaning.replace('|', chr(92) + '|')} |" for key, meaning in keys.items()]
    return "\n".join(["| key | what it says |", "|---|---|", *rows])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_page_is_that_of_the_code(name: str) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert found[1] == table(TABLES[name]), "copy the table of the failed comparison into docs/mapping.md"


def test_the_rights_that_a_bucket_asks_for_are_those_of_the_code() -> None:
    found = re.search(r"<!-- rights -->\n(.*?)\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert tuple(re.split(r",\s+", found[1])) == RIGHTS


def test_the_example_of_the_page_is_a_mapping(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "mapping.yaml").write_text(example[1], encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.yaml")
    assert [part.part for part in mapping.frames["entries"]] == ["visit", "form"]
