"""The states of RTF groups, and the control words that change them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

KINDS = ("body", "header", "footer", "footnote", "comment", "inserted", "deleted", "hidden", "field", "description", "metadata")

_DESTINATIONS = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer",
    "footnote": "footnote", "annotation": "comment", "atnid": "comment", "atnauthor": "comment",
    "fldinst": "field", "info": "metadata", "userprops": "metadata", "revtbl": "metadata",
    "datafield": "field", "ffdeftext": "field", "ffstattext": "field", "ffhelptext": "field", "docvar": "metadata",
    "bkmkstart": "field", "xe": "field", "tc": "field",
}  # fmt: skip
_PASSING = frozenset({"shptxt", "shpinst", "shp", "sp", "sv", "fldrslt", "field", "listtext", "pntext", "shppict", "result"})
_SILENT = frozenset({
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
    "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "pict", "objdata", "filetbl", "sn", "bkmkend", "pgptbl",
    "atndate", "atnref", "mmathPr", "wgrffmtfilter", "nonshppict", "blipuid", "htmltag",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """Where the text of a group belongs, and how its bytes are read."""

    kind: str = "body"
    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    skip: int = 1
    font: int = -1


_LOOKS: dict[str, Callable[[State, int | None], State]] = {
    "uc": lambda state, value: replace(state, skip=max(0, value or 0)),
    "f": lambda state, value: replace(state, font=value or 0),
    "v": lambda state, value: replace(state, hidden=value != 0),
    "deleted": lambda state, value: replace(state, deleted=value != 0),
    "revised": lambda state, value: replace(state, inserted=value != 0),
    "plain": lambda state, _: replace(state, hidden=False, deleted=False, inserted=False),
}


def unread_kind(word: str) -> str | None:
    """The kind of part that a control word begins which nobody here reads."""
    return {"objdata": "attachment", "pict": "image"}.get(word)


def changed(state: State, word: str, value: int | None, *, ignorable: bool) -> State:
    """The state after a control word; `ignorable` are destinations that older programs may leave out."""
    if word in _LOOKS:
        return _LOOKS[word](state, value)
    if word in _SILENT:
        return replace(state, silent=True)
    kind = _DESTINATIONS.get(word)
    if kind is None and ignorable and word not in _PASSING:
        kind = "field"  # nobody knows what it is for, so it is read
    return replace(state, kind=kind) if kind else state
