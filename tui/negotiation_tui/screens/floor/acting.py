"""The keys that act: each stages, the dialog on top makes the act; in the past they are dead."""

from __future__ import annotations

from functools import partial

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import (
    Event,
    ProposalAdmitted,
    ProposalDeclined,
    ProposalHandedIn,
    ProposalTakenBack,
)
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NotInThisCapacity
from negotiation_tui import acts
from negotiation_tui.faults import ANSWERS
from negotiation_tui.has_floor import HasFloor
from negotiation_tui.page import gone
from negotiation_tui.screens.dialogs import StageDialog
from negotiation_tui.screens.floor.in_time import InTime
from negotiation_tui.screens.floor.state import REPLAY
from negotiation_tui.screens.line import LineDialog
from negotiation_tui.stage import Missing, codes
from negotiation_tui.widgets.text import TextPane


def _unsaid(event: Event) -> str:
    """What is said of an act that the room may not see."""
    if isinstance(event, ProposalDeclined | ProposalTakenBack):
        return "What was handed in waits no more."
    return "A confidential note was made."


_FASTER = {"support": 1, "object": -1}
"""The acts whose keys, + and -, change the speed while the replay plays."""


class Acting(InTime):
    """Acts, the floor line, and who has the floor."""

    def action_stage(self, name: str) -> None:
        """Stage an act on what is at hand; the dialog makes it."""
        if self.rate and name in _FASTER:
            self.change_rate(_FASTER[name])
            return
        at = self._at_hand()
        if at is None:
            return
        if not self._may_act():
            return
        try:
            staged = acts.STAGES[name](at)
        except ANSWERS as answer:
            self.say(str(answer))
            return
        if isinstance(staged, Missing):
            self.say(staged.sentence)
            return
        dialog = StageDialog(self.desk, self.whole, staged, signs=self.signs)
        self.app.push_screen(dialog, partial(self.made, at.clause))

    def _may_act(self) -> bool:
        """Whether there is any act here; where there is none, it was said."""
        if self.admission.capacity is not Capacity.OBSERVER:
            return True
        self.say(NotInThisCapacity("", Capacity.OBSERVER).sentence)
        return False

    @property
    def speaker(self) -> str:
        """The party that acts when nobody else is named; at its own terminal it is always that."""
        return self.admission.party or self.has_floor.speaker

    def _at_hand(self) -> acts.AtHand | None:
        """What an act would be about; ``None`` when the answer was said."""
        if self.past is not None:
            self.say(REPLAY)
            return None
        page = self.whole
        clause = page.clause(self.clause)
        if clause is None:
            self.say("The text is empty; `negotiation import FILE` receives one.")
            return None
        return acts.AtHand(
            self.desk,
            page,
            clause,
            page.point(self.point),
            self.pages.sentence,
            speaker=self.speaker,
            selected=self.query_one(TextPane).selected,
        )

    def made(self, clause: Clause, entries: tuple[Entry, ...] | None) -> None:
        """Show what an act did, and how to take it back."""
        if not entries:
            self.says = "" if entries is None else "Nothing was written."
            self.draw()
            return
        self.query_one(TextPane).drop_selection()
        self.past = None
        handed = entries[0].event
        if isinstance(handed, ProposalHandedIn):
            self.says = f"Handed in ({handed.handed}); it waits for the chair's yes · {handed.what}"
            self.draw()
            return
        if isinstance(handed, ProposalAdmitted):
            # It may be about any clause of the text: the chair sees what the yes did.
            touched = (self.whole.clause(one.clause) for one in entries)
            clause = next((one for one in touched if one is not None), clause)
        shown = self._result(clause, entries)
        if shown not in self.page.places and shown in self.whole.places:
            self.take(self.clause)
        else:
            self.take(shown, self._point_made(shown, entries))
        first, last = entries[0].number, entries[-1].number
        numbers = f"entry {first}" if first == last else f"entries {first}–{last}"
        public = [one.number for one in entries if self.shows(one.number)]
        told = self.pages.sentence(self.leading(public)) if public else _unsaid(handed)
        self.says = f"{numbers} · u undoes · {told}"
        self.draw()

    def _point_made(self, clause: str, entries: tuple[Entry, ...]) -> str:
        """The open point that an act opened on the clause shown."""
        opened = {one.number for one in entries}
        return next(
            (one.id for one in self.page.open_on.get(clause, ()) if one.since in opened), ""
        )

    def _result(self, clause: Clause, entries: tuple[Entry, ...]) -> str:
        """The clause that shows what an act did: the one at hand while it stands."""
        page = self.whole
        touched = [clause.id, *(entry.clause for entry in entries)]
        shown = [state for one in touched if (state := page.clause(one)) is not None]
        standing = [state.id for state in shown if not gone(state)]
        return standing[0] if standing else clause.id

    # -- the floor line ---------------------------------------------------------------------------

    def action_floor_line(self) -> None:
        """Type what is said as it is said."""
        from negotiation_tui.screens.floor_line import FloorLine

        at = self._at_hand()
        if at is None or not self._may_act():
            return

        def done(answer: tuple[Entry, ...] | tuple[str, ...] | None) -> None:
            parties = tuple(one for one in answer or () if isinstance(one, str))
            entries = tuple(one for one in answer or () if not isinstance(one, str))
            if parties:
                self._give(parties)
            else:
                self.made(at.clause, entries or None)

        line = FloorLine(
            self.desk,
            self.whole,
            at.clause.id,
            self.point,
            self.speaker,
            at.selected,
            signs=self.signs,
        )
        self.app.push_screen(line, done)

    # -- who has the floor ------------------------------------------------------------------------

    def action_speaker(self) -> None:
        """Give the floor: the first speaks, the others wait; nothing said takes the next flag."""

        if self.admission.party:
            self.say("The floor is the chair's to give; this terminal acts for its delegation.")
            return

        def named(words: str) -> tuple[str, ...]:
            return codes(self.desk, ",".join(words.replace(",", " ").split()))

        def preview(words: str) -> str:
            if words.strip() == "-":
                return "Nobody has the floor; acts are the chair's."
            after = self.has_floor.given(named(words))
            return after.told(self.whole.moment.negotiation) or "Nobody has the floor."

        def done(words: str | None) -> None:
            if words is None:
                return
            if words.strip() == "-":
                self.has_floor = HasFloor()
                self._floor_is_given()
            else:
                self._give(named(words))

        hint = "codes: the first speaks, the others wait · Enter: the next flag · -: nobody"
        self.app.push_screen(LineDialog("the floor to", hint, preview), done)

    def action_next_speaker(self) -> None:
        """The next flag has the floor."""
        self._give(())

    def _give(self, parties: tuple[str, ...]) -> None:
        self.has_floor = self.has_floor.given(parties)
        self._floor_is_given()

    def _floor_is_given(self) -> None:
        told = self.has_floor.told(self.whole.moment.negotiation)
        self.says = f"{told}." if told else "Nobody has the floor; acts are the chair's."
        self.draw()
