"""The tables of a benchmark in RESULTS.md, between two marks of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def keep(name: str, lines: Sequence[str]) -> None:
    """Put these lines in the place of what the benchmark wrote before; at the end, under its name, if it never did."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    whole = RESULTS.read_text(encoding="utf-8")
    if begin not in whole:
        whole += f"\n## {name.capitalize()}\n\n{begin}\n{end}\n"
    before, _, rest = whole.partition(begin)
    RESULTS.write_text("\n".join([before + begin, *lines, end]) + rest.partition(end)[2], encoding="utf-8")
