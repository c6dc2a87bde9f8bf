"""The anomalies of a received page one by one: as printed, as it would be read, and a verdict.

The printed words stand until somebody settles them here. Every verdict is an act of the
secretariat: a letter stages it, Enter is the gavel. What each one does is the desk's to say.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from negotiation.desk import Desk, Hand
from negotiation.domain.commands import Command, ReverseAct, SettleAnomaly, WordsAt
from negotiation.domain.events import ActReversed, AnomalySettled
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NothingChanges
from negotiation.domain.terms import Anomaly, Severity
from negotiation.views.what_is_damaged import Anomalies, Found, anomalies
from negotiation_tui import before_the_room
from negotiation_tui.draw import Ink, Line, brief, hinted, signed, spread, visible, wrap
from negotiation_tui.faults import ANSWERS, RecordMoved, why
from negotiation_tui.page import Page, Pages, title
from negotiation_tui.printed import (
    ReceivedPage,
    around_mark,
    difference,
    part_to_read,
    printed_bits,
    reading_as_it_is,
    reads,
    received_page,
)
from negotiation_tui.screens.line import LineDialog
from negotiation_tui.widgets.inked import Panel

SECRETARIAT = Hand("secretariat", capacity=Capacity.SECRETARIAT)
_WIDE = 110
_LIST = 22
"""Cells for the name of a fault in the list."""
_LOOK = 0.3
"""Seconds between two looks at whether the record grew under this screen."""
_INKS = {Severity.DAMAGED: Ink.ALARM, Severity.DOUBTFUL: Ink.STRONG, Severity.EDITORIAL: Ink.FAINT}
_HINTS = (
    ("y", "accept"),
    ("n", "as printed"),
    ("e", "type it"),
    ("l", "later"),
    ("j k", "walk"),
    ("Esc", "back"),
    ("u", "undo"),
    ("s", "severity"),
)
_STAGED_HINTS = (("Enter", "the gavel"), ("Esc", "drops it"))


class IntakeScreen(Screen[None]):
    """Asks one question after the other; the record holds the answers."""

    DEFAULT_CSS = """
    IntakeScreen #intake { height: 1fr; }
    IntakeScreen #anomalies { width: 40; }
    IntakeScreen #anomaly { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "accept", "accept", show=False),
        Binding("n", "reject", "as printed", show=False),
        Binding("e", "edit", "type it", show=False),
        Binding("l", "later", "later", show=False),
        Binding("j,down", "step(1)", "next", show=False),
        Binding("k,up", "step(-1)", "before", show=False),
        Binding("u", "undo", "undo", show=False),
        Binding("s", "severity", "severity", show=False),
        Binding("enter", "gavel", "gavel", show=False),
        Binding("escape,q", "back", "back", show=False),
    ]

    def __init__(self, desk: Desk, pages: Pages | None = None, *, signs: bool = False) -> None:
        """The anomalies of this desk's page; ``signs`` where no strike is drawn."""
        super().__init__()
        self.desk = desk
        self.pages = pages or Pages(desk.timeline)
        self.signs = signs
        self.only: Severity | None = None
        self.here = ""
        self.staged: Command | None = None
        self.says = ""
        self._received: dict[int, ReceivedPage] = {}
        self._drawn = -1
        self._known: tuple[int, Anomalies] | None = None

    def compose(self) -> ComposeResult:
        """How many are left, the list, the one at hand, what was said, the keys."""
        yield Panel(id="header")
        with Horizontal(id="intake"):
            yield Panel(id="anomalies")
            yield Panel(id="anomaly")
        yield Panel(id="says")
        yield Panel(id="hints")

    def on_mount(self) -> None:
        """Begin with the first that is left."""
        self.set_interval(_LOOK, self.look)
        self.call_after_refresh(self.draw)

    def on_resize(self, event: events.Resize) -> None:
        """Another size draws anew once everything has its place."""
        self.query_one("#anomalies").display = event.size.width >= _WIDE
        self.call_after_refresh(self.draw)

    def heard(self, key: str) -> bool:
        """Every key acts at once: letters behind `e` in one burst are the reading's."""
        return False

    def look(self) -> None:
        """Draw anew when others wrote."""
        if self._drawn not in (-1, self.desk.timeline.head):
            self.says = "Somebody wrote on the record meanwhile."
            self.draw()

    # -- what is left -----------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The text as it stands."""
        return self.pages.page(self.desk.timeline.head)

    @property
    def all(self) -> Anomalies:
        """Every anomaly of now."""
        head = self.desk.timeline.head
        if self._known is None or self._known[0] != head:
            self._known = (head, anomalies(self.desk.timeline, head))
        return self._known[1]

    def left(self) -> tuple[Found, ...]:
        """Those that wait for a verdict, of the severity that is shown."""
        return tuple(
            one for one in self.all.found if not one.settled and self.only in (None, one.severity)
        )

    def _at_hand(self) -> Found | None:
        left = self.left()
        found = next((one for one in left if one.id == self.here), None)
        if found is None and left:
            found = next((one for one in left if self._order(one) > self._where()), left[0])
            self.here = found.id
        return found

    def _where(self) -> int:
        """The place of what was at hand last, settled or not."""
        return next((n for n, one in enumerate(self.all.found) if one.id == self.here), -1)

    def _order(self, found: Found) -> int:
        return self.all.found.index(found)

    def _anomaly(self, found: Found) -> Anomaly:
        clause = self.page.moment.clause(found.clause)
        held = clause.margin.anomalies if clause is not None else ()
        return next(one for one in held if one.id == found.id)

    # -- drawing ----------------------------------------------------------------------------------

    def draw(self) -> None:
        """Everything, from the record as it stands."""
        self._drawn = self.desk.timeline.head
        width = self.size.width
        found = self._at_hand()
        told = self.all
        counts = (
            f"{told.damaged} damaged · {told.doubtful} doubtful · {told.editorial} editorial left"
        )
        only = f"only {self.only.value} · " if self.only else ""
        if asked := before_the_room.counted(self.page.moment.negotiation, short=True):
            counts = f"{asked} · {counts}"
        name = f" Intake review · {visible(title(self.page))}"
        header = spread(((name, Ink.STRONG),), ((f"{only}{counts} ", Ink.STRONG),), width)
        self._panel("header").show((header,))
        self._panel("anomalies").show(self._listed(found))
        self._panel("anomaly").show(self._question(found))
        ink = Ink.STRONG if self.says else Ink.FAINT
        said = self.says or "The printed words stand until somebody settles them."
        self._panel("says").show((((f" {brief(said, width - 2)}", ink),),))
        hints = _STAGED_HINTS if self.staged is not None else _HINTS
        self._panel("hints").show((hinted(hints, width),))

    def _listed(self, here: Found | None) -> tuple[Line, ...]:
        left = self.left()
        height = max(self._panel("anomalies").size.height, 1)
        place = left.index(here) if here in left else 0
        top = min(max(place - height // 2, 0), max(len(left) - height, 0))
        rows: list[Line] = []
        for one in left[top : top + height]:
            chosen = Ink.CHOSEN if one is here else Ink.PLAIN
            sign = "▌" if one is here else " "
            code = brief(_name(one.code), _LIST - 1)
            row: Line = (
                (sign, Ink.LABEL | chosen),
                (f"{one.line:>5} ", Ink.LABEL | chosen),
                (f"{one.severity.value:<9} ", _INKS[one.severity] | chosen),
                (f"{code:<{_LIST}}", chosen),
            )
            rows.append((*row, ("│", Ink.EDGE)))
        return tuple(rows)

    def _question(self, found: Found | None) -> tuple[Line, ...]:
        panel = self._panel("anomaly")
        width = max(min(panel.size.width - 2, 118), 20)
        height = max(panel.size.height, 6)
        if found is None:
            return self._nothing()
        damage = self._anomaly(found).damage
        left = self.left()
        alive = "" if found.live else " · in struck words"
        page = f"{visible(found.document)}, " if self._several() and found.document else ""
        place = f"{page}line {found.line}, column {found.column}"
        about = f" · {_name(found.code)} · {visible(found.path)} · {place}{alive}"
        top: list[Line] = [
            *wrap(
                (
                    (f"{left.index(found) + 1} of {len(left)} · ", Ink.FAINT),
                    (found.severity.value, _INKS[found.severity] | Ink.STRONG),
                    (about, Ink.PLAIN),
                ),
                width,
            ),
            *wrap(((visible(found.message), Ink.PLAIN),), width),
            (),
        ]
        heading, bits, notes = self._reading(found)
        below = [line for note in notes for line in wrap(((visible(note), Ink.AGREED),), width)]
        room = max(height - len(top) - len(below) - 3, 2)
        printed = printed_bits(self._page_of(found.received), damage)
        reading = signed(bits) if self.signs else bits
        above = len(wrap(printed, width))
        size = max(min(len(wrap(reading, width)), max(room // 2, room - above)), 1)
        rows: list[Line] = [
            *top,
            _ruled(f"as printed, {page}line {found.line}", width),
            *around_mark(printed, width, max(room - size, 1)),
            (),
            _ruled(heading, width),
            *around_mark(reading, width, size),
            *below,
        ]
        return tuple(((" ", Ink.PLAIN), *row) for row in rows[:height])

    def _page_of(self, entry: int) -> ReceivedPage:
        """The page that an entry received, read once."""
        if entry not in self._received:
            self._received[entry] = received_page(self.desk, entry)
        return self._received[entry]

    def _several(self) -> bool:
        """Whether the anomalies are those of more than one document."""
        return len({one.received for one in self.all.found}) > 1

    def _nothing(self) -> tuple[Line, ...]:
        if not self._page_of(0).lines:
            told = "No page was received into this record."
        elif self.only is not None:
            told = f"Nothing {self.only.value} is left; s shows the other severities."
        else:
            told = "Nothing is left to settle; Esc goes back to the text."
        return ((), ((f"  {told}", Ink.STRONG),))

    def _reading(self, found: Found) -> tuple[str, tuple[tuple[str, Ink], ...], list[str]]:
        """What is shown below the printed line: a heading, the words, and sentences."""
        damage = self._anomaly(found).damage
        clause = self.page.moment.clause(found.clause)
        assert clause is not None, "an anomaly stands on a clause of the text"
        now = reads(clause, self.page.printed)
        as_it_is = reading_as_it_is(clause, now, damage)
        if isinstance(self.staged, ReverseAct):
            return "reads now", as_it_is, []
        wanted = self.staged or SettleAnomaly(found.clause, found.id, accept=True)
        repair = [f"Repair: {found.repair}"] if found.repair else []
        if isinstance(wanted, SettleAnomaly) and wanted.words is None and not wanted.accept:
            return "the printed words stand", as_it_is, []
        try:
            rehearsed = self.desk.rehearse(wanted)
        except ANSWERS:
            if repair:
                why = "Words cannot carry this repair out; e types a reading."
            else:
                why = "No repair was proposed: n keeps the words, e types a reading."
            return "reads now", as_it_is, [*repair, why]
        after = next((state for _, state in rehearsed.changed if state.id == clause.id), clause)
        then = reads(after, self.page.printed)
        if isinstance(wanted, SettleAnomaly) and wanted.words is not None:
            repair = []
        ended = clause.agreement is not None and after.agreement is None
        ends = ["The agreement on the clause would end."] if ended else []
        if then != now:
            return (
                ("would read" if self.staged else "proposed reading"),
                difference(now, then),
                [
                    *repair,
                    *ends,
                ],
            )
        if damage.applied:
            return "read so already", as_it_is, [*repair, "y confirms it."]
        same = "The words stay; only where they come from is read otherwise."
        return "proposed reading", as_it_is, [*repair, same, *ends]

    # -- walking ----------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """The next one, or the one before."""
        self.staged, self.says = None, ""
        left, found = self.left(), self._at_hand()
        place = left.index(found) + by if found is not None else 0
        if 0 <= place < len(left):
            self.here = left[place].id
        elif left:
            self.says = "This is the last one." if by > 0 else "This is the first one."
        self.draw()

    def action_later(self) -> None:
        """Leave this one open, and go on; behind the last comes the first."""
        self.staged, self.says = None, ""
        left, found = self.left(), self._at_hand()
        if found is not None:
            self.here = left[(left.index(found) + 1) % len(left)].id
            self.says = f"Line {found.line} stays open."
        self.draw()

    def action_severity(self) -> None:
        """All, or one severity after the other."""
        self.staged = None
        turn = (None, *Severity)
        self.only = turn[(turn.index(self.only) + 1) % len(turn)]
        self.says = f"Only {self.only.value} ones." if self.only else "All of them."
        self.draw()

    def action_back(self) -> None:
        """Drop what is staged; when nothing is, go back."""
        if self.staged is not None:
            self.staged, self.says = None, "Dropped; nothing was written."
            self.draw()
        else:
            self.dismiss(None)

    # -- verdicts ---------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """Stage: the proposed repair."""
        self._stage(accept=True, told="The page would be read so")

    def action_reject(self) -> None:
        """Stage: the printed words stand."""
        self._stage(accept=False, told="The printed words would stand")

    def _stage(
        self, *, accept: bool, told: str, words: str | None = None, part: WordsAt | None = None
    ) -> None:
        found = self._at_hand()
        if found is not None:
            self.try_out(SettleAnomaly(found.clause, found.id, accept, words, part), told)

    def try_out(self, command: Command, told: str) -> None:
        """Stage a command that the desk would take; otherwise say why not."""
        try:
            self.desk.rehearse(command)
        except ANSWERS as answer:
            self.staged, self.says = None, str(answer)
        else:
            self.staged, self.says = command, f"{told}. Enter is the gavel; Esc drops it."
        self.draw()

    def action_edit(self) -> None:
        """Type how the page reads; the words are prefilled as they stand."""
        found = self._at_hand()
        if found is None:
            return
        clause = self.page.moment.clause(found.clause)
        assert clause is not None, "an anomaly stands on a clause of the text"
        part = part_to_read(clause, self._anomaly(found).damage)
        prefilled = part.words if part is not None else clause.passage.live

        def means(words: str) -> str:
            try:
                self.desk.rehearse(SettleAnomaly(clause.id, found.id, True, words, part))
            except NothingChanges:
                return "Type how the page reads; Enter stages it, Esc drops it."
            return f"Would read “{words}”."

        def done(words: str | None) -> None:
            if words is None or words == prefilled:
                self.says = "Nothing was typed."
                self.draw()
                return
            self._stage(accept=True, told="It would read as typed", words=words, part=part)

        self.app.push_screen(LineDialog("reads", "as the page reads", means, prefilled), done)

    def action_undo(self) -> None:
        """Stage: the last verdict is undone."""
        act = self._last_verdict()
        if act is None:
            self.says = "No verdict is left to undo."
            self.draw()
            return
        number, act_id = act
        self.try_out(ReverseAct(act_id), f"Undoes entry {number}: {self.pages.sentence(number)}")

    def _last_verdict(self) -> tuple[int, str] | None:
        """The last settling that stands: its entry and its act."""
        undone: set[str] = set()
        for entry in reversed(self.desk.timeline.entries):
            act = entry.act.id
            if isinstance(entry.event, ActReversed) and act not in undone:
                undone |= {act, entry.event.act}
            elif isinstance(entry.event, AnomalySettled) and act not in undone:
                return entry.number, act
        return None

    def action_gavel(self) -> None:
        """Make the act that is staged, and go on to the next one."""
        command = self.staged
        if command is None:
            self.says = "Nothing is staged; y, n or e first."
            self.draw()
            return
        try:
            entries = self.desk.act(command, SECRETARIAT)
        except ANSWERS as answer:
            if isinstance(answer, RecordMoved):
                self.desk.catch_up()
            self.staged, self.says = None, why(answer)
            self.draw()
            return
        self.staged = None
        if isinstance(command, ReverseAct):
            settled = {
                one.event.anomaly
                for one in self.desk.timeline.entries
                if one.act.id == command.act and isinstance(one.event, AnomalySettled)
            }
            self.here = next(iter(settled), self.here)
        last = entries[-1].number
        self.says = f"entry {last} · u undoes · {self.pages.sentence(last)}"
        self.draw()

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#{name}", Panel)


def _name(code: str) -> str:
    return code.replace("-", " ")


def _ruled(words: str, width: int) -> Line:
    head = f"─ {words} "
    return ((head, Ink.LABEL), ("─" * max(width - len(head), 0), Ink.EDGE))
