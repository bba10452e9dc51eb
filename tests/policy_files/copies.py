"""A policies folder that a test may spoil."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Copy:
    """A policies folder of a test's own."""

    folder: Path

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text in one file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds what this test changes"
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """The first line of a file that holds a text."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)
