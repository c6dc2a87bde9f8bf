"""given(what happened).when(command).then(events | refusal), in memory.

Acts are decided and folded as the desk does it, with counted act ids and a fixed clock. What is
given is commands, each an act of its own, or `Drafted` events that are on the record undecided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    Command,
    OpenNegotiation,
    ProposeAddition,
    ProposeAmendment,
    ReverseAct,
    Rewording,
    TableClause,
    Where,
    WordsAt,
)
from negotiation.domain.decide import decide
from negotiation.domain.entries import Act, Drafted, Entry, Moment
from negotiation.domain.events import Event
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import Agreement, Kind, ProposalTerms
from negotiation.text.passage import Passage, Shown, Standing
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_is_open import what_is_open

START = dt.datetime(2031, 5, 6, 9, 0, tzinfo=dt.UTC)


class Case:
    """A record in memory, and what came of the last command."""

    def __init__(self) -> None:
        self.timeline = Timeline("tide")
        self.refusal: Refusal | None = None
        self.drafted: tuple[Drafted, ...] = ()
        self._versions: dict[str, int] = {}
        self.acts: list[str] = []

    # -- acts -------------------------------------------------------------------------------------

    def has(self, happened: Command | Drafted | Iterable[Drafted]) -> Case:
        """One more act on the record; a refusal of what is given is a mistake of the test."""
        if isinstance(happened, Drafted):
            self._write((happened,), "Given")
        elif isinstance(happened, tuple | list):
            self._write(tuple(happened), "Given")
        else:
            drafted = decide(happened, self.timeline.room())  # type: ignore[arg-type]  # neither drafted nor a row of them
            self._write(drafted, type(happened).__name__)
        return self

    def when(self, command: Command) -> Case:
        """The act in question; what comes of it is looked at by `then` or `refused`."""
        self.refusal, self.drafted = None, ()
        try:
            self.drafted = decide(command, self.timeline.room())
        except Refusal as refusal:
            self.refusal = refusal
        else:
            self._write(self.drafted, type(command).__name__)
        return self

    def undo(self, back: int = 1) -> Case:
        """Undo the act that is so many acts back; 1 is the latest."""
        return self.when(ReverseAct(self.acts[-back]))

    def _write(self, drafted: tuple[Drafted, ...], purpose: str) -> None:
        act = f"act-{len(self.acts) + 1}"
        when = START + dt.timedelta(minutes=len(self.acts))
        header = Act(act, when, Moment(when), "Amina", purpose=purpose)
        for one in drafted:
            version = self._versions[one.clause] = self._versions.get(one.clause, 0) + 1
            number = self.timeline.head + 1
            entry = Entry(
                number, one.clause, version, header, one.event, one.evidence, one.visibility
            )
            self.timeline.extend([entry])
        self.acts.append(act)

    # -- what came of it --------------------------------------------------------------------------

    def then(self, *expected: type[Event] | Event) -> Case:
        """The act became these events, in order; each given by its class or in full."""
        assert self.refusal is None, f"refused: {self.refusal}"
        found = [one.event for one in self.drafted]
        said = [type(event).__name__ for event in found]
        wanted = [e.__name__ if isinstance(e, type) else type(e).__name__ for e in expected]
        assert said == wanted
        for event, one in zip(found, expected, strict=True):
            if not isinstance(one, type):
                assert event == one
        return self

    def refused(self, refusal: type[Refusal], *parts: str) -> Case:
        """The act was refused for this reason, in one sentence that holds these parts."""
        assert self.refusal is not None, f"not refused, but {self.drafted}"
        assert type(self.refusal) is refusal, f"{type(self.refusal).__name__}: {self.refusal}"
        sentence = str(self.refusal)
        assert sentence.endswith("."), sentence
        for part in parts:
            assert part in sentence, sentence
        return self

    def clause(self, clause: str = "a") -> Clause:
        """A clause as it stands."""
        state = self.timeline.clause(clause, self.timeline.head)
        assert state is not None, f"clause {clause} was never tabled"
        return state

    def agreement(self, clause: str = "a") -> Agreement:
        """The agreement on a clause."""
        found = self.clause(clause).agreement
        assert found is not None, f"{clause} is not agreed"
        return found

    def live(self, words: str, clause: str = "a") -> Case:
        """The live words of a clause."""
        assert self.clause(clause).passage.live == words
        return self

    def base(self, words: str, clause: str = "a") -> Case:
        """The base words of a clause."""
        assert self.clause(clause).passage.base == words
        return self

    def decided(self, words: str, clause: str = "a") -> Case:
        """The words as decided so far."""
        assert self.clause(clause).passage.decided == words
        return self

    def marked(self, words: str, clause: str = "a") -> Case:
        """Every word with its marks, as `marked` writes them."""
        assert marked(self.clause(clause).passage) == words
        return self

    def proposal(self, proposal: str, state: str, clause: str = "a") -> Case:
        """How a proposal stands."""
        found = self.clause(clause).proposal(proposal)
        assert found is not None, f"no proposal {proposal} on {clause}"
        assert found.state == state
        return self

    def open(self, count: int) -> Case:
        """How many open points there are, proposals without a decision among them."""
        assert len(what_is_open(self.timeline, self.timeline.head)) == count
        return self

    def inside(self, point: str, words: str, clause: str = "a") -> Case:
        """The live words that a bracket covers on a clause."""
        state = self.clause(clause)
        bracket = state.bracket(point)
        assert bracket is not None, f"no bracket {point} on {clause}"
        start, end = bracket.reach.within(len(state.passage.words))
        assert state.passage.live_between(start, end) == words
        return self

    def order(self, *clauses: str) -> Case:
        """The clauses in the order of the text."""
        assert [one.clause for one in self.timeline.negotiation(self.timeline.head).order] == [
            *clauses
        ]
        return self


def given(*happened: Command | Drafted | Iterable[Drafted]) -> Case:
    """A record on which this has happened, after its opening."""
    case = Case().has(OpenNegotiation("TC/1", "Tidal Conference"))
    for one in happened:
        case.has(one)
    return case


def marked(passage: Passage) -> str:
    """Every word with its marks: ``{+in}`` and ``{-out}`` undecided, ``{=in}`` retained, ``{x…}``
    gone."""
    row: list[str] = []
    for run in passage.runs:
        match run.shown:
            case Shown.GONE:
                row.append(f"{{x{run.words}}}")
            case Shown.STRUCK:
                row.append(f"{{-{run.words}}}")
            case _ if run.inserted_by is None:
                row.append(run.words)
            case _:
                pending = run.inserted_by.standing is Standing.PENDING
                row.append(f"{{{'+' if pending else '='}{run.words}}}")
    return "".join(row)


# -- the acts that tests write most often ---------------------------------------------------------

TIDE = "recognizing that the tide shall rise, and fall;"
"""The words of clause a."""


def table(clause: str, label: str, words: str, after: str = "", level: int = 1) -> Command:
    """A clause of the text that is there."""
    return TableClause(clause, Kind.ITEM, label, words, after, level)


def two() -> tuple[Command, Command]:
    """Clauses a and b."""
    return table("a", "a)", TIDE), table("b", "b)", "noting the moon;", "a")


def by(party: str, name: str = "p") -> ProposalTerms:
    """A proposal of one party, with a symbol."""
    return ProposalTerms(name, f"TC/{name}", (party,))


def at(words: str, occurrence: int = 1) -> WordsAt:
    """Words as they are printed."""
    return WordsAt(words, occurrence)


def instead(words: str, new: str, occurrence: int = 1) -> Rewording:
    """Other words in their place."""
    return Rewording(new, WordsAt(words, occurrence))


def behind(words: str, new: str) -> Rewording:
    """New words after these."""
    return Rewording(new, WordsAt(words), Where.AFTER)


def mod(*changes: Rewording, clause: str = "a", name: str = "p", party: str = "FJI") -> Command:
    """A MOD."""
    return ProposeAmendment(clause, by(party, name), changes)


def add(words: str, clause: str = "n", name: str = "n", party: str = "KIR") -> Command:
    """An ADD behind clause a."""
    return ProposeAddition(clause, by(party, name), Kind.ITEM, "b)", words, "a", 1)
