"""A file of policies/ -> its tree and its value, or the errors that say what is wrong in it, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from discretio.errors import PolicyError
from discretio.policy_files.shapes import Problems, Shape
from discretio.policy_files.trees import MistakeError, Tree, canonical, line_of, parse

Content = TypeVar("Content")
Content_co = TypeVar("Content_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Document(Generic[Content_co]):
    """One file: its name relative to the policies folder, its tree, and what it says."""

    name: str
    tree: Tree
    content: Content_co

    @property
    def canonical(self) -> str:
        """What a hash of this file is taken over."""
        return canonical(self.tree)

    def error(self, what: str, remedy: str, *path: str | int) -> PolicyError:
        """An error about a key of this file."""
        return policy_error(self.name, line_of(self.tree, *path), what, remedy)


def policy_error(name: str, line: int, what: str, remedy: str) -> PolicyError:
    """An error about a line of a file."""
    return PolicyError(what, where=f"{name}:{line}", remedy=remedy)


def read(folder: Path, name: str, shape: Shape[Content]) -> Document[Content]:
    """Read one file.

    Args:
        folder: the policies folder.
        name: the file, relative to it, with forward slashes.
        shape: what the file may hold.

    Raises:
        PolicyError: the first thing that is wrong in it.
    """
    found = read_all(folder, name, shape)
    if isinstance(found, list):
        raise found[0]
    return found


def read_all(folder: Path, name: str, shape: Shape[Content]) -> Document[Content] | list[PolicyError]:
    """Read one file: the document, or all that is wrong in it, in the order of its lines."""
    try:
        tree = parse((folder / name).read_bytes())
    except OSError:
        remedy = "put the file back, or point DISCRETIO_POLICIES at a complete policies folder"
        return [policy_error(name, 1, "this file is missing or can't be read", remedy)]
    except MistakeError as mistake:
        return [policy_error(name, mistake.line, mistake.what, mistake.remedy)]
    problems = Problems()
    content = shape.read(tree, problems)
    if problems.found or content is None:
        found = sorted(problems.found, key=lambda mistake: mistake.line)
        return [policy_error(name, mistake.line, mistake.what, mistake.remedy) for mistake in found]
    return Document(name, tree, content)


def files_in(folder: Path, *, below: str) -> Iterator[str]:
    """The YAML files of one subfolder (not of its own subfolders), relative to the policies folder, in order."""
    for path in sorted((folder / below).glob("*.yaml")):
        yield path.relative_to(folder).as_posix()
