"""The files of one policy set -> the policy as it stands on one day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from discretio.errors import PolicyError
from discretio.law.policy import Adoption, ResolvedPolicy, Status
from discretio.policy_files.choices import ADOPTION, PolicySet, RuleFile
from discretio.policy_files.instruments import Instrument
from discretio.policy_files.library import (
    ADOPTION_FILE,
    POLICY_SETS,
    InstrumentFolder,
    read_instrument,
    read_policy_set,
    read_rules,
)
from discretio.policy_files.reading import Document, files_in, read
from discretio.policy_files.resolving import categories_of, dated_values, rules_of
from discretio.policy_files.successions import overlapping_validities


def policy_set_ids(folder: Path) -> tuple[str, ...]:
    """The ids of the policy sets that a folder offers, in alphabetical order."""
    return tuple(Path(name).stem for name in files_in(folder, below=POLICY_SETS))


def load_policy(folder: Path, policy_set_id: str, as_of: date, adoption: Adoption | None = None) -> ResolvedPolicy:
    """Resolve a policy set on one day.

    Args:
        folder: the policies folder.
        policy_set_id: such as BE-BILL-56-0485 or GDPR-BASE.
        as_of: the day, in Europe/Brussels.
        adoption: the controller's decision, instead of what adoption.yaml says.

    Returns:
        The policy. Its hash is taken over what its files say (not over comments, order or line ends), without the
        adoption, which stands beside it: two machines that hold the same law get the same hash on every day.

    Raises:
        PolicyError: a file is wrong, the set is unknown or contradicts itself, or its leading instrument does not exist on
            that day.
    """
    policy_set = _policy_set(folder, policy_set_id)
    used = _Used(policy_set, _instruments(folder, policy_set), read_rules(folder))
    return _resolve(used, as_of, adoption or _adoption(folder, used))


@dataclass(frozen=True, slots=True)
class _Used:
    """The files that a policy is made of."""

    policy_set: Document[PolicySet]
    instruments: list[InstrumentFolder]
    rules: tuple[Document[RuleFile], ...]

    def sha256(self) -> str:
        documents = [self.policy_set, *self.rules, *(document for found in self.instruments for document in found.documents())]
        said = sorted((document.name, document.canonical) for document in documents)
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _resolve(used: _Used, as_of: date, adoption: Adoption | None) -> ResolvedPolicy:
    leading = _leading(used.instruments[0], as_of)
    in_force = [found for found in used.instruments if found.instrument.content.in_force(as_of)]
    dated = dated_values(in_force, as_of)
    return ResolvedPolicy(
        policy_set_id=used.policy_set.content.id,
        version=leading.version,
        status=leading.status,
        as_of=as_of,
        sha256=used.sha256(),
        adoption=adoption,
        values={name: value.value for name, value in dated.items() if value.value is not None},
        references={name: value.reference for name, value in dated.items()},
        categories=categories_of(in_force),
        rules=rules_of(used.rules, in_force, adoption),
        titles=leading.titles,
        newest_law=_newest_law([found.instrument.content for found in in_force], adoption),
    )


def _newest_law(in_force: Iterable[Instrument], adoption: Adoption | None) -> date | None:
    """The day from which the youngest law applies; a bill is one from the day on which the controller adopted it."""
    binding = [instrument for instrument in in_force if instrument.status in (Status.LAW, Status.DECREE, Status.BILL)]
    return max(filter(None, (instrument.applies_since(adoption) for instrument in binding)), default=None)


def _policy_set(folder: Path, policy_set_id: str) -> Document[PolicySet]:
    known = policy_set_ids(folder)
    if policy_set_id not in known:
        remedy = f"the policy sets here are: {', '.join(known) or 'none, so this is no policies folder'}"
        raise PolicyError(f"there is no policy set {policy_set_id}", where=f"{POLICY_SETS}/", remedy=remedy)
    return read_policy_set(folder, policy_set_id)


def _instruments(folder: Path, policy_set: Document[PolicySet]) -> list[InstrumentFolder]:
    for position, below in enumerate(policy_set.content.instruments):
        if not (folder / below / "instrument.yaml").is_file() or ".." in Path(below).parts:
            what = f"there is no instrument in the folder {below}"
            raise policy_set.error(what, "name a folder that holds an instrument.yaml", "instruments", position)
    if not policy_set.content.instruments:
        raise policy_set.error("this policy set names no instrument", "name at least one folder", "instruments")
    _refuse_twice(policy_set)
    found = [read_instrument(folder, below) for below in policy_set.content.instruments]
    for overlap in overlapping_validities(one.instrument for one in found):
        raise overlap
    return found


def _refuse_twice(policy_set: Document[PolicySet]) -> None:
    """An instrument has one place in the order: which of two values wins must not depend on where one looks."""
    listed = policy_set.content.instruments
    for position, below in enumerate(listed):
        if below in listed[:position]:
            raise policy_set.error(f"the folder {below} is named twice", "keep one of the two lines", "instruments", position)


def _leading(found: InstrumentFolder, as_of: date) -> Instrument:
    instrument = found.instrument.content
    if not instrument.in_force(as_of):
        what = f"{instrument.id} does not exist on {as_of}"
        raise found.instrument.error(what, f"take a day from {instrument.valid_from} on, or another policy set", "valid_from")
    return instrument


def _adoption(folder: Path, used: _Used) -> Adoption | None:
    """What the controller decided about the policy set; nobody adopts what isn't written yet."""
    policy_set_id, leading = used.policy_set.content.id, used.instruments[0].instrument.content
    document = read(folder, ADOPTION_FILE, ADOPTION)
    if policy_set_id not in document.content:
        what = f"the adoption of {policy_set_id} is missing"
        raise document.error(what, f"add ‘{policy_set_id}:’ with adopted_by and adopted_at, both null if not adopted")
    adoption = document.content[policy_set_id].adoption
    if adoption is not None and adoption.adopted_at < (leading.valid_from or date.max):
        what = f"{leading.id} was adopted on {adoption.adopted_at}, before it existed"
        since = leading.valid_from or "a day that its instrument.yaml doesn't name yet"
        remedy = f"mend the day: {leading.id} exists from {since} on"
        raise document.error(what, remedy, policy_set_id, "adopted_at")
    return adoption
