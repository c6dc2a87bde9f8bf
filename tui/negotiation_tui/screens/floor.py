"""The floor: the text, what is open, and the record, with the keys that walk and the keys that act.

A key moves the clause, the open point or the moment at hand and draws once. Letters that act only
stage: the dialog makes the act. In replay they are dead, and a line says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen

from negotiation.desk import Desk
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation_tui import acts
from negotiation_tui.draw import Ink, Line, brief, fitted, spread, visible
from negotiation_tui.faults import ANSWERS
from negotiation_tui.keys import HINTS, KEYS, REPLAY_HINTS
from negotiation_tui.messages import ClauseChosen
from negotiation_tui.page import Page, Pages, gone, title
from negotiation_tui.screens.dialogs import FindDialog, StageDialog
from negotiation_tui.screens.help import HelpScreen
from negotiation_tui.stage import Missing, Stage
from negotiation_tui.widgets.clause_list import ClauseList
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.side import side_lines
from negotiation_tui.widgets.text import TextPane
from negotiation_tui.widgets.timeline import timeline_line

_WIDE = 110
"""Columns from which the list and the side stand beside the text."""
_STAGES: dict[str, Callable[[acts.AtHand], Stage | Missing]] = {
    "propose": acts.propose,
    "bracket": acts.bracket,
    "lift": acts.lift,
    "resolve": acts.resolve,
    "delete": acts.delete,
    "agree": acts.agree,
    "park": acts.park,
    "revise": acts.revise,
    "undo": acts.undo,
}
_REPLAY = "This is the past: acts are off. Esc goes back to live."


class Floor(Screen[None]):
    """What the room sees, and the chair's keys."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it for instances
        (0, "-narrow"),
        (_WIDE, "-wide"),
        (160, "-broad"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def __init__(self, desk: Desk, *, signs: bool) -> None:
        super().__init__()
        self.desk = desk
        self.pages = Pages(desk.timeline)
        self.signs = signs
        self.past: int | None = None
        """The entry that is shown; ``None`` while the screen is live."""
        self.clause = ""
        self.point = ""
        self.struck = False
        self.says = ""
        """The one line that answers the last key."""
        self._listed: bool | None = None
        self._sought = ""

    def compose(self) -> ComposeResult:
        """Header, list and text and side, timeline, what was said, keys."""
        yield Panel(id="header")
        with Container(id="middle"):
            with Horizontal(id="page"):
                yield ClauseList(id="list")
                yield TextPane(id="text")
            yield Panel(id="side")
        yield Panel(id="timeline")
        yield Panel(id="says")
        yield Panel(id="hints")

    def on_mount(self) -> None:
        """Start at the first clause, and look every second whether others wrote."""
        page = self.page
        if page.clauses:
            self._take(page.clauses[0].id)
        self.set_interval(1.0, self.catch_up)
        self.call_after_refresh(self.draw)

    def on_resize(self, event: events.Resize) -> None:
        """Another size draws anew once everything has its place."""
        self.call_after_refresh(self.draw)

    # -- what is at hand --------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages.page(self.desk.timeline.head if self.past is None else self.past)

    def draw(self) -> None:
        """Give every pane what it shows now."""
        page = self.page
        if self.clause not in page.places:
            self._take_near(page)
        if page.point(self.point) is None:
            self.point = next((one.id for one in page.open_on.get(self.clause, ())), "")
        self.query_one(ClauseList).show(page, self.clause)
        self.query_one(TextPane).show(
            page, self.clause, self.point, struck=self.struck, signs=self.signs
        )
        side = self.query_one("#side", Panel)
        width, height = side.size
        clause = page.clause(self.clause)
        lines = side_lines(self.pages, page, clause, self.point, width - 3, height)
        edge: Line = (("│ " if self.size.width >= _WIDE else "  ", Ink.EDGE),)
        side.show(tuple((*edge, *line) for line in (*lines, *((),) * (height - len(lines)))))
        self._draw_bars(page)

    def _draw_bars(self, page: Page) -> None:
        width = self.size.width
        header = self.query_one("#header", Panel)
        header.set_class(self.past is not None, "-replay")
        header.show((self._header(page, width),))
        line = timeline_line(self.desk.timeline, page.at, width)
        self.query_one("#timeline", Panel).show((line,))
        said = self.says or self._last_act(page.at)
        ink = Ink.STRONG if self.says else Ink.FAINT
        self.query_one("#says", Panel).show((((f" {brief(said, width - 2)}", ink),),))
        self.query_one("#hints", Panel).show((self._hints(width),))

    def _last_act(self, at: int) -> str:
        """The act that an entry belongs to, by its first entry."""
        if not at:
            return ""
        first = self.desk.acts_back(1, at) + 1
        more = f" (and {at - first} more entries)" if at > first else ""
        return self.pages.sentence(first) + more

    def _header(self, page: Page, width: int) -> Line:
        opened = f"{len(page.points)} open · {page.damaged} damaged"
        called = visible(page.called.get(self.clause, ""))
        if self.past is None:
            mode = "LIVE "
        else:
            mode = f"REPLAY entry {page.at}/{self.desk.timeline.head} · acts off "
        left = f" {visible(title(page))} · {opened} · {called}"
        return spread(((left, Ink.STRONG),), ((mode, Ink.STRONG),), width)

    def _hints(self, width: int) -> Line:
        row: Line = ((" ", Ink.PLAIN),)
        for key, does in HINTS if self.past is None else REPLAY_HINTS:
            row = (*row, (key, Ink.LABEL), (f" {does}  ", Ink.PLAIN))
        return fitted(row, width)

    def _take(self, clause: str, point: str = "") -> None:
        self.clause = clause
        waiting = self.page.open_on.get(clause, ())
        self.point = point or (waiting[0].id if waiting else "")

    def _take_near(self, page: Page) -> None:
        """The clause that stood where the one at hand is no more."""
        if not page.clauses:
            self.clause = ""
            return
        order = [placed.clause for placed in self.desk.timeline.moment().negotiation.order]
        place = order.index(self.clause) if self.clause in order else 0
        before = [one for one in order[:place] if one in page.places]
        self._take(before[-1] if before else page.clauses[0].id)

    # -- walking ----------------------------------------------------------------------------------

    def action_clause(self, by: int) -> None:
        """The next clause or the one before."""
        page = self.page
        place = page.places.get(self.clause, 0) + by
        if 0 <= place < len(page.clauses):
            self._go(page.clauses[place].id)
        else:
            self._say("This is the last clause." if by > 0 else "This is the first clause.")

    def action_end(self, last: int) -> None:
        """The first clause, or the last."""
        if clauses := self.page.clauses:
            self._go(clauses[-1 if last else 0].id)

    def action_point(self, by: int) -> None:
        """The next open point or the one before, counted in the order of the text."""
        page = self.page
        if not page.points:
            self._say("Nothing is open in this text.")
            return
        found = page.point(self.point)
        if found is not None:
            index = found.number - 1 + by
        else:
            here = page.places.get(self.clause, 0)
            starts = [page.places.get(one.clauses[0], 0) for one in page.points]
            behind = [index for index, start in enumerate(starts) if start > here]
            index = behind[0] if behind else len(starts)
            index -= 1 if by < 0 else 0
        if not 0 <= index < len(page.points):
            self._say("This is the last open point." if by > 0 else "This is the first open point.")
            return
        point = page.points[index]
        self._go(point.clauses[0], point.id)

    def action_scroll(self, pages: int) -> None:
        """Scroll the text by a window."""
        self.query_one(TextPane).page_by(pages)

    def on_clause_chosen(self, message: ClauseChosen) -> None:
        """Somebody pointed at a clause."""
        self._go(message.clause)

    def _go(self, clause: str, point: str = "") -> None:
        self.says = ""
        self._take(clause, point)
        self.draw()

    def _say(self, sentence: str) -> None:
        self.says = sentence
        self._draw_bars(self.page)

    # -- time -------------------------------------------------------------------------------------

    def action_back(self, acts_back: int) -> None:
        """Some acts back; not before the first."""
        head = self.desk.timeline.head
        first = self.desk.acts_on(1, 0)
        at = head if self.past is None else self.past
        self._show_at(max(self.desk.acts_back(acts_back, at), min(first, head)))
        if at == first:
            self._say("The record begins with this act.")

    def action_on(self, acts_on: int) -> None:
        """Some acts on; behind the last one the screen is live."""
        if self.past is None:
            self._say("This is now; there is nothing later.")
        else:
            self._show_at(self.desk.acts_on(acts_on, self.past))

    def action_first(self) -> None:
        """After the first act."""
        self._show_at(self.desk.acts_on(1, 0))

    def action_live(self) -> None:
        """Back to now."""
        self._show_at(self.desk.timeline.head)

    def _show_at(self, at: int) -> None:
        self.past = None if at >= self.desk.timeline.head else at
        self.says = ""
        self.draw()

    # -- acts -------------------------------------------------------------------------------------

    def action_stage(self, name: str) -> None:
        """Stage an act on what is at hand; the dialog makes it."""
        if self.past is not None:
            self._say(_REPLAY)
            return
        page = self.page
        clause = page.clause(self.clause)
        if clause is None:
            self._say("The text is empty; `negotiation import FILE` receives one.")
            return
        at = acts.AtHand(self.desk, page, clause, page.point(self.point), self.pages.sentence)
        try:
            staged = _STAGES[name](at)
        except ANSWERS as answer:
            self._say(str(answer))
            return
        if isinstance(staged, Missing):
            self._say(staged.sentence)
            return
        dialog = StageDialog(self.desk, page, staged, signs=self.signs)
        self.app.push_screen(dialog, partial(self._made, clause))

    def _made(self, clause: Clause, entries: tuple[Entry, ...] | None) -> None:
        if not entries:
            self.says = "" if entries is None else "Nothing was written."
            self.draw()
            return
        first, last = entries[0].number, entries[-1].number
        numbers = f"entry {first}" if first == last else f"entries {first}–{last}"
        told = self.pages.sentence(first)
        self.says = f"{numbers} · u undoes · {told}"
        self.past = None
        self._take(self._result(clause, entries))
        self.draw()

    def _result(self, clause: Clause, entries: tuple[Entry, ...]) -> str:
        """The clause that shows what an act did: the one at hand while it stands."""
        page = self.page
        touched = [clause.id, *(entry.clause for entry in entries)]
        shown = [state for one in touched if (state := page.clause(one)) is not None]
        standing = [state.id for state in shown if not gone(state)]
        return standing[0] if standing else clause.id

    def catch_up(self) -> None:
        """Read what others wrote; nothing at hand and nothing typed is lost."""
        try:
            fresh = self.desk.catch_up()
        except ANSWERS as answer:
            self._say(str(answer))
            return
        if not fresh:
            return
        count = f"{len(fresh)} {'entry' if len(fresh) == 1 else 'entries'}"
        told = f"Others wrote {count}; {fresh[-1].number} is the last now."
        self.says = told
        self.draw()
        if isinstance(self.app.screen, StageDialog):
            self.app.screen.look_again(told)

    # -- the rest ---------------------------------------------------------------------------------

    def action_struck(self) -> None:
        """Words struck for good, shown or hidden."""
        self.struck = not self.struck
        self.says = f"Words struck for good are {'shown' if self.struck else 'hidden'}."
        self.draw()

    def action_list(self) -> None:
        """The list of clauses, shown or hidden."""
        self._listed = not self.query_one(ClauseList).display
        self.set_class(self._listed, "-list")
        self.set_class(not self._listed, "-no-list")
        self.call_after_refresh(self.draw)

    def action_find(self) -> None:
        """Go to words, a label or a path."""
        came_from = (self.clause, self.point)

        def done(words: str | None) -> None:
            if words is None:
                self._go(*came_from)
            elif words:
                self._sought = words
            elif self._sought:
                self._find(self._sought, self.page.places.get(self.clause, 0) + 1)

        here = self.page.places.get(self.clause, 0)
        self.app.push_screen(FindDialog(lambda words: self._find(words, here)), done)

    def _find(self, words: str, start: int) -> bool:
        page = self.page
        wanted = words.casefold().strip()
        clauses = [*page.clauses[start:], *page.clauses[:start]]
        for clause in clauses:
            read = f"{page.called.get(clause.id, '')} {clause.label} {self._read(clause)}"
            if wanted and wanted in read.casefold():
                self._go(clause.id)
                return True
        self._say(f"“{words}” is nowhere in this text." if wanted else "")
        return False

    def _read(self, clause: Clause) -> str:
        """The words of a clause that the screen shows, undecided strikes included."""
        passage = clause.passage
        return passage.words if self.struck else passage.standing_between(0, len(passage.words))

    def action_help(self) -> None:
        """All keys."""
        self.app.push_screen(HelpScreen(KEYS))
