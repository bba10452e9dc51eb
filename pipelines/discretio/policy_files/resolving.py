"""What the instruments of a policy set say together on one day: values, categories, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from discretio.law.policy import Adoption, Category, Rule, Status
from discretio.policy_files.choices import RuleFile, Source
from discretio.policy_files.library import InstrumentFolder
from discretio.policy_files.parameters import Dated
from discretio.policy_files.reading import Document


def dated_values(instruments: Iterable[InstrumentFolder], as_of: date) -> Mapping[str, Dated]:
    """Each parameter by name; where two instruments set it, the earlier one wins."""
    values: dict[str, Dated] = {}
    for found in instruments:
        for document in found.parameters:
            dated = document.content.on(as_of)
            if dated is not None:
                values.setdefault(document.content.parameter, dated)
    return dict(sorted(values.items()))


def categories_of(instruments: Iterable[InstrumentFolder]) -> Mapping[int, Category]:
    """The categories that the first instrument with a list of them gives; none if no instrument has one."""
    listed = [document.content.categories for found in instruments for document in found.categories]
    return {category.number: category for category in (listed[0] if listed else ())}


def rules_of(
    documents: Iterable[Document[RuleFile]], instruments: Iterable[InstrumentFolder], adoption: Adoption | None
) -> Mapping[str, Rule]:
    """The rules that these instruments ground, each with the force of the first of its sources among them.

    A rule is as old as the oldest of its sources: what was due under the law in force isn't new because a bill says it too.

    Raises:
        PolicyError: a rule claims a force that its instrument lacks.
    """
    known = [found.instrument.content for found in instruments]
    status = {instrument.id: instrument.status for instrument in known}
    since = {instrument.id: instrument.applies_since(adoption) for instrument in known}
    sourced = [(document.content, _source(document, status)) for document in documents]
    return {content.id: _rule(content, source, since) for content, source in sourced if source is not None}


def _source(document: Document[RuleFile], status: Mapping[str, Status]) -> Source | None:
    for position, source in enumerate(document.content.sources):
        if source.instrument not in status:
            continue
        if source.force is not status[source.instrument]:
            what = f"the force of {source.instrument} is {status[source.instrument]}, not {source.force}"
            raise document.error(what, "write the status that its instrument.yaml gives", "sources", position, "force")
        return source
    return None


def _rule(content: RuleFile, source: Source, since: Mapping[str, date | None]) -> Rule:
    days = (since.get(each.instrument) for each in content.sources)
    return Rule(
        id=content.id,
        title=content.titles,
        force=source.force,
        severity=content.severity,
        scope_kind=content.scope_kind,
        reference=source.reference,
        parameters=content.parameters,
        does=content.does,
        routing=content.routing,
        heard_too=content.heard_too,
        attestation=content.attestation or {},
        since=min(filter(None, days), default=None),
    )
