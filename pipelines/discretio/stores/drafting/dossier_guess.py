"""Which table of an unknown schema lists the dossiers, and how the others lead to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from discretio.errors import UsageError
from discretio.stores.drafting.names import mentions
from discretio.stores.drafting.schema import Reference, SketchTable, routes_to
from discretio.stores.drafting.vocabulary import DOSSIER_TABLES, GENERIC_ENDINGS, ORGANISATION_TABLES, USER_TABLES

Routes = Mapping[str, tuple[Reference, ...]]
_WORTH_OF_A_TABLE = 0.05
_MOST_TABLES = 8


@dataclass(frozen=True, slots=True)
class DossierGuess:
    """The table of the dossiers.

    Attributes:
        table: the table.
        key: the columns that others name a dossier by.
        confidence: how sure.
        reason: why.
        tables: all tables, with references through a shared key turned to it.
        routes: by table, the references that lead to it.
    """

    table: SketchTable
    key: tuple[str, ...]
    confidence: float
    reason: str
    tables: tuple[SketchTable, ...]
    routes: Routes


def head_of(table: SketchTable) -> tuple[str, ...]:
    """What a table's name is about: its last word, without endings that say nothing."""
    words = table.words
    while len(words) > 1 and words[-1] in GENERIC_ENDINGS:
        words = words[:-1]
    return words[-1:]


def is_about(table: SketchTable, terms: frozenset[str]) -> bool:
    """Whether a table's name is about one of these."""
    return bool(mentions(head_of(table), terms)) or bool(mentions(["_".join(table.words[-2:])], terms))


def guess_dossiers(tables: Sequence[SketchTable], with_text: Iterable[str]) -> DossierGuess:
    """The table that most likely lists the dossiers.

    Args:
        tables: the schema.
        with_text: the tables that hold free text.

    Raises:
        UsageError: none looks like it.
    """
    texts = set(with_text)
    scored = []
    for table in tables:
        turned = _turned(tables, table)
        routes = routes_to(turned, table.name)
        named = _named(table)
        leading = len(texts & (routes.keys() - {table.name}))
        if named and _key(table, turned):
            scored.append((named + _WORTH_OF_A_TABLE * min(leading, _MOST_TABLES), leading, table, turned, routes))
    if not scored:
        raise UsageError(
            "no table of this schema looks like a list of dossiers",
            remedy="write the mapping by hand (docs/mapping.md), or name another schema with --schema",
        )
    score, leading, table, turned, routes = max(scored, key=lambda one: (one[0], one[1], one[2].name))
    reason = f"named like a list of dossiers; {leading} tables with text lead to it"
    return DossierGuess(table, _key(table, turned), round(min(score / 1.4, 0.95), 2), reason, tuple(turned), routes)


def _named(table: SketchTable) -> float:
    if table.is_view or is_about(table, USER_TABLES | ORGANISATION_TABLES):
        return 0.0
    weights = [weight for terms, weight in DOSSIER_TABLES.items() if is_about(table, terms)]
    return max(weights, default=0.0)


def _turned(tables: Sequence[SketchTable], dossiers: SketchTable) -> list[SketchTable]:
    """The tables, with references to a row that shares the dossier's key (patient and its person) turned to the dossier."""
    shared = [one for one in dossiers.references if (one.column,) == dossiers.primary and one.declared]
    if not shared:
        return list(tables)
    parent = shared[0]

    def turned(reference: Reference) -> Reference:
        same = reference.table == parent.table and reference.target == parent.target
        return replace(reference, table=dossiers.name, target=parent.column) if same else reference

    return [
        table if table.name == dossiers.name else replace(table, references=tuple(turned(one) for one in table.references))
        for table in tables
    ]


def _key(table: SketchTable, tables: Iterable[SketchTable]) -> tuple[str, ...]:
    targets = Counter(one.target for other in tables for one in other.references if one.table == table.name)
    return (targets.most_common(1)[0][0],) if targets else table.primary
