"""What searches outside the stores found: which file holds which unit, by surrogate ids and counts alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from discretio.ledger.audit_chain import Payload, append, canonical
from discretio.ledger.connection import Ledger
from discretio.ledger.shadow_tables import mandates, shadow_copies, shadow_searches


@dataclass(frozen=True, slots=True)
class ShadowCopy:
    """A file in which a unit of a store was found again: whole, byte by byte, or by so many marks of long passages."""

    file_id: str
    unit_id: str
    dossier_id: str
    whole: bool
    marks: int


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A search under a mandate: whether all of the place could be read, and how many files could not, by reason."""

    run_id: str
    mandate_id: str
    complete: bool
    gaps: Mapping[str, int]
    searched_at: datetime


@dataclass(frozen=True, slots=True)
class LastSearch:
    """What the last search under a mandate said: whether it was complete, and how many copies are still known from it."""

    mandate_id: str
    complete: bool
    copies: int


def record_search(ledger: Ledger, search: SearchRecord, found: Sequence[ShadowCopy]) -> None:
    """Record a search with what it found."""
    with ledger.writing() as connection:
        connection.execute(insert(shadow_searches).values(**asdict(search)))
        if found:
            connection.execute(insert(shadow_copies), [asdict(copy) | {"run_id": search.run_id} for copy in found])
        payload: Payload = {"run_id": search.run_id, "copies": len(found), "gaps": canonical(dict(search.gaps))}
        append(ledger, connection, "shadow.searched", payload, subject=search.mandate_id)


def last_searches(ledger: Ledger, store_id: int) -> dict[str, LastSearch]:
    """The last search under each mandate for a store, by mandate; a mandate under which nobody searched is absent."""
    copies = select(func.count()).where(shadow_copies.c.run_id == shadow_searches.c.run_id).scalar_subquery()
    query = (
        select(shadow_searches.c.mandate_id, shadow_searches.c.complete, copies)
        .join(mandates)
        .where(mandates.c.store_id == store_id)
        .order_by(shadow_searches.c.searched_at, shadow_searches.c.run_id)
    )
    with ledger.reading() as connection:
        return {row[0]: LastSearch(*row) for row in connection.execute(query)}


def copies_found(ledger: Ledger, mandate_id: str) -> list[ShadowCopy]:
    """What the last search under a mandate found, in the order in which it did."""
    last = (
        select(shadow_searches.c.run_id)
        .where(shadow_searches.c.mandate_id == mandate_id)
        .order_by(shadow_searches.c.searched_at.desc(), shadow_searches.c.run_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = [shadow_copies.c[name] for name in ShadowCopy.__slots__]
    query = select(*columns).where(shadow_copies.c.run_id == last).order_by(shadow_copies.c.copy_id)
    with ledger.reading() as connection:
        return [ShadowCopy(*row) for row in connection.execute(query)]


def record_telling(ledger: Ledger, mandate_id: str, copies: int) -> None:
    """Record that the places of the copies were told to whoever gave the mandate."""
    with ledger.writing() as connection:
        append(ledger, connection, "shadow.places_told", {"copies": copies}, subject=mandate_id)
