"""A record written by hand: events become numbered entries with fixed times.

Nothing is decided here; whatever a test writes is on the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from negotiation.domain import events as ev
from negotiation.domain.entries import Act, Entry, Moment
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Kind, Origin, ProposalTerms, TabledRun
from negotiation.text.edit import Edit, insertion, replacement
from negotiation.text.passage import Standing
from negotiation.views.at_that_time import Timeline

START = dt.datetime(2031, 5, 6, 9, 0, tzinfo=dt.UTC)


def time(minutes: int) -> dt.datetime:
    """So many minutes after the record begins."""
    return START + dt.timedelta(minutes=minutes)


class Writer:
    """Writes entries one act after the other; each act is one minute later than the last."""

    def __init__(self, negotiation: str = "tide") -> None:
        self.entries: list[Entry] = []
        self._versions: dict[str, int] = {}
        self._acts = 0
        self.timeline = Timeline(negotiation)
        self.act("", ev.NegotiationOpened("TC/1"))

    @property
    def head(self) -> int:
        return len(self.entries)

    def act(
        self,
        clause: str,
        *events: ev.Event,
        by: str = "Amina",
        capacity: Capacity = Capacity.CHAIR,
        behalf: str = "",
        meeting: str = "",
        purpose: str = "",
    ) -> int:
        """One act on one stream; answers the number of its last entry."""
        return self.acts(
            *((clause, event) for event in events),
            by=by,
            capacity=capacity,
            behalf=behalf,
            meeting=meeting,
            purpose=purpose,
        )

    def acts(
        self,
        *events: tuple[str, ev.Event],
        by: str = "Amina",
        capacity: Capacity = Capacity.CHAIR,
        behalf: str = "",
        meeting: str = "",
        purpose: str = "",
    ) -> int:
        """One act over several streams."""
        self._acts += 1
        when = time(self._acts)
        act = Act(
            f"act-{self._acts}",
            when,
            Moment(when),
            by,
            behalf=behalf,
            capacity=capacity,
            meeting=meeting,
            purpose=purpose,
        )
        for clause, event in events:
            version = self._versions[clause] = self._versions.get(clause, 0) + 1
            entry = Entry(self.head + 1, clause, version, act, event)
            self.entries.append(entry)
            self.timeline.extend([entry])
        return self.head

    # -- what tests write often -------------------------------------------------------------------

    def table(
        self,
        clause: str,
        words: str | Iterable[TabledRun],
        label: str = "",
        kind: Kind = Kind.ITEM,
        *,
        after: str | None = None,
        level: int = 0,
        add: ProposalTerms | None = None,
        base_label: str | None = None,
    ) -> int:
        """A clause before the room, base words unless it is an addition."""
        if isinstance(words, str):
            run = (
                TabledRun(words)
                if add is None
                else TabledRun(words, Origin.INSERTED, standing=Standing.PENDING, source=add.id)
            )
            runs: tuple[TabledRun, ...] = (run,) if words else ()
        else:
            runs = tuple(words)
        order = self.timeline.negotiation(self.head).order
        behind = (order[-1].clause if order else "") if after is None else after
        base = base_label if add is not None else (label if base_label is None else base_label)
        return self.acts(
            (clause, ev.ClauseTabled(kind, label, runs, base, proposal=add)),
            ("", ev.ClausePlaced(clause, behind, level)),
        )

    def heading(self, clause: str, words: str) -> int:
        return self.table(clause, words, kind=Kind.HEADING)

    def replaced(self, clause: str, old: str, new: str) -> tuple[Edit, ...]:
        """The edit that puts ``new`` in the place of ``old``, or behind the end."""
        state = self.timeline.clause(clause, self.head)
        assert state is not None
        words = state.passage.words
        if not old:
            return (insertion(len(words), new),)
        at = words.index(old)
        return (replacement(state.passage, at, at + len(old), new),)

    def mod(
        self,
        clause: str,
        old: str,
        new: str,
        proposal: str,
        *sponsors: str,
        symbol: str = "",
        editorial: bool = False,
    ) -> int:
        terms = ProposalTerms(proposal, symbol, sponsors)
        edits = self.replaced(clause, old, new)
        return self.act(
            clause,
            ev.AmendmentProposed(terms, edits, editorial),
            by="Bo",
            behalf=sponsors[0] if sponsors else "",
            capacity=Capacity.DELEGATION,
        )

    def revise(self, clause: str, old: str, new: str, *, editorial: bool = False) -> int:
        return self.act(
            clause, ev.TextRevised(self.replaced(clause, old, new), editorial=editorial)
        )

    def stretch(self, clause: str, words: str) -> tuple[int, int]:
        """Where words stand in a clause, counted in its whole passage."""
        state = self.timeline.clause(clause, self.head)
        assert state is not None
        at = state.passage.words.index(words)
        return at, at + len(words)
