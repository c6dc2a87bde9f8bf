"""Who wrote this: the whole story of a word, or of a clause, entry by entry; Enter goes to one.

What is confidential is left out unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from negotiation.domain.entries import Bound
from negotiation.text.passage import Standing
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Credit, Hand
from negotiation.views.the_log import sentence
from negotiation.views.who_wrote_this import Touch, Whence, Written, who_wrote_this
from negotiation_tui.draw import Ink, Line, brief, visible, wrap
from negotiation_tui.page import Pages
from negotiation_tui.widgets.inked import Panel

_LATEST = 200
_DECIDED = {
    Standing.KEPT: "retained",
    Standing.DROPPED: "not retained",
    Standing.PENDING: "on the table again",
}


@attrs.frozen
class Chapter:
    """One entry of a story."""

    entry: int
    """0 for what has no entry, such as words of the base."""
    told: str


def story_of(timeline: Timeline, clause: str, at: int, offset: int) -> tuple[str, list[Chapter]]:
    """The words around an offset that have one history, and that history, the oldest first."""
    for authors in who_wrote_this(timeline, at, clause):
        for written in authors.runs:
            if written.start <= offset < written.end:
                return written.words, list(_chapters(timeline, written))
    return "", []


def _chapters(timeline: Timeline, written: Written) -> Iterable[Chapter]:
    if written.inserted is None:
        presumed = written.whence is Whence.PRESUMED
        told = "The received page does not tell where these words come from."
        yield Chapter(0, told if presumed else "Words of the base text.")
        touches = [("struck", touch) for touch in written.struck]
    else:
        touches = [("put in", written.inserted), *(("struck", one) for one in written.struck)]
    steps: list[Chapter] = []
    for does, touch in touches:
        steps.append(Chapter(touch.hand.entry, _told(timeline, does, touch)))
        for decided in touch.decisions:
            what = _DECIDED.get(decided.standing, decided.standing.value)
            steps.append(Chapter(decided.hand.entry, f"{what} by {_who(decided.hand)}"))
    yield from sorted(steps, key=lambda one: one.entry)
    for credit in written.contributors:
        yield Chapter(0, f"{_whose(credit)} was merged into these words.")


def _told(timeline: Timeline, does: str, touch: Touch) -> str:
    whose = f" for {_whose(touch.credit)}" if touch.credit is not None else ""
    said = f" – {sentence(timeline.entries[touch.hand.entry - 1], timeline)}"
    return f"{does} by {_who(touch.hand)}{whose}{said}"


def _who(hand: Hand) -> str:
    behalf = f" on behalf of {hand.behalf}" if hand.behalf and hand.behalf != hand.by else ""
    meeting = f", {hand.meeting}" if hand.meeting else ""
    bound = "" if hand.bound is Bound.AT else f"{hand.bound.value} "
    return f"{hand.by}{behalf} ({bound}{hand.happened[:16].replace('T', ' ')}{meeting})"


def _whose(credit: Credit) -> str:
    parts = (credit.kind, credit.symbol, ", ".join(credit.sponsors))
    return " ".join(part for part in parts if part) or "a proposal"


class StoryScreen(ModalScreen[int | None]):
    """The story in a box: arrows choose an entry, Enter goes to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "back"),
        Binding("enter", "jump", "go there"),
        Binding("down,j", "choose(1)", show=False),
        Binding("up,k", "choose(-1)", show=False),
        Binding("pagedown", "choose(8)", show=False),
        Binding("pageup", "choose(-8)", show=False),
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
        pages = Pages(timeline)
        self.words = ""
        if offset is not None:
            self.words, chapters = story_of(timeline, clause, at, offset)
            self.heading = f"Who wrote “{brief(self.words, 60)}” in {called}"
        else:
            self.heading = f"What happened to {called}, the latest first"
            numbers = pages.last_on(clause, at, _LATEST, private=private)
            chapters = [Chapter(one, pages.sentence(one)) for one in numbers]
        self.chapters = tuple(chapters)
        self.timeline = timeline
        self.chosen = 0

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
        lines = (*title, *(rows or [nothing]), (), keys)
        panel.styles.height = len(lines)
        panel.show(lines)

    def _block(self, number: int, one: Chapter, width: int) -> list[Line]:
        ink = Ink.CHOSEN if number == self.chosen else Ink.PLAIN
        label = f"{one.entry:>5} " if one.entry else "      "
        sign = "▌" if number == self.chosen else " "
        head: Line = ((sign, Ink.LABEL | ink), (label, Ink.LABEL | ink))
        return list(wrap(((visible(one.told), ink),), width, head, 7))

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
