"""A made-up case system of a care centre, and the mapping by which dossiers may be erased in it, on any of the servers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text

from discretio.stores.erasable_mapped import ErasableMappedStore
from discretio.stores.mapping import read_mapping

TABLES = """\
CREATE TABLE body (id INTEGER PRIMARY KEY, sort VARCHAR(40));
CREATE TABLE client_file (nr INTEGER PRIMARY KEY, holder INTEGER REFERENCES body (id), state VARCHAR(9), opened DATE,
    closed DATE, term VARCHAR(9));
CREATE TABLE event (id INTEGER PRIMARY KEY, file_nr INTEGER REFERENCES client_file (nr), what VARCHAR(9), at_day DATE);
CREATE TABLE visit (site INTEGER, number INTEGER, file_nr INTEGER REFERENCES client_file (nr), by_body INTEGER,
    on_day DATE, report TEXT, PRIMARY KEY (site, number));
CREATE TABLE visit_tag (site INTEGER, number INTEGER, tag VARCHAR(40), PRIMARY KEY (site, number, tag),
    FOREIGN KEY (site, number) REFERENCES visit (site, number) ON DELETE CASCADE);
CREATE TABLE client (id INTEGER PRIMARY KEY, file_nr INTEGER REFERENCES client_file (nr), name VARCHAR(80), born DATE);
CREATE TABLE halt (id INTEGER PRIMARY KEY, file_nr INTEGER, why VARCHAR(40), since DATE);
CREATE TABLE menu (id INTEGER PRIMARY KEY, dish VARCHAR(40))"""
NAMES = ("body", "client_file", "event", "visit", "visit_tag", "client", "halt", "menu")
MAPPING = """\
store:
  url: '{url}'
erase:
  holds: frame
  also:
    tags: {{table: visit_tag, of: entries, on: {{site: site, number: number}}, erase: delete}}
frames:
  controllers: {{table: body, columns: {{controller_key: id, kind: sort}}}}
  dossiers:
    table: client_file
    columns:
      dossier_key: nr
      kind: {{value: SHARED}}
      owner: holder
      status: state
      opened_at: opened
      closed_at: closed
      closed_precision: {{value: DAY}}
      agreed_term: term
      agreed_term_start: {{value: EFFECTIVE_CLOSURE}}
    erase: {files}
  dossier_events:
    table: event
    columns: {{event_key: id, dossier_key: file_nr, kind: what, at: at_day, precision: {{value: DAY}}}}
    erase: delete
  entries:
    table: visit
    columns:
      entry_key: {{columns: [site, number]}}
      dossier_key: file_nr
      introduced_by: by_body
      introduced_at: on_day
      text: report
    erase: delete
  persons:
    table: client
    columns: {{person_key: id, dossier_key: file_nr, name: name}}
    erase: {{set: {{name: erased, born: null, file_nr: null}}}}
  holds:
    table: halt
    columns: {{hold_key: id, dossier_key: file_nr, kind: why, from_at: since}}
    erase: delete
"""
DUE = 4
FILES = 30


def word(number: int) -> str:
    """A word that stands in one file only."""
    return f"kenmerk{number:04d}x"


def rows(files: int = FILES, due: int = DUE) -> dict[str, list[tuple[object, ...]]]:
    """Files of two visits each, with a client and an event; the first ones have outlived their term."""
    numbers, visits = range(1, files + 1), [(site, nr) for nr in range(1, files + 1) for site in (1, 2)]
    return {
        "body": [(1, "FEDERAL_GDPR"), (2, "FEDERAL_GDPR")],
        "client_file": [(nr, 1, "CLOSED", "2018-01-02", "2020-05-06", "P1Y" if nr <= due else "P20Y") for nr in numbers],
        "event": [(nr, nr, "CLOSED", "2020-05-06") for nr in numbers],
        "visit": [(site, nr, nr, site, "2018-02-03", f"Over {word(nr)} gesproken.") for site, nr in visits],
        "visit_tag": [(site, nr, word(nr)) for site, nr in visits],
        "client": [(nr, nr, f"Jan {word(nr)}", "1990-01-01") for nr in numbers],
        "menu": [(1, "soep")],
    }


def run(url: str, *statements: str) -> None:
    """Do something in the database."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def content(url: str, names: tuple[str, ...] = NAMES) -> dict[str, list[str]]:
    """Every row of every table."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in names}  # noqa: S608 - our own names
    engine.dispose()
    return {name: sorted(map(repr, some)) for name, some in found.items()}


def mapping_in(folder: Path, url: str, mapping: str = MAPPING, files: str = "delete") -> Path:
    """The mapping file for a database."""
    path = folder / "centre.yaml"
    path.write_text(mapping.format(url=url, files=files), encoding="utf-8")
    return path


def filled(folder: Path, url: str, mapping: str = MAPPING, files: str = "delete") -> ErasableMappedStore:
    """The case system, filled and mapped."""
    run(url, *TABLES.split(";"))
    engine = create_engine(url)
    with engine.begin() as connection:
        for name, some in rows().items():
            marks = ", ".join(f":c{number}" for number in range(len(some[0])))
            values = [{f"c{number}": value for number, value in enumerate(row)} for row in some]
            connection.execute(text(f"INSERT INTO {name} VALUES ({marks})"), values)  # noqa: S608 - our own names
    engine.dispose()
    return ErasableMappedStore(read_mapping(mapping_in(folder, url, mapping, files)))
