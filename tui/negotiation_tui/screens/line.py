"""One line at the bottom that asks for something, with a sentence that says what it would mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from negotiation_tui.draw import Ink, brief
from negotiation_tui.faults import ANSWERS
from negotiation_tui.messages import FieldDone
from negotiation_tui.screens.typed_on import TypedOn
from negotiation_tui.stage import Field
from negotiation_tui.widgets.fields import Words
from negotiation_tui.widgets.inked import Panel


class LineDialog(TypedOn[str | None]):
    """Asks for a line; ``means`` says what it would do, or raises the sentence why not."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, asked: str, hint: str, means: Callable[[str], str], value: str = "") -> None:
        super().__init__()
        self._asked, self._hint, self._means = asked, hint, means
        self._value = value

    def compose(self) -> ComposeResult:
        """What it means, and under it the line."""
        with Horizontal(id="line-means"):
            yield Panel(id="line-says")
        with Horizontal(id="line"):
            yield Static(Content(f" {self._asked} "), classes="asked")
            yield Words(Field("words", self._asked, value=self._value))

    def on_mount(self) -> None:
        """Say what may be typed, where nothing stands there yet."""
        if not self._value:
            self._panel_says(self._hint, Ink.FAINT)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what it would do."""
        if event.value:
            self._tell(event.value)
        else:
            self._panel_says(self._hint, Ink.FAINT)

    def _tell(self, words: str) -> bool:
        try:
            told, sure = self._means(words), True
        except ANSWERS as answer:
            told, sure = str(answer), False
        ink = Ink.FAINT if sure else Ink.ALARM
        self._panel_says(told, ink)
        return sure

    def _panel_says(self, told: str, ink: Ink) -> None:
        width = self.app.size.width - 2
        self.query_one("#line-says", Panel).show((((f" {brief(told, width)}", ink),),))

    def on_field_done(self, event: FieldDone) -> None:
        """Take it, when it means something."""
        words = self.query_one(Words).value
        if self._tell(words):
            self.dismiss(words)

    def action_leave(self) -> None:
        """Nothing was said."""
        self.dismiss(None)
