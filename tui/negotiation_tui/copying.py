"""Words to the clipboard of the terminal, or to a file where the terminal has none."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

_FILE = "negotiation-copy.txt"


def copy(app: App[None], words: str) -> str:
    """Hand the words to the terminal's clipboard; answers the sentence to say.

    Terminals take them by the sequence OSC 52; some refuse in silence, so the sentence names the
    other way.
    """
    if not words:
        return "There are no words here to copy."
    app.copy_to_clipboard(words)
    count = len(words.split())
    return f"Copied {count} word{'' if count == 1 else 's'}; ^p can save them to a file instead."


def save(words: str, folder: Path | None = None) -> str:
    """Write the words to a file in this folder; answers the sentence to say."""
    if not words:
        return "There are no words here to save."
    path = (folder or Path()) / _FILE
    try:
        path.write_text(words + "\n", encoding="utf-8")
    except OSError as fault:
        return f"{path} cannot be written: {(fault.strerror or 'no access').lower()}."
    return f"The words are in {path.resolve().name}, in the folder where the screen was started."
