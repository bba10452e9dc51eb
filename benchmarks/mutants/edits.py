"""The small wrongs that are tried: one edit of a syntax tree each, made in place and taken back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_RENAMED = {
    "any": "all", "all": "any", "min": "max", "max": "min", "isna": "notna", "notna": "isna", "after": "before",
    "before": "after", "duplicated": "isna",
}  # fmt: skip
_PLUMBING = frozenset({"strict", "ignore_index", "sort", "regex"})
"""Arguments that guard against mistakes of ours or number rows anew: no condition of a rule."""
_DECIDING = (ast.If, ast.IfExp, ast.While)


@dataclass(slots=True)
class Edit:
    """One field of one node, and what it is to become.

    Attributes:
        node: what is changed.
        field: which of its fields.
        value: what it becomes.
    """

    node: ast.AST
    field: str
    value: Any

    def said(self) -> str:
        """The edit as a reader sees it."""
        before = ast.unparse(self.node)
        with self:
            return f"{_short(before)} -> {_short(ast.unparse(self.node))}"

    def __enter__(self) -> None:
        self._exchange()

    def __exit__(self, *_: object) -> None:
        self._exchange()

    def _exchange(self) -> None:
        was = getattr(self.node, self.field)
        setattr(self.node, self.field, self.value)
        self.value = was


def edits_of(function: ast.AST) -> Iterator[Edit]:
    """Every wrong tried in a function, its comprehensions and inner functions included."""
    for node in _walk(function):
        yield from _edits(node)


def edits_of_value(value: ast.AST) -> Iterator[Edit]:
    """Every wrong tried in a constant of a module: another number or word, or one element less of what it lists."""
    for node in ast.walk(value):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            for place in range(len(node.elts)):
                yield Edit(node, "elts", node.elts[:place] + node.elts[place + 1 :])
    if isinstance(value, ast.Constant) and isinstance(value.value, str | int | float):
        yield Edit(value, "value", _other(value.value))


def _walk(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes that do something: no annotation, docstring, default or decorator."""
    for statement in getattr(function, "body", []):
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield from _below(statement)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.keyword) and node.arg in _PLUMBING:
        return
    yield node
    if isinstance(node, ast.FunctionDef):
        yield from _walk(node)
        return
    for name, child in ast.iter_fields(node):
        if name != "annotation":
            for one in child if isinstance(child, list) else [child]:
                if isinstance(one, ast.AST):
                    yield from _below(one)


def _edits(node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    if isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in _SWAPPED:
        yield Edit(node, "op", _SWAPPED[type(node.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield Edit(node, "operand", ast.UnaryOp(node.op, node.operand))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield Edit(node, "value", _other(node.value))
    yield from _of_names_and_conditions(node)


def _of_names_and_conditions(node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.Attribute) and node.attr in _RENAMED:
        yield Edit(node, "attr", _RENAMED[node.attr])
    if isinstance(node, ast.Name) and node.id in _RENAMED:
        yield Edit(node, "id", _RENAMED[node.id])
    if isinstance(node, _DECIDING) and not isinstance(node.test, ast.Compare | ast.BoolOp):
        yield Edit(node, "test", ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield Edit(node, "ifs", [*node.ifs[:place], ast.Constant(value=True), *node.ifs[place + 1 :]])
            if not isinstance(test, ast.Compare | ast.BoolOp):
                yield Edit(node, "ifs", [*node.ifs[:place], ast.UnaryOp(ast.Not(), test), *node.ifs[place + 1 :]])


def _of_comparison(node: ast.Compare) -> Iterator[Edit]:
    for place, operator in enumerate(node.ops):
        yield Edit(node, "ops", [*node.ops[:place], _SWAPPED[type(operator)](), *node.ops[place + 1 :]])
    for side in (node.left, *node.comparators):
        if isinstance(side, ast.Constant) and isinstance(side.value, str):
            yield Edit(side, "value", _other(side.value))
        if isinstance(side, ast.Set | ast.Tuple | ast.List):
            yield from edits_of_value(side)


def _other(value: str | float) -> str | float | bool:
    if isinstance(value, bool):
        return not value
    return f"{value} otherwise" if isinstance(value, str) else value + 1


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:157]}..."
