"""Everything that is wrong in a policies folder, at once, for the lawyer who edits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from discretio.errors import PolicyError
from discretio.policy_files.instruments import INSTRUMENT, Instrument
from discretio.policy_files.library import POLICY_SETS, read_instrument, read_policy_set, read_rules, shape_of
from discretio.policy_files.loading import load_policy, policy_set_ids
from discretio.policy_files.naming import load_authorities, special_class_labels
from discretio.policy_files.parameters import PARAMETER
from discretio.policy_files.profiles import load_profiles
from discretio.policy_files.reading import Document, policy_error, read, read_all
from discretio.policy_files.successions import broken_successions, overlapping_validities

LEXICONS = "lexicons"
_SUFFIXES = (".yaml", ".md")


def check_policies(folder: Path) -> list[PolicyError]:
    """All that is wrong in a policies folder (its lexicons apart); an empty list if it can be used.

    What is wrong inside a file comes first, file by file and line by line. Only where every file can be read, the files are
    compared with each other.
    """
    found = [error for name in _names(folder) for error in _check_file(folder, name)]
    # Several policy sets meet the same mistake of an instrument that they share; it is told once.
    return found or list({str(error): error for error in _check_together(folder)}.values())


def _names(folder: Path) -> list[str]:
    """Every file but the lexicons and what an editor or git hides there."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    kept = [path for path in paths if path.parts[0] != LEXICONS and not any(part.startswith(".") for part in path.parts)]
    return sorted(path.as_posix() for path in kept)


def _check_file(folder: Path, name: str) -> Iterable[PolicyError]:
    if not name.endswith(_SUFFIXES):
        return [policy_error(name, 1, "this is no policy file", "policies are .yaml files; move it elsewhere or rename it")]
    shape = shape_of(name)
    if name.endswith(".md"):
        return []
    if shape is None:
        return [policy_error(name, 1, "no file of this name belongs here", "put it into the folder of an instrument")]
    document = read_all(folder, name, shape)
    return document if isinstance(document, list) else []


def _check_together(folder: Path) -> Iterator[PolicyError]:
    if not policy_set_ids(folder):
        yield policy_error(f"{POLICY_SETS}/", 1, "there is no policy set here", "point at a complete policies folder")
        return
    for policy_set_id in policy_set_ids(folder):
        yield from _attempt(partial(_load_leading_day, folder, policy_set_id))
    yield from _attempt(partial(load_authorities, folder))
    yield from _attempt(partial(special_class_labels, folder))
    yield from _attempt(partial(load_profiles, folder))
    yield from _check_instruments(folder)
    yield from broken_successions(_instruments(folder))
    yield from overlapping_validities(_instruments(folder))
    yield from _check_rules(folder)


def _attempt(load: Callable[[], object]) -> Iterator[PolicyError]:
    try:
        load()
    except PolicyError as error:
        yield error


def _load_leading_day(folder: Path, policy_set_id: str) -> None:
    """Load a policy set on the first day of its leading instrument."""
    leading = read_policy_set(folder, policy_set_id).content.instruments[:1]
    first_day = date.max
    for below in leading:
        if (folder / below / "instrument.yaml").is_file():
            first_day = read_instrument(folder, below).instrument.content.valid_from or first_day
    load_policy(folder, policy_set_id, first_day)


def _instruments(folder: Path) -> list[Document[Instrument]]:
    names = [name for name in _names(folder) if name.endswith("/instrument.yaml")]
    return [read(folder, name, INSTRUMENT) for name in names]


def _parameters(folder: Path) -> set[str]:
    names = [name for name in _names(folder) if name.endswith(".yaml") and shape_of(name) is PARAMETER]
    return {read(folder, name, PARAMETER).content.parameter for name in names}


def _check_instruments(folder: Path) -> Iterator[PolicyError]:
    seen: dict[str, str] = {}
    for document in _instruments(folder):
        other = seen.setdefault(document.content.id, document.name)
        if other != document.name:
            yield document.error(f"the id {document.content.id} stands in {other} too", "give each its own id", "id")


def _check_rules(folder: Path) -> Iterator[PolicyError]:
    known = _parameters(folder)
    ids = {document.content.id for document in _instruments(folder)}
    for document in read_rules(folder):
        rule = document.content
        if rule.id != Path(document.name).stem:
            yield document.error("the rule and its file have different names", "give both the same name", "id")
        for position, name in enumerate(rule.parameters):
            if name not in known:
                yield document.error(f"no file sets {name}", "mend the name, or add the file", "parameters", position)
        for position, source in enumerate(rule.sources):
            if source.instrument not in ids:
                what = f"there is no instrument {source.instrument}"
                yield document.error(what, "write an id of an instrument.yaml", "sources", position, "instrument")
