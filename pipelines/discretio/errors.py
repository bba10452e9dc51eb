"""Every error that a user can meet.

DiscretioError                  what happened, where, what to do
├── UsageError                  wrong use or bad input: exit code 2
│   ├── PolicyError             a policy or lexicon file is wrong: file, line, how to mend it
│   ├── MappingError            a store mapping is wrong or doesn't fit the store
│   ├── StoreContentError       a store holds what can't be (a closure before the opening)
│   ├── PeriodError             a period or a date that doesn't exist
│   └── SecretInUrlError        a password stands in a URL
├── StoreUnavailableError       a store can't be reached or died in the middle: exit code 3
├── LedgerError                 the ledger can't be used
│   ├── LedgerVersionError      the ledger comes from a newer program
│   ├── LedgerKeyError          the key is missing or isn't this ledger's
│   └── ChainBrokenError        the audit chain doesn't verify
├── NotYoursError               a visitor asks for what isn't open to him
├── NotificationError           nobody could be told of what waits
├── ServingError                Airflow doesn't come up
├── ApprovalError               an approval is missing, forged, expired or not this person's to give
├── PurgeRefusedError           a purge may not run, or may only dry-run
├── ReportError                 a report can't be made or issued
└── VerificationError           a file is not what it claims (exit code 1) or can't be verified (exit code 3)

No message holds text of a dossier, a name, a key or a path of a store: exceptions of libraries quote values, so they are
wrapped here without being chained into what the user sees.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_EXAMINED = 3


class DiscretioError(Exception):
    """An error for the user: what happened, where, and what to do.

    Args:
        what: what happened, one sentence, no personal data.
        where: the file and line, the command, the table or the surrogate id concerned; empty if it would add nothing.
        remedy: what the user can do about it, one sentence.
    """

    exit_code = EXIT_USAGE

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.remedy:
            lines.append(f"  what to do: {self.remedy}")
        return "\n".join(lines)


class UsageError(DiscretioError):
    """Wrong use or bad input."""


class PolicyError(UsageError):
    """A policy or lexicon file is wrong."""


class MappingError(UsageError):
    """A store mapping is wrong or doesn't fit the store."""


class StoreContentError(UsageError):
    """A store holds what can't be."""


class PeriodError(UsageError):
    """A period or a date that doesn't exist."""


class SecretInUrlError(UsageError):
    """A password stands in a URL."""


class StoreUnavailableError(DiscretioError):
    """A store can't be reached, or died in the middle."""

    exit_code = EXIT_NOT_EXAMINED


class LedgerError(DiscretioError):
    """The ledger can't be used."""


class LedgerVersionError(LedgerError):
    """The ledger was written by a newer program."""


class LedgerKeyError(LedgerError):
    """The ledger's key is missing or is not this ledger's."""


class ChainBrokenError(LedgerError):
    """The audit chain doesn't verify."""

    exit_code = EXIT_FAILED


class NotYoursError(DiscretioError):
    """A visitor asks for what isn't open to him."""


class NotificationError(DiscretioError):
    """Nobody could be told of what waits."""


class ServingError(DiscretioError):
    """Airflow doesn't come up."""

    exit_code = EXIT_FAILED


class ApprovalError(DiscretioError):
    """An approval is missing, forged, expired, or not this person's to give."""


class PurgeRefusedError(DiscretioError):
    """A purge may not run, or may only dry-run."""


class ReportError(DiscretioError):
    """A report can't be made or issued."""


class VerificationError(DiscretioError):
    """A file is not what it claims to be, or can't be verified."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "", verifiable: bool = True) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.exit_code = EXIT_FAILED if verifiable else EXIT_NOT_EXAMINED
