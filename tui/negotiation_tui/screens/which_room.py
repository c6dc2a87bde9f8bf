"""Which room: the negotiations of a store that holds several, one of them to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from negotiation.rooms import Called
from negotiation_tui.draw import Ink, Line, brief, fitted, hinted, visible
from negotiation_tui.widgets.ground import Ground
from negotiation_tui.widgets.inked import Panel

_DIGITS = 9
_NAMES = 22
_AROUND = 3
"""The rows above and below the list."""


class WhichRoom(Ground, Screen[None]):
    """A list without a default: a wrong room is the worst mistake, so none is opened unasked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", show=False),
        Binding("up,k", "go(-1)", show=False),
        Binding("home", "go(-9999)", show=False),
        Binding("end", "go(9999)", show=False),
        Binding("enter", "take", show=False),
        Binding("q,escape,ctrl+c", "leave", show=False),
        *(Binding(str(digit), f"take({digit})", show=False) for digit in range(1, _DIGITS + 1)),
    ]

    def __init__(self, store: str, rooms: Sequence[Called], chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._store = store
        self._rooms = tuple(rooms)
        self._chosen = chosen
        self.here = 0

    def compose(self) -> ComposeResult:
        """The question, the rooms, the keys."""
        yield Panel(id="header")
        yield Panel(id="rooms")
        yield Panel(id="hints")

    def on_mount(self) -> None:
        """Draw."""
        self._draw()

    def on_resize(self) -> None:
        """Draw anew for the size."""
        self._draw()

    def action_go(self, by: int) -> None:
        """Another room is at hand."""
        self.here = min(max(self.here + by, 0), len(self._rooms) - 1)
        self._draw()

    def action_take(self, number: int = 0) -> None:
        """Open the room at hand, or the one of this number."""
        place = number - 1 if number else self.here
        if place < len(self._rooms):
            self._chosen(self._rooms[place].id)

    def action_leave(self) -> None:
        """Open none."""
        self.app.exit()

    def _draw(self) -> None:
        width, height = self.app.size
        told = f"{visible(self._store)} holds {len(self._rooms)} rooms: which one?"
        self.query_one("#header", Panel).show((((f" {brief(told, width - 2)}", Ink.STRONG),),))
        shown = max(height - _AROUND, 1)
        first = min(max(self.here - shown + 1, 0), max(len(self._rooms) - shown, 0))
        rows = [
            self._row(place, width) for place in range(first, min(first + shown, len(self._rooms)))
        ]
        self.query_one("#rooms", Panel).show(tuple(rows))
        hints = (("↑↓", "choose"), ("Enter", "open"), ("1–9", "open at once"), ("q", "leave"))
        self.query_one("#hints", Panel).show((hinted(hints, width),))

    def _row(self, place: int, width: int) -> Line:
        room = self._rooms[place]
        here = Ink.HERE if place == self.here else Ink.PLAIN
        number = f" {place + 1:>2} " if place < _DIGITS else "    "
        name = brief(visible(room.symbol or room.id), _NAMES).ljust(_NAMES)
        before = f"  before {visible(room.before)}" if room.before else ""
        left = max(width - len(number) - _NAMES - len(before) - 3, 8)
        title = brief(visible(room.title), left)
        return fitted(
            (
                (number, Ink.LABEL | here),
                (f"{name}  ", Ink.STRONG | here),
                (title, here),
                (before, Ink.FAINT | here),
            ),
            width,
        )
