"""Airflow and the ledger in one PostgreSQL database: a schema each, made where it isn't there yet."""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import CreateSchema

from discretio.errors import SecretInUrlError, ServingError, UsageError
from discretio.settings import LEDGER_URL

AIRFLOW_SCHEMA, LEDGER_SCHEMA = "airflow", "discretio"
# Told both: Airflow would guess a second driver, which isn't installed.
_AIRFLOW_URLS = ("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC")
_DRIVER = "postgresql+psycopg"


def settle_in(url: str) -> dict[str, str]:
    """Make both schemas in a database; what is there already is kept.

    Args:
        url: postgresql://USER@HOST/DATABASE, without a password.

    Returns:
        The environment under which Airflow and the ledger find them.

    Raises:
        UsageError: it is no such URL.
        SecretInUrlError: a password stands in it.
        ServingError: the database can't be reached, or refuses.
    """
    address = _checked(url)
    engine = create_engine(address, hide_parameters=True)
    try:
        with engine.begin() as connection:
            for schema in (AIRFLOW_SCHEMA, LEDGER_SCHEMA):
                connection.execute(CreateSchema(schema, if_not_exists=True))
    except SQLAlchemyError as error:
        raise ServingError(
            "the database can't be reached, or makes no schema",
            where=type(error).__name__,
            remedy="see that it exists, that this account may create schemas in it, and that PGPASSFILE holds its password",
        ) from None
    finally:
        engine.dispose()
    return dict.fromkeys(_AIRFLOW_URLS, _under(address, AIRFLOW_SCHEMA)) | {LEDGER_URL: _under(address, LEDGER_SCHEMA)}


def _checked(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise _no_url() from None
    if address.get_backend_name() != "postgresql" or not address.database or "options" in address.query:
        raise _no_url()
    if address.password is not None or "password" in address.query:
        raise SecretInUrlError("a password stands in the database's URL", remedy="leave it out; name a file in PGPASSFILE")
    return address.set(drivername=_DRIVER)


def _no_url() -> UsageError:
    return UsageError("this is no database to serve from", remedy="give postgresql://USER@HOST/DATABASE, or none for SQLite")


def _under(address: URL, schema: str) -> str:
    return address.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
