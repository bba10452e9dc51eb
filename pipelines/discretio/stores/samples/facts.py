"""What the enrichment may say about the dossier at hand: `$fact`, `$fact+P3D`, `$fact-P10D`, or a list taken in turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from discretio.law.periods import Period
from discretio.stores.samples.casting import Row

_FACT = re.compile(r"\$(?P<name>[a-z0-9_.]+?)(?:(?P<sign>[+-])(?P<period>P\w+))?")
Rows = dict[str, list[Row]]


class MissingFactError(Exception):
    """The dossier has no such fact (no prosecutor at the table, no second introducer)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one dossier, and whose turn it is in lists."""

    known: Mapping[str, object]
    turn: int

    def with_facts(self, **more: object) -> Facts:
        """These facts and some more."""
        return Facts({**self.known, **more}, self.turn)

    def value(self, written: object) -> object:
        """What a written value stands for.

        Raises:
            MissingFactError: it names a fact that this dossier hasn't.
        """
        if isinstance(written, list):
            return self.value(written[self.turn % len(written)])
        match = _FACT.fullmatch(written) if isinstance(written, str) else None
        if match is None:
            return written
        fact = self.known.get(match["name"])
        if match["period"] is None:
            if fact is None and match["name"] not in self.known:
                raise MissingFactError(match["name"])
            return fact
        return _moved(fact, match["sign"], Period.parse(match["period"]))

    def row(self, written: Mapping[str, object]) -> Row:
        """A row with every value filled in."""
        return {name: self.value(value) for name, value in written.items()}


def _moved(fact: object, sign: str, period: Period) -> object:
    if not isinstance(fact, date):
        return None
    day = fact.date() if isinstance(fact, datetime) else fact
    moved = period.after(day) if sign == "+" else period.before(day)
    return datetime.combine(moved, fact.time()) if isinstance(fact, datetime) else moved


def facts_of(rows: Rows, as_of: date, turn: int) -> Facts:
    """The facts that the rows of one dossier tell."""
    dossier = rows["dossiers"][0]
    known: dict[str, object] = {
        "as_of": as_of,
        "opened": dossier["opened_at"],
        "closed": dossier["closed_at"],
        "last_day": max((_moment(entry["introduced_at"]) for entry in rows["entries"]), default=dossier["opened_at"]),
    }
    known |= _session_facts(rows["sessions"])
    known |= _person_facts(rows["persons"])
    known |= _entry_facts(rows["entries"], [row["controller_key"] for row in rows["dossier_participants"]])
    return Facts(known, turn)


def _session_facts(sessions: Sequence[Row]) -> dict[str, object]:
    if not sessions:
        return {}
    first = min(_moment(session["started_at"]) for session in sessions)
    return {
        "first_session": first,
        "first_session_day": datetime.combine(first.date(), time.min),
        "after_first_session": first + timedelta(minutes=30),
    }


def _person_facts(persons: Sequence[Row]) -> dict[str, object]:
    others = [person["person_key"] for person in persons if person["role"] != "SUBJECT"]
    known: dict[str, object] = {"last_person": persons[-1]["person_key"]} if persons else {}
    return known | ({"other_person": others[0]} if others else {})


def _entry_facts(entries: Sequence[Row], participants: Sequence[object]) -> dict[str, object]:
    known: dict[str, object] = {}
    for index, entry in enumerate(entries):
        others = [key for key in participants if key != entry["introduced_by"]]
        known |= {
            f"entry.{index}": entry["entry_key"],
            f"introducer.{index}": entry["introduced_by"],
            f"introduced.{index}": entry["introduced_at"],
        }
        known |= dict(zip((f"other.{index}", f"third.{index}"), others, strict=False))
        if _bits(entry["categories"]) >> 16 & 1 and "entry_16" not in known:
            known |= {"entry_16": entry["entry_key"], "introduced_16": entry["introduced_at"]}
    return known


def _bits(value: object) -> int:
    return value if isinstance(value, int) else 0


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("a moment was expected")
    return value
