"""The record of processing activities (GDPR art. 30) and its counterpart of title 2 (law of 30 July 2018, art. 55).

A cell is a row of words by their codes. What neither a policy, nor a store, nor the ledger tells is never made up: its cell
says that the controller has to complete it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from discretio.domain.register_headings import Heading
from discretio.law.authorities import Regime
from discretio.law.periods import Period
from discretio.law.policy import ResolvedPolicy
from discretio.law.special_classes import SPECIAL_DATA, Flag


class Activity(StrEnum):
    """What is done with personal data, as far as Discretio knows of it."""

    CASE_CONSULTATION = "CASE_CONSULTATION"
    ART8_LIST = "ART8_LIST"
    COMPLIANCE_CHECK = "COMPLIANCE_CHECK"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cell: the list in which it is found, its code there, and a value that stands in it (a term, a day)."""

    kind: str
    code: str
    value: str = ""


class Identity(StrEnum):
    """What only a controller tells of itself, in the order of its columns."""

    NAME = "name"
    ENTERPRISE = "enterprise"
    REPRESENTATIVE = "representative"
    OFFICER = "officer"


Cell = tuple[Word, ...]
TO_COMPLETE: Cell = (Word("mark", "to_complete"),)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one controller in one store. An empty set means that the store doesn't tell.

    Attributes:
        controller_id: its surrogate id.
        store: the registered name of the store.
        regime: the rules under which it processes.
        kind: a ParticipantKind.
        dossier_kinds: SHARED, OWN, PRESIGNAL, as far as it has any.
        purposes: the purposes of the dossiers that it takes part in.
        grounds: the legal grounds of what it introduced, by their codes.
        categories: the categories of art. 2 §2 that it declared or in which the last scan found something of it.
        flags: the special classes, likewise.
        subjects: the roles of the persons in its dossiers.
        recipients: the kinds of the other participants in its shared dossiers.
        authority: the id of the authority that supervises it.
        hosts: ids of the hosts with which it has a contract.
        assessed_on: when its impact assessment was last made or reviewed.
        keeps_list: whether it keeps the list of art. 8.
    """

    controller_id: str
    store: str
    regime: Regime
    kind: str
    dossier_kinds: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    grounds: frozenset[str] = frozenset()
    categories: frozenset[int] = frozenset()
    flags: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    authority: str | None = None
    hosts: frozenset[str] = frozenset()
    assessed_on: date | None = None
    keeps_list: bool = False


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One activity of one controller; a heading that is absent has to be completed."""

    controller_id: str
    activity: Activity
    cells: Mapping[Heading, Cell] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """By what the activity is known, from one register to the next."""
        return "".join(word.value for word in self.cells.get(Heading.NUMBER, ()))

    def cell(self, heading: Heading) -> Cell:
        """The words of a cell; never empty."""
        return self.cells.get(heading) or TO_COMPLETE


@dataclass(frozen=True, slots=True)
class Completions:
    """What controllers add in their own words: of themselves, by their id, and of their activities, by number and heading."""

    controllers: Mapping[str, Mapping[Identity, str]] = field(default_factory=dict)
    activities: Mapping[str, Mapping[Heading, str]] = field(default_factory=dict)

    def added_to(self, row: RegisterRow) -> RegisterRow:
        """The row with the controller's words below what is known, in place of the call to complete it."""
        own = self.activities.get(row.number, {})
        told = {heading: (*_without_mark(row.cell(heading)), Word("own", "", text)) for heading, text in own.items()}
        return replace(row, cells={**row.cells, **told})


def _without_mark(cell: Cell) -> Cell:
    return tuple(word for word in cell if word not in TO_COMPLETE)


def register_rows(known: Known, policy: ResolvedPolicy) -> Iterator[RegisterRow]:
    """The activities of one controller in one store, as far as policy, store and ledger tell."""
    builders = {Activity.CASE_CONSULTATION: _consultation(known, policy)}
    if known.keeps_list:
        builders[Activity.ART8_LIST] = _list_of_art_8(policy)
    builders[Activity.COMPLIANCE_CHECK] = _compliance_check(known, policy)
    for activity, cells in builders.items():
        number = Word("id", "", f"{known.controller_id}/{known.store}/{activity.value}")
        common = {
            Heading.PROCESS: (Word("process", "CASE_CONSULTATION"),),
            Heading.NUMBER: (number,),
            Heading.ACTIVITY: (Word("activity", activity.value),),
            Heading.PURPOSE: (Word("purpose", activity.value),),
            Heading.ASSESSMENT: (Word("assessment", "LAST", known.assessed_on.isoformat()),) if known.assessed_on else (),
        }
        yield RegisterRow(known.controller_id, activity, common | cells)


def _consultation(known: Known, policy: ResolvedPolicy) -> dict[Heading, Cell]:
    cells = {
        Heading.ACTIVITY: (
            Word("activity", Activity.CASE_CONSULTATION.value), *_words("dossier_kind", sorted(known.dossier_kinds)),
        ),
        Heading.GROUND: _words("ground", sorted(known.grounds)),
        Heading.DATA: tuple(Word("category", str(number)) for number in sorted(known.categories)),
        Heading.DATA_CLASS: _data_classes(known),
        Heading.SUBJECTS: _words("role", sorted(known.subjects)),
        Heading.RECIPIENTS: (*_words("participant", sorted(known.recipients)), *_authority(known)),
        Heading.TERM: tuple(word for kind in sorted(known.dossier_kinds) for word in _terms_of(kind, policy)),
        Heading.PROCESSORS: tuple(Word("host", "CONTRACT", host) for host in sorted(known.hosts)),
        Heading.MEASURES: (Word("measure", "TWO_APPROVALS"), Word("measure", "CHECKED"), *TO_COMPLETE),
    }  # fmt: skip
    if "SHARED" in known.dossier_kinds:
        cells[Heading.JOINT] = (Word("joint", "EACH_ITS_OWN"),)
    if known.purposes:
        cells[Heading.PURPOSE] = _words("purpose", sorted(known.purposes))
    return cells


def _list_of_art_8(policy: ResolvedPolicy) -> dict[Heading, Cell]:
    return {
        Heading.DATA: (Word("category", "1"),),
        Heading.SUBJECTS: (Word("role", "SUBJECT"),),
        Heading.TERM: _term(policy, "art8.term"),
    }


def _compliance_check(known: Known, policy: ResolvedPolicy) -> dict[Heading, Cell]:
    return {
        Heading.TYPE: (Word("type", "AUTOMATED_READING"),),
        Heading.DATA: (Word("data", "NO_CONTENT"),),
        Heading.DATA_CLASS: (Word("data_class", "NONE_KEPT"),),
        Heading.SUBJECTS: _words("role", sorted(known.subjects)),
        Heading.RECIPIENTS: _authority(known),
        Heading.TERM: (*_term(policy, "findings.kept"), *_term(policy, "figures.kept")),
        Heading.PROFILING: (Word("profiling", "NONE"),),
        Heading.MEASURES: tuple(Word("measure", code) for code in ("BLIND", "SURROGATES", "AUDIT_CHAIN")),
    }


def _words(kind: str, codes: Iterable[str]) -> Cell:
    return tuple(Word(kind, code) for code in codes)


def _authority(known: Known) -> Cell:
    return (Word("authority", known.authority),) if known.authority else ()


def _data_classes(known: Known) -> Cell:
    if not known.categories and not known.flags:
        return ()
    special = [flag for flag in SPECIAL_DATA if flag in known.flags and flag is not Flag.CRIMINAL]
    judicial = _words("data_class", ["JUDICIAL"]) if Flag.CRIMINAL in known.flags or 9 in known.categories else ()
    ordinary = _words("data_class", ["ORDINARY"])
    return (*ordinary, *(_words("data_class", ["SPECIAL"]) if special else ()), *_words("flag", special), *judicial)


def _terms_of(dossier_kind: str, policy: ResolvedPolicy) -> Cell:
    """The longest term, and what may change it: an agreed term (art. 2 §3, 4°), the law of an own dossier's keeper (art. 4)."""
    if dossier_kind == "PRESIGNAL":
        return _term(policy, "presignal.draft_term")
    cap = _term(policy, "retention.cap")
    return (*cap, Word("term", "own_law" if dossier_kind == "OWN" else "agreed")) if cap else (Word("term", "agreed"),)


def _term(policy: ResolvedPolicy, parameter: str) -> Cell:
    value = policy.values.get(parameter)
    return (Word("term", parameter, str(value)),) if isinstance(value, Period) else ()
