"""The floor line: what is said is typed as it is said, and becomes one act.

Above the line stands what it would do, or the places that quoted words could mean, numbered; the
arrows choose one. Enter is the gavel and does nothing while something is unclear, nor before what
it would do was seen. When others write meanwhile, it says so and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, Static

from negotiation.desk import Desk
from negotiation.domain.commands import WordsAt
from negotiation.domain.entries import Entry
from negotiation.domain.refusals import Refusal
from negotiation.spoken.completion import completed
from negotiation.spoken.grammar import parse
from negotiation.spoken.meaning import Floor, Given, Meant, Which, meant
from negotiation.spoken.places import known
from negotiation_tui import stage
from negotiation_tui.acts.questions import put_instead
from negotiation_tui.draw import Ink, Line, visible, wrap
from negotiation_tui.faults import ANSWERS, RecordMoved
from negotiation_tui.messages import FieldDone
from negotiation_tui.page import Page, Pages, by_whom
from negotiation_tui.rehearsal import rehearsed_lines
from negotiation_tui.screens.dialogs import StageDialog
from negotiation_tui.screens.typed_on import TypedOn
from negotiation_tui.stage import Field
from negotiation_tui.widgets.fields import Words
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.words_cursor import Selected

_HINT = 'B add "as appropriate" after "measures"; USA +; CUB [ ]'
_KEPT = 50
_CLOSES = ('"', "”", "“", "»")

Answer = tuple[Entry, ...] | tuple[str, ...] | None
"""The entries made, or the parties to whom the floor is given."""


class Preview(Panel):
    """What the line would do; it knows whether the terminal has got it."""

    _painted: tuple[Line, ...] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a crop, on their way to the terminal."""
        self._painted = self.lines
        return super().render_lines(crop)

    @property
    def is_painted(self) -> bool:
        """Whether these very rows were painted."""
        return self._painted == self.lines


class FloorLine(TypedOn[Answer]):
    """One line for what the room says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "drop it"),
        Binding("down", "choose(1)", show=False, priority=True),
        Binding("up", "choose(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
        Binding("ctrl+r", "put", "to the room", priority=True),
        Binding("pageup", "earlier(1)", show=False),
        Binding("pagedown", "earlier(-1)", show=False),
    ]
    said: ClassVar[list[str]] = []
    """The lines that became acts, the latest last."""

    def __init__(
        self,
        desk: Desk,
        page: Page,
        clause: str,
        point: str,
        speaker: str,
        selected: Selected | None,
        *,
        signs: bool,
    ) -> None:
        super().__init__()
        self.desk, self.page = desk, page
        self.clause, self.point, self.speaker = clause, point, speaker
        self.selected = selected
        self.signs = signs
        self.picked: dict[int, int] = {}
        self.which: Which | None = None
        self.place = 0
        """The place that the arrows stand on, while several are shown."""
        self._of: dict[int, str] = {}
        """The words that the places were picked for."""
        self._recalled = 0
        self.parties = known(page.moment)
        self._head = page.at
        """The entry on which the line was last understood."""
        self._moved = ""
        """What others wrote meanwhile."""
        self._taken = ""
        """What the line said when the rows above it were made."""

    def compose(self) -> ComposeResult:
        """The preview, and under it the line."""
        with Vertical(id="floor-line-shows"):
            yield Preview(id="line-says")
        with Horizontal(id="line"):
            yield Static(Content(f" {self.speaker or 'chair'} : "), classes="asked")
            yield Words(Field("words", "floor line", _HINT))

    def on_mount(self) -> None:
        """Say what may be said, once it is known how much fits."""
        self.call_after_refresh(self.look)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter is taken anew; what was picked stays while its words do."""
        said = event.value
        self.picked = {
            at: place
            for at, place in self.picked.items()
            if said[at + 1 :].startswith(self._of.get(at, "\0"))
            and said[at + 1 + len(self._of[at]) :][:1] in _CLOSES
        }
        self.place = 0
        self.look()

    # -- what it means ----------------------------------------------------------------------------

    def meaning(self) -> Meant | Given | Which:
        """What the line says; raises the sentence why it says nothing."""
        statements = parse(self.query_one(Words).value, self.parties)
        picked = dict(self.picked)
        words = None
        if self.selected is not None and self.selected.clause == self.clause:
            words = WordsAt(self.selected.words, self.selected.occurrence)
        floor = Floor(
            self.desk.timeline,
            self.clause,
            self.point,
            self.speaker,
            self.desk.new_id,
            words,
            picked,
            self._undoes(),
        )
        return meant(statements, floor)

    def _undoes(self) -> str:
        try:
            return self.desk.act_of("last")
        except Refusal:
            return ""

    def look_again(self, moved: str = "") -> None:
        """Understand the line anew when others wrote, and say what; what was typed stays."""
        timeline = self.desk.timeline
        if timeline.head != self._head:
            pages = Pages(timeline)
            self._moved = moved or wrote(pages, timeline.entries[self._head :])
            self._head = timeline.head
            self.page = pages.page(timeline.head)
            self.parties = known(self.page.moment)
            # The places are counted on the text of now: which one is meant is asked anew.
            self.picked, self._of, self.place = {}, {}, 0
        self.look()

    def look(self) -> None:
        """Show what it would do, which places it could mean, or what is missing."""
        if not self.is_mounted:
            return
        self._taken = self.query_one(Words).value
        width = max(self.size.width - 4, 20)
        rows = self._rows(width)
        if self._moved:
            rows = (*wrap(((visible(self._moved), Ink.STRONG),), width), *rows)
        room = max(self.size.height // 2, 4)
        if len(rows) > room:
            rows = (*rows[: room - 1], (("…", Ink.FAINT),))
        panel = self.query_one("#line-says", Panel)
        panel.styles.height = max(len(rows), 1)
        panel.show(tuple(((" ", Ink.PLAIN), *row) for row in rows))

    @property
    def _is_seen(self) -> bool:
        """Whether what the line means is on the screen by now."""
        seen = self.query_one(Preview).is_painted
        return seen and self._taken == self.query_one(Words).value

    def _rows(self, width: int) -> tuple[Line, ...]:
        self.which = None
        if not self.query_one(Words).value.strip():
            return (((f"such as: {_HINT}", Ink.FAINT),),)
        try:
            meaning = self.meaning()
            match meaning:
                case Given():
                    told = ", ".join(meaning.parties)
                    return (((f"gives the floor: {visible(told)}", Ink.STRONG),),)
                case Which():
                    self.which = meaning
                    return self._places(meaning, width)
                case Meant():
                    rehearsed = self.desk.rehearse(meaning.command)
        except ANSWERS as answer:
            return wrap(((visible(str(answer)), Ink.ALARM),), width)
        who = ", ".join(meaning.by) or "chair"
        count = len(rehearsed.drafted)
        events = f"{count} event{'' if count == 1 else 's'}"
        own = "the gavel · Ctrl+R asks the room" if self.desk.admission.leads else "makes it"
        enter = "hands it in" if rehearsed.waits else own
        head: Line = ((f"{visible(who)} · {events} · Enter {enter}", Ink.STRONG),)
        return (head, *rehearsed_lines(rehearsed, self.page, width, signs=self.signs))

    def _places(self, which: Which, width: int) -> tuple[Line, ...]:
        told = f"“{visible(which.quoted.words)}” stands in {len(which.places)} places; ↑ ↓ choose,"
        rows: list[Line] = [((f"{told} Enter takes the one marked.", Ink.STRONG),)]
        for number, one in enumerate(which.places):
            here = number == self.place
            path = self.page.called.get(one.clause, "")
            rows.append(
                (
                    ("▌" if here else " ", Ink.LABEL),
                    (f"{number + 1} ", Ink.LABEL),
                    (f"{visible(path)}  ", Ink.FAINT),
                    (f"…{visible(one.before)}", Ink.PLAIN),
                    (visible(one.words), Ink.PICKED if here else Ink.STRONG),
                    (f"{visible(one.after)}…", Ink.PLAIN),
                )
            )
        return tuple(rows)

    # -- keys -------------------------------------------------------------------------------------

    def on_field_done(self, event: FieldDone) -> None:
        """Enter: take the place marked, or let the gavel fall.

        Two of them in one burst are one: what the first one chose was not seen before the second.
        """
        if self.desk.timeline.head != self._head:
            self.look_again()
            return
        if self.which is not None:
            if self._is_seen:
                quoted = self.which.quoted
                self.picked[quoted.at], self._of[quoted.at] = self.place, quoted.words
                self.place = 0
                self.look()
            return
        try:
            meaning = self.meaning()
            if isinstance(meaning, Which):
                self.look()
                return
            if isinstance(meaning, Given):
                self.dismiss(meaning.parties)
                return
            if not self._is_seen:
                return
            entries = self.desk.act(meaning.command, stage.hand_of(meaning.by))
        except ANSWERS as answer:
            if isinstance(answer, RecordMoved):
                self.desk.catch_up()
            self.look_again()
            return
        self.said.append(self.query_one(Words).value)
        del self.said[:-_KEPT]
        self.dismiss(entries)

    def action_choose(self, by: int) -> None:
        """Another of the places."""
        if self.which is not None:
            self.place = (self.place + by) % len(self.which.places)
            self.look()
        else:
            self.action_earlier(-by)

    def action_earlier(self, by: int) -> None:
        """A line that was said before."""
        place = self._recalled + by
        if 0 < place <= len(self.said):
            self._recalled = place
            line = self.query_one(Words)
            line.value = self.said[-place]
            line.cursor_position = len(line.value)

    def action_complete(self) -> None:
        """Complete the word that is being typed."""
        line = self.query_one(Words)
        clause = self.page.clause(self.clause)
        line.value = completed(line.value, self.parties, clause, self.page.called.values())
        line.cursor_position = len(line.value)

    def action_put(self) -> None:
        """Put what the line means to the room instead; nothing is decided yet."""
        if not self.is_current:
            return
        said = self.query_one(Words).value
        try:
            meaning = self.meaning()
        except ANSWERS:
            meaning = None
        if not isinstance(meaning, Meant):
            self.look()
            return
        command, hand = meaning.command, stage.hand_of(meaning.by)
        staged = stage.Stage(visible(said), (), (), lambda _: command, lambda _: hand)
        asked = put_instead(self.desk, staged, {})

        def done(entries: tuple[Entry, ...] | None) -> None:
            if entries:
                self.dismiss(entries)

        self.app.push_screen(StageDialog(self.desk, self.page, asked, signs=self.signs), done)

    def action_drop(self) -> None:
        """No act."""
        self.dismiss(None)


def wrote(pages: Pages, fresh: Sequence[Entry]) -> str:
    """Who wrote these entries, and the last of them that everybody may see."""
    who = ", ".join(dict.fromkeys(by_whom(one, one.act.behalf) for one in fresh))
    count = f"{len(fresh)} {'entry' if len(fresh) == 1 else 'entries'}"
    public = [one.number for one in fresh if pages.is_public(one.number)]
    told = f": {pages.sentence(public[-1])}" if public else "."
    return f"{who} wrote {count} meanwhile{told}"
