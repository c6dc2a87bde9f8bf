"""Any two moments side by side, or in one text; substance apart from editing."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from negotiation.desk import Desk
from negotiation.views.what_changed import ClauseChange, what_changed
from negotiation_tui import before_the_room
from negotiation_tui.compared import Which, inline, side_by_side, wanted
from negotiation_tui.draw import Ink, Line, brief, spread, width_of
from negotiation_tui.units import Unit, stop
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.lines import Lines

_TWO_COLUMNS = 100
_HINTS = (
    ("n p", "change", "change"),
    ("=", "one text, side by side", "side"),
    ("e", "substance, editing", "sort"),
    (", .", "earlier moment", "earlier"),
    ("< >", "later moment", "later"),
    ("s", "swap", "swap"),
    ("Esc", "back", "back"),
)
"""Keys with what they do, at length and in a word."""


def hints(width: int) -> Line:
    """The keys in one row, none of them cut: in a word where it is narrow, fewer where it is more.

    The way back is always there.
    """
    for long in (True, False):
        bits = [
            ((key, Ink.LABEL), (f" {does if long else word}  ", Ink.PLAIN))
            for key, does, word in _HINTS
        ]
        if width_of([bit for pair in bits for bit in pair]) <= width:
            break
    *row, back = bits
    while row and width_of([bit for pair in (*row, back) for bit in pair]) > width:
        row.pop()
    return ((" ", Ink.PLAIN), *(bit for pair in (*row, back) for bit in pair))


class CompareScreen(Screen[None]):
    """Two moments and what lies between them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "back"),
        Binding("equals_sign,tab", "turn", "one text or side by side"),
        Binding("e", "which", "substance, editing"),
        Binding("n,j,down", "change(1)", "next change"),
        Binding("p,k,up", "change(-1)", "change before"),
        Binding("comma", "first(-1)", "earlier moment back"),
        Binding("full_stop", "first(1)", "earlier moment on"),
        Binding("less_than_sign", "second(-1)", "later moment back"),
        Binding("greater_than_sign", "second(1)", "later moment on"),
        Binding("s", "swap", "swap"),
        Binding("pagedown,space", "scroll(1)", "scroll on"),
        Binding("pageup", "scroll(-1)", "scroll back"),
    ]

    def __init__(self, desk: Desk, first: int, second: int, *, signs: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.first, self.second = first, second
        self.signs = signs
        self.which = Which.ALL
        self.beside: bool | None = None
        """Whether side by side; ``None`` goes by the width."""
        self.change = 0
        self._found: tuple[tuple[int, int], tuple[ClauseChange, ...]] | None = None
        self._starts: list[int] = []

    def compose(self) -> ComposeResult:
        """What is compared, the changes, the keys."""
        # Both moments may be past, and no act is made here: the colour of the past.
        yield Panel(id="header", classes="-replay")
        yield Lines(id="changes")
        yield Panel(id="says")
        yield Panel(id="hints")

    def on_mount(self) -> None:
        """Draw once there is a size."""
        self.call_after_refresh(self.draw)

    def on_resize(self, event: events.Resize) -> None:
        """Another width."""
        self.call_after_refresh(self.draw)

    @property
    def changes(self) -> tuple[ClauseChange, ...]:
        """The clauses that changed, of the kind that is wanted."""
        asked = (self.first, self.second)
        if self._found is None or self._found[0] != asked:
            self._found = (asked, what_changed(self.desk.timeline, *asked))
        return tuple(one for one in self._found[1] if wanted(one, self.which))

    def look_again(self, moved: str = "") -> None:
        """Somebody wrote meanwhile."""
        self.draw()

    def draw(self) -> None:
        """Everything."""
        width = self.size.width
        pane = self.query_one(Lines)
        room = max(pane.room - 1, 20)
        beside = self.beside if self.beside is not None else width >= _TWO_COLUMNS
        shape = side_by_side if beside else inline
        rows: list[Line] = []
        self._starts = []
        changes = self.changes
        self.change = min(self.change, max(len(changes) - 1, 0))
        for number, one in enumerate(changes):
            self._starts.append(len(rows))
            lines = shape(one, room - 1, self.which, signs=self.signs)
            sign = ("▌" if number == self.change else " ", Ink.LABEL)
            rows += [(sign, *line) for line in lines]
        if not rows:
            rows = [((" Nothing differs between these two moments.", Ink.FAINT),)]
        pane.show(tuple(rows), top=self._starts[self.change] if self._starts else 0)
        self.query_one("#header", Panel).show((self._header(len(changes), width),))
        place = f"{self.change + 1} of {len(changes)}" if changes else ""
        self.query_one("#says", Panel).show((((f" {place}", Ink.FAINT),),))
        self.query_one("#hints", Panel).show((hints(width),))

    def _header(self, changes: int, width: int) -> Line:
        """What is compared, as exactly as there is room; this is never the live text."""
        told = f"{changes} clause{'' if changes == 1 else 's'} · {self.which.value} "
        now = self.desk.timeline.negotiation(self.desk.timeline.head)
        if asked := before_the_room.counted(now, short=True):
            told = f"{asked} · {told}"
        right: Line = ((told, Ink.STRONG),)
        for name in (self._moment, _entry, str):
            left: Line = ((f" COMPARE {name(self.first)} → {name(self.second)}", Ink.STRONG),)
            if width_of((*left, *right)) < width:
                break
        return spread(left, right, width)

    def _moment(self, at: int) -> str:
        if not at:
            return "before the first entry"
        act = self.desk.timeline.entries[at - 1].act
        told = f"entry {at}, {act.written.astimezone():%m-%d %H:%M}"
        for document in self.desk.timeline.negotiation(self.desk.timeline.head).documents:
            if self.desk.acts_on(1, document.entry - 1) == at:
                return f"{brief(document.symbol or document.name, 24)} ({told})"
        return told

    def action_change(self, by: int) -> None:
        """The next change, or the one before."""
        self.change = min(max(self.change + by, 0), max(len(self.changes) - 1, 0))
        self.draw()

    def action_turn(self) -> None:
        """One text, or side by side."""
        now = self.beside if self.beside is not None else self.size.width >= _TWO_COLUMNS
        self.beside = not now
        self.draw()

    def action_which(self) -> None:
        """All, substance, editing."""
        order = tuple(Which)
        self.which = order[(order.index(self.which) + 1) % len(order)]
        self.change = 0
        self.draw()

    def action_first(self, by: int) -> None:
        """Another earlier moment."""
        self.first = stop(self.desk.timeline, self.first, by, Unit.ACT)
        self.draw()

    def action_second(self, by: int) -> None:
        """Another later moment."""
        self.second = stop(self.desk.timeline, self.second, by, Unit.ACT)
        self.draw()

    def action_swap(self) -> None:
        """Read it the other way."""
        self.first, self.second = self.second, self.first
        self.draw()

    def action_scroll(self, pages: int) -> None:
        """Scroll by a window."""
        self.query_one(Lines).page_by(pages)

    def action_close(self) -> None:
        """Back to the floor."""
        self.dismiss(None)


def _entry(at: int) -> str:
    return f"entry {at}"
