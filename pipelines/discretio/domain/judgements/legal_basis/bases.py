"""What the rules on bases have in common: which types there are."""

from __future__ import annotations

PROTOCOL, INDIVIDUAL = "PR_PROTOCOL", "PR_INDIVIDUAL"
AUTHORISATIONS = frozenset({PROTOCOL, INDIVIDUAL})
ENACTED = frozenset({"LAW", "DECREE", "ORDINANCE", "IMPLEMENTING_ACT"})
