"""The keys that walk through time: step, play, go to a moment, compare, follow a word's story."""

from __future__ import annotations

from textual.timer import Timer

from negotiation_tui.screens.floor.state import FloorState
from negotiation_tui.units import Unit, stop
from negotiation_tui.widgets.text import TextPane
from negotiation_tui.widgets.timeline import MomentChosen

_RATES = (0.5, 1.0, 2.0, 4.0, 8.0)
_FIRST_RATE = 2.0


class InTime(FloorState):
    """The past, and the way back to now."""

    _playing: Timer | None = None

    def action_step(self, by: int) -> None:
        """Some steps back or on; what a step is, the unit says."""
        self.pause()
        if by > 0 and self.past is None:
            self.say("This is now; there is nothing later.")
            return
        at = self.at
        to = stop(self.desk.timeline, at, by, self.unit)
        self.show_at(to)
        if by < 0 and to == stop(self.desk.timeline, to, -1, Unit.ACT):
            self.say("The record begins with this act.")
        elif by < 0 and to == at:
            self.say(f"There is no {self.unit.value} before this one.")

    def action_first(self) -> None:
        """After the first act."""
        self.pause()
        self.show_at(self.desk.acts_on(1, 0))

    def action_live(self) -> None:
        """Out of whatever is transient: the selection, then the past."""
        if self.query_one(TextPane).drop_selection():
            self.say("")
            return
        self.pause()
        self.show_at(self.desk.timeline.head)

    def action_unit(self) -> None:
        """By act, by entry, by meeting, by version."""
        order = (Unit.ACT, Unit.ENTRY, Unit.MEETING, Unit.VERSION)
        self.unit = order[(order.index(self.unit) + 1) % len(order)]
        self.say(f"A step is one {self.unit.value} now.")

    def show_at(self, at: int) -> None:
        """Show the text as it stood after an entry; the last one is now."""
        self.past = None if at >= self.desk.timeline.head else at
        self.says = ""
        self.draw()

    # -- playing ----------------------------------------------------------------------------------

    def action_play(self) -> None:
        """Let the text evolve by itself; from now, begin at the beginning."""
        if self.rate:
            self.pause()
            self.draw_bars()
            return
        if self.past is None:
            self.past = self.desk.acts_on(1, 0)
        self._play(_FIRST_RATE)
        self.says = "Space pauses; + and - change the speed."
        self.draw()

    def pause(self) -> None:
        """Stand still."""
        if self._playing is not None:
            self._playing.stop()
        self._playing, self.rate = None, 0.0

    def change_rate(self, by: int) -> None:
        """Faster or slower."""
        place = min(max(_RATES.index(self.rate) + by, 0), len(_RATES) - 1)
        self._play(_RATES[place])
        self.say(f"{_RATES[place]:g} steps a second.")

    def _play(self, rate: float) -> None:
        self.pause()
        self.rate = rate
        self._playing = self.set_interval(1 / rate, self._tick)

    def _tick(self) -> None:
        if self.app.screen is not self:
            return
        to = stop(self.desk.timeline, self.at, 1, self.unit)
        if to >= self.desk.timeline.head:
            self.pause()
        self._go_with(to)

    def _go_with(self, to: int) -> None:
        """Show a later moment, at the clause that changed on the way."""
        entries = self.desk.timeline.entries[self.at : to]
        self.past = None if to >= self.desk.timeline.head else to
        page = self.page
        touched = [one.clause for one in entries if one.clause in page.places]
        if touched and self.clause not in touched:
            self.take(touched[-1])
        self.says = ""
        self.draw()

    # -- jumping ----------------------------------------------------------------------------------

    def on_moment_chosen(self, message: MomentChosen) -> None:
        """Somebody drags the timeline."""
        self.pause()
        self.show_at(message.at)

    def action_moment(self) -> None:
        """Go to an entry, a time, a meeting or a version."""
        from negotiation_tui.screens.moment import MomentDialog

        dialog = MomentDialog(self.desk)

        def done(words: str | None) -> None:
            if words is not None:
                self.pause()
                self.show_at(max(dialog.chosen(words), self.desk.acts_on(1, 0)))

        self.app.push_screen(dialog, done)

    def action_compare(self) -> None:
        """This moment beside an earlier one."""
        from negotiation_tui.screens.compare import CompareScreen

        second = self.at
        first = self._before(second)
        self.app.push_screen(CompareScreen(self.desk, first, second, signs=self.signs))

    def _before(self, at: int) -> int:
        """What one would compare with: the live text's last version, or the act before."""
        if self.past is not None:
            return stop(self.desk.timeline, at, -1, Unit.ACT)
        version = stop(self.desk.timeline, at, -1, Unit.VERSION)
        return version if version < at else stop(self.desk.timeline, at, -1, Unit.ACT)

    def action_story(self) -> None:
        """Who wrote the word under the cursor, and what happened to it; Enter goes there."""
        from negotiation_tui.screens.story import StoryScreen

        clause = self.page.clause(self.clause)
        if clause is None:
            return
        cursor = self.query_one(TextPane).cursor
        offset = cursor[1] if cursor is not None else None

        def done(entry: int | None) -> None:
            if entry is not None:
                self.pause()
                self.show_at(entry)
                self.say(self.pages.sentence(entry))

        story = StoryScreen(
            self.desk.timeline,
            clause.id,
            self.at,
            offset,
            called=self.called(clause),
            private=self.private,
        )
        self.app.push_screen(story, done)
