"""The first frame: which record is opened, while it is read."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.screen import Screen

from negotiation_tui.draw import Ink, brief
from negotiation_tui.widgets.ground import Ground
from negotiation_tui.widgets.inked import Panel

_SEEN = 0.05
"""Seconds until the first frame is out: three frames of the library."""


class Opening(Ground, Screen[None]):
    """A header, and nothing that could be taken for a text."""

    def __init__(self, called: str, then: Callable[[], None]) -> None:
        super().__init__()
        self._called = called
        self._then = then

    def compose(self) -> ComposeResult:
        """One line."""
        yield Panel(id="header")

    def on_mount(self) -> None:
        """Draw, and read the record behind it."""
        told = brief(f"{self._called}: the record is opened", max(self.app.size.width - 2, 1))
        self.query_one(Panel).show((((f" {told}", Ink.STRONG),),))
        self.set_timer(_SEEN, self._then)
