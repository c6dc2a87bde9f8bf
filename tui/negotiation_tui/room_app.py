"""The projector's app: a light screen that follows and never writes.

``python -m negotiation_tui.room_app`` is what the browser's page runs, once for every tab; which
store it shows is said in the environment, so that no name passes through a shell.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from negotiation.desk import Desk, now
from negotiation_tui import themes
from negotiation_tui.faults import ANSWERS
from negotiation_tui.screens.room import Reopen, RoomScreen

STORE = "NEGOTIATION_ROOM_STORE"
NEGOTIATION = "NEGOTIATION_ROOM_NEGOTIATION"
"""The variables that name what a tab of the browser shows."""


class RoomApp(App[None]):
    """The room's screen of one desk."""

    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "room.tcss"]  # type: ignore[assignment]  # the base also takes one path
    TITLE = "negotiation room"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", show=False)]

    def __init__(
        self,
        desk: Desk | None,
        *,
        reopen: Reopen | None = None,
        clock: Callable[[], dt.datetime] = now,
    ) -> None:
        """The room of this desk; the desk stays the caller's to close."""
        self.plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if self.plain else None)
        self.animation_level = "none"
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = themes.LIGHT.name
        self.set_class(self.plain, "-plain")
        self.room = RoomScreen(desk, reopen=reopen, clock=clock, signs=self.plain)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The project's own colours, for themes that do not name them."""
        return themes.NAMES

    def on_mount(self) -> None:
        """Go to the room."""
        self.push_screen(self.room)

    def action_turn_theme(self) -> None:
        """The next theme."""
        self.theme = themes.after(self.theme)


def run(store: str, negotiation: str = "") -> None:
    """Show a store's room on this terminal. Raises what `Desk.open` raises, before any drawing."""
    _run(Desk.open(store, negotiation), lambda: Desk.open(store, negotiation))


def main() -> None:
    """The room of the store that the environment names; waits for it where there is none yet."""
    store, negotiation = os.environ.get(STORE, ""), os.environ.get(NEGOTIATION, "")
    if not store:
        sys.exit(f"{STORE} names no store; `negotiation room --serve` sets it.")
    try:
        desk = Desk.open(store, negotiation)
    except ANSWERS:
        desk = None
    _run(desk, lambda: Desk.open(store, negotiation))


def _run(desk: Desk | None, reopen: Reopen) -> None:
    app = RoomApp(desk, reopen=reopen)
    try:
        app.run()
    finally:
        # Another desk than the first one, when the store went away in between.
        if app.room.desk is not None:
            app.room.desk.close()


if __name__ == "__main__":
    main()
