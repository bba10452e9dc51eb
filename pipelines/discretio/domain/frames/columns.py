"""What a frame is: its columns, their dtypes and their meanings, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace

TEXT, MOMENT, NUMBER, TRUTH = "str", "datetime64[us]", "int64", "boolean"

# Keys whose name doesn't say what they name.
_KINDS = {"copy_key": "own_copy", "row_key": "art8_row"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its name.
        dtype: its dtype in pandas.
        meaning: what it means; null is explained where it means anything but "the store doesn't tell".
        content: it holds content, which never leaves the process.
        judged: it is content that a rule judges inside the process; all other content stays in the store.
        names: the kind of thing that it names (`controller`, `user`, ...), so that its keys become surrogate ids; needless for
            a column called `<kind>_key`. A row that no outcome names has a key called `<what>_row`, which stays in the store.
        words: all that it may hold, where that is a few words; empty if it is anything else.
    """

    name: str
    dtype: str
    meaning: str
    content: bool = False
    judged: bool = False
    names: str = ""
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of thing whose key it holds; empty if it holds no key."""
        if self.names or not self.name.endswith("_key"):
            return self.names
        return _KINDS.get(self.name, self.name.removesuffix("_key"))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: a row per what."""

    name: str
    key: str
    row: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def scope(self) -> str:
        """What one row is, as the outcomes of rules over this frame name it."""
        return self.columns[0].kind

    def with_columns(self, *columns: Column) -> Frame:
        """The frame with more columns."""
        return replace(self, columns=(*self.columns, *columns))


def frame(name: str, row: str, *columns: Column) -> Frame:
    """A frame whose first column is its key."""
    return Frame(name=name, key=columns[0].name, row=row, columns=columns)
