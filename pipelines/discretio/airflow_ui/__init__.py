"""All that touches Airflow: what the DAG files call, and the in-process runner."""
