"""The classes of columns as a Dataset of fideslang 3 (CC BY 4.0), and back; written by hand, so that no library is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import groupby
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from discretio.errors import MappingError
from discretio.law.special_classes import CATEGORY_NUMBERS, Flag
from discretio.stores.foreign.column_classes import EVIDENCE, ColumnClass
from discretio.stores.foreign.yaml_reader import YamlReader, parse_file

FLAG_KEYS: Mapping[Flag, str] = {
    Flag.HEALTH: "user.health_and_medical",
    Flag.ETHNIC_ORIGIN: "user.demographic.race_ethnicity",
    Flag.POLITICAL: "user.demographic.political_opinion",
    Flag.RELIGIOUS_PHILOSOPHICAL: "user.demographic.religious_belief",
    Flag.GENETIC: "user.health_and_medical.genetic",
    Flag.BIOMETRIC: "user.biometric",
    Flag.SEX_LIFE_ORIENTATION: "user.demographic.sexual_orientation",
    Flag.CRIMINAL: "user.criminal_history",
}
"""fideslang has no key for trade unions, nor for marks that bar a document: such columns are `user`, and say it in words."""

TYPE_KEYS: Mapping[str, str] = {
    "BE_NATIONAL_NUMBER": "user.government_id.national_identification_number",
    "NL_BSN": "user.government_id.national_identification_number",
    "FR_NIR": "user.government_id.national_identification_number",
    "DE_TAX_NUMBER": "user.government_id",
    "BE_IDENTITY_CARD": "user.government_id",
    "PASSPORT": "user.government_id.passport_number",
    "PLATE": "user.government_id.vehicle_registration",
    "IBAN": "user.financial.bank_account",
    "EMAIL": "user.contact.email",
    "PHONE": "user.contact.phone_number",
    "ADDRESS": "user.contact.address",
    "PERSON": "user.name",
    "DATE_OF_BIRTH": "user.demographic.date_of_birth",
    "IP_ADDRESS": "user.device.ip_address",
}
"""Of several kinds with one key, the first is meant when a Dataset of another tool is read."""

_ANYBODY = "user"
_OURS = "discretio:"
_TYPED = frozenset(TYPE_KEYS.values())
# Names of fideslang 3.2 for what 3.0 and 3.1 call otherwise.
_NEWER = {"user.health": "user.health_and_medical", "user.health.genetic": "user.health_and_medical.genetic",
          "user.biometrics": "user.biometric"}  # fmt: skip
_WORDS = re.compile(r"(\w+)=([^;]*)")


def dataset_text(name: str, classes: Iterable[ColumnClass]) -> str:
    """The Dataset as YAML; each description keeps what fideslang has no word for.

    Args:
        name: of the dataset.
        classes: of its columns.
    """
    collections = [
        {"name": table, "fields": [_field(each) for each in some]}
        for table, some in groupby(sorted(classes, key=lambda each: (each.table, each.column)), key=lambda each: each.table)
    ]
    dataset = {
        "fides_key": re.sub(r"[^A-Za-z0-9_.-]", "_", name),
        "organization_fides_key": "default_organization",
        "name": name,
        "description": "Classes of columns, as Discretio knows them",
        "collections": collections,
    }
    stream = StringIO()
    YAML(typ="safe", pure=True).dump({"dataset": [dataset]}, stream)
    return stream.getvalue()


def keys_of(each: ColumnClass) -> list[str]:
    """The data categories of fideslang for a column."""
    keys = [FLAG_KEYS[flag] for flag in each.flags if flag in FLAG_KEYS]
    keys += [TYPE_KEYS[type_] for type_ in each.types if type_ in TYPE_KEYS]
    return sorted(set(keys)) or [_ANYBODY]


def _field(each: ColumnClass) -> dict[str, object]:
    exact: Mapping[str, Sequence[object]] = {
        "categories": each.categories, "flags": each.flags, "types": each.types, "evidence": each.evidence,
        "confidence": (f"{each.confidence:g}",), "read": (each.read,),
    }  # fmt: skip
    words = "; ".join(f"{name}={','.join(str(value) for value in values)}" for name, values in exact.items() if values)
    return {"name": each.column, "description": f"{_OURS} {words}", "data_categories": keys_of(each)}


def read_dataset(path: Path) -> tuple[ColumnClass, ...]:
    """The classes of a Dataset; those of another tool count as confirmed by a person.

    Raises:
        MappingError: the file is no Dataset; names the line.
    """
    reader = YamlReader(path.name)
    document = reader.table(parse_file(path), "the file", f"{path.name}:1")
    datasets = document.get("dataset")
    if not isinstance(datasets, list):
        raise MappingError("dataset is missing", where=reader.line(document), remedy="give a Dataset of fideslang")
    return tuple(
        each
        for dataset in datasets
        for collection in _tables(reader, dataset, "collections")
        for part in _tables(reader, collection, "fields")
        for each in [_class(reader, str(collection.get("name")), part)]
        if each.categories or each.flags or each.types
    )


def _tables(reader: YamlReader, parent: object, key: str) -> Iterator[CommentedMap]:
    listed = parent.get(key, []) if isinstance(parent, CommentedMap) else None
    if not isinstance(listed, list) or not all(isinstance(each, CommentedMap) and "name" in each for each in listed):
        raise MappingError(
            f"{key} must be a list of tables with a name", where=reader.file, remedy="give a Dataset of fideslang"
        )
    yield from listed


def _class(reader: YamlReader, table: str, part: CommentedMap) -> ColumnClass:
    said = str(part.get("description") or "")
    try:
        if said.startswith(_OURS):
            return _as_written(table, str(part["name"]), dict(_WORDS.findall(said)))
    except (ValueError, IndexError):
        what = "a field's description isn't as Discretio wrote it"
        raise MappingError(what, where=reader.line(part), remedy="undo the change, or take the description out") from None
    keys = [_NEWER.get(str(key), str(key)) for key in part.get("data_categories") or ()]
    flags = tuple(flag for flag, key in FLAG_KEYS.items() if key in keys)
    types = tuple(next(type_ for type_, known in TYPE_KEYS.items() if known == key) for key in keys if key in _TYPED)
    return ColumnClass(table, str(part["name"]), flags=flags, types=types, evidence=("person",))


def _as_written(table: str, column: str, words: Mapping[str, str]) -> ColumnClass:
    values = {name: tuple(word for word in text.strip().split(",") if word) for name, text in words.items()}
    return ColumnClass(
        table,
        column,
        categories=tuple(CATEGORY_NUMBERS[CATEGORY_NUMBERS.index(int(number))] for number in values.get("categories", ())),
        flags=tuple(Flag(word) for word in values.get("flags", ())),
        types=values.get("types", ()),
        confidence=float(words.get("confidence", "1")),
        evidence=tuple(EVIDENCE[EVIDENCE.index(word)] for word in values.get("evidence", ())),
        read=words.get("read", "sample").strip(),
    )
