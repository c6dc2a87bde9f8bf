"""Who wrote this: the whole story of a word, or of a clause, entry by entry; Enter goes to one.

What is confidential is left out unless it is asked for.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from negotiation.views.at_that_time import Timeline
from negotiation_tui.chapters import Chapter, entries_told, word_around
from negotiation_tui.chapters import story_of as story_of
from negotiation_tui.draw import Ink, Line, brief, visible, wrap
from negotiation_tui.page import Pages
from negotiation_tui.screens.over import Over
from negotiation_tui.widgets.inked import Panel

_LATEST = 200
"""Entries that a story of a clause begins with."""


class StoryScreen(Over[int | None]):
    """The story in a box: arrows choose an entry, Enter goes to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "back"),
        Binding("enter", "jump", "go there"),
        Binding("down,j", "choose(1)", show=False),
        Binding("up,k", "choose(-1)", show=False),
        Binding("pagedown", "choose(8)", show=False),
        Binding("pageup", "choose(-8)", show=False),
        Binding("m", "more", show=False),
    ]

    def __init__(
        self,
        timeline: Timeline,
        clause: str,
        at: int,
        offset: int | None,
        *,
        called: str,
        private: bool = False,
    ) -> None:
        super().__init__()
        self.timeline, self.at = timeline, at
        self.words = ""
        self.chosen = 0
        self.chapters: tuple[Chapter, ...] = ()
        self._left: tuple[int, ...] = ()
        """Entries that are not told yet, the latest first."""
        if offset is not None:
            self.words, chapters = story_of(timeline, clause, at, offset, private=private)
            self.heading = f"Who wrote {self._named(clause, offset)} in {called}"
            self.chapters = tuple(chapters)
        else:
            self.heading = f"What happened to {called}, the latest first"
            self._left = Pages(timeline).last_on(clause, at, at, private=private)
            self._tell_more()

    def _named(self, clause: str, offset: int) -> str:
        """The word, and the words around it that were written with it."""
        around = f"“{brief(self.words, 60)}”"
        state = self.timeline.clause(clause, self.at)
        if state is None or not self.words:
            return "the words"
        low, high = word_around(state.passage.words, offset)
        word = state.passage.words[low:high]
        return around if word == self.words.strip() else f"“{brief(word, 30)}” of {around}"

    def _tell_more(self) -> None:
        told, self._left = self._left[:_LATEST], self._left[_LATEST:]
        self.chapters += tuple(entries_told(self.timeline, told, self.at))

    def compose(self) -> ComposeResult:
        """A box of lines."""
        with Vertical(id="dialog"):
            yield Panel(id="story")

    def on_mount(self) -> None:
        """Draw once there is a size."""
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Another width."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """The chapters around the chosen one, as many as fit."""
        panel = self.query_one("#story", Panel)
        width = max(min(self.size.width - 8, 100), 20)
        room = max(self.size.height - 6, 3)
        blocks = [self._block(number, one, width) for number, one in enumerate(self.chapters)]
        first = last = min(self.chosen, max(len(blocks) - 1, 0))
        used = len(blocks[first]) if blocks else 0
        while blocks and used < room and (first > 0 or last < len(blocks) - 1):
            if last < len(blocks) - 1:
                last += 1
                used += len(blocks[last])
            if first > 0 and used < room:
                first -= 1
                used += len(blocks[first])
        rows: list[Line] = [line for block in blocks[first : last + 1] for line in block][:room]
        title = wrap(((visible(self.heading), Ink.STRONG),), width)
        keys: Line = (("↑ ↓ choose · Enter goes to that entry · Esc back", Ink.FAINT),)
        nothing: Line = (("Nothing is on record here.", Ink.FAINT),)
        lines = (*title, *(rows or [nothing]), *self._stops(), keys)
        panel.styles.height = len(lines)
        panel.show(lines)

    def _block(self, number: int, one: Chapter, width: int) -> list[Line]:
        ink = Ink.CHOSEN if number == self.chosen else Ink.PLAIN
        label = f"{one.entry:>5} " if one.entry else "      "
        sign = "▌" if number == self.chosen else " "
        head: Line = ((sign, Ink.LABEL | ink), (label, Ink.LABEL | ink))
        return list(wrap(((visible(one.told), ink),), width, head, 7))

    def _stops(self) -> tuple[Line, ...]:
        """Where the story stops before its end; otherwise an empty row."""
        if not self._left:
            return ((),)
        told = len(self.chapters)
        said = f"The latest {told} of {told + len(self._left)} entries; m tells more."
        return (((said, Ink.STRONG),),)

    def action_more(self) -> None:
        """The entries before those that are told."""
        self._tell_more()
        self.draw()

    def action_choose(self, by: int) -> None:
        """Another chapter."""
        self.chosen = min(max(self.chosen + by, 0), max(len(self.chapters) - 1, 0))
        self.draw()

    def action_jump(self) -> None:
        """To the entry of the chosen chapter."""
        entry = self.chapters[self.chosen].entry if self.chapters else 0
        if entry:
            self.dismiss(entry)

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
