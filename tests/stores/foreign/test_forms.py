"""What a mapping can say of a column and of rows, each on a real database."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from discretio.errors import MappingError, StoreContentError
from discretio.law.special_classes import categories_mask, flags_mask
from discretio.stores.foreign.checking import remarks_on
from stores.foreign.foreign_databases import mapped, opened

CASES = """
CREATE TABLE client (id INTEGER PRIMARY KEY, status INTEGER, opened TEXT, closed TEXT, year INTEGER, epoch INTEGER,
                     team INTEGER, gone BOOLEAN DEFAULT 0);
INSERT INTO client VALUES (1, 1, '02/01/2020', '2024-05', 2024, 1577934245, 7, 0), (2, 9, '', '2023', NULL, 0, NULL, 1),
                          (3, NULL, NULL, '2022-03-04', 1999, NULL, 8, NULL);
CREATE TABLE team (id INTEGER PRIMARY KEY, agency TEXT);
INSERT INTO team VALUES (7, 'K-cpas'), (8, 'K-police');
CREATE TABLE fact (client_id INTEGER, attribute TEXT, value TEXT);
INSERT INTO fact VALUES (1, 'term', 'P5Y'), (1, 'other', 'x'), (3, 'term', 'P10Y');
CREATE TABLE note (site TEXT, number INTEGER, client_id INTEGER, kind TEXT, subject TEXT, body TEXT, document TEXT, raw BLOB,
                   PRIMARY KEY (site, number));
INSERT INTO note VALUES ('a|b', 1, 1, 'MED', 'Titel', 'Tekst', '{"note": {"text": "binnenin"}}', CAST('gewoon' AS BLOB)),
                        ('a', 1, 1, 'POL', NULL, 'alleen', '{"note": {}}', x'ff41'),
                        ('a', 2, 2, 'ZZZ', NULL, NULL, '[]', NULL);
"""
DOSSIERS = "  dossiers:\n    table: client\n    columns: {dossier_key: id, %s}\n"
ENTRIES = (
    DOSSIERS % "status: {value: OPEN}"
    + "  entries:\n    table: note\n    columns: {entry_key: {columns: [site, number]}, dossier_key: client_id, %s}\n"
)


def dossiers(folder: Path, column: str) -> pd.DataFrame:
    return mapped(folder, CASES, DOSSIERS % column).read("dossiers")


def test_codes_become_words_null_stays_null_and_another_code_is_refused_unless_said(tmp_path: Path) -> None:
    codes = "status: {column: status, codes: {1: OPEN%s}, %s}"
    assert dossiers(tmp_path, codes % ("", "otherwise: CLOSED")).status.tolist()[:2] == ["OPEN", "CLOSED"]
    (tmp_path / "foreign.db").unlink()
    with pytest.raises(StoreContentError, match="a code that the mapping doesn't list") as refused:
        dossiers(tmp_path, "status: {column: status, codes: {1: OPEN}}")
    assert "mapping.yaml:" in refused.value.where
    assert "9" not in refused.value.what


def test_codes_become_sets_of_categories_and_of_classes(tmp_path: Path) -> None:
    columns = "categories: {column: kind, codes: {MED: [5, 6], POL: 9}, otherwise: []}, "
    columns += "special_declared: {column: kind, codes: {MED: [health], POL: [criminal, youth_report]}, otherwise: []}"
    entries = mapped(tmp_path, CASES, ENTRIES % columns).read("entries")
    assert sorted(entries.categories) == sorted([categories_mask([5, 6]), categories_mask([9]), 0])
    assert set(entries.special_declared) == {flags_mask(["health"]), flags_mask(["criminal", "youth_report"]), 0}


@pytest.mark.parametrize("codes", ["{MED: 17}", "{MED: [health]}", "{MED: [true]}"])
def test_a_category_that_is_none_is_refused_where_it_stands(codes: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as refused:
        mapped(tmp_path, CASES, ENTRIES % f"categories: {{column: kind, codes: {codes}}}")
    assert "1 to 16" in refused.value.remedy


def test_dates_to_the_month_or_the_year_say_how_precise_they_are(tmp_path: Path) -> None:
    forms = "closed_at: {column: closed, date: [YYYY-MM-DD, YYYY-MM, YYYY]}, closed_precision: {precision_of: closed_at}"
    found = dossiers(tmp_path, forms)
    assert found.closed_at.dt.strftime("%Y-%m-%d").tolist() == ["2024-05-01", "2023-01-01", "2022-03-04"]
    assert found.closed_precision.tolist() == ["MONTH", "YEAR", "DAY"]


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("{column: opened, date: DD/MM/YYYY}", "2020-01-02 00:00:00"),
        ("{column: epoch, date: epoch_seconds}", "2020-01-02 04:04:05"),  # an hour after UTC, in winter
        ("{column: year, date: YYYY}", "2024-01-01 00:00:00"),
    ],
)
def test_dates_are_read_as_they_are_written(form: str, first: str, tmp_path: Path) -> None:
    moments = dossiers(tmp_path, f"opened_at: {form}").opened_at
    assert str(moments[0]) == first
    assert moments.isna().sum() >= 1


def test_a_date_written_otherwise_is_refused_without_being_said(tmp_path: Path) -> None:
    with pytest.raises(StoreContentError) as refused:
        dossiers(tmp_path, "opened_at: {column: closed, date: DD/MM/YYYY}")
    assert "2024-05" not in str(refused.value)
    assert "mapping.yaml" in refused.value.where


@pytest.mark.parametrize("form", ["DD/MM", "YYYY-YYYY", "YYYY-DD", "year", "MMM YYYY x%%"])
def test_a_form_of_dates_that_can_not_be_is_refused(form: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="YYYY"):
        dossiers(tmp_path, f"opened_at: {{column: opened, date: '{form}'}}")


def test_a_zone_moves_moments_but_no_days(tmp_path: Path) -> None:
    script = "CREATE TABLE c (id INTEGER PRIMARY KEY, a TIMESTAMP, b DATE);"
    script += "INSERT INTO c VALUES (1, '2026-01-31 23:30:00', '2026-01-31');"
    frames = "  dossiers:\n    table: c\n    columns: {dossier_key: id, opened_at: a, closed_at: b}\n"
    read = mapped(tmp_path, script, frames, "  time_zone: UTC\n").read("dossiers")
    assert (str(read.opened_at[0]), str(read.closed_at[0])) == ("2026-02-01 00:30:00", "2026-01-31 00:00:00")


def test_a_joined_table_and_a_key_value_table_give_columns(tmp_path: Path) -> None:
    frames = DOSSIERS % "owner: team.agency, agreed_term: term.value"
    frames += "    joins:\n      team: {table: team, on: {id: team}}\n"
    frames += "      term: {table: fact, on: {client_id: id}, where: {attribute: term}}\n"
    store = mapped(tmp_path, CASES, frames)
    store.check()
    read = store.read("dossiers")
    assert [[None if pd.isna(one) else one for one in row] for row in read[["owner", "agreed_term"]].to_numpy()] == [
        ["K-cpas", "P5Y"], [None, None], ["K-police", "P10Y"],
    ]  # fmt: skip


def test_a_join_that_multiplies_rows_is_refused_with_what_to_do(tmp_path: Path) -> None:
    frames = DOSSIERS % "agreed_term: term.value" + "    joins:\n      term: {table: fact, on: {client_id: id}}\n"
    with pytest.raises(StoreContentError, match="1 rows share their dossier_key") as refused:
        mapped(tmp_path, CASES, frames).check()
    assert "where" in refused.value.remedy


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        ("{gone: 0}", ["1"]),
        ("{gone: false}", ["1"]),
        ("{gone: [0, null]}", ["1", "3"]),
        ("{not: {gone: 1}}", ["1", "3"]),
        ("{team: null}", ["2"]),
        ("{not: {team: null}, status: 1}", ["1"]),
        ("{not: {team: [8, null]}}", ["1"]),
    ],
)
def test_conditions_choose_rows_and_null_is_never_in_doubt(conditions: str, left: list[str], tmp_path: Path) -> None:
    frames = DOSSIERS % "status: {value: OPEN}" + f"    where: {conditions}\n"
    assert mapped(tmp_path, CASES, frames).read("dossiers").dossier_key.tolist() == left


def test_a_composite_key_never_takes_two_rows_for_one(tmp_path: Path) -> None:
    store = mapped(tmp_path, CASES, ENTRIES % "text: body")
    store.check()
    keys = [unit.entry_key for unit in store.texts()]
    assert sorted(keys) == ["a%7Cb|1", "a|1", "a|2"]
    assert sorted(key for key, _, _ in store.digests()) == sorted(keys)


def test_a_part_of_a_composite_key_is_refused_with_the_whole_one(tmp_path: Path) -> None:
    frames = (ENTRIES % "text: body").replace("{columns: [site, number]}", "number")
    with pytest.raises(StoreContentError) as refused:
        mapped(tmp_path, CASES, frames).check()
    assert "{columns: [site, number]}" in refused.value.remedy


@pytest.mark.parametrize(
    ("form", "texts"),
    [
        ("{columns: [subject, body]}", ["Titel\nTekst\n", "alleen\n", None]),
        ("{columns: [subject, body], separator: ' / '}", ["Titel / Tekst / ", "alleen / ", None]),
        ("{column: document, json: [note, text]}", ["binnenin", None, None]),
        ("{column: raw}", ["gewoon", None, None]),
        ("{column: raw, encoding: latin-1}", ["gewoon", "ÿA", None]),
    ],
)
def test_text_comes_from_several_columns_from_json_or_from_bytes(form: str, texts: list[str | None], tmp_path: Path) -> None:
    store = mapped(tmp_path, CASES, ENTRIES % f"text: {form}")
    units = {unit.entry_key: unit for unit in store.texts()}
    found = [units[key].text or None for key in ("a%7Cb|1", "a|1", "a|2")]
    assert found == texts
    assert all(unit.not_examined for unit in units.values() if not unit.text)


VERSIONED = """\
  entries: {table: nota, version: versie, columns: {entry_key: id, dossier_key: zaak, text: %s}}
"""
VERSIONS = """
CREATE TABLE nota (id INTEGER PRIMARY KEY, zaak INTEGER, tekst TEXT, bijlage TEXT, versie TEXT);
INSERT INTO nota VALUES (1, 1, 'een', 'a', '2024-01-02 03:04:05.000001'), (2, 1, 'twee', 'b', NULL);
"""


def test_a_version_stands_for_the_content_of_its_column_and_of_no_other(tmp_path: Path) -> None:
    store = mapped(tmp_path, VERSIONS, VERSIONED % "tekst")
    texts, versions = ({key: digest for key, _, digest in some} for some in (store.digests(), store.versions()))
    assert texts["1"] != versions["1"]
    assert texts["2"] == versions["2"]
    other = opened(tmp_path, f"sqlite:///{tmp_path / 'foreign.db'}", VERSIONED % "bijlage")
    assert {key for key, _, digest in other.versions() if digest == versions[key]} == set()
    assert [unit.text for unit in store.texts(None, {("1", None)})] == ["een"]


@pytest.mark.parametrize("column", ["{column: tekst, file: path}", "geen"])
def test_a_version_goes_with_a_content_in_the_database(column: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError):
        mapped(tmp_path, VERSIONS, (VERSIONED % column).replace(", text: geen", ""))


def test_rows_of_several_tables_are_one_frame_and_keep_their_keys_apart(tmp_path: Path) -> None:
    script = """
    CREATE TABLE visit (id INTEGER PRIMARY KEY, client INTEGER, report TEXT);
    CREATE TABLE letter (id INTEGER PRIMARY KEY, client INTEGER, body TEXT, lang TEXT);
    CREATE TABLE scan (id INTEGER PRIMARY KEY, letter INTEGER, words TEXT);
    INSERT INTO visit VALUES (1, 5, 'bezoek'), (2, 6, 'bezoek twee');
    INSERT INTO letter VALUES (1, 5, 'brief', 'nl');
    INSERT INTO scan VALUES (1, 1, 'bijlage');
    """
    frames = """\
  entries:
    parts:
      visit: {table: visit, columns: {entry_key: id, dossier_key: client, text: report}}
      letter: {table: letter, columns: {entry_key: id, dossier_key: client, text: body, lang: lang}}
  attachments: {table: scan, of: letter, columns: {attachment_key: id, entry_key: letter, text: words}}
"""
    store = mapped(tmp_path, script, frames)
    store.check()
    entries = store.read("entries")
    assert entries.entry_key.tolist() == ["visit:1", "visit:2", "letter:1"]
    assert entries.lang.isna().tolist() == [True, True, False]
    assert store.read("attachments").entry_key.tolist() == ["letter:1"]
    assert [(cut.first, cut.dossiers) for cut in store.partitions(1)] == [("5", 1), ("6", 1)]
    first = store.partitions(1)[0]
    assert [(u.entry_key, u.attachment_key, u.text) for u in store.texts(first)] == [
        ("visit:1", None, "bezoek"), ("letter:1", None, "brief"), ("letter:1", "1", "bijlage"),
    ]  # fmt: skip
    assert [unit.text for unit in store.texts(wanted={("letter:1", "1")})] == ["bijlage"]


def test_soft_deleted_rows_are_still_read_and_counted(tmp_path: Path) -> None:
    frames = DOSSIERS % "status: {value: OPEN}" + "    soft_deleted: {gone: 1}\n"
    store = mapped(tmp_path, CASES, frames)
    assert len(store.read("dossiers")) == 3
    (remark,) = [each for each in remarks_on(store.database, store.mapping) if "deleted for their system" in each.what]
    assert remark.what.startswith("1 rows of client")
