"""Command lines that nobody would type: every command, every option, and strings that bite."""

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from tests.hostile.attempt import Attempt, Call
from tests.hostile.signs import ALL, PATHS, SQL, STRINGS

_NEVER = {"chair", "room"}
"""What opens a screen or a server: another test has them."""
_LIKELY = (
    "title",
    "subject",
    "considering/a",
    "resolves/1",
    "resolves/1bis",
    "resolves/2",
    "header",
    "now",
    "now~1",
    "12",
    "1",
    "2",
    "3",
    "EU",
    "MEX",
    "J",
    "free of charge",
    "harbours",
    "tide",
    "the",
    "DL/3",
    "R2",
    "page.md",
    "out.md",
    "out.docx",
    "later.md",
    "key.pem",
    "lift 1",
    "resolve 1 --choose 1",
    "remark title x",
    "undo",
)
_STORES = (
    "",
    "talks.db",
    "talks.db",
    "new.db",
    "nowhere/x.db",
    "folder",
    "pipe",
    "page.md",
    "link",
    "..",
    "/",
    "~",
    "postgresql://u:secret@127.0.0.1:1/x",
    "postgresql://",
    "postgresql:///x?host=/nowhere",
    "postgres://127.0.0.1:1/%00",
    "sqlite:///x",
    "file:talks.db?mode=ro",
    ":memory:",
    "talks.db?x=1",
    "x" * 300,
    "postgresql://127.0.0.1:99999/x",
    "postgresql://[::1/x",
    "-",
    "/dev/null",
    "/dev/zero",
)
_WRITES = ("out.md", "out.docx", "later.md", "key.pem", "DL-3", "R2", "new.db")
_HOSTILE = (*STRINGS, *SQL, *ALL, *STRINGS)


def attempts(chance: random.Random) -> Iterator[Attempt]:
    """Lines without end, some calls after each other on one record."""
    made = _Lines(chance)
    number = 0
    while True:
        number += 1
        calls = tuple(made.call() for _ in range(chance.choice((1, 1, 3, 6))))
        yield Attempt("line", f"{number}", partial(_put), calls)


class _Lines:
    def __init__(self, chance: random.Random) -> None:
        from negotiation.cli.program import COMMANDS, main

        self.chance = chance
        with main.make_context("negotiation", [], resilient_parsing=True) as context:
            found = {name: main.get_command(context, name) for name in COMMANDS}
        self.commands = [
            (path, one)
            for name, command in found.items()
            if command is not None and name not in _NEVER
            for path, one in _leaves((name,), command)
        ]

    def call(self) -> Call:
        chance = self.chance
        path, command = chance.choice(self.commands)
        said = list(path)
        words: list[str] = []
        for param in command.params:
            words += self._said(param)
        if chance.random() < 0.1:
            words.append(self._word())
        said += words
        if chance.random() < 0.9:
            said += ["--store", "talks.db"]
        elif chance.random() < 0.5:
            said += ["--store", chance.choice(_STORES)]
        if chance.random() < 0.03:
            said.insert(chance.randrange(len(said) + 1), self._word())
        # A name that is said is one that may be written; force would only hide what is overwritten.
        said = [one for one in said if one != "--force"]
        return Call(
            tuple(said),
            chance.random() < 0.15,
            (*_WRITES, *(one for one in said if one and "\0" not in one)),
            0.4 if path[0] == "follow" else 0.0,
        )

    def _said(self, param: click.Parameter) -> list[str]:
        chance = self.chance
        if isinstance(param, click.Argument):
            many = 1 if param.nargs == 1 else max(param.nargs, chance.randrange(1, 3))
            missing = chance.random() < (0.05 if param.required else 0.3)
            return [] if missing else [self._value(param) for _ in range(many)]
        if not isinstance(param, click.Option) or "--help" in param.opts:
            return []
        if chance.random() < 0.8 or "--store" in param.opts:
            return []
        option = chance.choice([*param.opts, *param.secondary_opts])
        if param.is_flag:
            return [option]
        return [option, *(self._value(param) for _ in range(param.nargs))]

    def _value(self, param: click.Parameter) -> str:
        chance = self.chance
        kind: Any = param.type
        if isinstance(kind, click.Choice) and chance.random() < 0.85:
            return str(chance.choice(list(kind.choices)))
        if isinstance(kind, click.Path) and chance.random() < 0.6:
            return chance.choice((*PATHS, "page.md", "later.md", "page.docx", "out.md"))
        return self._word()

    def _word(self) -> str:
        chance = self.chance
        if chance.random() < 0.7:
            return chance.choice(_LIKELY)
        word = chance.choice(_HOSTILE)
        if chance.random() < 0.2:
            word = chance.choice(_LIKELY) + word
        # What no system hands to a program.
        return word.replace("\0", "") if chance.random() < 0.9 else word


def _leaves(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _leaves((*path, name), one)


def _put(folder: Path) -> None:
    import os
    import shutil

    from tests.hostile.pages import TEXTS
    from tests.hostile.sample import copy_sample

    copy_sample(folder / "talks.db")
    shutil.copy(TEXTS / "tide-short.md", folder / "page.md")
    shutil.copy(TEXTS / "tide-short-later.md", folder / "later.md")
    shutil.copy(TEXTS / "tide-tracked.docx", folder / "page.docx")
    (folder / "folder").mkdir()
    (folder / "link").symlink_to("../outside/kept.txt")
    os.mkfifo(folder / "pipe")
