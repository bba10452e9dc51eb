"""A lost connection is made again, as often as the mapping allows; what else fails is no loss, and isn't tried again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from discretio.errors import StoreUnavailableError

Pause = Callable[[float], None]
Given = TypeVar("Given")
# Codes by which MariaDB and MySQL say that a connection is gone, beside those that SQLAlchemy knows.
_GONE = {1053, 1927, 2006, 2013}


def is_lost(error: BaseException | None) -> bool:
    """Whether a failure says that the connection is gone."""
    if not isinstance(error, DBAPIError):
        return False
    arguments = getattr(error.orig, "args", ())
    return error.connection_invalidated or bool(arguments and arguments[0] in _GONE)


def waited(times: int) -> float:
    """Seconds to wait after that many losses in a row."""
    return float(2 ** (times - 1))


def again(read: Callable[[], Given], reconnections: int, pause: Pause) -> Given:
    """Read in one go; once more from the beginning, after a pause, if the connection is lost meanwhile.

    Args:
        read: reads, over a connection of its own.
        reconnections: how often in a row.
        pause: waits so many seconds.

    Raises:
        StoreUnavailableError: it was lost too often, or something else failed.
    """
    for lost in count(1):
        try:
            return read()
        except StoreUnavailableError as error:
            # Once the database was there, that it can't be reached is part of the loss.
            if lost > reconnections or (lost == 1 and not is_lost(error.__context__)):
                raise
        pause(waited(lost))
    raise AssertionError("count never ends")
