"""How a report reaches its authority."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """The way by which a report was delivered."""

    EMAIL = "EMAIL"
    UPLOAD = "UPLOAD"
    POST = "POST"
    BY_HAND = "BY_HAND"


SENT_BY_AIRFLOW = (Way.EMAIL, Way.UPLOAD)
