"""The walls between the rooms, as seen at run time and in the source.

import-linter cannot see which modules a deferred import really loads, nor a call to a clock or to
`open`: these tests do. They find the modules by themselves, so a new file is held to the walls too.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
SCREEN = ROOT / "tui"

CORE = ("text", "domain", "views")
ROOMS = {
    "__init__",
    "__main__",
    "text",
    "domain",
    "views",
    "papers",
    "ledger",
    "desk",
    "record",
    "rooms",
    "naming",
    "trial",
    "following",
    "issuing",
    "gate",
    "headers",
    "accrediting",
    "admitting",
    "cli",
    "spoken",
}

STORE = ("eventsourcing", "sqlite3", "psycopg")
OUTSIDE_THE_CORE = (*STORE, "textual", "click", "rich", "negotiation.ledger", "negotiation.desk")
HEAVY = ("textual", "rich", "negotiation_tui", "psycopg", "rapidfuzz", "hypothesis")

IMPURE_MODULES = {
    *("os", "pathlib", "io", "glob", "shutil", "tempfile", "subprocess", "socket", "urllib"),
    *("random", "secrets", "uuid", "time", "sqlite3", "logging", "importlib"),
}
IMPURE_CALLS = {"print", "open", "input", "eval", "exec", "__import__", "breakpoint"}
CLOCKS = {"now", "utcnow", "today"}


def module_name(path: Path, top: Path) -> str:
    """The dotted name under which this file is imported."""
    parts = path.relative_to(top).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def files_of(*rooms: str) -> list[Path]:
    """Every source file of these rooms, be a room a folder or one file."""
    engine = SOURCE / "negotiation"
    return sorted(
        path
        for room in rooms
        for path in [*(engine / room).rglob("*.py"), *engine.glob(f"{room}.py")]
    )


def loaded_by(*modules: str) -> set[str]:
    """What a fresh interpreter holds after it has imported these modules."""
    lines = [*(f"import {module}" for module in modules), "import sys", "print(*sys.modules)"]
    fresh = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False
    )
    assert fresh.returncode == 0, fresh.stderr
    return set(fresh.stdout.split())


def among(loaded: set[str], unwanted: tuple[str, ...]) -> set[str]:
    """The loaded modules that are one of the unwanted ones or live inside one."""
    return {name for name in loaded if any(f"{name}.".startswith(f"{one}.") for one in unwanted)}


def impurities(source: str) -> Iterator[str]:
    """Each place where the source reaches for a clock, chance, a file or the terminal."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.partition(".")[0] in IMPURE_MODULES:
                        yield f"line {node.lineno}: import {alias.name}"
            case ast.ImportFrom(module=str(module), level=0):
                if module.partition(".")[0] in IMPURE_MODULES:
                    yield f"line {node.lineno}: from {module} import"
            case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                yield f"line {node.lineno}: {name}()"
            case ast.Attribute(attr=name) if name in CLOCKS and _names_a_date(node.value):
                yield f"line {node.lineno}: .{name}"


def _names_a_date(node: ast.expr) -> bool:
    """Whether this is `datetime` or `date`, the classes that know what time it is."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in {"datetime", "date", "dt"}


@pytest.mark.parametrize("room", CORE)
def test_a_core_room_loads_neither_store_nor_screen(room: str):
    """Everything in text, domain and views can be imported without a store, a screen or a desk."""
    modules = [module_name(path, SOURCE) for path in files_of(room)]
    assert modules, f"The room {room} has no modules."
    assert not among(loaded_by(*modules), OUTSIDE_THE_CORE)


def test_papers_load_no_store():
    """Reading and writing pages needs no database."""
    modules = [module_name(path, SOURCE) for path in files_of("papers")]
    assert not among(loaded_by(*modules), (*STORE, "textual", "negotiation.ledger"))


@pytest.mark.skipif(not files_of("cli"), reason="The command line does not exist yet.")
def test_the_command_line_starts_light():
    """`negotiation --help` waits for no screen, no database server and no matcher of words."""
    assert not among(loaded_by("negotiation.cli"), HEAVY)


@pytest.mark.parametrize(
    "path", files_of(*CORE), ids=lambda path: str(path.relative_to(SOURCE / "negotiation"))
)
def test_the_core_touches_no_clock_chance_or_file(path: Path):
    """Time and new ids arrive with the command: below the desk nobody asks for them."""
    assert not list(impurities(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "import os.path",
        "from pathlib import Path",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now()",
        "import datetime\nclock = datetime.date.today",
        "print('x')",
        "def f():\n    with open('x') as lines: pass",
    ],
)
def test_the_wall_sees_what_it_forbids(line: str):
    """The search itself is looked at: a wall that lets everything through stands for nothing."""
    assert len(list(impurities(line))) == 1


def test_every_file_stands_in_a_room():
    """A new room at the top needs a place in the layers of pyproject.toml, then in ROOMS."""
    engine = SOURCE / "negotiation"
    folders = {path.name for path in engine.iterdir() if list(path.glob("*.py"))}
    assert folders | {path.stem for path in engine.glob("*.py")} <= ROOMS


def test_every_folder_of_code_is_a_package():
    """Without an __init__.py a folder is left out by the linters and can be shadowed."""
    folders = {path.parent for top in (SOURCE, SCREEN) for path in top.rglob("*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()


def test_the_screen_folder_itself_is_no_package():
    """`tui/` is only a place: a package there would hide `negotiation_tui` inside another name."""
    assert not (SCREEN / "__init__.py").exists()
