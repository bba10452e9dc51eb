"""What is left of erased dossiers outside their keys: words in the store's files, mentions in other dossiers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from discretio.domain.trace_search import MentionSearch, WordSearch
from discretio.errors import PurgeRefusedError
from discretio.ledger import locator
from discretio.ledger.mentions import Mentions, record_mentions
from discretio.ledger.traces import kept_traces
from discretio.steps.rows_read import RowsRead, is_key
from discretio.steps.workplace import Workplace
from discretio.stores.port import ErasableStore, Held, Partition

ROWS_SEARCHED, ROWS_NOT_READABLE = "rows_searched", "rows_not_readable"
"""Under which words a certificate says how far the search of other dossiers reached."""

_DOSSIERS_AT_ONCE = 500
_UNITS = {"entries": "entry", "attachments": "attachment", "persons": "person"}

Unit = tuple[str, str, str]
"""The key of a dossier, what the unit in it is (a kind of surrogate), and the unit's own key."""


@dataclass(frozen=True, slots=True)
class Residue:
    """What a search found.

    Attributes:
        traces: how many traces were looked for; None if none were kept.
        files: `none_found` after every byte of the files was read, `server` if the files are a server's.
        mentions: in other dossiers, by surrogate.
        advice: what the server still has to do, as a code; empty if nothing.
        searched: the rows of other dossiers that were looked through, and those that could not be.
        untraced: of how many rows of what the plan holds not all could be read when traces were made; None if untold.
    """

    traces: int | None
    files: str
    mentions: Mentions
    advice: str
    searched: RowsRead = field(default_factory=RowsRead)
    untraced: int | None = None

    def as_json(self) -> dict[str, object]:
        """The same as a certificate says it: counts and codes."""
        if self.traces is None:
            untold = dict.fromkeys(("bytes_of_files", "mentions", ROWS_SEARCHED, ROWS_NOT_READABLE), "not_searched")
            return {"traces_looked_for": "none_kept", "server_still_to": self.advice or None, **untold}
        dossiers, searched = {dossier for dossier, _ in self.mentions}, self.searched
        return {
            "traces_looked_for": self.traces,
            "rows_not_traced": "not_told" if self.untraced is None else self.untraced,
            "bytes_of_files": self.files,
            "mentions": {"dossiers": len(dossiers), "units": len(self.mentions), "number": sum(self.mentions.values())},
            ROWS_SEARCHED: searched.whole,
            ROWS_NOT_READABLE: searched.unread,
            "why_not_readable": dict(sorted(searched.reasons.items())),
            "server_still_to": self.advice or None,
        }


def searched_rows(certificate: str) -> tuple[int, int] | None:
    """By the body of a certificate: how many rows of other dossiers were searched, and how many could not be, or not wholly.

    None if none were searched, or nothing is said of it, as by older versions.
    """
    body = json.loads(certificate)
    first = body.get("verification")
    said = first if isinstance(first, dict) else body
    searched, unread = said.get(ROWS_SEARCHED), said.get(ROWS_NOT_READABLE)
    return (searched, unread) if isinstance(searched, int) and isinstance(unread, int) else None


def search_residue(place: Workplace, store_id: int, plan_id: str, store: ErasableStore, erased: Collection[str]) -> Residue:
    """Look for what was erased, and record where other dossiers mention it; nothing is deleted.

    Args:
        place: the collaborators.
        store_id: the store, as the ledger knows it.
        plan_id: the plan.
        store: the store.
        erased: the items that the plan deleted.

    Raises:
        PurgeRefusedError: words of erased dossiers still stand in the store's files, in no row that can be read.
    """
    advice = store.disk().advice
    kept = kept_traces(place.ledger, plan_id)
    if kept is None:
        return Residue(None, "", {}, advice)
    traces = kept.of(erased)
    files = _search_files(store, WordSearch(kept.key, traces.words), plan_id)
    read = RowsRead()
    found = _by_surrogate(place, store_id, _mentions(store, MentionSearch(kept.key, traces.mentions), read))
    record_mentions(place.ledger, plan_id, found)
    return Residue(len(traces.words | traces.mentions), files, found, advice, read, kept.unread)


def _search_files(store: ErasableStore, search: WordSearch, plan_id: str) -> str:
    disk = store.disk()
    if disk.stored is None or disk.live is None:
        return "server"
    found = search.found_in(disk.stored())
    if found and (left := found - search.found_in(disk.live())):
        raise PurgeRefusedError(
            f"{len(left)} words of erased dossiers still stand in the store's file, in no row that can be read",
            where=plan_id,
            remedy="see that nobody else has the file open, then verify again; nothing is certified before",
        )
    return "none_found"


def _mentions(store: ErasableStore, search: MentionSearch, read: RowsRead) -> Counter[Unit]:
    found: Counter[Unit] = Counter()
    for partition in store.partitions(_DOSSIERS_AT_ONCE):
        for held in read.texts(store.values(_dossiers_in(store, partition))):
            if not is_key(held) and (number := search.count(held.value)):
                found[_unit_of(held)] += number
    return found


def _dossiers_in(store: ErasableStore, partition: Partition) -> list[str]:
    return [str(key) for key in store.read("dossiers", partition)["dossier_key"]]


def _unit_of(held: Held) -> Unit:
    kind = _UNITS.get(held.frame)
    return (held.dossier_key, kind, held.row_key) if kind else (held.dossier_key, "dossier", held.dossier_key)


def _by_surrogate(place: Workplace, store_id: int, found: Mapping[Unit, int]) -> Mentions:
    dossiers = locator.surrogates(place.ledger, store_id, "dossier", sorted({dossier for dossier, _, _ in found}))
    ids: dict[tuple[str, str], str] = {("dossier", key): surrogate for key, surrogate in dossiers.items()}
    for kind in _UNITS.values():
        owners = {key: dossiers[dossier] for dossier, of_kind, key in found if of_kind == kind}
        named = locator.surrogates(place.ledger, store_id, kind, sorted(owners), dossier_of=owners)
        ids |= {(kind, key): surrogate for key, surrogate in named.items()}
    return {(dossiers[dossier], ids[kind, key]): number for (dossier, kind, key), number in found.items()}
