"""The lines of a dialog that are typed or chosen; what is pasted goes in and never acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import Input

from negotiation_tui.draw import Ink, brief, visible
from negotiation_tui.messages import FieldChanged, FieldDone
from negotiation_tui.stage import Field
from negotiation_tui.widgets.inked import Inked


class Words(Input):
    """One line of words. Several pasted lines become one; control characters become spaces."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", show=False),
        Binding("tab", "complete", show=False),
    ]

    def __init__(self, field: Field, parties: Mapping[str, str] | None = None) -> None:
        """The line of a field; ``parties`` are the codes that Tab completes, with their names."""
        super().__init__(field.value, placeholder=field.hint, compact=True, select_on_focus=False)
        self.field = field
        self.parties = parties or {}

    def action_complete(self) -> None:
        """Complete the code that is being typed; where there is none, on to the next line."""
        before, comma, begun = self.value.rpartition(",")
        wanted = begun.strip().casefold()
        found = [
            code
            for code, name in self.parties.items()
            if wanted and (code.casefold().startswith(wanted) or name.casefold().startswith(wanted))
        ]
        if not self.field.parties or not found or found[0].casefold() == wanted:
            self.screen.focus_next()
            return
        self.value = f"{before}{comma}{' ' if comma else ''}{found[0]}"
        self.cursor_position = len(self.value)

    @property
    def answer(self) -> str:
        """What was said."""
        return self.value

    def action_done(self) -> None:
        """Enter."""
        self.post_message(FieldDone())

    def _on_paste(self, event: events.Paste) -> None:
        words = " ".join(event.text.split("\n") if "\n" in event.text else event.text.splitlines())
        clean = "".join(letter if letter.isprintable() else " " for letter in words)
        self.replace(clean, *self.selection)
        event.stop()
        event.prevent_default()


class Marks(Inked, can_focus=True):
    """A few of many rows, each marked with the space bar; the arrows go up and down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("space", "mark", show=False),
    ]

    def __init__(self, field: Field, rows: int) -> None:
        """The rows of a field, of which so many are shown at once."""
        super().__init__()
        self.field = field
        self.rows = min(rows, len(field.choices))
        before = field.value.split("\n")
        self.marked = [one in before for one in field.choices]
        self.place = self.marked.index(True) if any(self.marked) else 0
        """The row that the arrows stand on."""
        self._top = 0
        self.styles.height = self.rows

    @property
    def answer(self) -> str:
        """What is marked, one a line."""
        both = zip(self.field.choices, self.marked, strict=True)
        return "\n".join(one for one, marked in both if marked)

    def action_move(self, by: int) -> None:
        """Another row; beyond the first and the last are the other lines of the dialog."""
        if 0 <= self.place + by < len(self.marked):
            self.place += by
            self.refresh()
        elif by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_mark(self) -> None:
        """Mark the row, or take the mark away."""
        self.marked[self.place] = not self.marked[self.place]
        self.refresh()
        self.post_message(FieldChanged())

    def action_done(self) -> None:
        """Enter."""
        self.post_message(FieldDone())

    def on_click(self, event: events.Click) -> None:
        """Pointing at a row marks it."""
        if self._top + event.y < len(self.marked):
            self.place = self._top + event.y
            self.action_mark()

    def on_focus(self) -> None:
        """Show that the arrows work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the window, with its mark."""
        self._top = min(max(self._top, self.place - self.rows + 1), self.place)
        row, width = self._top + y, self.size.width
        if row >= len(self.marked):
            return Strip.blank(width, self.look(Ink.PLAIN))
        here = self.has_focus and row == self.place
        sign = ("[x] " if self.marked[row] else "[ ] ", Ink.STRONG)
        hint = "  space marks" if here else ""
        words = brief(self.field.choices[row], max(width - 4 - len(hint), 0))
        line = (sign, (words, Ink.PLAIN), (hint, Ink.FAINT))
        return self.strip(line, width, Ink.CHOSEN if here else Ink.PLAIN)


class Choice(Inked, can_focus=True):
    """One of a few, changed with the arrows or the space bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.chosen = field.choices.index(field.value) if field.value in field.choices else 0

    @property
    def answer(self) -> str:
        """What was chosen."""
        return self.field.choices[self.chosen]

    def action_turn(self, by: int) -> None:
        """The next or the former one."""
        self.chosen = (self.chosen + by) % len(self.field.choices)
        self.refresh()
        self.post_message(FieldChanged())

    def action_done(self) -> None:
        """Enter."""
        self.post_message(FieldDone())

    def on_focus(self) -> None:
        """Show that the arrows work here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The choice, with arrows around it while it has the focus."""
        words = visible(self.answer)
        arrows = (
            (f"‹ {words} ›  arrows change it", Ink.STRONG) if self.has_focus else (words, Ink.PLAIN)
        )
        return self.strip((arrows,), self.size.width)
