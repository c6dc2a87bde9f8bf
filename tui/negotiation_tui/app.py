"""The chair's screen: one app, two themes, one floor.

Whether colour is wanted is settled before Textual starts, since afterwards it would send greys.
"""

from __future__ import annotations

import os
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from negotiation.desk import Desk
from negotiation_tui import themes
from negotiation_tui.screens.floor import Floor


class ChairApp(App[None]):
    """The screen of one desk."""

    CSS_PATH = "app.tcss"
    TITLE = "negotiation"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # Textual's own Ctrl+Q would leave from a dialog too, and take what was typed with it.
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        """The screen of this desk; the desk stays the caller's to close."""
        self.plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if self.plain else None)
        self.desk = desk
        self.animation_level = "none"
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self.theme = themes.DARK.name
        self.set_class(self.plain, "-plain")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The project's own colours, for themes that do not name them."""
        return themes.NAMES

    def on_mount(self) -> None:
        """Go to the floor."""
        self.push_screen(Floor(self.desk, signs=self.plain))

    def action_leave(self) -> None:
        """Leave from the floor only, on the second of two keys."""
        if isinstance(self.screen, Floor) and self.screen.may_leave():
            self.exit()

    def action_turn_theme(self) -> None:
        """From dark to light and back."""
        dark = self.theme == themes.DARK.name
        self.theme = themes.LIGHT.name if dark else themes.DARK.name


def run(store: str, negotiation: str = "") -> None:
    """Open a store on the chair's screen. Raises what `Desk.open` raises, before any drawing."""
    desk = Desk.open(store, negotiation)
    try:
        ChairApp(desk).run()
    finally:
        desk.close()
