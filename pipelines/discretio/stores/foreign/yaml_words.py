"""Names as YAML writes them."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_RESERVED = {"null", "true", "false"}


def quoted(name: str) -> str:
    """A name as YAML."""
    return (
        name
        if _PLAIN.fullmatch(name) and name.lower() not in _RESERVED
        else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
