"""A dialog that is typed on at once: its one line takes what comes before it has the focus."""

from __future__ import annotations

from typing import TypeVar

from textual import events

from negotiation_tui.screens.over import Over
from negotiation_tui.widgets.fields import Words

T = TypeVar("T")


class TypedOn(Over[T]):
    """A dialog with one line."""

    def on_mount(self) -> None:
        """The line has the focus from the beginning."""
        self.query_one(Words).focus()

    def on_key(self, event: events.Key) -> None:
        """Letters that come before the line has the focus go there too."""
        if self.focused is None and event.is_printable and event.character is not None:
            event.stop()
            self.query_one(Words).insert_text_at_cursor(event.character)
