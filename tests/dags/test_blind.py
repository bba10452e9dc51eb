"""What fails in a task tells Airflow what kind of failure it was, never what it said."""

from __future__ import annotations

import traceback

import pytest

pytestmark = pytest.mark.airflow
SECRET = "Jan Peeters, 85.01.01-123.45"


def _told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error.__cause__) + repr(error.__context__)


def test_a_librarys_words_are_replaced_by_the_kind_of_failure() -> None:
    from airflow.sdk.exceptions import AirflowException

    from discretio.airflow_ui.blind import blind

    def reads() -> None:
        secret = SECRET
        raise ValueError(secret)

    with pytest.raises(AirflowException, match="an unexpected ValueError") as caught:
        blind(reads)()
    assert "Peeters" not in _told(caught.value)


def test_the_line_of_ours_that_failed_is_told() -> None:
    from airflow.sdk.exceptions import AirflowException

    from discretio.airflow_ui.blind import blind
    from discretio.law.periods import Period

    with pytest.raises(AirflowException, match=r"law/periods\.py:\d+"):
        blind(Period.parse)(SECRET)


def test_our_own_errors_go_on_without_what_caused_them() -> None:
    from discretio.airflow_ui.blind import blind
    from discretio.errors import StoreUnavailableError

    def reads() -> None:
        try:
            dict[str, str]()[SECRET]
        except KeyError as error:
            raise StoreUnavailableError("the store can't be read") from error

    with pytest.raises(StoreUnavailableError) as caught:
        blind(reads)()
    assert "Peeters" not in _told(caught.value)


def test_airflows_own_signals_pass() -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    from discretio.airflow_ui.blind import blind

    def skips() -> None:
        raise AirflowSkipException

    with pytest.raises(AirflowSkipException):
        blind(skips)()


def test_every_task_of_every_dag_is_blind() -> None:
    from dags import homes

    for dag in homes.dag_bag().dags.values():
        for task in dag.tasks:
            assert task.python_callable.__code__.co_name == "guarded", task.task_id
