"""What the floor knows, and how it is drawn: every key changes something here and draws once.

What the keys do is in the files beside this one: `walking`, `in_time`, `acting`, `seeing`, `live`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from time import monotonic

from textual.screen import Screen
from textual.timer import Timer

from negotiation.desk import Desk
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.people import Capacity
from negotiation_tui import before_the_room, handed_in
from negotiation_tui.draw import Ink, Line, brief, hinted, spread, visible
from negotiation_tui.filtering import ALL, Only, filtered
from negotiation_tui.has_floor import NOBODY, HasFloor
from negotiation_tui.keys import HINTS, KEYS, REPLAY_HINTS, Key
from negotiation_tui.page import Page, Pages, elsewhere, title
from negotiation_tui.units import Unit
from negotiation_tui.wanted import AsWanted
from negotiation_tui.widgets.burn_down import brackets_over_time, count_on
from negotiation_tui.widgets.clause_list import ClauseList
from negotiation_tui.widgets.ground import Ground
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.side import Beside
from negotiation_tui.widgets.text import TextPane
from negotiation_tui.widgets.timeline import TimelineBar

WIDE = 110
"""Columns from which the list and the side stand beside the text."""
_COUNT, _REST = 0.03, 0.3
"""Seconds between two slices of counting, and after a key before there is another one."""
_SHORT = 1_000
"""Entries that are counted at once; a longer record is counted while the keys rest."""
_AMONG_OTHERS = (ev.ClausePlaced, ev.ActReversed)
"""Events on the whole text that only follow from what an act did to a clause."""
LEAVE = "Once more leaves; everything is on the record."
REPLAY = "This is the past: acts are off. Esc goes back to live."


class FloorState(Ground, Screen[None]):
    """The moment, the clause, the open point and the words at hand."""

    def __init__(self, desk: Desk, *, signs: bool) -> None:
        super().__init__()
        self.desk = desk
        self.pages = Pages(desk.timeline)
        self.admission = desk.admission
        """As whom this screen reads and acts."""
        self.signs = signs
        self.past: int | None = None
        """The entry that is shown; ``None`` while the screen is live."""
        self.clause = ""
        self.point = ""
        self.unit = Unit.ACT
        self.rate = 0.0
        """Steps a second while the replay plays; 0 while it stands."""
        self.only: Only = ALL
        self.has_floor: HasFloor = NOBODY
        self.marks: tuple[str, ...] = ()
        self.came_from: tuple[str, ...] = ()
        self.struck = False
        self.private = False
        self.frozen = False
        """Whether the room stays where it is while the chair looks elsewhere."""
        self.not_live = ""
        """Why the record cannot be read at the moment, in a sentence."""
        self.says = ""
        """The one line that answers the last key."""
        self.over: frozenset[str] = frozenset()
        """The questions before the room whose silence is over, as they are drawn."""
        self._listed: bool | None = None
        self._counting: Timer | None = None
        self._drawn = 0.0
        self._sought = ""
        self._filtered: tuple[Page, Only, Page] | None = None

    # -- what is at hand --------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The entry after which the text is shown."""
        return self.desk.timeline.head if self.past is None else self.past

    @property
    def whole(self) -> Page:
        """The whole page of the moment."""
        return self.pages.page(self.at)

    @property
    def page(self) -> Page:
        """The page as the filter leaves it."""
        whole = self.whole
        if self.only is ALL:
            return whole
        known = self._filtered
        if known is None or known[0] is not whole or known[1] != self.only:
            known = self._filtered = (whole, self.only, filtered(whole, self.only, self.desk))
        return known[2]

    @property
    def rows(self) -> tuple[Key, ...]:
        """The keys as this person has them."""
        return tuple(self.app.keymap.keys) if isinstance(self.app, AsWanted) else KEYS

    # -- drawing ----------------------------------------------------------------------------------

    def draw(self) -> None:
        """Give every pane what it shows now."""
        self._drawn = monotonic()
        page = self.page
        if self.clause not in page.places:
            self._take_near(page)
        if page.point(self.point) is None:
            self.point = next((one.id for one in page.open_on.get(self.clause, ())), "")
        self.query_one(ClauseList).show(page, self.clause, marks=self.marks)
        self.query_one(TextPane).show(
            page, self.clause, self.point, struck=self.struck, signs=self.signs
        )
        self._draw_side(page)
        self.draw_bars()
        self.shown_anew()

    def shown_anew(self) -> None:
        """Something else is shown now; the room may want to know."""

    def _draw_side(self, page: Page) -> None:
        side = self.query_one("#side", Panel)
        width, height = side.size
        if self.desk.timeline.head <= _SHORT:
            count_on(self.desk.timeline, seconds=inf)
        below = brackets_over_time(
            self.desk.timeline, page.at, width - 3, height, ascii=self._is_ascii
        )
        if below is None and self._counting is None:
            self._counting = self.set_interval(_COUNT, self._count_on)
        self.over = before_the_room.ended(page.moment.negotiation, self.desk.clock)
        shown = Beside(
            self.pages,
            page,
            self.point,
            private=self.private,
            below=below or (),
            keys=self._answering,
            over=self.over,
            own=bool(self.admission.party),
            answers=self._of_handed_in,
        )
        lines = shown.lines(page.clause(self.clause), width - 3, height)
        edge: Line = (("│ " if self.size.width >= WIDE else "  ", Ink.EDGE),)
        side.show(tuple((*edge, *line) for line in (*lines, *((),) * (height - len(lines)))))

    def _count_on(self) -> None:
        """Count a little more of the record for the chart, while the keys rest."""
        if monotonic() < self._drawn + _REST:
            return
        if count_on(self.desk.timeline, seconds=0.002) and self._counting is not None:
            self._counting.stop()
            self._counting = None
            self._draw_side(self.page)

    @property
    def _answering(self) -> str:
        """The keys for a question before the room; none in the past, where acts are off."""
        printed = {one.id: one.printed for one in self.rows}
        gavel, objection = printed["act.gavel"], printed["act.object"]
        return "" if self.past is not None else f"{gavel} no objection · {objection} an objection"

    @property
    def _of_handed_in(self) -> str:
        """How what was handed in is answered; nothing in the past, where acts are off."""
        if self.past is not None:
            return ""
        palette = {one.id: one.printed for one in self.rows}["help.palette"]
        return f"{palette} {'take back' if self.admission.party else 'admit, or do not take up'}"

    @property
    def leads(self) -> bool:
        """Whether the room follows this screen, which is the chair's."""
        return self.admission.leads

    @property
    def _is_ascii(self) -> bool:
        return isinstance(self.app, AsWanted) and self.app.wanted.ascii

    def draw_bars(self) -> None:
        """The lines above and below the text."""
        page, width = self.page, self.size.width
        header = self.query_one("#header", Panel)
        header.set_class(self.past is not None, "-replay")
        header.set_class(bool(self.not_live), "-cut")
        header.show((self._header(page, width),))
        bar = self.query_one(TimelineBar)
        bar.show(self.desk.timeline, page.at, self.unit, playing=bool(self.rate))
        said = self.says or self._last_act(page.at)
        ink = Ink.STRONG if self.says else Ink.FAINT
        self.query_one("#says", Panel).show((((f" {brief(said, width - 2)}", ink),),))
        self.query_one("#hints", Panel).show((self._hints(width),))

    def _last_act(self, at: int) -> str:
        """The act that an entry belongs to, by its first public entry."""
        if not at:
            return ""
        first = self.desk.acts_back(1, at) + 1
        public = [number for number in range(first, min(at, first + 20) + 1) if self.shows(number)]
        if not public:
            return ""
        noun = "entry" if at == first + 1 else "entries"
        more = f" (and {at - first} more {noun})" if at > first else ""
        return self.pages.sentence(self.leading(public)) + more

    def leading(self, entries: Sequence[int]) -> int:
        """The entry that says most of what an act did: that on the whole, where there is one."""
        made = self.desk.timeline.entries
        whole = (one for one in entries if not made[one - 1].clause)
        said = (one for one in whole if not isinstance(made[one - 1].event, _AMONG_OTHERS))
        return next(said, entries[0])

    def shows(self, entry: int) -> bool:
        """Whether an entry may be seen by the room, or confidential things are shown."""
        return self.private or bool(self.admission.party) or self.pages.is_public(entry)

    def _header(self, page: Page, width: int) -> Line:
        whole = self.whole
        opened = f"{len(whole.points)} open · {whole.damaged} damaged"
        called = visible(page.called.get(self.clause, ""))
        parts = [visible(title(whole)), *elsewhere(whole), opened]
        if self.only is not ALL:
            parts.append(f"only {self.only.told}")
        if self.past is None:
            mode = "LIVE "
        else:
            mode = f"REPLAY entry {page.at}/{self.desk.timeline.head} · acts off "
        if self.not_live:
            mode = f"{self.not_live} "
        if self.frozen:
            mode = f"room stays · {mode}"
        if self.private:
            mode = f"CONFIDENTIAL SHOWN · {mode}"
        if asked := before_the_room.counted(whole.moment.negotiation, short=width < WIDE):
            mode = f"{asked} · {mode}"
        if waits := handed_in.counted(whole.moment.negotiation):
            mode = f"{waits} · {mode}"
        if not self.admission.at_home:
            mode = f"{self._acts_as} · {mode}"
        floor = self.has_floor.told(whole.moment.negotiation)
        if floor:
            mode = f"{floor} · {mode}"
        left = f" {' · '.join(parts)} · {called}"
        room = max(width - 20, width // 2)
        return spread(((left, Ink.STRONG),), ((brief(mode, room) + " ", Ink.STRONG),), width)

    @property
    def _acts_as(self) -> str:
        admission = self.admission
        if not admission.party or admission.capacity is None:
            return admission.capacity.value if admission.capacity is not None else ""
        return visible(self.whole.moment.negotiation.party(admission.party).shown)

    def _hints(self, width: int) -> Line:
        printed = {one.id: one.printed for one in self.rows}
        hints = HINTS if self.past is None else REPLAY_HINTS
        if self.admission.capacity is Capacity.OBSERVER:
            hints = tuple((ids, does) for ids, does in hints if not ids[0].startswith("act."))
        return hinted([(" ".join(printed[one] for one in ids), does) for ids, does in hints], width)

    # -- taking something in hand -----------------------------------------------------------------

    def take(self, clause: str, point: str = "") -> None:
        """A clause, and an open point of it, are at hand from now on; nothing is drawn."""
        waiting = self.page.open_on.get(clause, ())
        self.clause = clause
        self.point = point or (waiting[0].id if waiting else "")

    def _take_near(self, page: Page) -> None:
        """The clause that stands where the one at hand is no more."""
        if not page.clauses:
            self.clause = ""
            return
        order = [placed.clause for placed in self.desk.timeline.moment().negotiation.order]
        place = order.index(self.clause) if self.clause in order else 0
        before = [one for one in order[:place] if one in page.places]
        self.take(before[-1] if before else page.clauses[0].id)

    def go(self, clause: str, point: str = "") -> None:
        """Take a clause in hand and draw."""
        self.says = ""
        self.take(clause, point)
        self.draw()

    def say(self, sentence: str) -> None:
        """Answer a key with a sentence."""
        self.says = sentence
        self.draw_bars()

    def may_leave(self) -> bool:
        """Whether this is the second key in a row that asks to leave; the first one is answered."""
        if self.says == LEAVE:
            return True
        self.say(LEAVE)
        return False

    def called(self, clause: Clause | None) -> str:
        """A clause as people read it off the page."""
        if clause is None:
            return "the text"
        return visible(self.whole.called.get(clause.id, clause.label) or "the text")
