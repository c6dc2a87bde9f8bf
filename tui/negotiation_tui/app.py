"""The chair's screen: one app, one floor, looks and keys as its person wants them.

Whether colour is wanted is settled before Textual starts, since afterwards it would send greys.
"""

from __future__ import annotations

import os
from typing import ClassVar

from textual.binding import Binding, BindingType

from negotiation.desk import Desk
from negotiation_tui import settings
from negotiation_tui.palette import PaletteScreen, carry_out, offers
from negotiation_tui.screens.floor import Floor
from negotiation_tui.settings import Fault, Settings
from negotiation_tui.wanted import AsWanted


class ChairApp(AsWanted):
    """The screen of one desk."""

    CSS_PATH = "app.tcss"
    TITLE = "negotiation"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        # Textual's own Ctrl+Q would leave from a dialog too, and take what was typed with it.
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        wanted: Settings | None = None,
        faults: tuple[Fault, ...] = (),
        *,
        tour: bool = False,
    ) -> None:
        """The screen of this desk; the desk stays the caller's to close."""
        self.plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if self.plain else None)
        self.desk = desk
        self.tour = tour
        self.wrong = self.want(wanted or Settings(), faults)

    def on_mount(self) -> None:
        """Go to the floor."""
        self.push_screen(Floor(self.desk, signs=self.signs))

    def action_leave(self) -> None:
        """Leave from the floor only, on the second of two keys."""
        if isinstance(self.screen, Floor) and self.screen.may_leave():
            self.exit()

    def action_palette(self) -> None:
        """All that can be done, found by typing."""
        floor = self.screen
        if isinstance(floor, Floor):
            past = floor.past is not None
            shown = offers(floor.whole, past=past, theme=self.theme, keys=self.keymap.keys)
            self.push_screen(PaletteScreen(shown), lambda one: carry_out(one, floor, floor))


def run(store: str, negotiation: str = "") -> None:
    """Open a store on the chair's screen. Raises what `Desk.open` raises, before any drawing."""
    desk = Desk.open(store, negotiation)
    try:
        wanted, faults = settings.load()
        ChairApp(desk, wanted, faults, tour=not settings.tour_seen()).run()
    finally:
        desk.close()
