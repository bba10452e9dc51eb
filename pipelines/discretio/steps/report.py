"""Make, sign and file one report: counts from the ledger, figures, PDF, seal; the raw counts frozen before it leaves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from discretio.domain.calendar_periods import ReportingPeriod, just_ended, parse_period
from discretio.domain.figures import ALL, Correction, CorrectionReason
from discretio.errors import ReportError, UsageError
from discretio.law.authorities import Channel
from discretio.ledger.chain_verification import verify_chain
from discretio.ledger.figures import FrozenReport, freeze_figures
from discretio.ledger.surrogate_ids import new_id
from discretio.reporting.building import build_figures
from discretio.reporting.counts import ReportCounts, ReportHeader
from discretio.reporting.policy_words import policy_articles, policy_labels, policy_stamp
from discretio.reporting.publishing import published_facts
from discretio.reporting.rendering import render
from discretio.reporting.signing import sign
from discretio.steps.report_counts import controllers_of, counts_for, hierarchy_counts, scope_owners, separate_counts
from discretio.steps.report_history import beside_earlier, correction, earlier_report, history, written
from discretio.steps.run_records import recorded_run
from discretio.steps.sealing import sealing_key, stamping
from discretio.steps.whole_files import whole_file
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Which report: for which authority, about which controller (or all of its own), over which period, in which languages.

    `replaces` is the number of an issued report that it corrects, for the reason given.
    """

    authority: str
    controller: str
    period: ReportingPeriod
    as_of: date
    languages: tuple[str, ...] = ()
    replaces: str | None = None
    reason: CorrectionReason = CorrectionReason.WRONG_FIGURES

    @classmethod
    def of(cls, authority: str, controller: str, period: str | None, as_of: date) -> ReportOrder:
        """An order in the authority's own languages; without a period, the last quarter that is over.

        Raises:
            PeriodError: the period doesn't exist.
        """
        chosen = parse_period(period) if period else just_ended(as_of)[0]
        return cls(authority, controller or ALL, chosen, as_of)

    def in_languages(self, languages: tuple[str, ...]) -> ReportOrder:
        """The same order in these languages."""
        return replace(self, languages=languages)

    def correcting(self, report_id: str, reason: CorrectionReason) -> ReportOrder:
        """The same order, to replace an issued report."""
        return replace(self, replaces=report_id, reason=reason)


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report that was issued: its id, where it is, and how many pages of cells it froze."""

    report_id: str
    path: Path
    authority: str
    demo: bool


def file_report(place: Workplace, order: ReportOrder, out: Path | None = None) -> FiledReport:
    """Make a report and write it to a file.

    Args:
        place: the collaborators.
        order: which report.
        out: the file; by default reports/<authority>-<period>-<id>.pdf in Discretio's home.

    Raises:
        UsageError: the authority is unknown.
        ReportError: there is nothing to report, or no key to seal with.
        StoreUnavailableError: a store whose controllers would be reported on can't be read.
        ChainBrokenError: the ledger's audit chain is broken; says where.
    """
    key = sealing_key(place.settings)
    verify_chain(place.ledger)  # what was changed behind the ledger's back is told to no authority
    dated = stamping(place.settings, key)
    header = _header(place, order, demo=key.demo)
    counts = _counts(place, order)
    path = out or _filed_under(place, order, header.report_id)
    with recorded_run(place, place.policy_on(order.as_of), "report", None) as run:
        figures = beside_earlier(place.ledger, build_figures(counts, header))
        pdf = sign(render(figures, header), key, place.now(), dated)
        # The counts are frozen once the file is as good as written, and before it can leave.
        with whole_file(path) as file:
            file.write(pdf)
            file.flush()
            _freeze(place, header, figures.to_json())
        run.counts["bytes"] = len(pdf)
    return FiledReport(header.report_id, path, order.authority, key.demo)


def published_figures(place: Workplace, order: ReportOrder) -> dict[str, object]:
    """What a report would publish, suppressed alike, without making one: sections and their tables, as plain values.

    Raises:
        UsageError: the authority is unknown.
        ReportError: there is nothing to report.
        StoreUnavailableError: a store whose controllers would be reported on can't be read.
    """
    header = _header(place, order, demo=False)
    return published_facts(beside_earlier(place.ledger, build_figures(_counts(place, order), header)))


def _counts(place: Workplace, order: ReportOrder) -> ReportCounts:
    """What the authority is told: all about its controllers, or through a separate channel what belongs there."""
    found = controllers_of(place, order.authority, order.controller)
    channel = place.authorities().authorities[order.authority].channel
    if channel.is_separate:
        counts = separate_counts(place, channel, found, order.as_of)
        if found or not _nothing(counts):
            return counts
    if not found:
        raise ReportError(
            "no controller of a registered store reports to this authority under this id",
            where=f"{order.authority}, controller {order.controller}",
            remedy="discretio store list shows the stores; see the kind and regime of their controllers",
        )
    if channel is Channel.INTERNAL_NOTE:
        return hierarchy_counts(place, found)
    return counts_for(place, found, order.period, order.as_of)


def _nothing(counts: ReportCounts) -> bool:
    return all(frame is None or frame.empty for frame in (counts.outcomes, counts.unjudged))


def _filed_under(place: Workplace, order: ReportOrder, report_id: str) -> Path:
    folder = place.settings.home / "reports"
    if place.authorities().authorities[order.authority].channel.is_separate:
        folder /= "separate"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{order.authority}-{order.period.label}-{report_id}.pdf"


def authorities_to_report(place: Workplace) -> list[str]:
    """The authorities that hear of something: of a controller of a registered store, or of a classified marking."""
    known = place.authorities().authorities
    today = place.now().date()
    return sorted(name for name, authority in known.items() if _hears(place, name, authority.channel, today))


def _hears(place: Workplace, authority: str, channel: Channel, as_of: date) -> bool:
    if channel is Channel.INTERNAL_NOTE:
        return False  # made when asked for
    controllers = controllers_of(place, authority, ALL)
    if not channel.is_separate:
        return bool(controllers)
    return not _nothing(separate_counts(place, channel, controllers, as_of))


def scopes_to_report(place: Workplace) -> list[tuple[str, str]]:
    """The owners' scopes that are reported apart, as (authority, id of the owner in the scope)."""
    everyone = place.authorities().authorities
    known = [name for name, one in everyone.items() if one.channel is not Channel.INTERNAL_NOTE]
    owners = sorted(scope_owners(place))
    return [(authority, owner) for owner in owners for authority in sorted(known) if controllers_of(place, authority, owner)]


def _header(place: Workplace, order: ReportOrder, *, demo: bool) -> ReportHeader:
    authority = place.authorities().authorities.get(order.authority)
    if authority is None:
        known = ", ".join(sorted(place.authorities().authorities))
        raise UsageError("there is no such supervisory authority", where=order.authority, remedy=f"one of {known}")
    if order.period.first > order.as_of:
        raise ReportError("the period has not begun", where=order.period.label, remedy="choose a period that has")
    policy = place.policy_on(order.as_of)
    return ReportHeader(
        report_id=new_id("report"),
        authority=order.authority,
        controller=order.controller,
        period=written(order.period),
        as_of=order.as_of,
        policy=policy_stamp(policy),
        languages=order.languages or authority.languages,
        demo=demo,
        k=int(policy.number("suppression.k")),
        k_special=int(policy.number("suppression.k_special")),
        labels=policy_labels(policy, authority),
        articles=policy_articles(policy),
        earlier=earlier_report(place.ledger, order.authority, order.controller, order.period),
        corrects=_corrected(place, order),
        history=history(place.ledger, order.authority, order.controller, order.period),
    )


def _corrected(place: Workplace, order: ReportOrder) -> Correction | None:
    if order.replaces is None:
        return None
    about = order.authority, order.controller, written(order.period)
    return correction(place.ledger, order.replaces, order.reason, about)


def _freeze(place: Workplace, header: ReportHeader, figures_json: str) -> None:
    frozen = FrozenReport(
        report_id=header.report_id,
        authority=header.authority,
        controller=header.controller,
        period=header.period,
        figures_json=figures_json,
        sha256=hashlib.sha256(figures_json.encode()).hexdigest(),
        policy_set_id=header.policy.id,
        policy_version=header.policy.version,
        policy_sha256=header.policy.sha256,
        issued_at=place.now(),
    )
    freeze_figures(place.ledger, frozen)
