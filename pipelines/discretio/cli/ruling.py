"""discretio rules list, show, cases, coverage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

import typer

from discretio.cli.app import AsOf, Format, app, console, day, leave, print_table
from discretio.domain.outcomes import Outcome
from discretio.errors import EXIT_FAILED, UsageError
from discretio.law.policy import ParameterValue
from discretio.policy_files import load_ambiguities, load_profiles, profile_named
from discretio.settings import Settings
from discretio.steps.detector import policy_folder
from discretio.steps.rule_coverage import Coverage, coverage
from discretio.wiring import workplace

rules_app = typer.Typer(
    no_args_is_help=True, help="What the law asks: the rules, their sources, their legal cases, and what covers them."
)
app.add_typer(rules_app, name="rules")

RuleId = Annotated[str, typer.Argument(metavar="ID", help="A rule, such as ART4-CONSENT.")]
Output = Annotated[Format, typer.Option("--format")]
Profile = Annotated[str | None, typer.Option(help="A kind of system; `discretio rules profiles` lists them.")]


class Language(StrEnum):
    """A language in which the readings are explained."""

    FR = "fr"
    NL = "nl"
    EN = "en"
    DE = "de"


_JUDGED = (Outcome.PASS, Outcome.FAIL, Outcome.WARN, Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKABLE)


@rules_app.command("list")
def list_rules(profile: Profile = None, output: Output = Format.TABLE) -> None:
    """List the rules that have a file, chapter by chapter; with a profile, those that are asked of that kind of system."""
    asked = None if profile is None else profile_named(policy_folder(Settings.from_environment()), profile).rules
    found = [(each, each.rule) for each in _coverage() if each.rule is not None and (asked is None or each.rule_id in asked)]
    if output is Format.JSON:
        listed = [
            {"id": rule.id, "chapter": each.chapter, "severity": rule.severity, "titles": rule.titles} for each, rule in found
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    rows = [(rule.id, each.chapter, rule.severity, ", ".join(_forces(each)), rule.titles["en"]) for each, rule in found]
    print_table("Rules", ("rule", "chapter", "severity", "force", "title"), rows)


@rules_app.command("show")
def show(rule_id: RuleId) -> None:
    """Show one rule: titles, sources with their phrase, parameters, what the pipeline does, and what answers it."""
    each = _one(rule_id)
    rule = each.rule
    if rule is None:
        raise UsageError("this obligation has no rule yet", where=rule_id, remedy="see `discretio rules coverage`")
    lines = [rule.id, *(f"  {language}: {title}" for language, title in rule.titles.items())]
    lines += [f"severity: {rule.severity}", f"judges: each {rule.scope_kind}", f"does: {', '.join(rule.does)}"]
    lines += [f"heard of: {rule.routing}", f"parameters: {', '.join(rule.parameters) or 'none'}"]
    for source in rule.sources:
        reference = source.reference
        seen = f"checked on {reference.checked_on}" if reference.checked_on else "not yet compared with the official text"
        lines.append(f"{source.force}: {reference.title}, {reference.article}: {reference.phrase or reference.reason} ({seen})")
    if rule.attestation:
        lines.append(f"attested, since {rule.attestation['en']}")
    lines.append(f"answered by: {each.implementation} {each.code}".rstrip())
    for line in lines:
        console.print(line, soft_wrap=True, markup=False)


@rules_app.command("cases")
def cases(rule_id: RuleId, output: Output = Format.TABLE) -> None:
    """Show the legal cases of one rule: what the store tells, and the answer that follows."""
    found = _one(rule_id).cases
    if output is Format.JSON:
        told = [{"name": case.name, "facts": case.facts, "answers": case.answers, "reason": case.reason} for case in found]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    print_table(
        "Legal cases", ("case", "answer", "reason"), [(case.name, ", ".join(case.answers), case.reason) for case in found]
    )


@rules_app.command("coverage")
def cover(output: Output = Format.TABLE) -> None:
    """Say for each obligation of the catalogue what covers it. Exit code 1 if one of them isn't covered."""
    found = _coverage()
    covered = sum(not each.lacks for each in found)
    if output is Format.JSON:
        typer.echo(json.dumps({"covered": covered, "of": len(found), "rules": [_line(each) for each in found]}, indent=1))
    else:
        columns = ("rule", "source", "file", "answered by", *(each.value for each in _JUDGED), "lacks")
        print_table("Coverage", columns, [_row(each) for each in found])
        console.print(f"{covered} of {len(found)} obligations are covered")
    leave(0 if covered == len(found) else EXIT_FAILED)


@rules_app.command("profiles")
def profiles(output: Output = Format.TABLE) -> None:
    """List the kinds of systems for which a profile says which rules are asked."""
    found = load_profiles(policy_folder(Settings.from_environment())).values()
    columns = ("profile", "system", "policy set", "rules", "title")
    rows = [(each.id, each.system, each.policy_set, len(each.rules), each.titles["en"]) for each in found]
    if output is Format.JSON:
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        return
    print_table("Profiles", columns, rows)


@rules_app.command("ambiguities")
def ambiguities(
    lang: Annotated[Language, typer.Option(help="In which language.")] = Language.EN,
    as_of: AsOf = None,
    output: Output = Format.TABLE,
) -> None:
    """Say where the texts are ambiguous, how they are read under the policy in use, and what the reading changes."""
    place = workplace()
    values = place.policy_on(day(as_of, place)).values
    rows = [
        (name, each.key or "fixed", _written(values[each.parameter]) if each.parameter in values else each.reading,
         ", ".join(each.options), each.changes[lang])
        for name, each in load_ambiguities(policy_folder(place.settings)).items()
    ]  # fmt: skip
    columns = ("id", "choice", "reading", "options", "changes")
    if output is Format.JSON:
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        return
    print_table("Ambiguities", columns, rows)


def _written(value: ParameterValue) -> str:
    """A value as a file of policies writes it."""
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _coverage() -> Sequence[Coverage]:
    return coverage(policy_folder(Settings.from_environment()))


def _one(rule_id: str) -> Coverage:
    """The obligation of that id.

    Raises:
        UsageError: there is none.
    """
    found = {each.rule_id: each for each in _coverage()}
    if rule_id not in found:
        near = get_close_matches(rule_id.upper(), found, n=1)
        remedy = f"did you mean {near[0]}?" if near else "`discretio rules coverage` lists them"
        raise UsageError("there is no such rule", where=rule_id, remedy=remedy)
    return found[rule_id]


def _forces(each: Coverage) -> tuple[str, ...]:
    """The forces that the rule has by its sources."""
    return tuple(dict.fromkeys(source.force.value for source in each.rule.sources)) if each.rule else ()


def _line(each: Coverage) -> Mapping[str, object]:
    return {
        "id": each.rule_id,
        "chapter": each.chapter,
        "sources": [f"{source.reference.title}, {source.reference.article}" for source in each.rule.sources]
        if each.rule
        else [],
        "file": f"rules/{each.rule_id}.yaml" if each.rule else None,
        "implementation": each.implementation,
        "code": each.code,
        "cases": {outcome.value: each.answers.get(outcome, 0) for outcome in _JUDGED},
        "lacks": each.lacks,
    }


def _row(each: Coverage) -> tuple[object, ...]:
    source = each.rule.sources[0].reference if each.rule else None
    counts = (each.answers.get(outcome, 0) for outcome in _JUDGED)
    named = f"{source.title}, {source.article}" if source else ""
    return (each.rule_id, named, "yes" if each.rule else "no", each.implementation.value, *counts, ", ".join(each.lacks))
