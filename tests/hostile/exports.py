"""Where files go: tricks in the names that a call says, and in those that a record holds."""

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.attempt import Attempt, Call, call
from tests.hostile.signs import CONTROLS, DIRECTIONS, PATHS, SQL

_SYMBOLS = (
    "../../x",
    "..",
    ".",
    "/",
    "//",
    "/etc/passwd",
    "C:\\x",
    "a\\b",
    "CON",
    "PRN.txt",
    "nul",
    "COM1",
    "aux.md",
    "-rf",
    "--force",
    "x" * 300,
    "x/" * 500,
    "é" * 200,
    "字" * 120,
    "a:b",
    "a|b",
    "a?b*",
    'a"b',
    "<b>",
    " ",
    "  .",
    "...",
    "~",
    "$HOME",
    "`id`",
    "DL/3",
    "folder",
    "talks.db",
    "out.md",
    "link",
    "%2e%2e%2f",
    "．．／",
    "∕",
    "R\u202e2",
    "😀" * 70,
    *SQL[:3],
)
_TARGETS = (
    *PATHS,
    "link.md",
    "dangling.md",
    "pipe",
    "folder/a.md",
    "page.md",
    "null",
    "full",
    "linked/a.md",
)
_ENDINGS = ("", ".md", ".docx", ".html", ".xml", ".json", ".txt", ".MD", ".md.", ".exe", ".md/")


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """Exports, issues, backups, seals and keys, all of them to strange places."""
    for symbol in (*_SYMBOLS, *CONTROLS[:4], *DIRECTIONS[:3]):
        yield _issued(symbol, chance)
    while True:
        yield chance.choice((_issued_anywhere, _exported, _exported, _named, _others))(chance)


def _issued(symbol: str, chance: random.Random, into: tuple[str, ...] = ()) -> Attempt:
    said = ("issue", symbol, "--yes", "--with-open", *into, "--store", "talks.db")
    # Where the caller says, through a link and above the folder too.
    folder = into[1].replace("linked", "folder") if into else _folder(symbol)
    if folder == "link":
        folder = "../outside"
    first = Call(said, writes=(folder,))
    again = Call(("issue", symbol, "--again", *into, "--store", "talks.db"), writes=(folder,))
    versions = call("versions", "--store", "talks.db", terminal=True)
    return Attempt("file", f"issue {symbol[:40]!r} {into}", _put, (first, again, first, versions))


def _folder(symbol: str) -> str:
    from negotiation.papers.issued_files import file_stem

    return file_stem(symbol)


def _issued_anywhere(chance: random.Random) -> Attempt:
    into = ("--into", chance.choice(_TARGETS))
    return _issued(chance.choice(("R3", *_SYMBOLS)), chance, into)


def _exported(chance: random.Random) -> Attempt:
    target = chance.choice(_TARGETS) + chance.choice(_ENDINGS)
    how: tuple[str, ...] = chance.choice(
        ((), ("--received",), ("--document", "base"), ("--without-names",), ("--force",))
    )
    if target.startswith("/"):
        how = tuple(one for one in how if one != "--force")
    # Who says --force means it: the file may be one of those that are there.
    # A path through a link names the place that the link leads to.
    writes = (target, os.path.normpath(target), target.replace("linked/", "folder/"))
    said = ("export", target, *how, "--store", "talks.db")
    made = Call(said, writes=writes)
    return Attempt("file", f"export {target[:40]!r} {how}", _put, (made, made))


def _named(chance: random.Random) -> Attempt:
    """A received document whose own name or symbol is a path."""
    symbol = chance.choice((*_SYMBOLS, *PATHS))
    take = call("receive", "later.md", "--as", symbol, "--yes", "--store", "talks.db")
    back = Call(
        ("export", "back.md", "--document", symbol, "--store", "talks.db"), writes=("back.md",)
    )
    views = [call(*one, "--store", "talks.db", terminal=True) for one in (("versions",), ("log",))]
    page = call("export", "out.html", "--store", "talks.db", writes=("out.html",))
    return Attempt("file", f"received as {symbol[:40]!r}", _put, (take, back, *views, page))


def _others(chance: random.Random) -> Attempt:
    target = chance.choice(_TARGETS)
    said = chance.choice(
        (
            ("backup", target),
            ("seal", "--to", target),
            ("key", "new", target),
            ("key", "show", target),
            ("verify", target),
            ("verify", "--seal", target),
            ("import", "page.md", "--another", "--negotiation", target),
            ("import", target, "--another"),
            ("receive", target, "--yes", "--as", "R9"),
            ("restore-backup", target),
            ("restore-backup", target, "other.db"),
            ("authors", target),
        )
    )
    made = Call(
        (*said, "--store", "talks.db"), writes=(target, os.path.normpath(target), "other.db")
    )
    return Attempt("file", f"{said[0]} {target[:40]!r}", _put, (made, made))


def _put(folder: Path) -> None:
    from tests.hostile.pages import TEXTS
    from tests.hostile.sample import copy_sample

    copy_sample(folder / "talks.db")
    shutil.copy(TEXTS / "tide-short.md", folder / "page.md")
    shutil.copy(TEXTS / "tide-short-later.md", folder / "later.md")
    (folder / "folder").mkdir()
    (folder / "folder" / "a.md").write_text("kept")
    (folder / "link.md").symlink_to("../outside/kept.txt")
    (folder / "link").symlink_to("../outside")
    (folder / "linked").symlink_to("folder")
    (folder / "dangling.md").symlink_to("../outside/not-there.md")
    (folder / "null").symlink_to("/dev/null")
    (folder / "full").symlink_to("/dev/full")
    os.mkfifo(folder / "pipe")
