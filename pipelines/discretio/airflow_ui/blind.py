"""Tasks that stay blind: what fails in one tells Airflow what kind of failure it was, never what a library said about it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from airflow.sdk import task as airflow_task
from airflow.sdk.exceptions import AirflowException

from discretio.errors import DiscretioError

P = ParamSpec("P")
R = TypeVar("R")
_PACKAGE = Path(__file__).resolve().parents[1]


def task(**options: Any) -> Callable[[Callable[P, R]], Any]:  # noqa: ANN401 - Airflow's own options and decorator
    """Airflow's @task, blind.

    Airflow writes the exception of a failed task, and the frames it passed, to logs that we don't own; messages of drivers and
    libraries quote the values they choked on. So our own errors go on without what caused them, and all others are replaced.
    """

    def decorate(function: Callable[P, R]) -> Any:  # noqa: ANN401 - Airflow's decorated task
        # Airflow shows the docstring of a task by itself, but not of a mapped one.
        return airflow_task(**{"doc_md": function.__doc__, **options})(blind(function))

    return decorate


def blind(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, whose failures quote nothing."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except AirflowException:
            raise
        except Exception as error:  # noqa: BLE001 - every failure has to pass here
            failure = blinded(error)
        # Raised outside the handler, so that the original isn't kept as its context.
        raise failure

    return guarded


def blinded(error: Exception) -> Exception:
    """What may be told of an error: ours without its cause and its frames, of any other the kind and the line of ours."""
    if isinstance(error, DiscretioError):
        error.__cause__ = error.__context__ = None
        return error.with_traceback(None)
    return AirflowException(
        f"an unexpected {type(error).__name__} in {_line_of_ours(error)}; "
        "run the same verb on the command line with --debug, where the store is, to see it"
    )


def _line_of_ours(error: Exception) -> str:
    place, frame = "discretio", error.__traceback__
    while frame is not None:
        file = Path(frame.tb_frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            place = f"{file.relative_to(_PACKAGE)}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place
