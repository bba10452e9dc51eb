"""What the operator sets through the environment. Secrets never come as arguments: process lists and logs show those."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from discretio.errors import UsageError

LEDGER_URL = "DISCRETIO_LEDGER_URL"
APPROVALS_URL = "DISCRETIO_APPROVALS_URL"
LEDGER_KEY = "DISCRETIO_LEDGER_KEY"
LEDGER_KEY_FILE = "DISCRETIO_LEDGER_KEY_FILE"
HOME = "DISCRETIO_HOME"
POLICIES = "DISCRETIO_POLICIES"
POLICY_SET = "DISCRETIO_POLICY_SET"
DEFAULT_PARTITION_BYTES = 4_000_000
DEFAULT_POLICY_SET = "BE-BILL-56-0485"
LEXICONS = "DISCRETIO_LEXICONS"
SIGNING_KEY_FILE = "DISCRETIO_SIGNING_KEY_FILE"
PARTITION_BYTES = "DISCRETIO_PARTITION_BYTES"
SIGNING_PASSWORD_FILE = "DISCRETIO_SIGNING_PASSWORD_FILE"  # noqa: S105 - the name of a variable
SIGNING_KEY = "DISCRETIO_SIGNING_KEY"
SIGNING_TOKEN = "DISCRETIO_SIGNING_TOKEN"  # noqa: S105 - the name of a variable
SIGNING_LEVEL = "DISCRETIO_SIGNING_LEVEL"
TIMESTAMP_URL = "DISCRETIO_TIMESTAMP_URL"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are: `home` holds the ledger, its key and the controller's policies unless the environment says otherwise.

    `policies` is the controller's own complete copy of the policies, None for those that are shipped.
    `approvals_url` is the ledger under the Compliance page's own database account, which may write approvals, if it has one.
    `lexicons` is a folder of his own terms, read beside the lexicons of the policies.
    `partition_bytes` of text make a partition: what two workers share evenly, and one reads again at most if it dies.
    `signing_key` is a PKCS#12 file in base64, `signing_token` names a key on a token (RFC 7512); both go before the file.
    `timestamp_url` is an authority of time (RFC 3161); `signing_level` B-T or B-LTA, B-T by default where there is one.
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
    partition_bytes: int = DEFAULT_PARTITION_BYTES
    signing_key: str | None = field(default=None, repr=False)
    signing_token: str | None = None
    timestamp_url: str | None = None
    signing_level: str | None = None
    approvals_url: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; `home` is ~/.discretio by default.

        Raises:
            UsageError: a number is none.
        """
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
            partition_bytes=_bytes(env.get(PARTITION_BYTES) or str(DEFAULT_PARTITION_BYTES)),
            signing_key=env.get(SIGNING_KEY) or None,
            signing_token=env.get(SIGNING_TOKEN) or None,
            timestamp_url=env.get(TIMESTAMP_URL) or None,
            signing_level=env.get(SIGNING_LEVEL) or None,
            approvals_url=env.get(APPROVALS_URL) or None,
        )


def _bytes(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise UsageError("this is no number of bytes", where=PARTITION_BYTES, remedy="give a whole number, such as 4000000")
    return int(text)
