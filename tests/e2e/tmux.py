"""A terminal that a test types into and reads: tmux, on a socket of its own and without settings.

It asks the screen until the words are there; nothing rests on how long anything takes.
"""

from __future__ import annotations

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

PATIENCE = 30.0
"""Seconds before a test gives up; nothing is measured by it."""
_GROUND = re.compile(r"48;[25];[0-9;]+")
_NOT_OURS = (
    *("TMUX", "TMUX_PANE", "NO_COLOR", "NEGOTIATION_STORE", "TEXTUAL"),
    # A size that the surroundings state would hide that of the window.
    *("COLUMNS", "LINES"),
)
PROGRAM = (sys.executable, "-c", "from negotiation.cli import main; main()")


@attrs.frozen
class Terminal:
    """One window of a tmux server that serves nobody else."""

    tmux: str
    socket: str
    environment: Mapping[str, str]

    def begin(self, columns: str, rows: str, command: str) -> None:
        """Open the window, without tmux' own line and with a lone Escape passed on at once."""
        settings = "set -g status off ; set -g remain-on-exit on ; set -sg escape-time 0 ;"
        self._do(
            *("-u", "-f", os.devnull, "start-server", ";", *settings.split()),
            *("new-session", "-d", "-x", columns, "-y", rows, command),
        )

    def end(self) -> None:
        """End this server, and whatever runs in it."""
        self._do("kill-server")

    def keys(self, *names: str) -> None:
        """Press keys by tmux' names: ``n``, ``Enter``, ``Escape``, ``C-s``."""
        self._do("send-keys", "--", *map(_guarded, names))

    def types(self, words: str) -> None:
        """Type words as they are, in one burst."""
        self._do("send-keys", "-l", "--", _guarded(words))

    def screen(self) -> str:
        """What stands in the window."""
        return self._do("capture-pane", "-p", "-t", "0")

    def words(self) -> str:
        """What stands in the window, wherever its lines break."""
        return " ".join(self.screen().split())

    def until(self, words: str | Callable[[str], bool]) -> str:
        """The screen once it shows these words; gives up with the screen that is there instead."""
        seen: Callable[[str], bool] = words if callable(words) else lambda shown: words in shown
        self._until(lambda: seen(self.words()), f"showed {words!r}")
        return self.words()

    def _until(self, seen: Callable[[], bool], what: str) -> None:
        last = time.monotonic() + PATIENCE
        while not seen():
            if time.monotonic() > last:
                raise AssertionError(f"The screen never {what}:\n{self.screen()}")
            time.sleep(0.02)

    def at_field(self, asked: str, others: Iterable[str]) -> None:
        """Until the line that asks for this has the focus: its ground is like no other's."""
        rest = [one for one in others if one != asked]

        def focused() -> bool:
            grounds = self._grounds([asked, *rest])
            return bool(grounds[0]) and grounds[0] not in grounds[1:]

        self._until(focused, f"gave {asked!r} the focus")

    def _grounds(self, asked: Iterable[str]) -> list[tuple[str, ...]]:
        """The colours of the ground behind these words, up to the edge of the box."""
        lines = self._do("capture-pane", "-p", "-e", "-t", "0").splitlines()
        found: list[tuple[str, ...]] = []
        for name in asked:
            line = next((one for one in lines if f" {name} " in one), "")
            found.append(tuple(_GROUND.findall(line.partition(f" {name} ")[2].partition("│")[0])))
        return found

    def ended(self) -> None:
        """Until the program has left."""
        dead = ("display-message", "-p", "-t", "0", "#{pane_dead}")
        self._until(lambda: self._do(*dead).strip() == "1", "ended")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._do("resize-window", "-t", "0", "-x", str(columns), "-y", str(rows))

    def _do(self, *said: str) -> str:
        answer = subprocess.run(
            [self.tmux, "-L", self.socket, *said],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=dict(self.environment),
            check=False,
        )
        if answer.returncode:
            raise AssertionError(f"tmux {' '.join(said)[:80]}: {answer.stderr.strip()}")
        return answer.stdout


@contextmanager
def terminal(
    *command: str, home: Path, size: tuple[int, int] = (120, 40), **more: str
) -> Iterator[Terminal]:
    """A window that runs a command, with ``home`` as the person's folder and ``more`` variables.

    Its server ends with it, and no other does.
    """
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("There is no tmux here to type into.")
    outside = {name: said for name, said in os.environ.items() if name not in _NOT_OURS}
    persons = {"HOME": str(home), "NEGOTIATION_SETTINGS": str(home), "LC_ALL": "C.UTF-8"}
    window = Terminal(tmux, f"negotiation-{secrets.token_hex(6)}", {**outside, **persons, **more})
    columns, rows = map(str, size)
    window.begin(columns, rows, shlex.join(command))
    try:
        yield window
    finally:
        window.end()


def _guarded(words: str) -> str:
    """A semicolon at the end would end tmux' own command."""
    return f"{words[:-1]}\\;" if words.endswith(";") else words
