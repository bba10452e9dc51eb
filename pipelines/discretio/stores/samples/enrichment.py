"""What the samples need beyond their JSONL: `enrichment.yaml`, read into typed records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from discretio.errors import UsageError
from discretio.law.authorities import ParticipantKind
from discretio.stores.samples.model import Dossier

SHIPPED = Path(__file__).with_name("enrichment.yaml")
_SECTIONS = {
    "demo", "declared_in_full", "built_in", "usual", "variants", "art8_rows", "justifications", "hold_reasons", "attachments",
    "controllers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Controller:
    """A controller: the key of its row, its name, regime (GDPR, T2, T3) and kind for the routing to an authority."""

    key: str
    organisation: str
    regime: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Addition:
    """Rows to add: by frame; to every n-th dossier that `when` fits; once, or for `each` participant or subject."""

    id: str
    rows: Mapping[str, list[Mapping[str, Any]]]
    every: int = 1
    when: str = "any"
    each: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Columns to set in the rows of a frame where the given columns have the given values."""

    frame: str
    where: Mapping[str, Any]
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """A deliberate departure of some dossiers: which rules it breaks and why, whom it may befall, and what it does.

    Attributes:
        id: its name.
        violates: the rules that it breaks; empty for a lawful but unusual case.
        why: one sentence.
        part: at most one variant of each part befalls a dossier.
        per_thousand: how many of a thousand copies it befalls.
        only: which dossiers it may befall (`kinds.fits`).
        samples: the sample dossiers that it befalls where they are loaded as they are.
        anchor: for a copy, what it dates ("closed" or "opened") and to which days, in turn.
        plain: nothing usual is added.
        dossier: columns to set on the dossier's row.
        changes: columns to set elsewhere.
        addition: rows to add.
        drop: frames whose rows are left out.
    """

    id: str
    violates: tuple[str, ...]
    why: str
    part: str
    per_thousand: int
    only: str
    samples: frozenset[str]
    anchor: tuple[str, tuple[date, ...]] | None
    plain: bool
    dossier: Mapping[str, Any]
    changes: tuple[Change, ...]
    addition: Addition
    drop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demo:
    """The frame of time of the demo's copies."""

    as_of: date
    latest: date
    drafts_begun: tuple[date, date]
    due_after: date
    shift_weeks: int


@dataclass(frozen=True, slots=True)
class Enrichment:
    """All of the file; `controllers` by organisation, `wording` holds reasons and attachments."""

    demo: Demo
    declared_in_full: Mapping[str, int]
    built_in: tuple[Mapping[str, Any], ...]
    usual: tuple[Addition, ...]
    variants: Mapping[str, Variant]
    art8_rows: tuple[Mapping[str, Any], ...]
    wording: Mapping[str, Mapping[str, Any]]
    controllers: Mapping[str, Controller]

    def variants_of(self, dossier: Dossier) -> tuple[Variant, ...]:
        """The variants that befall a dossier: those it was copied with, or those that name the sample itself."""
        if dossier.id != dossier.source:
            return tuple(self.variants[name] for name in dossier.variants)
        return tuple(variant for variant in self.variants.values() if dossier.id in variant.samples)


def load_enrichment(path: Path = SHIPPED) -> Enrichment:
    """Read an enrichment file.

    Raises:
        UsageError: it can't be read, or misses a section or has an unknown one.
    """
    remedy = "compare it with the enrichment.yaml that discretio ships"
    try:
        content = YAML(typ="safe").load(path.read_text("utf-8"))
        if not isinstance(content, dict) or set(content) != _SECTIONS:
            raise UsageError(f"an enrichment file has the sections {', '.join(sorted(_SECTIONS))}", remedy=remedy)
        return _enrichment(content)
    except (OSError, YAMLError, KeyError, TypeError, ValueError, AttributeError):
        raise UsageError("the enrichment file can't be read", remedy=remedy) from None


def _enrichment(content: Mapping[str, Any]) -> Enrichment:
    demo = content["demo"]
    return Enrichment(
        demo=Demo(demo["as_of"], demo["latest"], tuple(demo["drafts_begun"]), demo["due_after"], demo["shift_weeks"]),
        declared_in_full=content["declared_in_full"],
        built_in=tuple(content["built_in"]),
        usual=tuple(_addition(item) for item in content["usual"]),
        variants={item["id"]: _variant(item) for item in content["variants"]},
        art8_rows=tuple(content["art8_rows"]),
        wording={name: content[name] for name in ("justifications", "hold_reasons", "attachments")},
        controllers=_controllers(content["controllers"]),
    )


def _addition(item: Mapping[str, Any]) -> Addition:
    return Addition(item["id"], item["add"], item.get("every", 1), item.get("when", "any"), item.get("each", ""))


def _variant(item: Mapping[str, Any]) -> Variant:
    anchor = next(((what, tuple(days)) for what, days in item.get("anchor", {}).items()), None)
    return Variant(
        id=item["id"],
        violates=tuple(item["violates"]),
        why=item["why"],
        part=item["part"],
        per_thousand=item["per_thousand"],
        only=item["only"],
        samples=frozenset(item.get("samples", ())),
        anchor=anchor,
        plain=item.get("plain", False),
        dossier=item.get("dossier", {}),
        changes=tuple(Change(change["frame"], change["where"], change["set"]) for change in item.get("change", ())),
        addition=Addition(item["id"], item.get("add", {})),
        drop=tuple(item.get("drop", ())),
    )


def _controllers(items: list[Mapping[str, Any]]) -> dict[str, Controller]:
    found: dict[str, Controller] = {}
    for item in items:
        controller = Controller(item["key"], item["organisation"], item["regime"], ParticipantKind(item["kind"]).value)
        found |= dict.fromkeys((item["organisation"], *item.get("also", ())), controller)
    return found
