"""Who may import whom, and what only one room may know: the plan of the house, kept by a test."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "termbuilder"

# What every stage may use. A room that is named nowhere below is a stage: it takes values, returns new ones, and knows no other stage.
BASE = frozenset({"errors", "model", "readings", "settings", "tables", "values"})
ROOMS = {
    "errors": frozenset[str](),
    "model": frozenset[str](),
    "readings": frozenset[str](),
    "settings": frozenset({"errors", "model"}),
    "tables": frozenset({"errors", "model"}),
    "values": frozenset({"model"}),
    "rank": BASE | {"evidence"},  # it judges what was counted
    "engine": frozenset({"errors"}),  # it runs any function over any inputs
    # keep and exchange finished entries
    "termbase": frozenset({"errors", "model", "values"}),
    "check": frozenset({"errors", "model"}),
    "formats": frozenset({"errors", "model", "values"}),
    # use finished entries on texts
    "recognise": BASE | {"segment"},
    "qa": BASE | {"check", "recognise", "qa_english"},
    "evaluation": BASE | {"evidence"},
}
# Put together what a command needs, from any room but the doors.
SERVICES = frozenset({"mining", "exchanging", "checking", "aligning", "reporting"})
DOORS = frozenset({"cli", "review"})  # the command line and the local page: they may use anything

# Knowledge that stands in one place: the package (left) is imported only by these rooms.
ONLY_IN = {
    "rjieba": {"segment"},
    "sqlite3": {"termbase", "pipeline"},
    "pypdfium2": {"read"},
    "xlsxwriter": {"formats"},
    "click": {"cli"},
    "rich": {"cli", "reporting"},
    "multiprocessing": {"engine"},
    "concurrent": {"engine"},
}
NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "telnetlib",
    "asyncio",
    "requests",
    "httpx",
    "aiohttp",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
STAGES = NAMES - (ROOMS.keys() - {"rank"}) - SERVICES - DOORS - {"pipeline"}


@cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """(line, dotted name) of everything a module imports, relative imports spelled out, also inside functions."""
    found: list[tuple[int, str]] = []
    package = ("termbuilder", *path.relative_to(SOURCE).parts[:-1])
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(filter(None, (above, node.module)))
            found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return tuple(found)


def own_rooms(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(path):
        package, _, rest = name.partition(".")
        if package == "termbuilder":
            room = rest.split(".")[0]
            yield line, room if room in NAMES else "version"  # a name of the package itself: __version__


def may_import(room: str) -> frozenset[str]:
    if room == "__init__":
        return frozenset()
    if room == "__main__":
        return frozenset({"cli"})
    if room in SERVICES:
        return frozenset(NAMES - DOORS | {"version"})
    if room == "pipeline":
        return BASE | STAGES | {"pipeline", "engine", "version"}
    return ROOMS.get(room, BASE) | {room}


def where(path: Path, line: int) -> str:
    return f"src/termbuilder/{path.relative_to(SOURCE).as_posix()}:{line}"


def test_no_room_imports_a_room_that_it_must_not_know() -> None:
    strangers = [
        f"{where(path, line)}: {room_of(path)} imports {room}"
        for path in MODULES
        if room_of(path) not in DOORS
        for line, room in own_rooms(path)
        if room not in may_import(room_of(path))
    ]
    assert strangers == []


def test_nobody_imports_the_command_line() -> None:
    guests = [
        where(path, line)
        for path in MODULES
        if room_of(path) not in ("cli", "__main__")
        for line, room in own_rooms(path)
        if room == "cli"
    ]
    assert guests == []


def test_what_one_room_knows_no_other_room_learns() -> None:
    leaks = [
        f"{where(path, line)}: {name}"
        for path in MODULES
        for line, name in imported(path)
        for known, rooms in ONLY_IN.items()
        if name.split(".")[0] == known and room_of(path) not in rooms
    ]
    assert leaks == []


def test_no_module_can_open_a_connection() -> None:
    doors = [
        f"{where(path, line)}: {name}"
        for path in MODULES
        if room_of(path) != "review"  # it serves a page to this computer; its own tests watch that
        for line, name in imported(path)
        if any(f"{name}.".startswith(f"{module}.") for module in NETWORK)
    ]
    assert doors == []


@pytest.mark.parametrize("room", sorted(STAGES | {"engine", "pipeline", "termbase", "check", "formats"}))
def test_a_stage_neither_prints_nor_looks_at_the_environment(room: str) -> None:
    found = []
    for path in MODULES:
        if room_of(path) == room:
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
                    found.append(f"{where(path, node.lineno)}: {node.func.id}()")
                if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                    found.append(f"{where(path, node.lineno)}: os.{node.attr}")
    assert found == []


def test_no_function_declares_a_global() -> None:
    found = [where(path, node.lineno) for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]
    assert found == []


def test_only_what_is_declared_is_required() -> None:
    """Every package imported when a module is loaded stands in `dependencies`; extras are imported where they are used."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {line.split(">")[0].replace("-", "_").lower() for line in project["dependencies"]}
    missing = []
    for path in MODULES:
        for node in tree(path).body:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and not getattr(node, "level", 0):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                for name in {name.split(".")[0] for name in names} - {"termbuilder", "pypdfium2_raw"}:
                    if name not in sys.stdlib_module_names and name.lower() not in named:
                        missing.append(f"{where(path, node.lineno)}: {name}")
    assert missing == []


def test_the_extras_that_users_may_have_are_installed_where_the_tests_run() -> None:
    """Their tests are skipped without them, and nobody would notice."""
    root = SOURCE.parents[1]
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pinned = {line.split("==")[0] for line in (root / "requirements/dev.txt").read_text(encoding="utf-8").splitlines()}
    wanted = {re.split("[>=]", package)[0] for extra in ("cedict", "mt", "dask", "dev") for package in extras[extra]}
    assert wanted - pinned == set()
