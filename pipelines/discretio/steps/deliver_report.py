"""Record that an issued report was delivered: the very file that was issued, and no report that another one replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from discretio.domain.approvals import Role
from discretio.domain.deliveries import Way
from discretio.errors import ApprovalError, ReportError
from discretio.ledger.deliveries import Delivery, record_delivery, sign_delivery
from discretio.steps.issued_reports import IssuedReport, issued_reports, report_file
from discretio.steps.people_keys import Signer
from discretio.steps.verify_report import verify_report
from discretio.steps.workplace import Workplace


def deliverable(place: Workplace, file: Path, roots: Sequence[Path]) -> IssuedReport:
    """The issued report that a file is.

    Raises:
        VerificationError: the file isn't genuine.
        ReportError: this ledger didn't issue it, or another report replaced it.
    """
    report_id = verify_report(file, roots, place.ledger).report_id
    issued = {one.report_id: one for one in issued_reports(place)}
    if report_id not in issued:
        raise ReportError("this ledger didn't issue the report", where=report_id, remedy="deliver one that was issued here")
    newer = next((one.report_id for one in issued.values() if one.corrects == report_id), None)
    if newer is not None:
        raise ReportError("another report replaced this one", where=report_id, remedy=f"deliver {newer}")
    return issued[report_id]


def deliver_by_hand(place: Workplace, file: Path, way: Way, who: Signer, roots: Sequence[Path]) -> Delivery:
    """Record that a person delivered a report.

    Raises:
        ApprovalError: the person is no data protection officer, or has another key.
        VerificationError: the file isn't genuine.
        ReportError: this ledger didn't issue it, or another report replaced it.
    """
    report = deliverable(place, file, roots)
    if Role.DPO not in who.person.roles:
        raise ApprovalError(
            "this person may not deliver reports", where=report.report_id, remedy="ask the data protection officer"
        )
    delivery = sign_delivery(_delivery(place, report, file, way, who.person.person_id), who.private_key)
    record_delivery(place.ledger, delivery)
    return delivery


def record_sending(place: Workplace, report_id: str, way: Way) -> None:
    """Record that a run of Airflow sent a report as it is filed here.

    Raises:
        ReportError: no such report was issued, or its file isn't here.
    """
    issued = next(one for one in issued_reports(place) if one.report_id == report_id)
    record_delivery(place.ledger, _delivery(place, issued, report_file(place, report_id), way, ""))


def _delivery(place: Workplace, report: IssuedReport, file: Path, way: Way, person_id: str) -> Delivery:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Delivery(report.report_id, report.authority, way, sha256, place.now(), person_id)
