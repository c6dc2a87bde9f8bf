"""The dialog that stages an act, and the line that finds words.

Both are pushed from a key's own action, so that keys typed in the same burst come here. Enter goes
from line to line and is the gavel on the last one; Esc drops the act. A refusal is said here, and
what was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from negotiation.desk import Desk
from negotiation.domain.commands import PutDecision
from negotiation.domain.entries import Entry
from negotiation_tui.acts.questions import put_instead
from negotiation_tui.draw import Ink, Line, fitted, visible, wrap
from negotiation_tui.faults import ANSWERS, RecordMoved, meanwhile
from negotiation_tui.messages import FieldChanged, FieldDone
from negotiation_tui.page import Page
from negotiation_tui.rehearsal import rehearsed_lines
from negotiation_tui.screens.over import Over
from negotiation_tui.screens.typed_on import TypedOn
from negotiation_tui.stage import GAVEL, Field, Missing, Stage
from negotiation_tui.widgets.fields import Choice, Marks, Words
from negotiation_tui.widgets.inked import Panel

_ASKED = 14
_IF_NOBODY = "If nobody objects:"
_WIDTH = 100


class StageDialog(Over[tuple[Entry, ...] | None]):
    """An act before the gavel: what is asked, and what it would do to which words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "drop it"),
        Binding("enter", "next", show=False),
        Binding("ctrl+s", "gavel", "the gavel"),
        Binding("ctrl+r", "put", "to the room", priority=True),
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
        self._waits = False
        """Whether Enter only hands it in."""
        self._early = ""
        self._moved = ""
        self._ready = False
        self._top = 0
        self._rows: tuple[Line, ...] = ()
        self._lines: list[Words | Choice | Marks] = []
        self._said: object = None

    def compose(self) -> ComposeResult:
        """What it is about, the questions, and below them the rehearsal; drawn before mounted."""
        parties = {one.code: one.name for one in self.page.moment.negotiation.parties}
        self._lines = [self._line(field, parties) for field in self.stage.fields]
        with Vertical(id="dialog"):
            yield Panel(id="dialog-above")
            for line in self._lines:
                with Horizontal(classes="field") as row:
                    row.styles.height = _rows_of(line)
                    yield Static(Content(f"{line.field.asked:>{_ASKED}} "), classes="asked")
                    yield line
            yield Panel(id="dialog-below")

    def _line(self, field: Field, parties: Mapping[str, str]) -> Words | Choice | Marks:
        if field.many:
            return Marks(field, max(self.app.size.height // 4, 3))
        return Choice(field) if field.choices else Words(field, parties)

    def on_mount(self) -> None:
        """Everything typed before the first line was there goes into it."""
        if self._lines:
            begun = self._lines[self.stage.first]
            if isinstance(begun, Words):
                begun.value += self._early
                begun.cursor_position = len(begun.value)
            begun.focus()
        self._ready = True
        self.look_again()

    def on_key(self, event: events.Key) -> None:
        """Letters that come before the first line has the focus are kept for it."""
        if self.focused is None and event.is_printable and event.character is not None:
            event.stop()
            begun = self._lines[self.stage.first :][:1] if self._ready else []
            if begun and isinstance(begun[0], Words):
                begun[0].insert_text_at_cursor(event.character)
            else:
                self._early += event.character

    def on_resize(self) -> None:
        """Another width wraps anew."""
        self.look_again()

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
        said = (self._answers(), self.desk.timeline.head, self._width)
        if said != self._said:
            self._said = said
            self._rows = self._rehearsed_rows()
            self._top = 0
        self._draw()

    @property
    def _width(self) -> int:
        """The cells of a row between the borders."""
        return max(min(_WIDTH, self.app.size.width * 96 // 100) - 4, 20)

    def _rehearsed_rows(self) -> tuple[Line, ...]:
        """What the act would do; nothing, and a sentence, while there is none."""
        self.refused, self._waits = "", False
        answers = self._answers()
        try:
            command = self.stage.command(answers)
            if isinstance(command, Missing):
                self.refused = command.sentence
                return ()
            rehearsed = self.desk.rehearse(command)
            self._waits = rehearsed.waits
            if isinstance(command, PutDecision):
                # Nothing is decided by putting it: shown is what the room is asked for.
                rehearsed = self.desk.rehearse(command.command)
            told = self.stage.tells(answers)
            if isinstance(command, PutDecision):
                told = (((_IF_NOBODY, Ink.STRONG),), *told)
        except ANSWERS as answer:
            self.refused = str(answer)
            return ()
        width = self._width
        rows = rehearsed_lines(
            rehearsed, self.page, width, signs=self.signs, shown=self.stage.shows
        )
        return (*(row for line in told for row in wrap(line, width, (), 2)), *rows)

    def _draw(self) -> None:
        width = self._width
        height = max(self.app.size.height - sum(map(_rows_of, self._lines)) - 10, 3)
        # Every numbered wording is seen, each with its first rows where there is little room.
        about = self.stage.about
        each = max(height // 2 // max(len(about), 1), 1)
        shown_about = tuple(row for line in about for row in _first_rows(line, width, each))
        title: Line = ((f" {self.stage.title}", Ink.STRONG),)
        room = max(height - len(shown_about), 3)
        rows = self._rows[self._top : self._top + room]
        if self._top + room < len(self._rows):
            rows = (*rows[:-1], (("… PgDn shows the rest", Ink.FAINT),))
        said = " ".join(dict.fromkeys(part for part in (self._moved, self.refused) if part))
        sentence = wrap(((visible(said), Ink.ALARM),), width)[:3] if said else ((),)
        gavel = self._is_gavel()
        more = " · Tab next line" if self._index() < len(self._lines) - 1 else ""
        leads = self._leads()
        # The gavel is the chair's; what a delegation says itself goes on the record at once.
        own = self.stage.enter if leads or self.stage.enter != GAVEL else "makes it"
        act = "hands it in" if self._waits else own
        keys = f"Enter {act}{more}" if gavel else f"Enter next line · Ctrl+S {act}"
        put = " · Ctrl+R asks the room" if leads and self.stage.may_be_put else ""
        hints = fitted(((f"{keys}{put} · Esc {self.stage.escape}", Ink.FAINT),), width)
        self._show("above", (title, *shown_about, ()))
        self._show("below", ((), *(rows or ((),)), *sentence, hints))

    def _leads(self) -> bool:
        """Whether the chair or the secretariat acts; not who was let in no more meanwhile."""
        try:
            return self.desk.admission.leads
        except ANSWERS:
            return False

    def _show(self, name: str, lines: tuple[Line, ...]) -> None:
        panel = self.query_one(f"#dialog-{name}", Panel)
        if len(lines) != len(panel.lines):
            panel.styles.height = len(lines)
        panel.show(lines)

    def on_descendant_focus(self) -> None:
        """The keys differ on the last line."""
        if self._ready:
            self._draw()

    def action_next(self) -> None:
        """The gavel, where Enter is the gavel; else the next line."""
        fields = self._lines
        place = self._index()
        if self._is_gavel() or place >= len(fields) - 1:
            self.action_gavel()
        else:
            fields[place + 1].focus()

    def _is_gavel(self) -> bool:
        """Whether Enter is the gavel here: on the last line, and where nothing more is said.

        A line that stays empty ends the questions, and so does a choice, once there is an act.
        """
        fields = self._lines
        place = self._index()
        if place >= len(fields) - 1:
            return True
        here = fields[place]
        return not self.refused and not (isinstance(here, Words) and here.value)

    def action_gavel(self) -> None:
        """Make the act; when the answer is no, say why and keep everything."""
        if not self.is_current:
            return
        try:
            command = self.stage.command(self._answers())
            if isinstance(command, Missing):
                self.look_again()
                return
            entries = self.desk.act(command, self.stage.hand(self._answers()))
        except ANSWERS as answer:
            if isinstance(answer, RecordMoved):
                self.desk.catch_up()
            self.look_again(meanwhile(answer))
            return
        self.dismiss(entries)

    def action_put(self) -> None:
        """Put the act to the room instead: any objection? Nothing is decided yet."""
        if not self.is_current:
            return
        self.look_again()
        if not self.stage.may_be_put:
            self.refused = "This is no decision that could be put to the room."
        if self.refused:
            self._draw()
            return
        asked = put_instead(self.desk, self.stage, self._answers())

        def done(entries: tuple[Entry, ...] | None) -> None:
            if entries:
                self.dismiss(entries)

        self.app.push_screen(StageDialog(self.desk, self.page, asked, signs=self.signs), done)

    def on_screen_resume(self) -> None:
        """Others may have written while another dialog stood on top."""
        self.look_again()

    def action_drop(self) -> None:
        """No act."""
        self.dismiss(None)

    def action_look(self, by: int) -> None:
        """The rest of the rehearsal."""
        self._top = max(0, min(self._top + 4 * by, len(self._rows) - 1))
        self._draw()

    def _answers(self) -> dict[str, str]:
        return {one.field.name: one.answer for one in self._lines}

    def _index(self) -> int:
        focused: Widget | None = self.focused
        fields = self._lines
        return fields.index(focused) if isinstance(focused, Words | Choice | Marks) else 0


def _rows_of(line: Words | Choice | Marks) -> int:
    return line.rows if isinstance(line, Marks) else 1


def _first_rows(line: Line, width: int, count: int) -> tuple[Line, ...]:
    rows = wrap(line, width, (), 2)
    if len(rows) <= count:
        return rows
    return (*rows[: count - 1], (*fitted(rows[count - 1], width - 1), ("…", Ink.FAINT)))


class FindDialog(TypedOn[str | None]):
    """A line that goes to the first clause with these words while they are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, go: Callable[[str], bool]) -> None:
        super().__init__()
        self._go = go

    def compose(self) -> ComposeResult:
        """One line at the bottom."""
        with Horizontal(id="find"):
            yield Static(Content(" find "), classes="asked")
            yield Words(
                Field("words", "find", "words, a label or a path; Enter stays, Esc goes back")
            )

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
