"""The code pages of an RTF file: of the whole, and of each font."""

from __future__ import annotations

import codecs

_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb2312", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_WHOLE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class CodePages:
    """What the header and the font table say of bytes beyond ASCII."""

    def __init__(self) -> None:
        self._whole = "cp1252"
        self._fonts: dict[int, str] = {}
        self._defining: int | None = None

    def learn(self, word: str, value: int | None) -> bool:
        """Take in a control word; false if it must be understood as part of the text too."""
        if word in _WHOLE:
            self._whole = _WHOLE[word]
        elif word == "ansicpg" and value is not None:
            self._whole = _known(f"cp{value}", self._whole)
        elif word == "fcharset" and self._defining is not None:
            if value in _CHARSETS and value:
                self._fonts[self._defining] = _CHARSETS[value]
        else:
            self._defining = value if word == "f" else self._defining
            return False
        return True

    def of(self, font: int) -> str:
        """The encoding of bytes in this font."""
        return self._fonts.get(font, self._whole)


def _known(name: str, otherwise: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return otherwise
