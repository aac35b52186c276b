"""Who calls whom, read from the source: functions of the portal by module and name."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rtportal.env import BASE_DIR

ROOMS = ("rtportal", "programs", "sessions", "participants")
Function = tuple[str, str]


def modules() -> Iterator[tuple[str, Path]]:
    """Name and file of every module of the portal."""
    for room in ROOMS:
        for path in sorted((BASE_DIR / room).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(BASE_DIR).with_suffix("").parts
                yield ".".join(parts).removesuffix(".__init__"), path


@cache
def calls() -> dict[Function, set[Function]]:
    """The functions, methods and classes of each module with what they name of the portal, called or handed on."""
    known = {module for module, _ in modules()}
    return {
        (module, node.name): _named(node, module, imports)
        for module, path in modules()
        for tree in [ast.parse(path.read_text())]
        for imports in [_imports(tree, known)]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def functions_with(*words: str) -> set[Function]:
    """Functions whose source has one of the words in it."""
    return {
        (module, node.name)
        for module, path in modules()
        for text in [path.read_text()]
        if any(word in text for word in words)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and any(word in ast.get_source_segment(text, node) for word in words)
    }


def reaches(start: Function, goals: set[Function]) -> bool:
    """Whether `start` calls one of them, itself or through others."""
    seen, waiting = set(), [start]
    while waiting:
        one = waiting.pop()
        if one in goals:
            return True
        if one not in seen:
            seen.add(one)
            waiting += calls().get(one, ())
    return False


def _imports(tree: ast.Module, known: set[str]) -> dict[str, Function]:
    """Each imported name with where it comes from; of a module imported as such the function is "*"."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ROOMS:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                found[name.asname or name.name] = (inner, "*") if inner in known else (node.module, name.name)
    return found


def _named(function: ast.AST, module: str, imports: dict[str, Function]) -> set[Function]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(imports.get(node.id, (module, node.id)))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            source = imports.get(node.value.id)
            if source and source[1] == "*":
                found.add((source[0], node.attr))
    return found
