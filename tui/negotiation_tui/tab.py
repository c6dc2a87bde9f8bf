"""What one tab of a browser runs: ``python -m negotiation_tui.tab``, started by `serve`.

Which store it shows is said in the environment, so that no name passes through a shell.
"""

from __future__ import annotations

import os
import sys

from textual.drivers.web_driver import WebDriver

from negotiation.desk import Desk
from negotiation_tui.faults import ANSWERS
from negotiation_tui.room_app import RoomApp

STORE = "NEGOTIATION_ROOM_STORE"
NEGOTIATION = "NEGOTIATION_ROOM_NEGOTIATION"
_GRACE = 3.0
"""Seconds in which a screen that was told to end does so."""


class TabDriver(WebDriver):
    """The library's driver, which also ends when the server does.

    The library's own waits to be told; from a server that was killed, or whose machine lost its
    power over it, it would wait for ever, reading the store for nobody.
    """

    def run_input_thread(self) -> None:
        """Hear the server for as long as it is there."""
        super().run_input_thread()
        if not self.exit_event.wait(_GRACE):
            # Nothing is written here and nobody can be told: there is nothing to leave in order.
            os._exit(0)


def main() -> None:
    """The room of the store that the environment names; waits for it where there is none yet."""
    store, negotiation = os.environ.get(STORE, ""), os.environ.get(NEGOTIATION, "")
    if not store or not os.environ.get("TEXTUAL_DRIVER", "").endswith("WebDriver"):
        sys.exit("A tab is opened by a browser; `negotiation room --serve` lets browsers in.")
    try:
        desk = Desk.open(store, negotiation, stays=True)
    except ANSWERS:
        desk = None
    RoomApp(
        desk, reopen=lambda: Desk.open(store, negotiation, stays=True), driver_class=TabDriver
    ).show()


if __name__ == "__main__":
    main()
