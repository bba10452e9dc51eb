"""What there is to say of a mapping and the live database behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discretio.errors import DiscretioError


class Gravity(StrEnum):
    """What a remark means for a scan."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: an error stops a scan, a warning is to be mended, a note is to be known."""

    gravity: Gravity
    what: str
    where: str = ""
    remedy: str = ""


def remark_of(error: DiscretioError) -> Remark:
    """An error as a remark."""
    return Remark(Gravity.ERROR, error.what, error.where, error.remedy)
