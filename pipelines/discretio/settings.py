"""What the operator sets through the environment. Secrets never come as arguments: process lists and logs show those."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LEDGER_URL = "DISCRETIO_LEDGER_URL"
LEDGER_KEY = "DISCRETIO_LEDGER_KEY"
LEDGER_KEY_FILE = "DISCRETIO_LEDGER_KEY_FILE"
HOME = "DISCRETIO_HOME"
POLICIES = "DISCRETIO_POLICIES"
POLICY_SET = "DISCRETIO_POLICY_SET"
DEFAULT_POLICY_SET = "BE-BILL-56-0485"
LEXICONS = "DISCRETIO_LEXICONS"
SIGNING_KEY_FILE = "DISCRETIO_SIGNING_KEY_FILE"
SIGNING_PASSWORD_FILE = "DISCRETIO_SIGNING_PASSWORD_FILE"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are: `home` holds the ledger, its key and the controller's policies unless the environment says otherwise.

    `policies` is the controller's own complete copy of the policies, None for those that are shipped.
    `lexicons` is a folder of his own terms, read beside the lexicons of the policies.
    """

    home: Path
    ledger_url: str
    ledger_key_file: Path
    ledger_key: str | None = field(repr=False)
    policies: Path | None
    policy_set: str
    signing_key_file: Path
    signing_password_file: Path | None
    lexicons: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; `home` is ~/.discretio by default."""
        env = os.environ if environment is None else environment
        home = Path(env.get(HOME) or Path.home() / ".discretio")
        own_policies = Path(env.get(POLICIES) or home / "policies")
        password = env.get(SIGNING_PASSWORD_FILE)
        return cls(
            home=home,
            ledger_url=env.get(LEDGER_URL) or f"sqlite:///{home / 'ledger.db'}",
            ledger_key_file=Path(env.get(LEDGER_KEY_FILE) or home / "ledger.key"),
            ledger_key=env.get(LEDGER_KEY),
            policies=own_policies if POLICIES in env or own_policies.is_dir() else None,
            policy_set=env.get(POLICY_SET) or DEFAULT_POLICY_SET,
            signing_key_file=Path(env.get(SIGNING_KEY_FILE) or home / "signing.p12"),
            signing_password_file=Path(password) if password else None,
            lexicons=Path(env[LEXICONS]) if env.get(LEXICONS) else None,
        )
