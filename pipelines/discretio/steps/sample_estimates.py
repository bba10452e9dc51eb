"""The miss rates of samples: over all, per language, per category, and per category and language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from discretio.domain.approvals import Role
from discretio.domain.miss_rates import MissRate, StratumCounts, miss_rate
from discretio.errors import ApprovalError
from discretio.law.special_classes import CATEGORY_NUMBERS
from discretio.ledger.connection import Ledger
from discretio.ledger.samples import SampleRecord, StratumRecord, load_sample, sampled_entries
from discretio.steps.acting import acting
from discretio.steps.exact_binomial import clopper_pearson
from discretio.steps.workplace import Workplace

ANY = "any"
ALL = "all"
TARGETS = (ANY, *(f"category_{number}" for number in CATEGORY_NUMBERS))
ANY_BITS = sum(1 << number for number in CATEGORY_NUMBERS)


@dataclass(frozen=True, slots=True)
class EstimatedRate:
    """The miss rate of one target (any category, or `category_<n>`) in one language (or all)."""

    target: str
    lang: str
    rate: MissRate


@dataclass(frozen=True, slots=True)
class AnsweredStratum:
    """A stratum, with what was answered about the participants concerned.

    Attributes:
        lang: its language.
        parts: the parts of its introducers, those of others included.
        concerned: the numbers of the parts that count.
        missed: of each entry of theirs that was answered, the categories that are there and were not found, as bits.
    """

    lang: str
    parts: tuple[StratumRecord, ...]
    concerned: frozenset[int]
    missed: tuple[int, ...]

    def counts(self, target: str) -> StratumCounts:
        """Its counts for one category, or for any: whatever was found in an entry, something else may have been missed."""
        category = target.removeprefix("category_")
        bits = ANY_BITS if target == ANY else 1 << int(category)
        own = [part for part in self.parts if part.number in self.concerned]
        drawn, every = sum(part.drawn for part in own), sum(part.drawn for part in self.parts)
        return StratumCounts(
            population=sum(part.population for part in self.parts),
            undetected=sum(part.population if target == ANY else part.undetected[category] for part in own),
            drawn=drawn,
            answered=len(self.missed),
            missed=sum(bool(mask & bits) for mask in self.missed),
            outside=every - drawn,
        )


def estimate_sample(place: Workplace, sample_id: str, login: str) -> list[EstimatedRate]:
    """Every miss rate of a sample; categories in single languages only where one was missed.

    Raises:
        UsageError: there is no such sample.
        ApprovalError: who asks is no data protection officer.
    """
    if Role.DPO not in acting(place, login).roles:
        raise ApprovalError("only a data protection officer sees the estimates", remedy="let an enrolled DPO ask")
    strata = answered_strata(place.ledger, load_sample(place.ledger, sample_id))
    languages = sorted({stratum.lang for stratum in strata})
    rates = [EstimatedRate(target, ALL, rate_of(strata, target)) for target in TARGETS]
    rates += [EstimatedRate(ANY, lang, rate_of(in_language(strata, lang), ANY)) for lang in languages]
    single = [EstimatedRate(t, lang, rate_of(in_language(strata, lang), t)) for t in TARGETS[1:] for lang in languages]
    return rates + [one for one in single if one.rate.missed]


def answered_strata(ledger: Ledger, sample: SampleRecord, controllers: Collection[str] | None = None) -> list[AnsweredStratum]:
    """The strata of a sample with what was answered so far.

    Args:
        ledger: the ledger.
        sample: the sample.
        controllers: the participants concerned; all by default.
    """
    entries = sampled_entries(ledger, sample.sample_id)
    given = entries[entries["categories"].notna()].astype({"categories": "int64"})
    answers: dict[int, list[int]] = {}
    for part, there, detected in given[["stratum", "categories", "detected"]].itertuples(index=False):
        answers.setdefault(int(part), []).append(int(there) & ~int(detected))
    strata: dict[tuple[str, str], list[StratumRecord]] = {}
    for part in sample.strata:
        strata.setdefault((part.lang, part.declared), []).append(part)
    return [_answered(lang, parts, answers, controllers) for (lang, _), parts in strata.items()]


def _answered(
    lang: str, parts: list[StratumRecord], answers: Mapping[int, list[int]], controllers: Collection[str] | None
) -> AnsweredStratum:
    concerned = frozenset(part.number for part in parts if controllers is None or part.controller_id in controllers)
    missed = tuple(mask for number in sorted(concerned) for mask in answers.get(number, ()))
    return AnsweredStratum(lang, tuple(parts), concerned, missed)


def rate_of(strata: Iterable[AnsweredStratum], target: str) -> MissRate:
    """The miss rate of one target over some strata."""
    return miss_rate([stratum.counts(target) for stratum in strata], clopper_pearson)


def rates_frame(rates: Sequence[EstimatedRate]) -> pd.DataFrame:
    """The rates as a frame: target, lang, and the fields of a MissRate."""
    fields = MissRate.__slots__
    rows = [(one.target, one.lang, *(getattr(one.rate, name) for name in fields)) for one in rates]
    return pd.DataFrame(rows, columns=["target", "lang", *fields])


def in_language(strata: Iterable[AnsweredStratum], lang: str) -> list[AnsweredStratum]:
    """The strata of one language."""
    return [stratum for stratum in strata if stratum.lang == lang]
