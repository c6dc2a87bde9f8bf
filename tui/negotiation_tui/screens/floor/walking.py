"""Walking through the text: clauses, open points, marks, words, references, find and filter."""

from __future__ import annotations

from negotiation.views.references import Reference, references
from negotiation_tui import filtering
from negotiation_tui.faults import ANSWERS
from negotiation_tui.finding import Hit, hits
from negotiation_tui.messages import ClauseChosen
from negotiation_tui.screens.dialogs import FindDialog
from negotiation_tui.screens.floor.state import FloorState
from negotiation_tui.screens.line import LineDialog
from negotiation_tui.widgets.text import TextPane

_REMEMBERED = 50


class Walking(FloorState):
    """The keys that walk."""

    def action_clause(self, by: int) -> None:
        """The next clause or the one before."""
        page = self.page
        place = page.places.get(self.clause, 0) + by
        if 0 <= place < len(page.clauses):
            self.go(page.clauses[place].id)
        else:
            self.say("This is the last clause." if by > 0 else "This is the first clause.")

    def action_end(self, last: int) -> None:
        """The first clause, or the last."""
        if clauses := self.page.clauses:
            self.go(clauses[-1 if last else 0].id)

    def action_point(self, by: int) -> None:
        """The next open point or the one before, counted in the order of the text."""
        page = self.page
        if not page.points:
            self.say("Nothing is open in this text.")
            return
        here = next((n for n, one in enumerate(page.points) if one.id == self.point), None)
        if here is not None:
            index = here + by
        else:
            place = page.places.get(self.clause, 0)
            starts = [page.places.get(one.clauses[0], 0) for one in page.points]
            behind = [index for index, start in enumerate(starts) if start > place]
            index = behind[0] if behind else len(starts)
            index -= 1 if by < 0 else 0
        if not 0 <= index < len(page.points):
            self.say("This is the last open point." if by > 0 else "This is the first open point.")
            return
        point = page.points[index]
        shown = next((one for one in point.clauses if one in page.places), point.clauses[0])
        self.go(shown, point.id)

    def action_scroll(self, pages: int) -> None:
        """Scroll the text by a window."""
        self.query_one(TextPane).page_by(pages)

    def on_clause_chosen(self, message: ClauseChosen) -> None:
        """Somebody pointed at a clause."""
        self.go(message.clause)

    # -- words ------------------------------------------------------------------------------------

    def action_word(self, by: int) -> None:
        """The word cursor, a word on or back."""
        self._answer("" if self.query_one(TextPane).step_word(by) else "No more words here.")

    def action_extend_by(self, by: int) -> None:
        """The selection, a word longer or shorter."""
        pane = self.query_one(TextPane)
        self._answer("" if pane.step_word(by, extend=True) else "No more words here.")

    def action_extend(self) -> None:
        """From here on the arrows select; the same key ends it."""
        selecting = self.query_one(TextPane).turn_extending()
        self._answer("The arrows select words; Esc drops the selection." if selecting else "")

    def _answer(self, sentence: str) -> None:
        if sentence or self.says:
            self.say(sentence)

    # -- marks ------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """One's own mark on this clause, set or taken away."""
        if not self.clause:
            return
        if self.clause in self.marks:
            self.marks = tuple(one for one in self.marks if one != self.clause)
            self.says = "The mark is gone."
        else:
            self.marks = (*self.marks, self.clause)
            self.says = "Marked; ' goes from mark to mark."
        self.draw()

    def action_next_mark(self) -> None:
        """The next marked clause, round the end of the text."""
        page = self.page
        places = sorted(page.places[one] for one in self.marks if one in page.places)
        if not places:
            self.say("Nothing is marked here; m marks a clause.")
            return
        here = page.places.get(self.clause, -1)
        after = [place for place in places if place > here]
        self._leap(page.clauses[(after or places)[0]].id)

    # -- references -------------------------------------------------------------------------------

    def action_reference(self) -> None:
        """To the clause that the words at hand refer to; again, to the next of several."""
        clause = self.page.clause(self.clause)
        found = references(self.desk.timeline, self.at, clause.id) if clause is not None else ()
        if not found:
            self.say("No reference to another clause was recognised here.")
            return
        cursor = self.query_one(TextPane).cursor
        chosen = _under(found, cursor[1] if cursor is not None else -1)
        if not chosen.clause:
            self.say(f"“{chosen.words}” is not certain; no clause of this text is called so.")
        elif self._leap(chosen.clause):
            self.say(f"“{chosen.words}”; backspace goes back.")

    def action_came_from(self) -> None:
        """Where one was before the last jump."""
        if not self.came_from:
            self.say("There was no jump to come back from.")
            return
        *rest, last = self.came_from
        self.came_from = tuple(rest)
        self.go(last)

    def _leap(self, clause: str) -> bool:
        """Go to a clause, remembering where one was."""
        if clause not in self.page.places and clause in self.whole.places:
            self.only = filtering.ALL
        if clause not in self.page.places:
            self.say("That clause is not shown at this moment.")
            return False
        if self.clause and clause != self.clause:
            self.came_from = (*self.came_from, self.clause)[-_REMEMBERED:]
        self.go(clause)
        return True

    # -- find and filter --------------------------------------------------------------------------

    def action_find(self) -> None:
        """Go to words, a label, a path, a party or a symbol."""
        came_from = (self.clause, self.point)

        def done(words: str | None) -> None:
            if words is None:
                self.go(*came_from)
                return
            if words:
                self._sought = words
            elif self._sought:
                self._find(self._sought, self.page.places.get(self.clause, 0) + 1)
            if came_from[0] and came_from[0] != self.clause:
                self.came_from = (*self.came_from, came_from[0])[-_REMEMBERED:]

        here = self.page.places.get(self.clause, 0)
        self.app.push_screen(FindDialog(lambda words: self._find(words, here)), done)

    def _find(self, words: str, start: int) -> bool:
        found = hits(self.page, words, struck=self.struck)
        if not found:
            self.say(f"“{words}” is nowhere in this text." if words.strip() else "")
            return False
        chosen = _next(found, start)
        self.go(chosen.clause, chosen.point)
        if chosen.told:
            self.say(chosen.told)
        return True

    def action_filter(self) -> None:
        """Only some clauses."""

        def preview(words: str) -> str:
            only = filtering.said(words, self.desk)
            if only is filtering.ALL:
                return "All clauses."
            count = len(filtering.filtered(self.whole, only, self.desk).clauses)
            return f"Only {only.told}: {count} of {len(self.whole.clauses)} clauses."

        def done(words: str | None) -> None:
            if words is None:
                return
            try:
                self.only = filtering.said(words, self.desk)
            except ANSWERS as answer:
                self.say(str(answer))
                return
            if not self.page.clauses:
                told, self.only = self.only.told, filtering.ALL
                self.say(f"No clause is {told}; all are shown.")
                return
            self.says = ""
            self.draw()

        hint = "open · a party · since WHEN · new (not yet discussed) · empty for all"
        self.app.push_screen(LineDialog("only", hint, preview), done)


def _next(found: tuple[Hit, ...], start: int) -> Hit:
    best = found[0].rank
    row = [one for one in found if one.rank == best]
    return next((one for one in row if one.place >= start), row[0])


def _under(found: tuple[Reference, ...], offset: int) -> Reference:
    return next((one for one in found if one.start <= offset < one.end), found[0])
