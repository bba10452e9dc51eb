"""Blocks of words, set aside before the YAML is read: a parser in Python takes thirty times as long over them as a split.

Only the plainest form is set aside. Whatever is unusual stays where it is, for the parser to read or to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_KEY = re.compile(r"(?:    |  - )(?:terms|confirm|cancel): \|")
_INDENT = "      "
_MARK = "\ue000"
# Characters that a parser of YAML may refuse, or take for the end of a line, and our own mark.
_UNUSUAL = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue001-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a block, and the line of the file that the first of them stands on, from 1."""

    lines: Sequence[str]
    first: int


def set_aside(text: str) -> tuple[str, dict[str, Block]]:
    """Put a mark in the place of each plain block of words.

    Args:
        text: a lexicon file.

    Returns:
        The file with its marks, and the blocks by the value that the parser reads in their place. No blocks if the file holds
        anything unusual.
    """
    if _UNUSUAL.search(text):
        return text, {}
    lines = text.split("\n")
    kept: list[str] = []
    blocks: dict[str, Block] = {}
    done = 0
    for key, end in _plain_blocks(lines):
        mark = f"{_MARK}{len(blocks)}"
        kept += [*lines[done : key + 1], _INDENT + mark]
        blocks[mark + "\n"] = Block(lines[key + 1 : end], key + 2)
        done = end
    return "\n".join(kept + lines[done:]), blocks


def _plain_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The line of each key, and the line behind its block: all of the same indent, no empty line among them."""
    for key, line in enumerate(lines):
        if _KEY.fullmatch(line):
            end = key + 1
            while end < len(lines) and lines[end].startswith(_INDENT) and lines[end][len(_INDENT) :].strip():
                end += 1
            if end > key + 1 and _ends(lines, end):
                yield key, end


def _ends(lines: Sequence[str], end: int) -> bool:
    """Whether a block ends before a line: at the next key or group, or where nothing but the end of the last line follows."""
    return end < len(lines) and not lines[end].startswith("     ") and (bool(lines[end].strip()) or end == len(lines) - 1)
