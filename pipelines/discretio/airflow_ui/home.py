"""An Airflow home of our own: the environment set before Airflow is imported, the metadata database migrated."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path

from discretio.resources import folder


def prepare(home: Path) -> None:
    """Make `home` the Airflow home of this process. Must come before the first import of airflow.

    Args:
        home: a folder; SQLite metadata, logs and generated configuration go there.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(folder("dags")),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            # What somebody types into a form, also what is refused, would stand in Airflow's audit log otherwise.
            "AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES": "conf",
            "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        }
    )


def migrate() -> None:
    """Bring the metadata database to the version of the installed Airflow."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from airflow.utils.db import upgradedb  # noqa: PLC0415 - airflow reads its environment when it is imported

        logging.getLogger("alembic").setLevel(logging.ERROR)
        upgradedb()
