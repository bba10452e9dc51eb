"""One legal quantity per file: what it is, its unit, and its value from each date on, each with its own reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from discretio.law.policy import ParameterValue, Reference
from discretio.policy_files.shapes import Each, Keyed, OrNothing, Record, Shape, Switch
from discretio.policy_files.trees import MistakeError
from discretio.policy_files.values import COUNT, DAY, IN_FOUR_LANGUAGES, LINE, NAME, REFERENCE, SHARE, TERM


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from one day on; None says that the law sets none any more."""

    value: ParameterValue | None
    reference: Reference


@dataclass(frozen=True, slots=True)
class Parameter:
    """One file: the dotted name, what it means, its unit and its values by the day from which they apply."""

    parameter: str
    description: Mapping[str, str]
    unit: str
    values: Mapping[date, Dated]

    def on(self, day: date) -> Dated | None:
        """The value that applies on a day; None before the first, and once the law sets none any more."""
        begun = [start for start in self.values if start <= day]
        dated = self.values[max(begun)] if begun else None
        return dated if dated is not None and dated.value is not None else None


def _word(allowed: tuple[str, ...], values: Mapping[date, Dated], **rest: object) -> Parameter:
    strange = [dated.value for dated in values.values() if dated.value not in (*allowed, None)]
    if strange:
        raise MistakeError(f"‘{strange[0]}’ is not among the allowed words", f"write one of {', '.join(allowed)}")
    return _parameter(values=values, **rest)


def _parameter(**fields: object) -> Parameter:
    return Parameter(**fields)  # type: ignore[arg-type]  # - each field went through its shape


UNITS: Mapping[str, Shape[ParameterValue]] = {
    "term": TERM,
    "word": LINE,
    "count": COUNT,
    "share": SHARE,
    "words": Each(LINE),
    "day": DAY,
}


def _file(unit: str, value: Shape[ParameterValue]) -> Record[Parameter]:
    dated = Record(into=Dated, fields={"value": OrNothing(value), "reference": REFERENCE})
    fields: dict[str, Shape[object]] = {
        "parameter": NAME,
        "description": IN_FOUR_LANGUAGES,
        "unit": LINE,
        "values": Keyed(DAY, dated),
    }
    if unit == "word":
        return Record(into=_word, fields={**fields, "allowed": Each(LINE)})
    return Record(into=_parameter, fields=fields)


PARAMETER = Switch("unit", {unit: _file(unit, value) for unit, value in UNITS.items()})
