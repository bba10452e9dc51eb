"""What a visitor may see, area by area; each is a resource of its own in Airflow's permissions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from discretio.errors import NotYoursError


class Area(StrEnum):
    """One area of the page, by the name of its resource."""

    OVERVIEW = "Compliance Overview"
    FINDINGS = "Compliance Findings"
    TRIAGE = "Compliance Triage"
    CALENDAR = "Compliance Calendar"
    DELETIONS = "Compliance Deletions"
    COVERAGE = "Compliance Coverage"
    REPORTS = "Compliance Reports"
    POLICIES = "Compliance Policies"
    HEALTH = "Compliance Health"
    PEOPLE = "Compliance People"

    @property
    def address(self) -> str:
        """Where it stands below the page's own address."""
        return "" if self is Area.OVERVIEW else self.name.lower()


EVERY_CONTROLLER = "Compliance Every Controller"
"""The resource of who isn't confined to controllers by his role; his enrolment may still confine him."""


def reports_of(authority: str) -> str:
    """The resource of the reports issued to one authority."""
    return f"{Area.REPORTS} {authority}"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, and what Airflow lets him see.

    Attributes:
        login: under which he is logged in.
        may_read: whether he may read a resource.
        may_act: whether he may send forms about a resource.
        session: what tells this login from every other, also of his own; forms are bound to it.
        controllers: surrogates of the controllers to whose share he is confined; None if to none in particular.
    """

    login: str
    may_read: Callable[[str], bool]
    may_act: Callable[[str], bool]
    session: str = field(repr=False)
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

    def require_act(self, resource: str) -> None:
        """Refuse unless he may send forms about it.

        Raises:
            NotYoursError: he may not.
        """
        if not self.may_act(resource):
            raise NotYoursError(
                "nothing is yours to decide on this part of the page", where=resource, remedy="ask the administrator"
            )

    def acts_for(self, concerned: Iterable[str]) -> bool:
        """Whether he sees what concerns these controllers: he is confined to none, or one of them is his."""
        return self.controllers is None or not self.controllers.isdisjoint(concerned)

    def may_read_reports_of(self, authority: str) -> bool:
        """Whether reports to this authority are open to him: all are, or its are."""
        return self.may_read(Area.REPORTS) or self.may_read(reports_of(authority))

    def may_read_report(self, authority: str, controller: str) -> bool:
        """Whether a report about a controller is: an authority reads all that it got, anybody else what concerns him."""
        return self.may_read(reports_of(authority)) or (self.may_read(Area.REPORTS) and self.acts_for([controller]))
