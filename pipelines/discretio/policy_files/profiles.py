"""Profiles: which rules are asked of one kind of system (catalogue, section c), and under which policy set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from discretio.errors import UsageError
from discretio.policy_files.reading import Document, files_in, read
from discretio.policy_files.shapes import Each, Record
from discretio.policy_files.values import COUNT, IN_FOUR_LANGUAGES, LINE

PROFILES = "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of system.

    Attributes:
        id: its name on the command line, that of its file.
        system: its number in the catalogue's list of systems.
        titles: what it is called in fr, nl, en, de.
        policy_set: the policy set under which it stands: the law in force where its own decree isn't loaded yet.
        rules: the rules that are asked of it; no others are.
    """

    id: str
    system: int
    titles: Mapping[str, str]
    policy_set: str
    rules: tuple[str, ...]


PROFILE = Record(
    into=Profile,
    fields={"id": LINE, "system": COUNT, "titles": IN_FOUR_LANGUAGES, "policy_set": LINE, "rules": Each(LINE)},
)


def load_profiles(folder: Path) -> Mapping[str, Profile]:
    """The profiles of a policies folder, by id, in the order of the catalogue; none if it has none.

    Raises:
        PolicyError: a file is wrong, or names a rule or a policy set that isn't there.
    """
    documents = [read(folder, name, PROFILE) for name in files_in(folder, below=PROFILES)]
    for document in documents:
        _check(folder, document)
    return {each.id: each for each in sorted((document.content for document in documents), key=lambda each: each.system)}


def profile_named(folder: Path, name: str) -> Profile:
    """One profile.

    Raises:
        UsageError: there is none of that name.
    """
    known = load_profiles(folder)
    if name not in known:
        near = get_close_matches(name, known, n=1) or [", ".join(known) or "there are none in this folder"]
        raise UsageError("there is no such profile", where=name, remedy=f"did you mean {near[0]}?")
    return known[name]


def _check(folder: Path, document: Document[Profile]) -> None:
    profile = document.content
    if profile.id != Path(document.name).stem:
        raise document.error("the profile and its file have different names", "give both the same name", "id")
    if not (folder / "policy_sets" / f"{profile.policy_set}.yaml").is_file():
        raise document.error(f"there is no policy set {profile.policy_set}", "name a file of policy_sets/", "policy_set")
    for position, rule in enumerate(profile.rules):
        if not (folder / "rules" / f"{rule}.yaml").is_file():
            raise document.error(f"there is no rule {rule}", "mend the name", "rules", position)
        if rule in profile.rules[:position]:
            raise document.error(f"the rule {rule} stands here twice", "keep one line", "rules", position)
