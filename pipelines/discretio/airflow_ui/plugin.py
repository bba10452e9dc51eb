"""What Airflow loads: the Compliance page under /compliance, and its entry in the navigation."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from discretio import wiring
from discretio.airflow_ui.compliance.application import create_application
from discretio.airflow_ui.compliance.logging_in import authenticate
from discretio.airflow_ui.compliance.readiness import ReadyBeforeServing
from discretio.airflow_ui.dag_runs import last_dag_runs


class DiscretioPlugin(AirflowPlugin):
    """The Compliance page."""

    name = "discretio"
    fastapi_apps = [  # noqa: RUF012 - how Airflow declares it
        {
            "app": create_application(wiring.page_workplace, authenticate, last_dag_runs),
            "url_prefix": "/compliance",
            "name": "Discretio",
        }
    ]
    fastapi_root_middlewares = [  # noqa: RUF012 - as above
        {"middleware": ReadyBeforeServing, "args": [wiring.page_workplace], "kwargs": {}, "name": "Discretio is ready"}
    ]
    external_views = [  # noqa: RUF012 - as above
        {"name": "Compliance", "href": "/compliance/", "destination": "nav", "category": "browse", "url_route": "compliance"}
    ]
