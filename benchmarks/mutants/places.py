"""Where a wrong is tried: the functions and constants of a module as they live in this process, and how one is swapped."""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import getsource
from types import CodeType, FunctionType, ModuleType
from typing import Any

from edits import Edit, edits_of, edits_of_value

ON_IMPORT = "__init_subclass__"
"""What runs while classes are made can't be swapped afterwards; every rule would fall with it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong in one place.

    Attributes:
        module: the module.
        place: the function or constant.
        said: the wrong, as a reader sees it; `[2]` behind it where the same stands there a second time.
        swapped: swaps it in for as long as the context lasts.
        code: the function's own code; None for a constant.
    """

    module: ModuleType
    place: str
    said: str
    swapped: Callable[[], Any]
    code: CodeType | None

    @property
    def name(self) -> str:
        """By which `equivalent.yaml` calls it."""
        return f"{self.module.__name__}:{self.place}: {self.said}"


def mutants_of(module: ModuleType) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    tree = ast.parse(getsource(module))
    seen: dict[str, int] = {}
    for mutant in [*_of_functions(module, tree), *_of_constants(module, tree)]:
        seen[mutant.name] = seen.get(mutant.name, 0) + 1
        again = f" [{seen[mutant.name]}]" if seen[mutant.name] > 1 else ""
        yield Mutant(module, mutant.place, mutant.said + again, mutant.swapped, mutant.code)


def _of_functions(module: ModuleType, tree: ast.Module) -> Iterator[Mutant]:
    living = _living(module)
    for name, node in _functions(tree):
        function = living.get(name)
        if function is not None and not name.endswith(ON_IMPORT):
            for edit in edits_of(node):
                yield Mutant(module, name, edit.said(), _code_swap(tree, edit, function), function.__code__)


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef))


def _living(module: ModuleType) -> Mapping[str, FunctionType]:
    """The functions that the module's file defines, by qualified name."""
    found: dict[str, FunctionType] = {}
    for thing in vars(module).values():
        inside = vars(thing).values() if isinstance(thing, type) and thing.__module__ == module.__name__ else ()
        for one in (thing, *inside):
            bare = _unwrapped(one)
            if isinstance(bare, FunctionType) and bare.__code__.co_filename == module.__file__:
                found[bare.__code__.co_qualname] = bare
    return found


def _unwrapped(thing: object) -> object:
    thing = thing.fget if isinstance(thing, property) else thing
    while (inner := getattr(thing, "__wrapped__", None) or getattr(thing, "__func__", None)) is not None:
        thing = inner
    return thing


def _code_swap(tree: ast.Module, edit: Edit, function: FunctionType) -> Callable[[], Any]:
    @contextmanager
    def swapped() -> Iterator[None]:
        was = function.__code__
        with edit:
            whole = compile(ast.fix_missing_locations(tree), was.co_filename, "exec")
        function.__code__ = _code_named(whole, was.co_qualname)
        _forget(function.__module__)
        try:
            yield
        finally:
            function.__code__ = was
            _forget(function.__module__)

    return swapped


def _forget(module: str) -> None:
    """What the module's functions remember of earlier calls."""
    for thing in vars(sys.modules[module]).values():
        if isinstance(thing, functools._lru_cache_wrapper):  # noqa: SLF001 - its type has no public name
            thing.cache_clear()


def _code_named(whole: CodeType, qualified: str) -> CodeType:
    inner = [one for one in whole.co_consts if isinstance(one, CodeType)]
    exact = [one for one in inner if one.co_qualname == qualified]
    return exact[0] if exact else next(_code_named(one, qualified) for one in inner if qualified.startswith(f"{one.co_name}."))


def _of_constants(module: ModuleType, tree: ast.Module) -> Iterator[Mutant]:
    read = _read_by_functions()
    for node in tree.body:
        name = _assigned(node)
        value = getattr(node, "value", None)
        if name in read and value is not None and _is_plain(value):
            for edit in edits_of_value(value):
                yield Mutant(module, str(name), edit.said(), _value_swap(module, tree, edit, node), None)


def _read_by_functions() -> frozenset[str]:
    """The names that functions of ours read when they are called: a constant that only makes classes can't be swapped."""
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("discretio.")]
    return frozenset(name for module in ours for one in _living(module).values() for name in _names_in(one.__code__))


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names_in(one)


def _assigned(node: ast.stmt) -> str | None:
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    name = target.id if isinstance(target, ast.Name) else None
    return None if name in (None, "RULE_ID", "NEVER") else name


def _is_plain(value: ast.AST) -> bool:
    """A word, a number, or a set, tuple or mapping of such; nothing that is called but frozenset."""
    called = [node.func for node in ast.walk(value) if isinstance(node, ast.Call)]
    return not isinstance(value, ast.Subscript) and not [
        one for one in called if not (isinstance(one, ast.Name) and one.id == "frozenset")
    ]


def _value_swap(module: ModuleType, tree: ast.Module, edit: Edit, changed: ast.stmt) -> Callable[[], Any]:
    @contextmanager
    def swapped() -> Iterator[None]:
        undone: list[tuple[ModuleType, str, object]] = []
        with edit:
            try:
                for node in _with_dependants(tree, changed):
                    undone += _replace_everywhere(module, node)
                yield
            finally:
                for where, name, value in reversed(undone):
                    setattr(where, name, value)

    return swapped


def _with_dependants(tree: ast.Module, changed: ast.stmt) -> Iterator[ast.stmt]:
    """The constant, and the constants after it that are made of it."""
    names = {_assigned(changed)}
    for node in tree.body[tree.body.index(changed) :]:
        name, value = _assigned(node), getattr(node, "value", None)
        used = {one.id for one in ast.walk(value) if isinstance(one, ast.Name)} if value is not None else set()
        if node is changed or (name is not None and used & names):
            names.add(name)
            yield node


def _replace_everywhere(module: ModuleType, node: ast.stmt) -> list[tuple[ModuleType, str, object]]:
    """Evaluate the constant anew, put it wherever it was imported, and tell what stood there."""
    name = str(_assigned(node))
    expression = ast.fix_missing_locations(ast.Expression(node.value))  # type: ignore[attr-defined] # - it has a value
    was, now = vars(module)[name], eval(compile(expression, "<mutant>", "eval"), vars(module))  # noqa: S307 - our own text
    holders = [one for key, one in list(sys.modules.items()) if key.startswith("discretio.") and vars(one).get(name) is was]
    for holder in holders:
        setattr(holder, name, now)
    return [(holder, name, was) for holder in holders]
