"""Decisions to deny: what a rule that blocks tells a dossier system, by keyed hashes that only the two of them can make."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

_HEAD = b"discretio decisions\n"


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One refusal: as long as it stands, the rule lets nothing more be done with this thing.

    Attributes:
        rule: the rule that isn't met.
        scope: what the thing is (entry, dossier, access_grant, ...).
        thing: `reference` of its key in the store.
        dossier: `reference` of its dossier's key, empty if it lies in none.
        reason: the reason code of the outcome.
    """

    rule: str
    scope: str
    thing: str
    dossier: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionList:
    """All refusals about one store that stand together, from one moment until another (UTC)."""

    store: str
    policy: str
    issued_at: datetime
    expires_at: datetime
    decisions: tuple[Decision, ...]

    def message(self) -> bytes:
        """The bytes that are signed: the list in canonical JSON."""
        return _HEAD + json.dumps(self.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def plain(self) -> dict[str, Any]:
        """The list as plain values."""
        moments = {name: getattr(self, name).astimezone(UTC).isoformat() for name in ("issued_at", "expires_at")}
        return {"store": self.store, "policy": self.policy, **moments, "decisions": [asdict(one) for one in self.decisions]}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> DecisionList:
        """The list that `plain` described.

        Raises:
            ValueError, KeyError, TypeError: it is none.
        """
        issued_at, expires_at = (datetime.fromisoformat(plain[name]) for name in ("issued_at", "expires_at"))
        if issued_at.tzinfo is None or expires_at.tzinfo is None:
            raise ValueError("a moment without a zone")
        decisions = tuple(Decision(**one) for one in plain["decisions"])
        return cls(str(plain["store"]), str(plain["policy"]), issued_at, expires_at, decisions)

    def stands(self, now: datetime) -> bool:
        """Whether it has been issued and not yet expired."""
        return self.issued_at <= now < self.expires_at

    def denying(self, thing: str) -> Iterable[Decision]:
        """The refusals about one thing, or about what lies in it if it is a dossier."""
        return (one for one in self.decisions if thing in (one.thing, one.dossier))


def reference(key: bytes, scope: str, natural_key: str) -> str:
    """What a list calls a thing: HMAC-SHA-256 over its kind, a line end and its key in the store, in hexadecimal.

    Args:
        key: the key of this store's list, which its dossier system has too.
        scope: what it is.
        natural_key: its key in the store.
    """
    return hmac.digest(key, f"{scope}\n{natural_key}".encode(), hashlib.sha256).hex()
