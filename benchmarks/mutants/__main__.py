"""How many wrongs in the rules' conditions the legal cases notice: one mutant at a time, in this process.

    python benchmarks/mutants [PART ...] [--sample N] [--seed S] [--least PERCENT]

PART is the beginning of a module's name below `discretio.`, such as `domain.judgements.secrecy`. A mutant is judged by those
cases alone that run its function; it is killed by the first that gets another answer, an exception, or none within seconds.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

from judges import Judge, legal_cases  # noqa: E402 - as above
from places import Mutant, mutants_of  # noqa: E402 - the tests' folder has to be known first
from ruamel.yaml import YAML  # noqa: E402 - as above
from trying import Bench, Verdict  # noqa: E402 - as above

import discretio  # noqa: E402 - as above

JUDGED = ("law.periods", "law.special_classes", "domain.judgements", "checks")
"""Where the rules' conditions are, with the modules of `domain` that say when a term ends."""
TERMS = (
    "agreed_terms", "art8", "closure_clocks", "closures", "dossier_dates", "drafts", "dues", "holds",
    "partial_dates", "reopenings", "retention", "terms",
)  # fmt: skip
CARRYING = frozenset({
    "handover", "hearing", "request", "rule_expectation", "run", "suites", "validation",
    "judgements.every_rule", "judgements.facts", "judgements.reasons",
})  # fmt: skip
"""Modules that carry answers or list rules, and change no answer; tests of their own say what they do."""


def main() -> int:
    """Try the mutants, print the table and the survivors; 1 if fewer than asked are killed."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("parts", nargs="*", default=[""])
    arguments.add_argument("--sample", type=int, default=0, help="so many of them, drawn at random")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--least", type=float, default=90.0, help="percent of mutants to be killed")
    asked = arguments.parse_args()
    mutants = [mutant for module in modules(asked.parts) for mutant in mutants_of(module)]
    if asked.sample:
        mutants = random.Random(asked.seed).sample(mutants, min(asked.sample, len(mutants)))  # noqa: S311 - a sample
    return print_table(Bench(judges_for(mutants)).verdicts(mutants), asked.least)


def judges_for(mutants: Iterable[Mutant]) -> Iterator[Judge]:
    """The legal cases; those of the small stores, which take a minute to make, only where `checks` is tried."""
    yield from legal_cases()
    if any(mutant.module.__name__.startswith("discretio.checks.") for mutant in mutants):
        from store_judges import stores  # noqa: PLC0415 - imports Great Expectations

        yield from stores()


def modules(parts: Sequence[str]) -> Iterator[ModuleType]:
    """The modules under judgement, as far as they were asked for."""
    for found in pkgutil.walk_packages(discretio.__path__, "discretio."):
        name = found.name.removeprefix("discretio.")
        if _is_judged(name) and name.startswith(tuple(parts)):
            module = importlib.import_module(found.name)
            if not hasattr(module, "__path__"):
                yield module


def _is_judged(name: str) -> bool:
    first, _, rest = name.partition(".")
    return (name.startswith(JUDGED) and rest not in CARRYING) or (first == "domain" and rest in TERMS)


def print_table(verdicts: Iterable[tuple[Mutant, Verdict]], least: float) -> int:
    """One row per part of the house, then what survived."""
    known = equivalents()
    table: dict[str, list[int]] = {}
    survivors: list[Mutant] = []
    for mutant, verdict in verdicts:
        row = table.setdefault(_part(mutant.module.__name__), [0, 0, 0])
        equivalent = verdict is not Verdict.KILLED and mutant.name in known
        row[0] += 1
        row[1] += verdict is Verdict.KILLED
        row[2] += equivalent
        if verdict is not Verdict.KILLED and not equivalent:
            survivors.append(mutant)
            print(f"{verdict.value:9} {mutant.name}", flush=True)
    rows = [*sorted(table.items()), ("all", [sum(column) for column in zip(*table.values(), strict=True)])]
    print("\n| part | mutants | killed | equivalent | survive | killed of those that differ |\n|---|---:|---:|---:|---:|---:|")
    for part, (tried, killed, same) in rows:
        print(f"| {part} | {tried} | {killed} | {same} | {tried - killed - same} | {_percent(killed, tried - same):.1f} % |")
    tried, killed, same = rows[-1][1]
    return int(_percent(killed, tried - same) < least)


def equivalents() -> Mapping[str, str]:
    """The mutants that answer alike whatever is asked, with the reason."""
    listed = YAML(typ="safe").load(Path(__file__).with_name("equivalent.yaml").read_text(encoding="utf-8"))
    return {f"discretio.{one['where']}: {one['mutant']}": one["why"] for one in listed or []}


def _part(module: str) -> str:
    """`domain.judgements.secrecy`, `checks`, `law`: a folder of the house, or a chapter of the judgements."""
    names = module.split(".")[1:]
    return ".".join(names[:3] if names[:2] == ["domain", "judgements"] and len(names) > 3 else names[:-1])


def _percent(killed: int, differing: int) -> float:
    return 100 * killed / differing if differing else 100.0


if __name__ == "__main__":
    sys.exit(main())
