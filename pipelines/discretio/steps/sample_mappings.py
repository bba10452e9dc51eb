"""A mapping to begin with for each kind of system: what the rules of its profile read. `make docs` writes them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from discretio.domain.dues import ART8_ERASURE, DELETING_RULES
from discretio.domain.frames import KNOWN_FRAMES, STORE_FRAMES, Frame
from discretio.policy_files import load_profiles
from discretio.policy_files.profiles import Profile
from discretio.resources import folder
from discretio.stores.reference.schema import TOLD_BY_US

Needs = Mapping[str, tuple[str, ...]]

URL_VARIABLE = "DISCRETIO_STORE_URL"
# Whatever is asked: who owns a dossier, who introduced an entry, what it says, and whose authority hears of it.
_ALWAYS: Needs = {
    "controllers": ("controller_key", "kind", "regime"),
    "dossiers": ("dossier_key", "kind", "status", "owner"),
    "entries": ("entry_key", "dossier_key", "introduced_by", "introduced_at", "text"),
}
# What a rule reads where it is there, and does without where it isn't.
_BESIDES: Mapping[str, Needs] = {
    "ART2-2-CAT": {"dossiers": ("is_anonymous",), "entries": ("category_exempt",)},
    "ART2-3-4-HOLD": {"holds": ("law_citation",)},
    "ART4-CONSENT": {"agreements": ("standing", "categories"), "own_copies": ("own_legal_ground",)},
    "ART7-REPLY-3M": {"rights_requests": ("reply_kind", "forwarded_at")},
}
_OF_A_TERM = ("dossiers", "dossier_events", "sessions", "entries", "holds", "necessity_reviews")
_OF_THE_LIST = ("art8_rows",)


def sample_mapping(profile: Profile, needs: Mapping[str, Needs]) -> str:
    """The mapping of a system whose tables and columns are called as ours: to be renamed, and cut down to what a system holds.

    Args:
        profile: the kind of system.
        needs: by rule that an expectation answers, the columns that it reads, by frame.
    """
    wanted = _wanted(profile, needs)
    head = f"""\
# {profile.titles["en"]}: a mapping to begin with, made by `make docs` from the rules of the profile.
# Right of each colon stands the name of a table or column: put those of your system there (docs/mapping.md says what else may
# stand: codes, joins, dates in words), and take away what it doesn't hold: the rules that need it are NOT_CHECKABLE then. Then:
#   discretio store check THIS_FILE
#   discretio check --profile {profile.id}
store:
  url_environment: {URL_VARIABLE}  # a variable that holds the URL, without a password
frames:
"""
    return head + "".join(_frame(KNOWN_FRAMES[name], wanted[name]) for name in KNOWN_FRAMES if name in wanted)


def sample_mappings() -> Mapping[str, str]:
    """The mappings by the name of their file."""
    from discretio.checks.suites import read_suites  # noqa: PLC0415 - imports Great Expectations, which takes seconds

    suites = read_suites(folder("expectations") / "mapped_store")
    needs = {one.rule_id: one.expectation.needs for suite in suites for one in suite.expectations}
    return {f"{name}.yaml": sample_mapping(profile, needs) for name, profile in load_profiles(folder("policies")).items()}


def _wanted(profile: Profile, needs: Mapping[str, Needs]) -> dict[str, set[str]]:
    """By frame, the columns that the mapping names: those of the rules, and the keys without which no row is found."""
    wanted: dict[str, set[str]] = {name: set(columns) for name, columns in _ALWAYS.items()}
    for rule in profile.rules:
        for asked in (needs.get(rule, {}), _BESIDES.get(rule, {}), _of_term(rule) if rule in DELETING_RULES else {}):
            for name in asked.keys() & KNOWN_FRAMES.keys() - TOLD_BY_US:
                wanted.setdefault(name, set()).update(asked[name])
    return {name: columns | _keys_of(KNOWN_FRAMES[name]) for name, columns in wanted.items()}


def _keys_of(frame: Frame) -> set[str]:
    return {frame.key} | {"dossier_key", "entry_key"} & set(frame.column_names)


def _of_term(rule: str) -> Needs:
    """What a deletion plan reads for a term: the dates of the dossier and its holds, or the list of art. 8."""
    frames = [STORE_FRAMES[name] for name in (_OF_THE_LIST if rule == ART8_ERASURE else _OF_A_TERM)]
    return {frame.name: tuple(column.name for column in frame.columns if not column.content) for frame in frames}


def _frame(frame: Frame, columns: set[str]) -> str:
    lines = [f"  {frame.name}:  # {frame.row}", f"    table: {frame.name}", "    columns:"]
    lines += [f"      {each.name}: {each.name}  # {each.meaning}" for each in frame.columns if each.name in columns]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for name, text in sample_mappings().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
