"""What a mapping can name, what a policy can set, and the rules, as pages: `make docs` writes them, a test compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from discretio.domain.frames import KNOWN_FRAMES, STORE_FRAMES, Frame
from discretio.law.policy import Reference, ResolvedPolicy, Rule
from discretio.policy_files import load_policy
from discretio.resources import folder
from discretio.settings import DEFAULT_POLICY_SET

AS_OF = date(2026, 11, 21)
"""The day whose values are shown; a page that followed the calendar would change by itself."""


def mapping_page() -> str:
    """Every frame and column that a mapping can fill, and what it means."""
    head = """# What a mapping can name

Made from the frames by `make docs`; [mapping.md](../mapping.md) says how a mapping is written. A rule whose columns the
mapping leaves out is NOT_CHECKABLE. Frames marked * exist in the reference store; the others are filled by a mapping alone.
Moments and days are in Europe/Brussels unless the mapping names another zone.
"""
    return "\n".join([head, *(_frame(KNOWN_FRAMES[name]) for name in sorted(KNOWN_FRAMES))])


def policy_page(policy: ResolvedPolicy) -> str:
    """Every parameter of the shipped policy set, with its value, and the rules that read it."""
    readers: dict[str, list[str]] = {}
    for rule_id in sorted(policy.rules):
        for name in policy.rules[rule_id].parameters:
            readers.setdefault(name, []).append(rule_id)
    rows = (
        _cells(f"`{name}`", _value(policy.values[name]), _source(policy.references.get(name)), ", ".join(readers.get(name, [])))
        for name in sorted(policy.values)
    )
    head = f"""# What a policy can set

Made from `policies/` by `make docs`: the values of {policy.policy_set_id} on {policy.as_of}. Earlier values stand in the
files; [policies/README.md](../../policies/README.md) says how they are changed.
"""
    return "\n".join([head, _head("parameter", "value", "source", "read by"), *rows, ""])


def rule_page(policy: ResolvedPolicy) -> str:
    """Every rule: what it is called, its force, its source, what it is judged on."""
    rows = (_rule(policy.rules[rule_id]) for rule_id in sorted(policy.rules))
    head = f"""# The rules

Made from `policies/rules/` by `make docs`: {len(policy.rules)} rules of {policy.policy_set_id} on {policy.as_of}.
What answers each of them stands in [rule-coverage.md](../rule-coverage.md); `discretio rules show ID`
says the same in fr, nl and de.
"""
    return "\n".join([head, _head("rule", "title", "force", "severity", "judged per", "source"), *rows, ""])


def _frame(frame: Frame) -> str:
    mark = " *" if frame.name in STORE_FRAMES else ""
    rows = (_cells(f"`{one.name}`", one.dtype, one.meaning, ", ".join(one.words)) for one in frame.columns)
    return "\n".join(
        [f"## {frame.name}{mark}\n", f"A row: {frame.row}.\n", _head("column", "type", "meaning", "words"), *rows, ""]
    )


def _rule(rule: Rule) -> str:
    return _cells(rule.id, rule.title["en"], rule.force.value, rule.severity, rule.scope_kind, _source(rule.reference))


def _source(reference: Reference | None) -> str:
    return "" if reference is None else f"{reference.title} {reference.article}".strip()


def _value(value: object) -> str:
    if value is None:
        return "none"
    return ", ".join(str(one) for one in value) if isinstance(value, tuple | list | frozenset) else str(value)


def _head(*columns: str) -> str:
    return f"{_cells(*columns)}\n{_cells(*['---'] * len(columns))}"


def _cells(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def pages() -> Iterable[tuple[str, str]]:
    """Each page with its file name."""
    policy = load_policy(folder("policies"), DEFAULT_POLICY_SET, AS_OF)
    return (("mapping.md", mapping_page()), ("policies.md", policy_page(policy)), ("rules.md", rule_page(policy)))


if __name__ == "__main__":
    for name, text in pages():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
