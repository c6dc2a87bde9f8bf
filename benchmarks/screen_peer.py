"""The screen that one would write first: a Static a clause in a scrolling column.

It shows the same text of the same record and steps through the same entries, and updates only the
clauses whose words changed. Everything else that the chair's screen has, it leaves out.
"""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from negotiation.desk import Desk


class StaticsApp(App[None]):
    """Clauses as widgets."""

    CSS = "Static { margin-bottom: 1; padding: 0 2; } Static.-here { background: $primary; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "clause(1)"),
        Binding("k", "clause(-1)"),
        Binding("comma", "step(-1)"),
        Binding("full_stop", "step(1)"),
    ]

    def __init__(self, store: str) -> None:
        super().__init__()
        self.desk = Desk.open(store)
        self.at = self.desk.timeline.head
        self.here = 0
        self.animation_level = "none"

    def _texts(self) -> dict[str, str]:
        moment = self.desk.timeline.moment(self.at)
        return {clause.id: clause.passage.live for clause in moment.clauses}

    def compose(self) -> ComposeResult:
        """Every clause of the text."""
        self.texts = self._texts()
        with VerticalScroll():
            for clause, words in self.texts.items():
                yield Static(Content(words), id=f"clause-{clause}")

    def action_clause(self, by: int) -> None:
        """Go to another clause."""
        clauses = list(self.query(Static))
        clauses[self.here].remove_class("-here")
        self.here = min(max(self.here + by, 0), len(clauses) - 1)
        clauses[self.here].add_class("-here")
        clauses[self.here].scroll_visible(animate=False)

    def action_step(self, by: int) -> None:
        """Go to another entry, and to the clause that it changed."""
        self.at = min(max(self.at + by, 1), self.desk.timeline.head)
        before, self.texts = self.texts, self._texts()
        for clause, words in self.texts.items():
            if before.get(clause) != words and clause in before:
                shown = self.query_one(f"#clause-{clause}", Static)
                shown.update(Content(words))
                shown.scroll_visible(animate=False)


if __name__ == "__main__":
    StaticsApp(sys.argv[1]).run()
