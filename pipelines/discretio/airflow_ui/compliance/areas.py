"""What a visitor may see, area by area; each is a resource of its own in Airflow's permissions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from discretio.errors import NotYoursError


class Area(StrEnum):
    """One area of the page, by the name of its resource."""

    OVERVIEW = "Compliance Overview"
    FINDINGS = "Compliance Findings"
    DELETIONS = "Compliance Deletions"
    REPORTS = "Compliance Reports"
    POLICIES = "Compliance Policies"

    @property
    def address(self) -> str:
        """Where it stands below the page's own address."""
        return "" if self is Area.OVERVIEW else self.name.lower()


def reports_of(authority: str) -> str:
    """The resource of the reports issued to one authority."""
    return f"{Area.REPORTS} {authority}"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, and what Airflow lets him see.

    Attributes:
        login: under which he is logged in.
        may_read: whether he may read a resource.
        controllers: surrogates of the controllers to whose share he is confined; None if to none in particular.
    """

    login: str
    may_read: Callable[[str], bool]
    controllers: frozenset[str] | None = field(default=None)

    def areas(self) -> list[Area]:
        """The areas open to him, in the order of the page."""
        return [area for area in Area if self.may_read(area)]

    def require(self, resource: str) -> None:
        """Refuse unless he may read it.

        Raises:
            NotYoursError: he may not.
        """
        if not self.may_read(resource):
            raise NotYoursError("this part of the page is not open to you", where=resource, remedy="ask the administrator")

    def may_read_reports_of(self, authority: str) -> bool:
        """Whether the reports to this authority are open to him: all are, or its are."""
        return self.may_read(Area.REPORTS) or self.may_read(reports_of(authority))
