"""Which rule covers which obligation, and how ambiguous texts are read, as pages: `make docs` writes them, a test compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from discretio.domain.outcomes import Outcome
from discretio.law.rules import Action
from discretio.policy_files import load_ambiguities
from discretio.policy_files.ambiguities import Ambiguity
from discretio.resources import folder
from discretio.steps.rule_coverage import Coverage, coverage

JUDGED = (Outcome.PASS, Outcome.FAIL, Outcome.WARN, Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKABLE)
_ROOT = "discretio."


def coverage_page(found: Sequence[Coverage]) -> str:
    """What `discretio rules coverage` says, with the sources and the actions, chapter by chapter."""
    covered = sum(not each.lacks for each in found)
    chapters = [_chapter(name, list(rules)) for name, rules in groupby(found, key=lambda each: each.chapter)]
    head = f"""# What covers each obligation

Made by `make docs` from what runs: rule files, suites, judges and legal cases. Cases are counted by answer; leaving out a fact
that the rule needs is a case of NOT_CHECKABLE too. {covered} of {len(found)} obligations are covered.
"""
    return "\n".join([head, *chapters])


def ambiguity_page(found: Mapping[str, Ambiguity]) -> str:
    """Each question that the texts leave open, with its reading, the choices, and what the reading changes."""
    rows = (
        _cells(name, f"`{each.key}`" if each.key else "", *_choice(each), each.changes["en"]) for name, each in found.items()
    )
    head = """# Where the texts are ambiguous

Made by `make docs` from `policies/ambiguities.yaml`, which says the same in fr, nl and de, and names the cases that show each
reading. A parameter is changed in the folder of policies; a fixed reading has no other, since none was built.
"""
    return "\n".join([head, _head("id", "key", "our reading", "choices", "what it changes"), *rows, ""])


def _chapter(name: str, rules: Iterable[Coverage]) -> str:
    columns = ("rule", "source", "what we do", "answered by", *(each.value for each in JUDGED))
    return "\n".join([f"## {name.replace('_', ' ')}\n", _head(*columns), *(_row(each) for each in rules), ""])


def _row(each: Coverage) -> str:
    sources = [f"{source.force}: {source.reference.article}" for source in each.rule.sources] if each.rule else []
    does: tuple[Action, ...] = each.rule.does if each.rule else ()
    answered = "; ".join((f"`{each.code.removeprefix(_ROOT)}`", *(f"lacks {missing}" for missing in each.lacks)))
    return _cells(each.rule_id, "; ".join(sources), ", ".join(does), answered, *(each.answers.get(one, 0) for one in JUDGED))


def _choice(each: Ambiguity) -> tuple[str, str]:
    if each.parameter:
        return each.reading, f"`{each.parameter}`: {', '.join(each.options) or 'any value of its kind'}"
    return each.reading, ", ".join(each.options) if len(each.options) > 1 else "fixed"


def _head(*columns: str) -> str:
    return "\n".join((_cells(*columns), "|" + "---|" * len(columns)))


def _cells(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", ", ") for cell in cells) + " |"


def pages() -> Mapping[str, str]:
    """The pages by the name of their file in docs/."""
    policies = folder("policies")
    return {
        "rule-coverage.md": coverage_page(coverage(policies)),
        "ambiguities.md": ambiguity_page(load_ambiguities(policies)),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
