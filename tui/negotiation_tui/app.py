"""The chair's screen: one app, one floor, looks and keys as its person wants them.

Whether colour is wanted is settled before Textual starts, since afterwards it would send greys. The
first frame is shown before the record is read, and before what reads it is imported.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from negotiation_tui import settings
from negotiation_tui.screens.opening import Opening
from negotiation_tui.settings import Fault, Settings
from negotiation_tui.wanted import AsWanted

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.rooms import Called


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
        desk: Desk | Callable[[str], Desk],
        wanted: Settings | None = None,
        faults: tuple[Fault, ...] = (),
        *,
        tour: bool = False,
        called: str = "",
        rooms: Callable[[], tuple[Called, ...]] | None = None,
    ) -> None:
        """The screen of this desk, or of the one that is opened behind the first frame.

        It is opened with the id of a negotiation, or with nothing; then ``rooms`` are asked for
        where it takes a choice. The desk stays the caller's to close; ``called`` is what the first
        frame says is opened.
        """
        self.plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if self.plain else None)
        self.desk: Desk | None = None if callable(desk) else desk
        self.answer: Exception | None = None
        """Why there is no desk."""
        self._open = desk if callable(desk) else None
        self._called = called
        self._rooms = rooms
        self.tour = tour
        self.wrong = self.want(wanted or Settings(), faults)

    def on_mount(self) -> None:
        """Go to the floor, or show what is opened first."""
        if self._open is None:
            self._to_the_floor()
        else:
            self.push_screen(Opening(self._called, self._opened))

    def _opened(self, negotiation: str = "") -> None:
        """Read the record; what cannot be read is for the caller to say, on a screen of his own."""
        from negotiation.rooms import WhichNegotiation

        try:
            self.desk = self._open(negotiation) if self._open is not None else None
        except WhichNegotiation as answer:
            self._ask_which(answer)
            return
        except Exception as answer:  # raised again by whoever runs the app
            self.answer = answer
            self.exit()
            return
        # Everything read so far stays as long as the screen: no collector need look at it again.
        gc.freeze()
        self._to_the_floor()

    def _ask_which(self, answer: Exception) -> None:
        from negotiation_tui.screens.which_room import WhichRoom

        try:
            rooms = self._rooms() if self._rooms is not None else ()
        except Exception as fault:  # raised again by whoever runs the app
            rooms, answer = (), fault
        if rooms:
            self.switch_screen(WhichRoom(self._called, rooms, self._opened))
            return
        self.answer = answer
        self.exit()

    def _to_the_floor(self) -> None:
        from negotiation_tui.screens.floor import Floor
        from negotiation_tui.screens.which_room import WhichRoom

        assert self.desk is not None
        floor = Floor(self.desk, signs=self.signs)
        if isinstance(self.screen, (Opening, WhichRoom)):
            self.switch_screen(floor)
        else:
            self.push_screen(floor)

    def action_leave(self) -> None:
        """Leave from the floor only, on the second of two keys."""
        from negotiation_tui.screens.floor import Floor

        if isinstance(self.screen, Floor) and self.screen.may_leave():
            self.exit()

    def action_palette(self) -> None:
        """All that can be done, found by typing."""
        from negotiation_tui.palette import PaletteScreen, carry_out, offers
        from negotiation_tui.screens.floor import Floor

        floor = self.screen
        if isinstance(floor, Floor):
            past = floor.past is not None
            shown = offers(floor.whole, past=past, theme=self.theme, keys=self.keymap.keys)
            self.push_screen(PaletteScreen(shown), lambda one: carry_out(one, floor, floor))


def run(store: str, negotiation: str = "", *, called: str = "") -> None:
    """Open a store on the chair's screen, ``called`` so until it is read.

    Raises what `Desk.open` raises.
    """

    def opened(chosen: str) -> Desk:
        from negotiation.desk import Desk

        return Desk.open(store, chosen or negotiation, stays=True)

    def rooms() -> tuple[Called, ...]:
        from negotiation.rooms import called_in

        return called_in(store)

    wanted, faults = settings.load()
    tour = not settings.tour_seen()
    app = ChairApp(
        opened, wanted, faults, tour=tour, called=called or Path(store).name, rooms=rooms
    )
    try:
        app.run()
    finally:
        if app.desk is not None:
            app.desk.close()
    if app.answer is not None:
        raise app.answer
