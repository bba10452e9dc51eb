"""Stop reading what may not be there, alert of it through the channel of the catalogue, and release it by a person's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from discretio.domain.approvals import Role
from discretio.domain.detections import About, Detection, Evidence
from discretio.errors import ApprovalError, UsageError
from discretio.law.special_classes import BARRED_DOCUMENTS, Flag
from discretio.ledger import quarantine, stores
from discretio.ledger.quarantine import Alert, Quarantined
from discretio.steps.detecting import Looked
from discretio.steps.people_keys import signer
from discretio.steps.unit_names import UnitNames
from discretio.steps.workplace import Workplace
from discretio.stores.port import TextUnit, UnitKey

_BARRED = frozenset(BARRED_DOCUMENTS)
STOPPED = "reading_stopped"
REASONS = ("FALSE_ALARM", "DECLASSIFIED", "LAWFUL", "MOVED")


@dataclass(frozen=True, slots=True)
class Release:
    """A person's word that a document may be read: which one, why (one of REASONS), who says so, and the personal key."""

    unit_id: str
    reason: str
    login: str
    key_file: Path


class Watch:
    """Sees marks that bar a document, and stops its reading there; an entry that bears one is a unit of text like any other.

    Args:
        threshold: the least score that counts.
        hashes: the content hash of every unit that is read.
        released: those that somebody released as they are: they are read whole.
    """

    def __init__(self, threshold: float, hashes: Mapping[UnitKey, str], released: frozenset[str]) -> None:
        self._threshold = threshold
        self._free = {unit for unit, content_hash in hashes.items() if content_hash in released}
        self._stopped: set[UnitKey] = set()
        self._skipped: set[UnitKey] = set()

    def seen(self, looked: Iterable[Looked]) -> Iterator[Looked]:
        """What was detected, without what was read ahead of a unit whose reading has stopped."""
        for one in looked:
            unit = (one.text.entry_key, one.text.attachment_key)
            if unit in self._stopped:
                self._skipped.add(unit)
                continue
            ends = [each.end for each in one.result.detections if unit not in self._free and self._bars(each)]
            if not ends:
                yield one
                continue
            self._stopped.add(unit)
            yield self._cut(one, min(ends)) if one.text.attachment_key else one

    def _cut(self, one: Looked, end: int) -> Looked:
        """What stands in a document up to the end of its first mark; what is behind it is kept nowhere."""
        if end < len(one.text.text):
            self._skipped.add((one.text.entry_key, one.text.attachment_key))
        kept = tuple(each for each in one.result.detections if each.start < end)
        return one._replace(result=replace(one.result, detections=kept))

    def unread(self, unit: UnitKey) -> bool:
        """Whether some of the unit was left unread for that reason."""
        return unit in self._skipped

    def allowed(self, texts: Iterable[TextUnit]) -> Iterator[TextUnit]:
        """The texts, without what is left of a unit whose reading has stopped."""
        for text in texts:
            unit = (text.entry_key, text.attachment_key)
            if unit in self._stopped:
                self._skipped.add(unit)
            else:
                yield text

    def _bars(self, one: Detection) -> bool:
        if _BARRED.isdisjoint(one.flags):
            return False
        # What only resembles labelled notes is a finding like any other; a mark stands in words.
        told = one.evidence is not Evidence.MODEL and one.about is not About.NOBODY
        return one.score >= self._threshold and not one.negated and told


def watch_over(place: Workplace, hashes: Mapping[UnitKey, str]) -> Watch:
    """A watch over the units that a scan reads, by their content hashes."""
    return Watch(_threshold(place), hashes, frozenset(quarantine.releases(place.ledger).values()))


def without_quarantined(place: Workplace, store_id: int, names: UnitNames, due: dict[UnitKey, str]) -> dict[UnitKey, str]:
    """What a scan may read of what is due: nothing that is in quarantine, whatever changed since."""
    asked = {names.unit(unit) for unit in due}
    held = {one.unit_id for one in quarantine.quarantined(place.ledger, store_id, _threshold(place), asked)}
    return {unit: content_hash for unit, content_hash in due.items() if names.unit(unit) not in held}


def quarantined_in(place: Workplace, store_name: str) -> list[Quarantined]:
    """The documents of a store that are in quarantine."""
    record = stores.store_named(place.ledger, store_name)
    return quarantine.quarantined(place.ledger, record.store_id, _threshold(place))


def raise_new_alerts(place: Workplace, run_id: str, store_id: int) -> int:
    """Alert of the documents in quarantine of which nobody was alerted yet; returns of how many."""
    told = {(one.mark, unit) for one in quarantine.alerts(place.ledger) for unit in one.unit_ids}
    fresh: defaultdict[tuple[Flag, str], list[str]] = defaultdict(list)
    for one in quarantine.quarantined(place.ledger, store_id, _threshold(place)):
        for mark in one.marks:
            if (mark, one.unit_id) not in told:
                fresh[mark, one.controller_id or ""].append(one.unit_id)
    if not fresh:
        return 0
    channels = place.authorities().alerts
    raised = [Alert(mark, by, channels.get(mark, ("dpo",)), tuple(sorted(ids))) for (mark, by), ids in sorted(fresh.items())]
    quarantine.raise_alerts(place.ledger, run_id, raised)
    return sum(len(one.unit_ids) for one in raised)


def release(place: Workplace, store_name: str, wish: Release) -> None:
    """Release a document: by a data protection officer, or an approver of the controller that introduced it.

    Raises:
        UsageError: it isn't in quarantine, or the reason is none.
        ApprovalError: the person isn't enrolled, may not release it, or has another key.
    """
    if wish.reason not in REASONS:
        raise UsageError("there is no such reason", where=wish.reason, remedy=f"one of {', '.join(REASONS)}")
    found = {one.unit_id: one for one in quarantined_in(place, store_name)}.get(wish.unit_id)
    if found is None:
        raise UsageError(
            "this document is not in quarantine", where=wish.unit_id, remedy="discretio quarantine list shows those that are"
        )
    who = signer(place, wish.login, wish.key_file, where=wish.unit_id)
    person = who.person
    own = Role.APPROVER in person.roles and found.controller_id in person.controller_ids
    if person.revoked_at is not None or not (own or Role.DPO in person.roles):
        remedy = "ask a data protection officer, or an approver of the controller that introduced it"
        raise ApprovalError("this person may not release it", where=wish.unit_id, remedy=remedy)
    public = Ed25519PrivateKey.from_private_bytes(who.private_key).public_key().public_bytes_raw().hex()
    if public != person.public_key:
        raise ApprovalError("this is not the key with which the person is enrolled", where=wish.unit_id, remedy="give that key")
    quarantine.release(place.ledger, wish.unit_id, person.person_id, wish.reason)


def _threshold(place: Workplace) -> float:
    return place.policy_on(place.now().date()).number("detection.threshold")
