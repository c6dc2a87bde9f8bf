"""The dialog that stages an act, and the line that finds words.

Both are pushed from a key's own action, so that keys typed in the same burst come here. Enter goes
from line to line and is the gavel on the last one; Esc drops the act. A refusal is said here, and
what was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from negotiation.desk import Desk, Rehearsed
from negotiation.domain.entries import Entry
from negotiation_tui.draw import Ink, Line, fitted, visible, wrap
from negotiation_tui.faults import ANSWERS, RecordMoved
from negotiation_tui.messages import FieldChanged, FieldDone
from negotiation_tui.page import Page
from negotiation_tui.rehearsal import rehearsed_lines
from negotiation_tui.stage import Field, Missing, Stage
from negotiation_tui.widgets.fields import Choice, Words
from negotiation_tui.widgets.inked import Panel

_ASKED = 14


class StageDialog(ModalScreen[tuple[Entry, ...] | None]):
    """An act before the gavel: what is asked, and what it would do to which words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "drop it"),
        Binding("enter", "next", show=False),
        Binding("ctrl+s", "gavel", "the gavel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "look(1)", show=False),
        Binding("pageup", "look(-1)", show=False),
    ]

    def __init__(self, desk: Desk, page: Page, stage: Stage, *, signs: bool) -> None:
        super().__init__()
        self.desk = desk
        self.page = page
        self.stage = stage
        self.signs = signs
        self.refused = ""
        self._early = ""
        self._moved = ""
        self._ready = False
        self._top = 0
        self._rows: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        """The title, what it is about, the questions, the rehearsal, one line for a sentence."""
        parties = {one.code: one.name for one in self.page.moment.negotiation.parties}
        with Vertical(id="dialog"):
            yield Panel(id="dialog-title")
            yield Panel(id="dialog-about")
            for field in self.stage.fields:
                with Horizontal(classes="field"):
                    yield Static(Content(f"{field.asked:>{_ASKED}} "), classes="asked")
                    yield Choice(field) if field.choices else Words(field, parties)
            yield Panel(id="dialog-shows")
            yield Panel(id="dialog-says")
            yield Panel(id="dialog-keys")

    def on_mount(self) -> None:
        """Everything typed before the first line was there goes into it."""
        fields = self._fields()
        if fields:
            begun = fields[self.stage.first]
            if isinstance(begun, Words):
                begun.value += self._early
                begun.cursor_position = len(begun.value)
            begun.focus()
        self._ready = True
        self.call_after_refresh(self.look_again)

    def on_key(self, event: events.Key) -> None:
        """Letters that come before the first line has the focus are kept for it."""
        if self.focused is None and event.is_printable and event.character is not None:
            event.stop()
            begun = self._fields()[self.stage.first :][:1] if self._ready else []
            if begun and isinstance(begun[0], Words):
                begun[0].insert_text_at_cursor(event.character)
            else:
                self._early += event.character

    def on_resize(self) -> None:
        """Another width wraps anew."""
        self.call_after_refresh(self.look_again)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter is rehearsed."""
        self.look_again()

    def on_field_changed(self, event: FieldChanged) -> None:
        """So is every choice."""
        self.look_again()

    def on_field_done(self, event: FieldDone) -> None:
        """Enter in a line: on to the next one; on the last one it is the gavel."""
        self.action_next()

    def look_again(self, moved: str = "") -> None:
        """Rehearse what was said so far on the record as it stands."""
        if not self._ready or not self.is_mounted:
            return
        self._moved = moved or self._moved
        rehearsed, self.refused = self._rehearse()
        width = max(self.query_one("#dialog-shows").size.width, 20)
        self._rows = (
            rehearsed_lines(rehearsed, self.page, width, signs=self.signs) if rehearsed else ()
        )
        self._top = 0
        self._draw(width)

    def _rehearse(self) -> tuple[Rehearsed | None, str]:
        try:
            command = self.stage.command(self._answers())
            if isinstance(command, Missing):
                return None, command.sentence
            return self.desk.rehearse(command), ""
        except ANSWERS as answer:
            return None, str(answer)

    def _draw(self, width: int) -> None:
        height = max(self.size.height - len(self.stage.fields) - 10, 3)
        # Every numbered wording is seen, each with its first rows where there is little room.
        about = self.stage.about
        each = max(height // 2 // max(len(about), 1), 1)
        shown_about = tuple(row for line in about for row in _first_rows(line, width, each))
        self._panel("title").show((((f" {self.stage.title}", Ink.STRONG),),))
        self._panel("about").styles.height = len(shown_about)
        self._panel("about").show(shown_about)
        room = max(height - len(shown_about), 3)
        rows = self._rows[self._top : self._top + room]
        if self._top + room < len(self._rows):
            rows = (*rows[:-1], (("… PgDn shows the rest", Ink.FAINT),))
        self._panel("shows").styles.height = max(len(rows), 1)
        self._panel("shows").show(rows)
        said = " ".join(part for part in (self._moved, self.refused) if part)
        sentence = wrap(((visible(said), Ink.ALARM),), width)[:3] if said else ()
        self._panel("says").styles.height = max(len(sentence), 1)
        self._panel("says").show(sentence)
        gavel = self._is_gavel()
        more = " · Tab next line" if self._index() < len(self._fields()) - 1 else ""
        keys = f"Enter the gavel{more}" if gavel else "Enter next line · Ctrl+S the gavel"
        self._panel("keys").show((fitted(((f"{keys} · Esc drops it", Ink.FAINT),), width),))

    def on_descendant_focus(self) -> None:
        """The keys differ on the last line."""
        if self._ready:
            self._draw(max(self.query_one("#dialog-shows").size.width, 20))

    def action_next(self) -> None:
        """The gavel, where Enter is the gavel; else the next line."""
        fields = self._fields()
        place = self._index()
        if self._is_gavel() or place >= len(fields) - 1:
            self.action_gavel()
        else:
            fields[place + 1].focus()

    def _is_gavel(self) -> bool:
        """Whether Enter is the gavel here: on the last line, and where nothing more is said.

        A line that stays empty ends the questions, and so does a choice, once there is an act.
        """
        fields = self._fields()
        place = self._index()
        if place >= len(fields) - 1:
            return True
        here = fields[place]
        return not self.refused and (isinstance(here, Choice) or not here.value)

    def action_gavel(self) -> None:
        """Make the act; when the answer is no, say why and keep everything."""
        try:
            command = self.stage.command(self._answers())
            if isinstance(command, Missing):
                self.look_again()
                return
            entries = self.desk.act(command, self.stage.hand(self._answers()))
        except ANSWERS as answer:
            if isinstance(answer, RecordMoved):
                self.desk.catch_up()
            self.look_again(str(answer))
            return
        self.dismiss(entries)

    def action_drop(self) -> None:
        """No act."""
        self.dismiss(None)

    def action_look(self, by: int) -> None:
        """The rest of the rehearsal."""
        self._top = max(0, min(self._top + 4 * by, len(self._rows) - 1))
        self._draw(max(self.query_one("#dialog-shows").size.width, 20))

    def _fields(self) -> list[Words | Choice]:
        return [one for one in self.query(".field > *") if isinstance(one, Words | Choice)]

    def _answers(self) -> dict[str, str]:
        return {one.field.name: one.answer for one in self._fields()}

    def _index(self) -> int:
        focused: Widget | None = self.focused
        fields = self._fields()
        return fields.index(focused) if isinstance(focused, Words | Choice) else 0

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#dialog-{name}", Panel)


def _first_rows(line: Line, width: int, count: int) -> tuple[Line, ...]:
    rows = wrap(line, width, (), 2)
    if len(rows) <= count:
        return rows
    return (*rows[: count - 1], (*fitted(rows[count - 1], width - 1), ("…", Ink.FAINT)))


class FindDialog(ModalScreen[str | None]):
    """A line that goes to the first clause with these words while they are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, go: Callable[[str], bool]) -> None:
        super().__init__()
        self._go = go
        self._early = ""

    def compose(self) -> ComposeResult:
        """One line at the bottom."""
        with Horizontal(id="find"):
            yield Static(Content(" find "), classes="asked")
            yield Words(
                Field("words", "find", "words, a label or a path; Enter stays, Esc goes back")
            )

    def on_mount(self) -> None:
        """Everything typed before the line was there goes into it."""
        line = self.query_one(Words)
        line.value, line.cursor_position = self._early, len(self._early)
        line.focus()

    def on_key(self, event: events.Key) -> None:
        """Letters that come before the line has the focus are kept for it."""
        if self.focused is None and event.is_printable and event.character is not None:
            event.stop()
            self._early += event.character

    def on_input_changed(self, event: Input.Changed) -> None:
        """Go there."""
        found = self._go(event.value)
        event.input.set_class(bool(event.value) and not found, "-nowhere")

    def on_field_done(self, event: FieldDone) -> None:
        """Stay there."""
        self.dismiss(self.query_one(Words).value)

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
