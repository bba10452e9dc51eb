"""What is asked of the checks, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from discretio.domain.outcomes import Outcome
from discretio.law.policy import ResolvedPolicy


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One store, or one partition of it, to be checked.

    Attributes:
        frames: the frames of `domain.frames.KNOWN_FRAMES` that the store delivers, keys already replaced by surrogate ids, and
            `entry_findings` from the ledger. A frame that is absent makes its rules NOT_CHECKABLE; an empty one means none.
        policy: what applies on that day; its rules are the ones asked.
        as_of: the day of the judgement.
        suites: the folder of Great Expectations suites for this kind of store, one JSON file per frame.
        rules: the rules to answer, None for all that the policy and the suites name.
        data_docs: the folder to write Data Docs to, None for none.
    """

    frames: Mapping[str, pd.DataFrame]
    policy: ResolvedPolicy
    as_of: date
    suites: Path
    rules: frozenset[str] | None = None
    data_docs: Path | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a rule could not be answered over the whole store; `error` is the kind of exception, never its message."""

    rule_id: str
    reason: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The answers.

    Attributes:
        outcomes: a frame of `domain.frames.OUTCOMES`. A rule that could not be answered, or had nothing to judge, has one row
            of scope_kind `store` with an empty scope_key and no dossier or controller. What concerns several controllers has a
            row for each of them.
        counts: per rule, over how many scopes it gave each kind of outcome.
        problems: what kept rules from being answered.
    """

    outcomes: pd.DataFrame
    counts: Mapping[str, Mapping[Outcome, int]]
    problems: tuple[Problem, ...]
