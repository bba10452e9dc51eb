"""Frozen figures: the counts of an issued report, kept so that it can be recomputed when its dossiers are long gone."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from discretio.errors import ReportError
from discretio.ledger.audit_chain import append, moment_text
from discretio.ledger.connection import Ledger
from discretio.ledger.purge_tables import frozen_reports as table
from discretio.ledger.seals import check_seal, seal


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """The counts of one issued report, before suppression; nothing in them points to a person or a dossier.

    `sha256` is over the bytes of `figures_json` in UTF-8; `controller` is a surrogate, or "all".
    """

    report_id: str
    authority: str
    controller: str
    period: str
    figures_json: str
    sha256: str
    policy_set_id: str
    policy_version: str
    policy_sha256: str
    issued_at: datetime


def freeze_figures(ledger: Ledger, report: FrozenReport) -> None:
    """Freeze the counts of a report as it is issued. The same again changes nothing.

    Raises:
        ReportError: the hash doesn't fit the figures, or other figures stand frozen under this id.
    """
    if hashlib.sha256(report.figures_json.encode()).hexdigest() != report.sha256:
        raise ReportError("the hash of the figures doesn't fit them", where=report.report_id, remedy="make the report again")
    known = frozen(ledger, report.report_id)
    if known is not None:
        if known.sha256 != report.sha256:
            raise ReportError(
                "other figures stand frozen under this id", where=report.report_id, remedy="issue the report under a new id"
            )
        return
    with ledger.writing() as connection:
        connection.execute(insert(table).values(**asdict(report), seal=seal(ledger, "report", _sealed(report))))
        payload = {"sha256": report.sha256, "authority": report.authority, "controller": report.controller}
        append(ledger, connection, "report.frozen", payload | {"period": report.period}, subject=report.report_id)


def frozen(ledger: Ledger, report_id: str) -> FrozenReport | None:
    """The frozen counts of a report; None if this ledger issued none under that id.

    Raises:
        LedgerError: they were changed in the database.
    """
    with ledger.reading() as connection:
        row = connection.execute(select(table).where(table.c.report_id == report_id)).one_or_none()
    if row is None:
        return None
    report = FrozenReport(**{name: getattr(row, name) for name in FrozenReport.__slots__})
    check_seal(ledger, "report", _sealed(report), row.seal)
    return report


def frozen_reports(ledger: Ledger) -> list[str]:
    """The ids of all issued reports, the last first."""
    query = select(table.c.report_id).order_by(table.c.issued_at.desc(), table.c.report_id)
    with ledger.reading() as connection:
        return list(connection.execute(query).scalars())


def frozen_for(ledger: Ledger, authority: str) -> list[FrozenReport]:
    """All reports issued for an authority, whatever their controller and period, the first issued first.

    Raises:
        LedgerError: one was changed in the database.
    """
    query = select(table.c.report_id).where(table.c.authority == authority).order_by(table.c.issued_at, table.c.report_id)
    with ledger.reading() as connection:
        found = connection.execute(query).scalars().all()
    return [report for report_id in found if (report := frozen(ledger, report_id)) is not None]


def last_frozen(ledger: Ledger, authority: str, controller: str, period: str) -> FrozenReport | None:
    """The last report issued for an authority about a controller over a period; None if there is none.

    Raises:
        LedgerError: it was changed in the database.
    """
    mine = (table.c.authority == authority, table.c.controller == controller, table.c.period == period)
    query = select(table.c.report_id).where(*mine).order_by(table.c.issued_at.desc(), table.c.report_id).limit(1)
    with ledger.reading() as connection:
        found = connection.execute(query).scalar_one_or_none()
    return frozen(ledger, found) if found else None


def _sealed(report: FrozenReport) -> dict[str, object]:
    return asdict(report) | {"issued_at": moment_text(report.issued_at)}
