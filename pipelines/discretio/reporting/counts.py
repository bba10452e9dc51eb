"""What a report is made from: plain counts that the caller takes from the ledger, and what stands on the cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from discretio.domain.figures import Correction, EarlierReport, PolicyStamp

Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """Small frames of counts, each with a column `n` unless said otherwise; None means "not measured", empty means none.

    Attributes:
        coverage: status (EXAMINED, PARTLY_EXAMINED, NOT_EXAMINED), n entries.
        dossiers: kind, status, n dossiers.
        categories: category (1-16), declared, detected, undeclared: n entries; undeclared = detected but not declared.
        flags: flag, detected, undeclared: n entries.
        outcomes: rule_id, outcome, n scopes.
        unjudged: rule_id, n stores in which the rule could not be judged at all.
        dues: rule_id, status (catalogue §1), n scopes.
        purges: event, n dossiers.
        holds: state, n holds; one hold may be in several states.
        not_examined: reason, n parts of documents.
        requests: state, n requests.
        detector_quality: target ("category_10", a flag), correct, wrong: n items of triage that were decided.
        missed: target ("any", "lang_fr", "category_10"), reviewed (n entries), low, high (tenths of a percent): share of the
            entries without that category which hold it; already so wide that no small number shows.
        actions: age (an AgeBand), status (a triage Status), n items that are not resolved.
        overdue: overdue (an Overdue), n items.
    """

    coverage: pd.DataFrame | None = None
    dossiers: pd.DataFrame | None = None
    categories: pd.DataFrame | None = None
    flags: pd.DataFrame | None = None
    outcomes: pd.DataFrame | None = None
    unjudged: pd.DataFrame | None = None
    dues: pd.DataFrame | None = None
    purges: pd.DataFrame | None = None
    holds: pd.DataFrame | None = None
    not_examined: pd.DataFrame | None = None
    requests: pd.DataFrame | None = None
    detector_quality: pd.DataFrame | None = None
    missed: pd.DataFrame | None = None
    actions: pd.DataFrame | None = None
    overdue: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What stands on the cover, and the words that only the caller knows.

    Attributes:
        report_id: the number of the report, unique.
        authority: id of the supervisory authority (apd, coc, vtc, ...).
        controller: surrogate id of the controller, or "all".
        period: "2026-Q3", "2026", or two dates joined by "/".
        as_of: the day that the figures stand at; also the date of the document.
        policy: the policy that the figures were made under.
        languages: of the report, in order, out of fr, nl, de, en.
        demo: the report will be sealed with a demonstration key, and says so on every page.
        k: suppression threshold of the policy.
        k_special: the one of special and criminal data.
        labels: names in the languages by `<kind>.<code>`: "rule.ART2-2-CAT", "authority.apd", "controller.<id>", and, where
            the report's own catalogue should give way, "category.10" and so on.
        articles: article of a rule by its id ("art. 2, § 2, 1°-16°"), printed as a footnote.
        earlier: the report of the period before, to compare with; None if there is none.
        corrects: the issued report that this one replaces; None if it replaces none.
        history: the last report over each of some periods before, the oldest first.
    """

    report_id: str
    authority: str
    controller: str
    period: str
    as_of: date
    policy: PolicyStamp
    languages: tuple[str, ...] = ("fr", "nl")
    demo: bool = False
    k: int = 5
    k_special: int = 10
    labels: Labels = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    earlier: EarlierReport | None = None
    corrects: Correction | None = None
    history: tuple[EarlierReport, ...] = ()
