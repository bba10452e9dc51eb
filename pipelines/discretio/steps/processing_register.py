"""The record of processing activities, put together from policies, stores and what the last scan found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from discretio.domain.processing_register import Completions, Known, RegisterRow, register_rows
from discretio.errors import ReportError
from discretio.law.authorities import Regime
from discretio.ledger import stores
from discretio.policy_files.register_completions import check_known, load_completions
from discretio.reporting.register_book import RegisterBook
from discretio.reporting.register_words import RegisterWords
from discretio.reporting.words import words
from discretio.steps.access_categories import access_categories
from discretio.steps.register_facts import known_in
from discretio.steps.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Register:
    """A register: whose, as of which day, and its rows; the controllers under title 3 are known, and have no such register."""

    as_of: date
    known: tuple[Known, ...]
    rows: tuple[RegisterRow, ...]

    def of_regime(self, regime: Regime) -> list[RegisterRow]:
        """The rows of the controllers that process under these rules."""
        theirs = {known.controller_id for known in self.known if known.regime is regime}
        return [row for row in self.rows if row.controller_id in theirs]


def register_of(place: Workplace, controller: str, as_of: date) -> Register:
    """The register of a controller, or of all, over every registered store that is read as a whole.

    Args:
        place: the collaborators.
        controller: a surrogate id, or "all".
        as_of: the day whose policy applies.

    Raises:
        ReportError: no store knows such a controller, its kind and its regime.
        StoreUnavailableError: a store can't be read: its activities might be silently left out.
    """
    whole = [record for record in stores.stores(place.ledger) if record.owner is None]
    everyone = [known for record in whole for known in known_in(place, record, as_of)]
    known = sorted((one for one in everyone if controller in ("all", one.controller_id)), key=lambda one: one.controller_id)
    if not known:
        raise ReportError(
            "no registered store tells this controller's kind and regime",
            where=controller,
            remedy="discretio store list shows the stores; map kind and regime of their controllers",
        )
    policy = place.policy_on(as_of)
    rows = (row for one in known if one.regime is not Regime.T3 for row in register_rows(one, policy))
    return Register(as_of, tuple(known), tuple(rows))


def register_words(place: Workplace, language: str, as_of: date) -> RegisterWords:
    """The words of the register in a language, with the names of that day's policy.

    Raises:
        UsageError: there is no translation into it.
    """
    words(language)
    return RegisterWords(language, place.policy_on(as_of), place.authorities())


def write_register(
    place: Workplace, controller: str, language: str, as_of: date, completed: Path | None = None
) -> tuple[bytes, int]:
    """The register as a spreadsheet, and how many activities it has.

    Args:
        place: the collaborators.
        controller: a surrogate id, or "all".
        language: of the spreadsheet.
        as_of: the day whose policy applies.
        completed: a file (YAML) with what controllers add in their own words.

    Raises:
        UsageError: there is no translation into this language, or something in the file is wrong.
        ReportError: no store knows such a controller.
        StoreUnavailableError: a store can't be read.
    """
    book = RegisterBook(register_words(place, language, as_of))
    register = register_of(place, controller, as_of)
    completions = _completions(completed, register)
    book.controllers(register.known, completions)
    for regime in (Regime.GDPR, Regime.T2):
        book.register(regime, [completions.added_to(row) for row in register.of_regime(regime)])
    book.access(access_categories(place, controller))
    book.reference()
    return book.finished(), len(register.rows)


def _completions(completed: Path | None, register: Register) -> Completions:
    if completed is None:
        return Completions()
    found = load_completions(completed)
    check_known(found, (one.controller_id for one in register.known), (row.number for row in register.rows))
    return found.content
