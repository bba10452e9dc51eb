"""Draft a mapping for an unknown database, and check one: brings detection and the rules to the stores, which know neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from discretio.detection import Detector, build_detector
from discretio.domain.detections import Evidence
from discretio.domain.frames import KNOWN_FRAMES
from discretio.stores.drafting.classing import Finder, Hit
from discretio.stores.drafting.draft import DraftOrder, Progress, make_draft
from discretio.stores.drafting.writing import mapping_text
from discretio.stores.foreign.checking import remarks_on
from discretio.stores.foreign.database import ForeignDatabase
from discretio.stores.foreign.manners import Manners
from discretio.stores.foreign.remarks import Remark
from discretio.stores.mapping import read_mapping

ROWS_SIFTED = 5_000_000
_WORDS_OF_A_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft is to read.

    Attributes:
        url: of the database, without a password.
        schema: the schema; the connection's own if null.
        rows_at_most: of a table, that are sifted for numbers with a checksum.
    """

    url: str
    schema: str | None = None
    rows_at_most: int = ROWS_SIFTED


def draft_mapping(asked: Asked, suites: Path, detector: Callable[[], Detector], progress: Progress) -> str:
    """The text of a mapping file for a database that nobody here knows.

    Args:
        asked: what to read.
        suites: the folder of the expectations for mapped stores.
        detector: makes the detector for the sample.
        progress: told how many tables of how many are done.

    Raises:
        StoreUnavailableError: the database can't be read.
        UsageError: nothing in it looks like a list of dossiers.
    """
    order = DraftOrder(asked.schema, finder(detector()), finder(build_detector(())), asked.rows_at_most)
    draft = make_draft(ForeignDatabase(asked.url, Manners()), order, progress)
    return mapping_text(draft, missed_by_rules(suites, draft.columns_of()))


def finder(detector: Detector) -> Finder:
    """What a detector finds in a value, without the words of it."""

    def find(value: str) -> Iterator[Hit]:
        for found in detector.detect(value).detections:
            # The statistical layer was taught on sentences: of a code or a number it knows nothing.
            if found.evidence is Evidence.MODEL and value.count(" ") < _WORDS_OF_A_SENTENCE:
                continue
            yield Hit(found.type, found.category, found.flags, found.score, found.evidence is Evidence.CHECKSUM)

    return find


def missed_by_rules(suites: Path, mapped: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """By rule that would be NOT_CHECKABLE, what it needs and a mapping lacks: frames, and columns as frame.column.

    Args:
        suites: the folder of the expectations for mapped stores.
        mapped: by frame, the columns that are mapped.

    Raises:
        UsageError: the suites can't be read.
    """
    from discretio.checks.suites import read_suites  # noqa: PLC0415 - imports Great Expectations, which takes seconds

    rules = {one.rule_id: one.expectation.needs for suite in read_suites(suites) for one in suite.expectations}
    missed = {rule: sorted(_lacking(needs, mapped)) for rule, needs in sorted(rules.items())}
    return {rule: columns for rule, columns in missed.items() if columns}


def _lacking(needs: Mapping[str, tuple[str, ...]], mapped: Mapping[str, set[str]]) -> Iterator[str]:
    for frame, columns in needs.items():
        if frame in KNOWN_FRAMES and frame not in mapped:
            yield frame
        elif frame in KNOWN_FRAMES:
            yield from (f"{frame}.{column}" for column in columns if column not in mapped[frame])


def check_mapping(path: Path, suites: Path) -> tuple[list[Remark], dict[str, list[str]]]:
    """What there is to say of a mapping and its live database, and what the rules would miss.

    Raises:
        MappingError: the file itself is wrong.
        StoreUnavailableError: the database can't be reached.
    """
    mapping = read_mapping(path)
    columns = {name: set.intersection(*(set(part.columns) for part in parts)) for name, parts in mapping.frames.items()}
    remarks = remarks_on(ForeignDatabase(mapping.url, mapping.manners), mapping)
    return remarks, missed_by_rules(suites, columns)
