"""Whether MariaDB and MySQL lock what they are asked to lock, and roll back what is undone: only their engine InnoDB does."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, text

from discretio.errors import PurgeRefusedError

_SERVERS = ("mysql", "mariadb")
_ENGINE = "innodb"
_QUERY = text("SELECT table_schema, table_name, engine FROM information_schema.tables WHERE table_schema IN :schemas")


def refuse_other_engines(connection: Connection, tables: Collection[str]) -> None:
    """Make sure that an erasure in these tables is done completely or not at all, and that no hold comes while it lasts.

    A view says nothing of what stands behind it. Other databases than these two know no engines.

    Raises:
        PurgeRefusedError: a table isn't one of InnoDB.
    """
    if connection.dialect.name not in _SERVERS:
        return
    default = str(connection.scalar(text("SELECT DATABASE()")))
    schemas = sorted({name.rpartition(".")[0] or default for name in tables})
    found = connection.execute(_QUERY.bindparams(bindparam("schemas", schemas, expanding=True)))
    engines = {f"{schema}.{name}".lower(): str(engine).lower() for schema, name, engine in found}
    full = {name: (name if "." in name else f"{default}.{name}").lower() for name in tables}
    if others := sorted(name for name in tables if engines.get(full[name]) != _ENGINE):
        raise PurgeRefusedError(
            "nothing can be erased in tables that this database neither locks nor rolls back",
            where=", ".join(others),
            remedy="convert them (ALTER TABLE ... ENGINE=InnoDB), and name tables instead of views",
        )
