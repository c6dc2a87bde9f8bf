"""The record as others write it, and what the chair's screen keeps beside it.

Where the chair stands and what the room is shown are notes beside the record: a screen that starts
again stands where it was, and the projector follows.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.timer import Timer

from negotiation.domain.entries import Entry
from negotiation.domain.events import ProposalHandedIn
from negotiation.following import Follower
from negotiation_tui import before_the_room, has_floor
from negotiation_tui.page import Pages, by_whom
from negotiation_tui.screens.floor.acting import Acting

_LOOK = 0.2
"""Seconds between two looks at whether others wrote."""
_NOTE = 0.12
"""Seconds that a key waits for the next one before the place is noted."""


@runtime_checkable
class LooksAgain(Protocol):
    """A dialog that shows what an act would do to the record as it is now."""

    def look_again(self, moved: str = "") -> None:
        """Somebody wrote meanwhile: show it anew, and say so."""


class Live(Acting):
    """Other hands on the same record."""

    _noting: Timer | None = None
    _noted: tuple[object, ...] = ()

    def begin(self) -> None:
        """Stand where one stood, and look whether others write."""
        self.follower = Follower(self.desk)
        kept = self.desk.kept("chair") if self.leads else {}
        self.has_floor = has_floor.read(kept)
        marks = kept.get("marks")
        if isinstance(marks, list):
            self.marks = tuple(one for one in marks if isinstance(one, str))
        page = self.page
        clause, point = kept.get("clause"), kept.get("point")
        if isinstance(clause, str) and clause in page.places:
            self.take(clause, point if isinstance(point, str) else "")
        elif page.clauses:
            self.take(page.clauses[0].id)
        self.set_interval(_LOOK, self.look)

    # -- other hands ------------------------------------------------------------------------------

    def look(self) -> None:
        """Read what others wrote; nothing at hand and nothing typed is lost."""
        looked = self.follower.look()
        self.not_live = "NOT LIVE" if self.follower.cut else ""
        if looked.back_to is not None:
            self._begin_anew(looked.back_to)
        if looked.fresh:
            self._tell(looked.fresh, looked.told)
        elif looked.back_to is not None:
            self._hear(looked.told)
        elif looked.told:
            self.say(looked.told)
        elif not self.follower.cut:
            self._let_silence_end()

    def _begin_anew(self, kept: int) -> None:
        """Forget the pages of what is not on the record any more."""
        self.pages = Pages(self.desk.timeline)
        self._filtered = None
        if self.past is not None and self.past > kept:
            self.past = None

    def _tell(self, fresh: tuple[Entry, ...], first: str) -> None:
        count = f"{len(fresh)} {'entry' if len(fresh) == 1 else 'entries'}"
        public = [one for one in fresh if self.shows(one.number)]
        last = f": {self.pages.sentence(public[-1].number)}" if public else "."
        told = f"{by_whom(fresh[-1])} wrote {count}{last}"
        if not public and any(isinstance(one.event, ProposalHandedIn) for one in fresh):
            told = f"Something was handed in; {self._of_handed_in}."
        self._hear(f"{first} {told}" if first else told)

    def _hear(self, told: str) -> None:
        if self.app.screen is self:
            self.says = told
            self.draw()
        elif isinstance(self.app.screen, LooksAgain):
            self.app.screen.look_again(told)

    def _let_silence_end(self) -> None:
        """Say it when the time of a question is up, though nobody wrote."""
        if self.past is None and self.app.screen is self:
            negotiation = self.whole.moment.negotiation
            if before_the_room.ended(negotiation, self.desk.clock) != self.over:
                self._draw_side(self.page)

    # -- beside the record ------------------------------------------------------------------------

    def shown_anew(self) -> None:
        """Note the place once the keys rest."""
        if self._place() != self._noted and self._noting is None:
            self._noting = self.set_timer(_NOTE, self.note)

    def _place(self) -> tuple[object, ...]:
        return (self.clause, self.point, self.past, self.frozen, self.marks, self.has_floor)

    def note(self) -> None:
        """Note where the chair stands, and what the room is shown."""
        self._noting = None
        if self._place() == self._noted or not self.leads:
            return
        self._noted = self._place()
        stood = {"clause": self.clause, "point": self.point, "marks": list(self.marks)}
        self.desk.keep("chair", {**stood, **self.has_floor.kept()})
        if not self.frozen:
            shown = {"clause": self.clause, "point": self.point, "at": self.past, "frozen": False}
            self.desk.keep("shown", shown)
        elif not self.desk.kept("shown").get("frozen"):
            self.desk.keep("shown", {**self.desk.kept("shown"), "frozen": True})
