"""The rules over entries: declared categories, declared special data, reasons for category 16."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

import pandas as pd

from discretio.checks.rule_expectation import RuleExpectation
from discretio.checks.store_view import Row, StoreView, judge_distinct
from discretio.domain.judgements import categories, category16, special_data
from discretio.domain.outcomes import Judgement
from discretio.law.special_classes import Flag, flags_of

_FINDINGS = "entry_findings"


class ExpectEveryEntryToFallInADeclaredCategory(RuleExpectation):
    """Every entry declares its categories of art. 2 §2, and declares all that were found in it."""

    rule_id: ClassVar[str] = categories.RULE_ID
    frame: ClassVar[str] = "entries"
    scope_kind: ClassVar[str] = "entry"
    controller: ClassVar[str | None] = "introduced_by"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("entry_key", "categories"),
        _FINDINGS: ("entry_key", "detected_categories", "examined"),
    }

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per entry."""
        facts = _with_findings(store, {"declared": "categories"}, "detected_categories")
        facts["exempt"] = store.column(cls.frame, "category_exempt")
        dossiers = store.column(cls.frame, "dossier_key")
        facts["anonymous"] = store.looked_up(dossiers, "dossiers", "dossier_key", "is_anonymous")

        def judge(row: Row) -> Judgement:
            sets = {"declared": _numbers(row["declared"]), "detected": _numbers(row["detected"])}
            return categories.judge(categories.Facts(**{**row, **sets}), store.under)

        return judge_distinct(facts, judge)


class ExpectSpecialDataOfEveryEntryToBeDeclared(RuleExpectation):
    """Special and criminal data found in an entry are declared as such."""

    rule_id: ClassVar[str] = special_data.RULE_ID
    frame: ClassVar[str] = "entries"
    scope_kind: ClassVar[str] = "entry"
    controller: ClassVar[str | None] = "introduced_by"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("entry_key", "special_declared"),
        _FINDINGS: ("entry_key", "detected_flags", "examined"),
    }

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per entry."""
        facts = _with_findings(store, {"declared": "special_declared"}, "detected_flags")

        def judge(row: Row) -> Judgement:
            return special_data.judge(
                special_data.Facts(_flags(row["declared"]), _flags(row["detected"]), row["examined"]), store.under
            )

        return judge_distinct(facts, judge)


class ExpectEveryUseOfCategory16ToBeJustified(RuleExpectation):
    """Who uses category 16, `other necessary data`, gives a reason of substance, in time and rarely."""

    rule_id: ClassVar[str] = category16.RULE_ID
    frame: ClassVar[str] = "entries"
    scope_kind: ClassVar[str] = "entry"
    controller: ClassVar[str | None] = "introduced_by"
    needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "entries": ("entry_key", "dossier_key", "categories", "introduced_at", "cat16_justification", "cat16_justified_at"),
        _FINDINGS: ("entry_key", "detected_categories", "examined"),
    }

    @classmethod
    def judgements(cls, store: StoreView) -> Sequence[Judgement]:
        """One judgement per entry."""
        entries = store.frames["entries"]
        columns = {
            "declared": "categories",
            "justification": "cat16_justification",
            "justified_at": "cat16_justified_at",
            "introduced_at": "introduced_at",
        }
        facts = _with_findings(store, columns, "detected_categories")
        uses = entries["categories"].fillna(0).astype("int64").map(_uses_category_16)
        facts["share"] = uses.groupby(entries["dossier_key"]).transform("mean")
        # What only matters to users of category 16 would make every other entry unlike the next.
        facts.loc[~uses, facts.columns.drop("declared")] = None

        def judge(row: Row) -> Judgement:
            sets = {"declared": _numbers(row["declared"]), "detected": _numbers(row["detected"])}
            return category16.judge(category16.Facts(**{**row, **sets}), store.under)

        return judge_distinct(facts, judge)


def _with_findings(store: StoreView, columns: Mapping[str, str], detected: str) -> pd.DataFrame:
    """Facts of the entries with what the scan found: a row per entry, null where nobody looked."""
    entries, findings = store.frames["entries"], store.frames[_FINDINGS]
    facts = pd.DataFrame({name: entries[column] for name, column in columns.items()}, index=entries.index)
    found = _one_per_entry(findings[["entry_key", detected, "examined"]], detected).set_index("entry_key")
    facts["detected"] = entries["entry_key"].map(found[detected])
    facts["examined"] = entries["entry_key"].map(found["examined"])
    return facts


def _one_per_entry(findings: pd.DataFrame, detected: str) -> pd.DataFrame:
    """Several rows about one entry say together what each says: all that was found, examined only if every part was."""
    if not findings["entry_key"].duplicated().any():
        return findings
    rows: dict[str, tuple[int, bool]] = {}
    for key, mask, examined in findings.itertuples(index=False):
        before, all_examined = rows.get(key, (0, True))
        rows[key] = (before | (0 if pd.isna(mask) else int(mask)), all_examined and not pd.isna(examined) and bool(examined))
    return pd.DataFrame([(key, *row) for key, row in rows.items()], columns=["entry_key", detected, "examined"])


def _uses_category_16(mask: int) -> bool:
    return bool(mask >> category16.OTHER_NECESSARY_DATA & 1)


@lru_cache(maxsize=4096)
def _flags(mask: float | None) -> frozenset[Flag] | None:
    """The special classes whose bits are set."""
    return None if mask is None else frozenset(flags_of(int(mask)))


@lru_cache(maxsize=4096)
def _numbers(mask: float | None) -> frozenset[int] | None:
    """The numbers whose bits are set, unknown ones too."""
    if mask is None:
        return None
    bits = int(mask)
    return frozenset(number for number in range(bits.bit_length()) if bits >> number & 1)
