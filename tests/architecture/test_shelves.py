"""Every module stands on a shelf; the import rule itself is import-linter's (`pyproject.toml`, `make lint`)."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("rtportal", "programs", "sessions", "participants")
LONGEST = 300
# Names that say where a thing was dropped, not what it is.
FORBIDDEN = {"utils", "util", "common", "helpers", "helper", "misc", "shared"}
# Shelves 1 to 3; whatever else an app has stands below.
SHELVES_WITH_REQUESTS = {"apps", "urls", "tasks", "management", "views", "forms"}


def sources(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Our own files below `folders`, without migrations and files by others."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and not {"migrations", "vendor"} & set(path.parts)
    )


def shelved() -> set[str]:
    """The modules that the layers contract names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [contract] = [each for each in settings["contracts"] if each["type"] == "layers"]
    return {name.strip() for layer in contract["layers"] for name in layer.replace("|", ":").split(":")}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def stands_on_a_shelf(module: str, shelves: set[str]) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:length]) in shelves for length in range(1, len(parts) + 1))


def test_every_module_stands_on_a_shelf() -> None:
    shelves = shelved()
    # A package's own __init__ only holds its docstring, and rtportal's the Celery app that @shared_task needs.
    modules = [module_name(path) for path in sources(*PACKAGES)]
    assert [name for name in modules if name not in PACKAGES and not stands_on_a_shelf(name, shelves)] == []


def test_a_module_beside_the_shelves_would_be_found() -> None:
    assert not stands_on_a_shelf("programs.pricing", shelved())


def test_every_shelf_still_has_its_module() -> None:
    modules = {module_name(path) for path in sources(*PACKAGES)}
    assert shelved() - modules == set()


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    files = sources(*PACKAGES, "tests") + sources("templates", "static", suffixes=(".html", ".txt", ".js", ".css"))
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in sources(*PACKAGES, "tests") if path.stem in FORBIDDEN] == []


def functions_that_take_a_request() -> Iterator[str]:
    for path in sources(*PACKAGES):
        relative = path.relative_to(ROOT)
        below_web = (
            relative.parts[0] != "rtportal" and relative.parts[1].removesuffix(".py") not in SHELVES_WITH_REQUESTS
        )
        if not below_web and "use_cases" not in relative.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "request" in {
                each.arg for each in node.args.args + node.args.kwonlyargs
            }:
                yield f"{relative}: {node.name}"


def test_no_function_below_the_web_takes_a_request() -> None:
    assert list(functions_that_take_a_request()) == []


@pytest.mark.parametrize("word", ["eta", "countdown"])
def test_due_times_live_in_rows_and_never_in_the_broker(word: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"apply_async", "send_task", "signature"}
        and word in {each.arg for each in node.keywords}
    ]
    assert found == []


def test_a_use_case_file_holds_one_public_function_of_its_name() -> None:
    wrong = {}
    for path in sources(*PACKAGES):
        if path.parent.name != "use_cases" or path.stem.startswith("_"):
            continue
        public = [
            node.name
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        if public != [path.stem]:
            wrong[str(path.relative_to(ROOT))] = public
    assert wrong == {}
