"""Which rules there are, and which reasons they give: read from the modules of this package, never from a list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import ModuleType

from discretio.domain import judgements


def rule_modules() -> Mapping[str, ModuleType]:
    """The modules that judge, by the id of their rule."""
    return {module.RULE_ID: module for module in _modules() if hasattr(module, "RULE_ID")}


def reason_codes() -> frozenset[str]:
    """Every code that is a reason of some rule; the families (`missing_field_…`) are beside them."""
    kinds = {module.Reason for module in _modules() if hasattr(module, "Reason")}
    return frozenset(str(reason) for kind in kinds if issubclass(kind, StrEnum) for reason in kind)


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(judgements.__path__, f"{judgements.__name__}."):
        yield importlib.import_module(found.name)
