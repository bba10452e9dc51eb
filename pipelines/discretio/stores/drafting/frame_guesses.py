"""Which tables hold the rows of each frame, and which columns they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from discretio.stores.drafting.column_guesses import (
    Samples,
    has_sentences,
    is_telling,
    json_moment,
    key_column,
    language_column,
    name_columns,
    named_column,
    route_column,
    soft_deleted,
    status_column,
    text_columns,
)
from discretio.stores.drafting.dossier_guess import DossierGuess, is_about
from discretio.stores.drafting.file_guesses import FREE_TEXT, loose_files, said_by_file
from discretio.stores.drafting.organisation_guess import Organisations
from discretio.stores.drafting.proposals import ProposedColumn, ProposedPart, several
from discretio.stores.drafting.schema import Reference, SketchTable
from discretio.stores.drafting.vocabulary import ATTACHMENT_TABLES, FRAME_TABLES, NOTE_TABLES, ORGANISATION_TABLES, USER_TABLES
from discretio.stores.foreign.column_classes import ColumnClass
from discretio.stores.foreign.yaml_words import quoted

_KEYS = {"sessions": "session_key", "holds": "hold_key", "access_grants": "grant_key", "rights_requests": "request_key",
         "dossier_events": "event_key"}  # fmt: skip
_MOMENTS = {"sessions": ("started_at",), "holds": ("from_at", "until_at"), "access_grants": ("from_at", "until_at")}

_ASKED_OF_ORGANISATIONS = (
    ("regime", "{value: GDPR}", 0.0, "under which rules each processes: GDPR, T2 or T3, by codes if they differ"),
    ("kind", "{value: PRIVATE_BODY}", 0.0, "what each is, for its authority: a kind of policies/authorities/routes.yaml"),
)
_WHY_PRECISION = "say so only if every closure is known to the day; else no term can be worked out"


class FrameGuesses:
    """Proposes the parts of the frames, given which table lists the dossiers.

    Args:
        dossiers: that table, and how others lead to it.
        samples: by table and column.
        classes: what is known of columns.
    """

    def __init__(self, dossiers: DossierGuess, samples: Mapping[str, Samples], classes: Iterable[ColumnClass]) -> None:
        self._dossiers = dossiers
        self._samples = samples
        self._classes = tuple(classes)
        self._tables = {table.name: table for table in dossiers.tables}
        self._organisations = Organisations(self._tables)

    def parts(self) -> list[ProposedPart]:
        """Every part that is proposed."""
        entries = [part for table in self._tables.values() if (part := self._entries(table)) is not None]
        there = {part.table for part in entries}
        others = [self._attachments(table, there) for table in self._tables.values()]
        others += [self._related(frame, table) for frame in FRAME_TABLES for table in self._tables.values()]
        found = [self._controllers(), self._dossier_rows(), *self._persons(), *entries, *others]
        return [part for part in found if part is not None]

    def _dossier_rows(self) -> ProposedPart:
        guess, table = self._dossiers, self._dossiers.table
        columns = [ProposedColumn("dossier_key", several(guess.key), guess.confidence, "the column that other tables refer to")]
        columns.append(ProposedColumn("kind", "{value: OWN}", 0.0, "choose SHARED, OWN or PRESIGNAL", is_question=True))
        columns += _found(status_column(table, self._samples.get(table.name, {})))
        for ours in ("opened_at", "closed_at"):
            named = named_column(ours, table, ("moment",)) or json_moment(ours, table, self._samples.get(table.name, {}))
            columns += _found(named)
        if columns[-1].name == "closed_at":
            columns.append(ProposedColumn("closed_precision", "{value: DAY}", 0.0, _WHY_PRECISION, is_question=True))
        owner = self._organisations.of(table)
        if owner is not None:
            columns.append(ProposedColumn("owner", quoted(owner.column), 0.7, f"a reference to {owner.table}"))
        return ProposedPart(
            "dossiers", table.name, tuple(columns), guess.confidence, guess.reason, soft_deleted=soft_deleted(table)
        )

    def _controllers(self) -> ProposedPart | None:
        table = self._organisations.listed(self._dossiers.table)
        key = key_column("controller_key", table) if table else None
        if table is None or key is None:
            return None
        name = next((one for one in table.columns if one.words in (("name",), ("naam",), ("nom",), ("display", "name"))), None)
        columns = [key, *([ProposedColumn("organisation", quoted(name.name), 0.8, "its name")] if name else [])]
        columns += [ProposedColumn(*asked, is_question=True) for asked in _ASKED_OF_ORGANISATIONS]
        return ProposedPart("controllers", table.name, tuple(columns), 0.7, "named like a list of organisations")

    def _persons(self) -> Iterator[ProposedPart]:
        for table in self._tables.values():
            route = self._dossiers.routes.get(table.name)
            names = name_columns(table)
            key = key_column("person_key", table)
            if route is None or len(route) > 1 or len(names) < 2 or key is None or is_about(table, USER_TABLES):
                continue
            dossier, joins = self._dossier_of(table, route)
            form = f"{{columns: [{', '.join(quoted(one.name) for one in names)}], separator: ' '}}"
            name = ProposedColumn("name", form, 0.8, "named like the parts of a name")
            reason = "holds names of persons" if route else "a dossier is about one person"
            yield ProposedPart("persons", table.name, (key, dossier, name), 0.7, reason, joins, soft_deleted(table))

    def _dossier_of(self, table: SketchTable, route: tuple[Reference, ...]) -> tuple[ProposedColumn, dict[str, str]]:
        if route:
            return route_column(table, route)
        return ProposedColumn("dossier_key", several(self._dossiers.key), 1.0, "the dossier itself"), {}

    def _entries(self, table: SketchTable) -> ProposedPart | None:
        route, samples = self._dossiers.routes.get(table.name), self._samples.get(table.name, {})
        key = key_column("entry_key", table)
        if route is None or key is None or table.is_view or is_about(table, USER_TABLES | ORGANISATION_TABLES):
            return None
        known = [one for one in self._classes if one.table == table.name]
        if is_about(table, ATTACHMENT_TABLES):
            return loose_files(table, key, self._dossier_of(table, route), samples) if len(route) == 1 else None
        if not (has_sentences(table, samples) or any(is_telling(one) for one in known)):
            return None
        texts = text_columns(table, samples, known)
        if not texts:
            return None
        dossier, joins = self._dossier_of(table, route)
        named = is_about(table, NOTE_TABLES)
        seen = any(one.name in samples and samples[one.name].reads_as_sentences() for one in texts)
        confidence = min(0.95, 0.5 + 0.25 * named + 0.2 * seen)
        text = ProposedColumn("text", several(one.name for one in texts), confidence, FREE_TEXT)
        introducer, more = self._organisations.introducer(table)
        columns = [key, dossier, text, *_found(named_column("introduced_at", table, ("moment",)), introducer)]
        columns += _found(language_column(table, samples))
        reason = "free text that leads to a dossier" + ("" if route else ": its own columns")
        return ProposedPart("entries", table.name, tuple(columns), confidence, reason, {**joins, **more}, soft_deleted(table))

    def _attachments(self, table: SketchTable, entries: set[str]) -> ProposedPart | None:
        owner = next((one for one in table.references if one.table in entries), None)
        key = key_column("attachment_key", table)
        if owner is None or key is None or not is_about(table, ATTACHMENT_TABLES):
            return None
        entry = ProposedColumn(
            "entry_key", quoted(owner.column), 0.9 if owner.declared else 0.7, f"a reference to {owner.table}"
        )
        columns = [key, entry, *_found(named_column("filename", table, ("text",)))]
        columns += said_by_file(table, self._samples.get(table.name, {}))
        return ProposedPart("attachments", table.name, tuple(columns), 0.7, "named like attachments", of=owner.table)

    def _related(self, frame: str, table: SketchTable) -> ProposedPart | None:
        route, key = self._dossiers.routes.get(table.name), key_column(_KEYS[frame], table)
        if not route or len(route) > 1 or key is None or table.is_view or not is_about(table, FRAME_TABLES[frame]):
            return None
        dossier, joins = route_column(table, route)
        moments = (named_column(one, table, ("moment",)) for one in _MOMENTS.get(frame, ()))
        users = [named_column("user_key", table, ("number", "text"))] if frame == "access_grants" else []
        columns = (key, dossier, *_found(*moments, *users))
        return ProposedPart(frame, table.name, columns, 0.6, f"named like {frame.replace('_', ' ')}", joins)


def _found(*columns: ProposedColumn | None) -> list[ProposedColumn]:
    return [column for column in columns if column is not None]
