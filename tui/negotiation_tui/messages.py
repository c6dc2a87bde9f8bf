"""What widgets tell the screen; only about what a person did, never about what they drew."""

from __future__ import annotations

from textual.message import Message


class ClauseChosen(Message):
    """Somebody pointed at a clause."""

    def __init__(self, clause: str) -> None:
        super().__init__()
        self.clause = clause


class FieldDone(Message):
    """Enter in one field of a dialog."""


class FieldChanged(Message):
    """Another choice in one field of a dialog."""
