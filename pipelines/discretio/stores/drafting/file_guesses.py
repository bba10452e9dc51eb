"""Tables of files: which column holds a file, or names one, and whose files they are."""

from __future__ import annotations

from discretio.stores.drafting.column_guesses import Samples, named_column, soft_deleted, text_columns
from discretio.stores.drafting.proposals import ProposedColumn, ProposedPart, several
from discretio.stores.drafting.schema import SketchTable
from discretio.stores.drafting.vocabulary import PATH_WORDS
from discretio.stores.foreign.yaml_words import quoted

FREE_TEXT = "free text, by name or by its sample"


def said_by_file(table: SketchTable, samples: Samples) -> list[ProposedColumn]:
    """What says what a file says: its text, if a column holds that, else the file itself."""
    texts = text_columns(table, samples, ())
    if texts:
        return [ProposedColumn("text", several(one.name for one in texts), 0.7, FREE_TEXT)]
    found = file_column(table)
    return [found] if found else []


def file_column(table: SketchTable) -> ProposedColumn | None:
    """The column that holds a file; where it names one only, where the files lie is a question."""
    held = next((one for one in table.columns if one.kind == "bytes" and one.name not in table.primary), None)
    if held is not None:
        return ProposedColumn("text", f"{{column: {quoted(held.name)}, file: bytes}}", 0.7, "bytes in a table of files")
    named = next((one for one in table.columns if one.kind == "text" and set(one.words) & PATH_WORDS), None)
    if named is None:
        return None
    reason = "a path; say under store where the files lie: files: FOLDER_OR_URL"
    return ProposedColumn("text", f"{{column: {quoted(named.name)}, file: path}}", 0.5, reason, is_question=True)


def loose_files(
    table: SketchTable, key: ProposedColumn, dossier: tuple[ProposedColumn, dict[str, str]], samples: Samples
) -> ProposedPart:
    """Files that belong to a dossier and to no entry: each is an entry."""
    moment = named_column("introduced_at", table, ("moment",))
    columns = (key, dossier[0], *said_by_file(table, samples), *([moment] if moment else []))
    reason = "files that lead to a dossier"
    return ProposedPart("entries", table.name, columns, 0.6, reason, dossier[1], soft_deleted(table))
