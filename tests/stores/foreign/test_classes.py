"""Classes of columns: in a mapping, as a table for a catalogue, as a Dataset of fideslang and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discretio.errors import MappingError
from discretio.law.special_classes import Flag
from discretio.stores.foreign.class_table import class_table, with_classes
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.fides_dataset import FLAG_KEYS, dataset_text, read_dataset
from discretio.stores.mapping import read_mapping

MAPPING = "store: {url: 'sqlite:///x.db'}\nframes:\n  dossiers: {table: t, columns: {dossier_key: id}}  # mine\n"
CLASSES = (
    ColumnClass("a.b", "ssn", (1,), (), ("BE_NATIONAL_NUMBER",), 1.0, ("checksum", "header"), "all"),
    ColumnClass("t", "=cmd", (10, 16), tuple(Flag), ("health", "other"), 0.64, ("sample",), "the first 5000000 rows"),
    ColumnClass("t", "union", (), (Flag.TRADE_UNION,), (), 0.6, ("header",), "all"),
)


def written(folder: Path, text: str, name: str = "mapping.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_classes_come_back_from_a_mapping_and_from_a_dataset_as_they_were(tmp_path: Path) -> None:
    mapping = written(tmp_path, with_classes(MAPPING, CLASSES))
    assert read_mapping(mapping).classes == CLASSES
    dataset = written(tmp_path, dataset_text("my store", CLASSES), "dataset.yaml")
    assert read_dataset(dataset) == CLASSES


def test_classes_take_the_place_of_others_and_leave_the_rest_as_it_was_written(tmp_path: Path) -> None:
    once = with_classes(MAPPING, CLASSES)
    twice = with_classes(once, CLASSES[:1])
    assert twice.startswith(MAPPING)
    assert read_mapping(written(tmp_path, twice)).classes == CLASSES[:1]
    assert with_classes(twice, CLASSES) == once


def test_a_dataset_names_the_keys_that_fideslang_has_and_user_for_the_rest() -> None:
    (dataset,) = YAML(typ="safe").load(dataset_text("my store", CLASSES))["dataset"]
    assert (dataset["fides_key"], [one["name"] for one in dataset["collections"]]) == ("my_store", ["a.b", "t"])
    ssn = dataset["collections"][0]["fields"][0]
    assert ssn["data_categories"] == ["user.government_id.national_identification_number"]
    everything, union = dataset["collections"][1]["fields"]
    assert everything["data_categories"] == sorted(FLAG_KEYS.values())
    assert union["data_categories"] == ["user"]


def test_a_dataset_of_another_tool_counts_as_confirmed_by_a_person_in_old_names_and_new(tmp_path: Path) -> None:
    text = """\
dataset:
- fides_key: theirs
  name: theirs
  collections:
  - name: t
    fields:
    - {name: a, data_categories: [user.health_and_medical], description: free words}
    - {name: b, data_categories: [user.biometrics, user.contact.email]}
    - {name: c, data_categories: [system.operations]}
"""
    assert read_dataset(written(tmp_path, text)) == (
        ColumnClass("t", "a", flags=(Flag.HEALTH,), evidence=("person",)),
        ColumnClass("t", "b", flags=(Flag.BIOMETRIC,), types=("EMAIL",), evidence=("person",)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "dataset: 3\n",
        "dataset:\n- {name: x, collections: 4}\n",
        "dataset:\n- {name: x, collections: [{name: t, fields: [7]}]}\n",
        "dataset:\n- name: x\n  collections: [{name: t, fields: [{name: c, description: 'discretio: categories=17'}]}]\n",
    ],
)
def test_what_is_no_dataset_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as refused:
        read_dataset(written(tmp_path, text))
    assert "mapping.yaml" in refused.value.where


def test_a_table_for_a_catalogue_holds_a_line_a_column_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(class_table(CLASSES))))
    assert [row["column"] for row in rows] == ["ssn", "'=cmd", "union"]
    assert [row["special"] for row in rows] == ["no", "yes", "yes"]
    assert rows[1]["categories"] == "10|16"
    assert rows[1]["read"] == "the first 5000000 rows"


@pytest.mark.parametrize(
    "form", ["{categories: [17]}", "{flags: [ill]}", "{confidence: 2}", "{evidence: [gut]}", "{colour: red}"]
)
def test_a_class_that_can_not_be_is_refused_where_it_stands(form: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as refused:
        read_mapping(written(tmp_path, f"{MAPPING}classes:\n  t:\n    c: {form}\n"))
    assert "mapping.yaml:6" in refused.value.where
