"""What really reaches a terminal: no colour where none is wanted, and styles where colours are few.

The screen runs in a terminal of its own; what it sends is read as it was sent.
"""

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="This system has no pseudo-terminals.")

ROOT = Path(__file__).resolve().parents[2]
SCREEN = """
from tests.tui.room import desk_of
from negotiation_tui.app import ChairApp
ChairApp(desk_of()).run()
"""
KINDS = """
from textual.screen import Screen
from negotiation_tui.draw import Ink
from negotiation_tui.settings import Settings
from negotiation_tui.widgets.inked import Panel
from tests.tui.bare import BareApp
import sys

class Kinds(Screen):
    def compose(self):
        yield Panel()
    def on_mount(self):
        kinds = "PLAIN INSERTED STRUCK BRACKET ALTERNATIVE HERE CHOSEN".split()
        lines = tuple((("word-" + one.lower(), Ink[one]),) for one in kinds)
        self.query_one(Panel).show((*lines, (("word-end", Ink.PLAIN),)))

BareApp(Kinds(), Settings(sys.argv[1])).run()
"""
_LONGEST = 30.0
_SGR = re.compile(rb"\x1b\[([0-9;:]*)m")


def sent(program: str, *more: str, until: bytes, typed: bytes = b"", **environ: str) -> bytes:
    """What a program sends to a terminal up to some bytes, and after some keys a while longer."""
    ours, theirs = pty.openpty()
    taken = {"NO_COLOR", "COLORTERM", "TERM", "TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR"}
    around = {name: one for name, one in os.environ.items() if name not in taken}
    process = subprocess.Popen(
        [sys.executable, "-c", program, *more],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=around | {"LINES": "24", "COLUMNS": "80", "PYTHONPATH": str(ROOT)} | environ,
        close_fds=True,
        start_new_session=True,
    )
    os.close(theirs)
    read, ends, quiet = b"", time.monotonic() + _LONGEST, 0
    try:
        while time.monotonic() < ends and quiet < 4:
            if select.select([ours], [], [], 0.25)[0]:
                try:
                    part = os.read(ours, 1 << 16)
                except OSError:
                    break
                if not part:
                    break
                read, quiet = read + part, 0
            elif until in read:
                quiet += 1
                if typed:
                    os.write(ours, typed[:1])
                    typed, quiet = typed[1:], 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert until in read, read[-2000:]
    return read


def looks(read: bytes) -> dict[str, str]:
    """The style before each word of the kinds."""
    found = re.findall(rb"\x1b\[([0-9;:]*)m(?:\x1b\[0m)?word-([a-z]+)", read)
    return {word.decode(): style.decode() for style, word in found}


def attributes(style: str) -> frozenset[str]:
    """What of a style is no colour."""
    few = [one for one in style.split(";") if len(one) == 1 and one != "0"]
    return frozenset(few)


def is_colour(codes: bytes) -> bool:
    """Whether a style names a colour other than the terminal's own."""
    return any(30 <= int(one) <= 38 or 40 <= int(one) <= 48 or 90 <= int(one) <= 107
               for one in re.split(rb"[;:]", codes) if one)  # fmt: skip


def test_without_colour_only_styles_leave():
    """NO_COLOR: the text, the past and a dialog; not one colour, and reverse video for the mode."""
    read = sent(
        SCREEN, until=b"LIVE", typed=b"nc\x1b,", TERM="xterm-256color", COLORTERM="truecolor",
        NO_COLOR="1",
    )  # fmt: skip
    styles = _SGR.findall(read)
    assert styles
    assert [one for one in styles if is_colour(one)] == []
    assert b"REPLAY" in read
    assert any(b"7" in one.split(b";") for one in styles)
    assert b"{+" in read


def test_with_colour_colours_leave():
    """The test above can fail."""
    read = sent(SCREEN, until=b"LIVE", TERM="xterm-256color", COLORTERM="truecolor")
    assert any(b"38;2;" in one for one in _SGR.findall(read))


@pytest.mark.parametrize(
    ("terminal", "theme"),
    [
        ("xterm", "chair-dark"),
        ("xterm", "chair-light"),
        ("xterm-16color", "chair-contrast"),
        ("linux", "chair-safe"),
    ],
)
def test_with_sixteen_colours_the_kinds_are_apart_by_style(terminal, theme):
    """Underline, strike, bold, italics, reverse: none of them needs its colour."""
    read = sent(KINDS, theme, until=b"word-end", TERM=terminal)
    found = looks(read)
    kinds = ("plain", "inserted", "struck", "bracket", "alternative", "here", "chosen")
    assert set(kinds) <= set(found), found
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;", read)
    styles = {kind: attributes(found[kind]) for kind in kinds}
    assert styles["plain"] == frozenset()
    apart = [styles[kind] for kind in kinds]
    assert len(set(apart)) == len(apart), styles
