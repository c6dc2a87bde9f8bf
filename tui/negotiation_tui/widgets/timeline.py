"""The line at the bottom that says where in the record one stands; it can be dragged.

A bar with marks for meetings and versions, the position, and the entry's number, time and hand.
"""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from negotiation.views.at_that_time import Timeline
from negotiation_tui.draw import Bit, Ink, Line, brief, spread, width_of
from negotiation_tui.page import by_whom
from negotiation_tui.units import Unit, nearest, stop, stops
from negotiation_tui.widgets.inked import Inked

_SIGNS = {"done": "━", "left": "─", "here": "●", "meeting": "┿", "version": "▲"}


class MomentChosen(Message):
    """Somebody points at a moment; ``final`` once the button is let go."""

    def __init__(self, at: int, *, final: bool) -> None:
        super().__init__()
        self.at = at
        self.final = final


class TimelineBar(Inked):
    """Where in the record the screen stands."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[Timeline, int, int, Unit, bool] | None = None
        self._line: Line = ()
        self._room = 0
        self._dragged = False
        self._width = -1

    def show(self, timeline: Timeline, at: int, unit: Unit, *, playing: bool = False) -> None:
        """Show this place of the record."""
        shown = (timeline, timeline.head, at, unit, playing)
        if shown != self._shown or self._width != self.size.width:
            self._shown = shown
            self._lay_out()
            self.refresh()

    def _lay_out(self) -> None:
        if self._shown is None:
            return
        timeline, _, at, unit, playing = self._shown
        self._width = self.size.width
        self._line, self._room = timeline_line(timeline, at, self.size.width, unit, playing=playing)

    def on_resize(self, event: events.Resize) -> None:
        """Another width."""
        self._lay_out()

    @property
    def line(self) -> Line:
        """What is drawn."""
        return self._line

    def render_line(self, y: int) -> Strip:
        """The one row."""
        return self.strip(self._line if y == 0 else (), self.size.width)

    # -- the mouse --------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the knob."""
        if event.button == 1:
            self.capture_mouse()
            self._dragged = True
            self._choose(event.x, final=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Look at what one drags over."""
        if self._dragged:
            self._choose(event.x, final=False)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        if self._dragged:
            self._dragged = False
            self.release_mouse()
            self._choose(event.x, final=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A step back."""
        event.stop()
        self._step(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A step on."""
        event.stop()
        self._step(1)

    def _step(self, by: int) -> None:
        if self._shown is not None:
            timeline, _, at, unit, _ = self._shown
            self.post_message(MomentChosen(stop(timeline, at, by, unit), final=True))

    def _choose(self, x: int, *, final: bool) -> None:
        if self._shown is None or self._room < 2:
            return
        timeline, head, at, unit, _ = self._shown
        place = min(max(x - 1, 0), self._room - 1)
        entry = round(place * head / (self._room - 1))
        # Not by steps: one back from within the first act stays there, and that is no stop.
        near = nearest(timeline, entry, unit)
        if final or near != at:
            self.post_message(MomentChosen(near, final=final))


def timeline_line(
    timeline: Timeline, at: int, width: int, unit: Unit, *, playing: bool = False
) -> tuple[Line, int]:
    """The bar and its label, and how many cells the bar has."""
    head = timeline.head
    if not head:
        return ((" The record is empty.", Ink.FAINT),), 0
    told = f" entry {at}/{head} · by {unit.value}{' ▶' if playing else ''}"
    if at and width >= 60:
        entry = timeline.entries[at - 1]
        told += f" · {entry.act.written:%Y-%m-%d %H:%M} · {brief(by_whom(entry), 16)} "
    label: Line = ((told, Ink.PLAIN),)
    room = max(width - width_of(label) - 2, 4)
    bar = _bar(timeline, at, room)
    return spread(((" ", Ink.PLAIN), *bar), label, width), room


def _bar(timeline: Timeline, at: int, room: int) -> list[Bit]:
    head = timeline.head
    signs = [_SIGNS["done"]] * room
    here = round((room - 1) * at / head)
    signs[here:] = [_SIGNS["left"]] * (room - here)
    # A version is seen where a meeting ends in the same cell.
    for unit, sign in ((Unit.MEETING, _SIGNS["meeting"]), (Unit.VERSION, _SIGNS["version"])):
        for entry in stops(timeline, unit)[0 if unit is Unit.VERSION else 1 : -1]:
            signs[round((room - 1) * entry / head)] = sign
    signs[here] = _SIGNS["here"]
    return [("".join(signs), Ink.LABEL)]
