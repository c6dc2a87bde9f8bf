"""The projector's app: a light screen that follows and never writes, on a terminal or in a tab."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.driver import Driver

from negotiation.desk import Desk, now
from negotiation_tui import themes
from negotiation_tui.inked_app import InkedApp
from negotiation_tui.screens.room import Reopen, RoomScreen


class RoomApp(InkedApp):
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
        driver_class: type[Driver] | None = None,
    ) -> None:
        """The room of this desk; ``reopen`` finds one that is not there yet."""
        self.plain = "NO_COLOR" in os.environ
        super().__init__(driver_class=driver_class, ansi_color=True if self.plain else None)
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

    def show(self) -> None:
        """Run until somebody leaves; then let go of the store."""
        try:
            self.run()
        finally:
            # Another desk than the first one, when there was no store at the beginning.
            if self.room.desk is not None:
                self.room.desk.close()

    def action_turn_theme(self) -> None:
        """The next theme."""
        self.theme = themes.after(self.theme)


def run(store: str, negotiation: str = "") -> None:
    """Show a store's room on this terminal. Raises what `Desk.open` raises, before any drawing."""
    desk = Desk.open(store, negotiation, stays=True)
    # Whatever else is begun in the store meanwhile, it is this one that is shown.
    RoomApp(desk, reopen=lambda: Desk.open(store, desk.timeline.id, stays=True)).show()
