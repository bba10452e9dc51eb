"""Which organisation a row belongs to: by a reference of its own, or through the organisation of its author."""

from __future__ import annotations

from collections.abc import Mapping

from discretio.stores.drafting.column_guesses import creator_column
from discretio.stores.drafting.dossier_guess import is_about
from discretio.stores.drafting.proposals import ProposedColumn
from discretio.stores.drafting.schema import Reference, SketchTable
from discretio.stores.drafting.vocabulary import ORGANISATION_TABLES, USER_TABLES
from discretio.stores.foreign.yaml_words import quoted


class Organisations:
    """The organisations of an unknown schema.

    Args:
        tables: all tables by name.
    """

    def __init__(self, tables: Mapping[str, SketchTable]) -> None:
        self._tables = tables

    def of(self, table: SketchTable) -> Reference | None:
        """The reference of a table to its organisation."""
        return next((one for one in table.references if self._is_organisation(one.table)), None)

    def listed(self, dossiers: SketchTable) -> SketchTable | None:
        """The table of the organisations: the one that dossiers refer to, else users, else any other table."""
        users = [one for one in self._tables.values() if is_about(one, USER_TABLES)]
        for table in (dossiers, *users, *self._tables.values()):
            reference = self.of(table)
            if reference is not None:
                return self._tables[reference.table]
        return None

    def introducer(self, table: SketchTable) -> tuple[ProposedColumn | None, dict[str, str]]:
        """Who introduced a row, as an organisation, and the join to find it: an author counts only if his can be found."""
        creator = creator_column(table)
        direct = self.of(table)
        if direct is not None and creator is None:
            return ProposedColumn("introduced_by", quoted(direct.column), 0.7, f"a reference to {direct.table}"), {}
        if creator is None:
            return None, {}
        reference = next((one for one in table.references if one.column == creator.name), None)
        users = self._tables.get(reference.table) if reference else self._users(creator.kind)
        own = self.of(users) if users else None
        if users is None or own is None or len(users.primary) != 1:
            reason = "this is a person; give the organisation that he worked for"
            return ProposedColumn("introduced_by", quoted(creator.name), 0.3, reason, is_question=True), {}
        join = f"{{table: {quoted(users.name)}, on: {{{quoted(users.primary[0])}: {quoted(creator.name)}}}}}"
        reason = f"the organisation of its author ({users.name})"
        return ProposedColumn("introduced_by", quoted(f"author.{own.column}"), 0.6, reason), {"author": join}

    def _users(self, kind: str) -> SketchTable | None:
        """The one table of users whose key is of this kind."""
        users = [table for table in self._tables.values() if is_about(table, USER_TABLES) and len(table.primary) == 1]
        alike = [table for table in users if (key := table.column(table.primary[0])) is not None and key.kind == kind]
        return alike[0] if len(alike) == 1 else None

    def _is_organisation(self, name: str) -> bool:
        table = self._tables.get(name)
        return table is not None and is_about(table, ORGANISATION_TABLES) and not is_about(table, USER_TABLES)
