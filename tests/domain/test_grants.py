"""The statements that give rights say what they should, whatever a table is called."""

from __future__ import annotations

from discretio.domain.grants import TableGrant, statements


def test_a_role_gets_what_is_listed_and_names_are_quoted() -> None:
    grants = [
        TableGrant('no"tes', ("SELECT", "INSERT"), sequence="notes_id_seq"),
        TableGrant("cases", ("UPDATE",), ("id", "kind")),
    ]
    assert list(statements("postgresql", "scan", grants, "s")) == [
        'CREATE ROLE "scan";',
        'GRANT USAGE ON SCHEMA "s" TO "scan";',
        'GRANT SELECT, INSERT ON "s"."no""tes" TO "scan";',
        'GRANT USAGE ON SEQUENCE "s"."notes_id_seq" TO "scan";',
        'GRANT UPDATE ("id", "kind") ON "s"."cases" TO "scan";',
    ]


def test_mariadb_has_neither_schemas_to_use_nor_sequences() -> None:
    assert list(statements("mariadb", "scan", [TableGrant("no`tes", ("INSERT",), sequence="x")], "s")) == [
        "CREATE ROLE `scan`;",
        "GRANT INSERT ON `s`.`no``tes` TO `scan`;",
    ]
