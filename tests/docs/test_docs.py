"""Every code block of the documentation runs, and prints what the page says it prints.

A ```console block holds commands (lines that begin with `$ `; one that ends in a backslash goes on
in the next line) and below each what it prints, standard output and error together. A line `...`
stands for any number of lines, `...` within a line for any characters. Blocks of a page run in
order in one folder of their own, in which `fixtures` is the repository's. ```python blocks of a
page share their names. Blocks fenced as ```console skip or ```text are only read.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<body>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "


@attrs.frozen
class Block:
    """One fenced block that is to run, and the line on which it begins."""

    language: str
    body: str
    line: int


@attrs.frozen
class Command:
    """What is typed and what the page says comes back."""

    typed: str
    printed: str
    line: int


def blocks_of(page: str) -> list[Block]:
    """The blocks of a page that are to run, in order."""
    return [
        Block(fence["info"].strip(), fence["body"], page.count("\n", 0, fence.start()) + 1)
        for fence in FENCE.finditer(page)
        if fence["info"].strip() in {"console", "python"}
    ]


def commands_of(block: Block) -> list[Command]:
    """The commands of a console block, each with the lines printed below it."""
    commands: list[Command] = []
    typing = False
    for number, line in enumerate(block.body.splitlines(), block.line + 1):
        if line.startswith(PROMPT) and not typing:
            commands.append(Command(line.removeprefix(PROMPT), "", number))
            typing = line.endswith("\\")
        elif not commands:
            raise ValueError(f"Line {number}: a console block begins with a line `$ command`.")
        elif typing:
            commands[-1] = attrs.evolve(commands[-1], typed=f"{commands[-1].typed}\n{line}")
            typing = line.endswith("\\")
        else:
            commands[-1] = attrs.evolve(commands[-1], printed=f"{commands[-1].printed}{line}\n")
    return commands


def pattern_of(printed: str) -> re.Pattern[str]:
    """What the printed lines of a page allow: themselves, and anything where they say `...`."""
    return re.compile("".join(_pattern_of_line(line) for line in printed.rstrip().splitlines()))


def _pattern_of_line(line: str) -> str:
    """One line, or any number of them where it is only dots."""
    if line.strip() == "...":
        return r"(?:[^\n]*\n)*?"
    return r"[^\n]*".join(re.escape(part) for part in line.rstrip().split("...")) + r"\n"


def as_printed(output: str) -> str:
    """Output without what no page shows: spaces at line ends, empty lines at the end."""
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    return "".join(f"{line}\n" for line in lines)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a reader who has installed the project and set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NEGOTIATION_")}
    here = str(Path(sys.executable).parent)
    return kept | {
        "PATH": f"{here}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(folder),
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


def run_console(block: Block, folder: Path) -> None:
    """Type each command in the folder and compare what it prints with what the page says."""
    for command in commands_of(block):
        ran = subprocess.run(
            ["bash", "-c", command.typed],
            cwd=folder,
            env=surroundings(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        printed = as_printed(ran.stdout)
        said = as_printed(command.printed)
        if not pattern_of(command.printed).fullmatch(printed):
            # Compared as text, so that pytest shows the difference line by line.
            assert printed == said, f"line {command.line}: $ {command.typed}"


def pages_to_run() -> list[Path]:
    """The pages of the documentation that show something that can be typed."""
    pages = sorted([*ROOT.glob("README.md"), *(ROOT / "docs").rglob("*.md")])
    return [page for page in pages if blocks_of(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", pages_to_run(), ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_shows_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who types what the page shows sees what the page shows."""
    if (ROOT / "fixtures").is_dir():
        (tmp_path / "fixtures").symlink_to(ROOT / "fixtures", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__page__"}
    for block in blocks_of(page.read_text("utf-8")):
        if block.language == "console":
            run_console(block, tmp_path)
        else:
            # Empty lines before the code make a traceback name the line of the page.
            source = "\n" * block.line + block.body
            exec(compile(source, str(page), "exec"), names)


def test_a_page_that_says_something_else_is_caught(tmp_path: Path) -> None:
    """The comparison holds a page to its word, line by line."""
    true = Block("console", "$ printf 'one\\ntwo\\nthree\\n'\none\n...\nthree\n", 1)
    run_console(true, tmp_path)
    for wrong in ("one\n", "one\n...\nfour\n", "", "one\ntwo\nthree\nfour\n"):
        with pytest.raises(AssertionError):
            run_console(Block("console", f"$ printf 'one\\ntwo\\nthree\\n'\n{wrong}", 1), tmp_path)


@pytest.mark.parametrize(
    ("said", "printed", "agrees"),
    [
        ("a ... c", "a b c\n", True),
        ("a ... c", "a b\nc\n", False),
        ("...", "", True),
        ("...\nb", "a\na\nb\n", True),
        ("a\n...", "a\nb\nc\n", True),
        ("a\n...\nb", "a\nb\n", True),
        ("(a|b)", "a\n", False),
        ("", "", True),
    ],
)
def test_three_dots_stand_for_what_varies(said: str, printed: str, agrees: bool) -> None:
    """On a line of their own they stand for lines, inside a line for characters."""
    assert bool(pattern_of(said).fullmatch(printed)) is agrees


def test_blocks_are_told_apart() -> None:
    """Only console and python blocks run, and a command may go on over several lines."""
    page = (
        "# T\n\n```console\n$ one \\\n  more\nout\n$ two\n```\n"
        "```console skip\n$ no\n```\n```text\nno\n```\n```python\nx = 1\n```\n"
    )
    console, python = blocks_of(page)
    assert (console.line, python.language) == (3, "python")
    assert commands_of(console) == [
        Command("one \\\n  more", "out\n", 4),
        Command("two", "", 7),
    ]
