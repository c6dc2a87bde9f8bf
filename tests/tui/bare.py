"""An app with the looks of the chair's screen and nothing on it, for what is tried by itself."""

import asyncio
from pathlib import Path

from textual.screen import Screen

import negotiation_tui
from negotiation_tui.draw import Line
from negotiation_tui.settings import Settings
from negotiation_tui.wanted import AsWanted
from negotiation_tui.widgets.inked import Panel

LOOKS = Path(negotiation_tui.__file__).with_name("app.tcss")


class BareApp(AsWanted):
    """The looks and the themes."""

    CSS_PATH = LOOKS
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, first: Screen[None], wanted: Settings) -> None:
        super().__init__()
        self.first = first
        self.said = self.want(wanted)

    def on_mount(self) -> None:
        """Show what is tried."""
        self.push_screen(self.first)


def try_out(
    first: Screen[None],
    scenario,
    size: tuple[int, int] = (80, 24),
    wanted: Settings | None = None,
) -> None:
    """Open a screen on a bare app and let a scenario type on it."""

    async def session() -> None:
        app = BareApp(first, wanted or Settings())
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await scenario(pilot, app)

    asyncio.run(session())


def rows(panel: Panel) -> list[str]:
    """What a panel shows."""
    return ["".join(words for words, _ in line) for line in panel.lines]


def line_of(line: Line) -> str:
    """A line without its inks."""
    return "".join(words for words, _ in line)
