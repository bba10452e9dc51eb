"""The limits of the house: small modules, short functions, few parameters, small classes, words for names."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "pipelines").rglob("*.py")) + sorted((ROOT / "dags").glob("*.py"))
BANNED_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}


def _functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(body) > 1:
        first = body[1]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_module_is_longer_than_300_lines_and_the_median_is_under_100() -> None:
    lengths = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    too_long = {str(module.relative_to(ROOT)): length for module, length in lengths.items() if length > 300}
    assert too_long == {}
    assert statistics.median(length for length in lengths.values() if length > 1) < 100


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_are_short_and_classes_have_few_methods(module: Path) -> None:
    assert module.stem not in BANNED_NAMES
    too_long = {f.name: _body_lines(f) for f in _functions(module) if _body_lines(f) > 30}
    assert too_long == {}
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            methods = [child for child in node.body if isinstance(child, ast.FunctionDef)]
            assert len(methods) < 10, f"{node.name} has {len(methods)} methods"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_lint_exception_carries_its_reason(module: Path) -> None:
    for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), start=1):
        for marker in ("# noqa", "# type: ignore"):
            if marker in line:
                assert line.split(marker, 1)[1].count(" - "), f"line {number}: say why after ' - '"
