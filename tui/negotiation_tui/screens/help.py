"""All keys, made from the same bindings that work: one truth."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from negotiation_tui.draw import Ink, Line
from negotiation_tui.keys import KEYS
from negotiation_tui.widgets.inked import Panel

_LEGEND: tuple[Line, ...] = (
    (("inserted", Ink.INSERTED), ("  ", Ink.PLAIN), ("struck", Ink.STRUCK)),
    (("[ ]", Ink.BRACKET), (" not agreed  ", Ink.PLAIN), ("wording", Ink.ALTERNATIVE)),
    (("[] open  ✓ agreed  ‖ parked", Ink.PLAIN),),
    (("+ new  − struck  · as it was", Ink.PLAIN),),
)


class HelpScreen(ModalScreen[None]):
    """The keys of the floor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "close"),
    ]

    def compose(self) -> ComposeResult:
        """Two columns of keys, and what the marks mean."""
        yield Panel(id="help")

    def on_mount(self) -> None:
        """Draw them."""
        rows: list[Line] = [
            ((f"{one.printed:>11} ", Ink.LABEL), (f"{one.does:<22}", Ink.PLAIN)) for one in KEYS
        ]
        rows += [(), *(((" " * 5, Ink.PLAIN), *line) for line in _LEGEND)]
        half = (len(rows) + 1) // 2
        empty: Line = ()
        right = [*rows[half:], *([empty] * (half - len(rows[half:])))]
        lines = [
            ((" " * 35, Ink.PLAIN), *after) if not before else (*before, *after)
            for before, after in zip(rows[:half], right, strict=True)
        ]
        panel = self.query_one(Panel)
        panel.styles.height = len(lines) + 4
        title: Line = ((" A letter stages an act; Enter is the gavel; Esc drops it.", Ink.STRONG),)
        panel.show((title, (), *lines))
