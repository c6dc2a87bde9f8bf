"""Words out of the screen: to the clipboard of the terminal, or to a file where there is none.

The terminal does not answer, so nobody can know whether it took the words; the sentence says what
else there is. The words go out as they are on the record, with nothing added.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

FILE = "negotiation-copy.txt"
_MOST = 70_000
"""More bytes than this many terminals drop without a word."""


class Clipboard(Protocol):
    """An app that reaches the terminal's clipboard; every Textual app does."""

    def copy_to_clipboard(self, text: str) -> None:
        """Send the words there."""


def copy(app: Clipboard, words: str) -> str:
    """Send words to the clipboard; answers what to say."""
    if not words.strip():
        return "There are no words here to copy."
    clean = words.encode("utf-8", "replace").decode("utf-8")
    if len(clean.encode()) > _MOST:
        return "This is too long for the clipboard of a terminal; save it to a file (palette)."
    app.copy_to_clipboard(clean)
    return f"{_count(clean)} to the clipboard; if it stays empty, the palette saves them to a file."


def save(words: str, folder: Path | None = None) -> str:
    """Write words to a file in the folder one is in; answers what to say."""
    if not words.strip():
        return "There are no words here to save."
    where = (folder or Path.cwd()) / FILE
    try:
        with where.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(words if words.endswith("\n") else words + "\n")
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno else "unknown reason"
        return f"{where} cannot be written ({reason}); start from a folder that is yours."
    return f"{_count(words)} saved in {where}."


def _count(words: str) -> str:
    number = len(words.split())
    return f"{number:,} {'word' if number == 1 else 'words'}"
