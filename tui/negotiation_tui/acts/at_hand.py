"""What an act is about: the clause and the open point at hand, words selected, the speaker."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from negotiation.desk import Desk
from negotiation.domain.clause import Clause
from negotiation.domain.terms import Proposal
from negotiation.views.paths import find
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.page import Page
from negotiation_tui.stage import Missing
from negotiation_tui.words_cursor import Selected

NO_POINT = Missing("No open point is at hand here; n goes to the next one.")
NO_BRACKET = Missing("No bracket is at hand here; n goes to the next open point.")


@attrs.frozen(eq=False)
class AtHand:
    """Everything that an act may be about."""

    desk: Desk
    page: Page
    clause: Clause
    point: OpenPoint | None
    told: Callable[[int], str]
    """The sentence of an entry."""
    speaker: str = ""
    """The party that has the floor."""
    selected: Selected | None = None

    @property
    def called(self) -> str:
        """The clause, as people read it off the page."""
        return visible(self.page.called.get(self.clause.id, self.clause.label) or "the text")

    @property
    def words(self) -> str:
        """The words selected in the clause, as one would type them."""
        one = self.selected
        return one.said if one is not None and one.clause == self.clause.id else ""

    @property
    def bracket(self) -> OpenPoint | None:
        """The open point at hand, when it is a bracket."""
        return self.point if self.point is not None and self.point.kind != PROPOSAL else None

    def proposals(self, *states: str) -> list[Proposal]:
        """The proposals on the clause, and on the open point at hand, in one of these states."""
        clauses = [self.clause]
        if self.point is not None:
            found = [self.page.clause(one) for one in self.point.clauses]
            clauses += [one for one in found if one is not None and one.id != self.clause.id]
        return [one for each in clauses for one in each.proposals if one.state in states]

    def named(self, proposal: Proposal) -> str:
        """A proposal, as a choice in a dialog reads."""
        names = self.page.moment.negotiation
        who = ", ".join(names.party(code).shown for code in proposal.sponsors)
        parts = (proposal.symbol, who, proposal.kind)
        return visible(" – ".join(part for part in parts if part) or "unattributed")

    def clause_called(self, said: str) -> Clause | Missing:
        """The one clause that somebody means by a path or a label."""
        found = find(self.page.moment, said.strip())
        if len(found) == 1:
            return found[0]
        if not found:
            return Missing(f"No clause is called “{brief(said, 40)}”; a path like resolves/2 is.")
        paths = ", ".join(self.page.called.get(one.id, one.label) for one in found[:4])
        return Missing(f"“{brief(said, 40)}” could be {visible(paths)}.")


def inside(point: OpenPoint) -> tuple[Line, ...]:
    """The wordings of an open point, with their numbers."""
    if not point.alternatives:
        return (((f"“{brief(point.words or point.struck, 300)}”", Ink.PLAIN),),)
    rows: list[Line] = []
    for one in point.alternatives:
        credit = " – ".join(part for part in (one.symbol, ", ".join(one.sponsors)) if part)
        words = brief(one.words or f"strikes {point.struck}", 300)
        head: Line = ((f"{one.order} ", Ink.STRONG),)
        if credit:
            head = (*head, (f"{visible(credit)}: ", Ink.SPONSOR))
        rows.append((*head, (words, Ink.ALTERNATIVE)))
    return tuple(rows)
