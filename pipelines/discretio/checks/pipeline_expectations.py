"""Chapter L: what the pipeline asks of itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar

import pandas as pd

from discretio.checks.attested_rule import AttestedRule
from discretio.checks.facts_rule import FactsRule
from discretio.checks.row_facts import any_of
from discretio.checks.store_view import StoreView
from discretio.domain.judgements.pipeline import finding_keys, policies, purges


class ExpectContentBlindnessToBeAttested(AttestedRule):
    """Who runs the pipeline attests that planted marks appear in none of its outputs."""

    rule_id: ClassVar[str] = "PIPE-CONTENT-BLIND"


class ExpectSeparationToBeAttested(AttestedRule):
    """Who runs the pipeline attests that no authority's role reads the rows of another."""

    rule_id: ClassVar[str] = "PIPE-SEPARATION"


class ExpectSuppressionToBeAttested(AttestedRule):
    """Who publishes a report attests that no person can be told from its cells."""

    rule_id: ClassVar[str] = "PIPE-REPORT-NO-PD"


class ExpectPurgesToBeApprovedTwice(FactsRule):
    """Nothing is erased but with two approvals of exactly that list."""

    judge: ClassVar[ModuleType | None] = purges
    frame: ClassVar[str] = "purges"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "purges": ("controller_key", "list_sha256"),
        "purge_approvals": ("purge_key", "user_key", "role", "at", "list_sha256"),
    }

    @classmethod
    def looked_up(cls, store: StoreView) -> Mapping[str, pd.Series[Any]]:
        """Who approved it, in which roles, since when, and whether it was this list."""
        keys, approved = store.frames["purges"]["purge_key"], store.frames["purge_approvals"]
        by = approved["purge_key"]
        purged = store.looked_up(by, "purges", "purge_key", "list_sha256")
        other = (approved["list_sha256"] != purged).astype("boolean").mask(approved["list_sha256"].isna() | purged.isna())
        roles = approved["role"].fillna("").groupby(by).agg(lambda found: "|".join(sorted(set(found))))
        return {
            "approvers": keys.map(approved.groupby("purge_key")["user_key"].nunique()).fillna(0),
            "roles": keys.map(roles).astype("object").fillna(""),
            "same_list": ~any_of(keys, by, other),
            "first_approved_at": approved.groupby("purge_key")["at"].min().reindex(keys).set_axis(keys.index),
        }


class FindingRule(FactsRule):
    """A rule over the findings that the ledger keeps."""

    frame: ClassVar[str] = "recorded_findings"
    controller: ClassVar[str | None] = "controller_key"
    more_needs: ClassVar[Mapping[str, tuple[str, ...]]] = {"recorded_findings": ("controller_key",)}


class ExpectFindingsToNameTheirPolicy(FindingRule):
    """Each finding names the policy under which it was made."""

    judge: ClassVar[ModuleType | None] = policies


class ExpectFindingsToLoseTheirKeys(FindingRule):
    """A closed finding loses its reference in time, and an open one gets a new key every year."""

    judge: ClassVar[ModuleType | None] = finding_keys
