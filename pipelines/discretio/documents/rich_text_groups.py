"""The groups of an RTF file: nested states, and where the text in each belongs."""

from __future__ import annotations

from discretio.documents.rich_text_fonts import CodePages
from discretio.documents.rich_text_states import KINDS, State, changed, unread_kind

_SPACES = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "cell": "\t", "nestcell": "\t", "nestrow": "\n",
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n", b"\t": "\t"}


class Groups:
    """Takes in the tokens of an RTF file and gathers text by kind.

    `states` are those of the open groups, the outermost first; `unread` counts embedded objects and pictures.
    """

    def __init__(self) -> None:
        self.unread = {"attachment": 0, "image": 0}
        self._texts: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self.states = [State()]
        self._pages = CodePages()
        self._ignorable = False
        self._to_skip = 0
        self._bytes = bytearray()

    def open(self) -> None:
        """A group begins, in the state of the one around it."""
        self._flush()
        self._ignorable = False
        self._to_skip = 0
        self.states.append(self.states[-1])

    def close(self) -> None:
        """A group ends, and its state with it."""
        self._flush()
        self._to_skip = 0
        if len(self.states) > 1:
            ended = self.states.pop()
            if ended.kind != self.states[-1].kind:
                self._texts[ended.kind].append("\n")

    def word(self, word: str, value: int | None) -> None:
        """A control word."""
        self._flush()
        ignorable, self._ignorable = self._ignorable, False
        state = self.states[-1]
        if word == "u":
            self._put(chr((value or 0) % 65_536))
            self._to_skip = state.skip
        elif word in _SPACES:
            self._put(_SPACES[word])
        elif not self._pages.learn(word, value):
            if (kind := unread_kind(word)) and not state.silent:
                self.unread[kind] += 1
            self.states[-1] = changed(state, word, value, ignorable=ignorable)

    def plain(self, data: bytes) -> None:
        """Bytes of text; those that stand for a character already given in Unicode are left out."""
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if len(data) > skipped and not self.states[-1].silent:
            self._bytes += data[skipped:]

    def sign(self, sign: bytes) -> None:
        """A control symbol."""
        if sign == b"*":
            self._ignorable = True
        elif sign in b"\\{}":
            self.plain(sign)
        elif sign in _SIGNS:
            self._flush()
            self._put(_SIGNS[sign])

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._pages.of(self.states[-1].font)
            data, self._bytes = bytes(self._bytes), bytearray()
            self._put(data.decode(encoding, "replace"))

    def _put(self, text: str) -> None:
        state = self.states[-1]
        if state.silent:
            return
        apart = "deleted" if state.deleted else "hidden" if state.hidden else state.kind
        self._texts[apart].append(text)
        if state.inserted and apart == state.kind:
            self._texts["inserted"].append(text)

    def text(self, kind: str) -> str:
        """What was gathered of a kind; characters beyond 16 bits come in two halves."""
        self._flush()
        whole = "".join(self._texts[kind])
        return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
