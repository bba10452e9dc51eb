"""The columns of the record of processing activities, their groups, and which of them the law itself asks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from discretio.law.authorities import Regime


class Heading(StrEnum):
    """One column of the register."""

    PROCESS = "process"
    OWNER = "owner"
    NUMBER = "number"
    ACTIVITY = "activity"
    PURPOSE = "purpose"
    GROUND = "ground"
    TYPE = "type"
    PROFILING = "profiling"
    DATA = "data"
    DATA_CLASS = "data_class"
    SUBJECTS = "subjects"
    RECIPIENTS = "recipients"
    TRANSFERS = "transfers"
    SAFEGUARDS = "safeguards"
    TERM = "term"
    PROCESSORS = "processors"
    JOINT = "joint"
    MEASURES = "measures"
    ASSESSMENT = "assessment"
    BEGUN = "begun"
    ENDED = "ended"
    REPLACED_BY = "replaced_by"


BANDS: Mapping[str, tuple[Heading, ...]] = {
    "process": (Heading.PROCESS, Heading.OWNER),
    "processing": (
        Heading.NUMBER, Heading.ACTIVITY, Heading.PURPOSE, Heading.GROUND, Heading.TYPE, Heading.PROFILING,
    ),
    "data": (Heading.DATA, Heading.DATA_CLASS, Heading.SUBJECTS),
    "recipients": (Heading.RECIPIENTS, Heading.TRANSFERS, Heading.SAFEGUARDS),
    "keeping": (Heading.TERM,),
    "others": (Heading.PROCESSORS, Heading.JOINT),
    "measures": (Heading.MEASURES, Heading.ASSESSMENT),
    "state": (Heading.BEGUN, Heading.ENDED, Heading.REPLACED_BY),
}  # fmt: skip
"""The columns by their groups, in the order of the model that the Belgian authority published."""

_ALWAYS = frozenset(
    {Heading.PURPOSE, Heading.DATA, Heading.SUBJECTS, Heading.RECIPIENTS, Heading.TRANSFERS, Heading.TERM, Heading.MEASURES}
)
PRESCRIBED: Mapping[Regime, frozenset[Heading]] = {
    Regime.GDPR: _ALWAYS | {Heading.SAFEGUARDS, Heading.JOINT},
    Regime.T2: _ALWAYS | {Heading.GROUND, Heading.PROFILING, Heading.JOINT},
}
"""What the law itself asks for: GDPR art. 30 §1; title 2: law of 30 July 2018, art. 55, after directive 2016/680, art. 24."""
