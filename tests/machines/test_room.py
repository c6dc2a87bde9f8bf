"""Arbitrary acts in an arbitrary room, beside a slow twin: the promises of the record hold.

`room` acts on words, proposals and open points; here they are bound as well: agreed step by step
and on conditions, reopened, referred back, tied in packages, put to the room, changed throughout,
issued and received. All of it is played together.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.decide import decide
from negotiation.domain.entries import Drafted
from negotiation.domain.ladder import ladder
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import Refusal
from negotiation.domain.terms import Condition, DocumentRole, Kind, Package, PutDecision, WaitsOn
from negotiation.ledger.stored_command import command_from, stored_command
from negotiation.text.search import occurrences
from tests.machines.room import PARTIES, SOME, START, WORDS, RoomMachine

LEVELS = ladder("itu")
TERMS = ("shall", "the", "tide", "measure", "x", "the tide", ",", "and", "\u0301", "e\u0301tat")


def _rung(clause: Clause) -> int:
    return LEVELS.index(clause.agreement.level) if clause.agreement is not None else -1


class BoundMachine(RoomMachine):
    """A room in which words are bound as well."""

    # -- what stands ------------------------------------------------------------------------------

    def packages(self, *states: str) -> list[Package]:
        return [one for one in self.timeline.room().negotiation.packages if one.state in states]

    def questions(self) -> tuple[PutDecision, ...]:
        return self.timeline.room().negotiation.decisions

    def agreed(self) -> list[Clause]:
        return [one for one in self.clauses() if one.agreement is not None]

    def an_agreed_clause(self, data) -> Clause:
        agreed = self.agreed()
        return data.draw(st.sampled_from(agreed)) if agreed else self.a_clause(data)

    # -- the beginning ----------------------------------------------------------------------------

    @initialize(data=st.data())
    def begin(self, data) -> None:
        """Sometimes in the middle: something agreed, something tied, something taken."""
        super().begin(data)
        first, second = self.clauses()[:2]
        if data.draw(st.booleans()):
            self.act(do.TableClause("c8", Kind.ITEM, "", "the tide shall turn.", "", 1))
            slips = data.draw(st.sampled_from((*LEVELS[1:-1], "")))
            for level in LEVELS[: data.draw(st.integers(0, len(LEVELS)))]:
                self.act(do.AgreeClause("c8", level))
                if level == slips:
                    slip = (do.Rewording("should", do.WordsAt("shall")),)
                    editor = Capacity.EDITOR
                    self.act(do.ReviseText("c8", slip, True, "", editor), editor)
        if data.draw(st.booleans()):
            for name, clause in (("o1", first), ("o2", second)):
                self.act(do.PlaceBracket(name, clause.id))
            if data.draw(st.booleans()):
                self.act(do.TableAlternative("o2", self.terms(data), "x and y", "c9"))
            self.act(do.FormPackage("k0", "finance", (), tuple(self.points())))
            if data.draw(st.booleans()):
                (package,) = self.packages("formed")
                self.act(do.TakePackage("k0", self._settling(data, package)))

    # -- agreement --------------------------------------------------------------------------------

    def a_condition(self, data) -> str | Condition:
        other = self.a_clause(data)
        named = [one.name for one in self.packages("formed", "taken", "agreed", "broken")]
        tied = Condition(f"pending {other.id}", WaitsOn.CLAUSE, other.id)
        said = ("money", "pending FJI", "ad referendum: KIR", tied)
        condition: str | Condition = data.draw(
            st.sampled_from((*said, *(f"package {name}" for name in named)))
        )
        return condition

    @rule(data=st.data(), how_many=SOME)
    def agree_on_conditions(self, data, how_many) -> None:
        conditions = tuple(self.a_condition(data) for _ in range(how_many))
        heard = data.draw(st.sampled_from(((), PARTIES[:1], PARTIES)))
        self.act(do.AgreeClause(self.a_clause(data).id, "", conditions, heard))

    @precondition(lambda self: self.agreed())
    @rule(data=st.data(), steps=st.sampled_from((1, 1, 1, 2, 0)))
    def climb(self, data, steps) -> None:
        clause = self.an_agreed_clause(data)
        assert clause.agreement is not None
        rung = LEVELS.index(clause.agreement.level)
        self.act(do.AgreeClause(clause.id, LEVELS[min(rung + steps, len(LEVELS) - 1)]))

    @precondition(lambda self: self.agreed())
    @rule(data=st.data(), fails=st.booleans())
    def end_a_condition(self, data, fails) -> None:
        clause = self.an_agreed_clause(data)
        assert clause.agreement is not None
        words = [one.words for one in clause.agreement.conditions] or ["money"]
        one = data.draw(st.sampled_from(words))
        self.act(
            do.FailCondition(clause.id, one, "no") if fails else do.MeetCondition(clause.id, one)
        )

    @rule(data=st.data(), decision=st.sampled_from(("the Plenary", "the Plenary", "")))
    def give_back(self, data, decision) -> None:
        clause = self.an_agreed_clause(data).id
        if data.draw(st.booleans()):
            self.act(do.ReopenClause(clause, "KIR", "new facts", decision))
        else:
            level = data.draw(st.sampled_from((LEVELS[1], LEVELS[1], *LEVELS)))
            below = [one for one in self.agreed() if _rung(one) < len(LEVELS) - 1]
            highest = max(below, key=_rung, default=None)
            self.act(do.ReferBack(highest.id if highest else clause, level, decision))

    @rule(data=st.data())
    def correct(self, data) -> None:
        adopted = [
            one for one in self.agreed() if one.agreement and one.agreement.level == LEVELS[-1]
        ]
        clause = data.draw(st.sampled_from(adopted)) if adopted else self.a_clause(data)
        # What it read at some time is what an error is put right to.
        at = data.draw(st.sampled_from([*self.timeline.changes_of(clause.id), self.timeline.head]))
        then = self.timeline.clause(clause.id, at)
        new = then.passage.live if then is not None and then.passage.live else "x"
        changes = (do.Rewording(new),) if data.draw(SOME) else self.rewordings(data, clause)
        self.act(do.CorrectText(clause.id, changes, data.draw(st.sampled_from(((at,), ())))))

    # -- packages ---------------------------------------------------------------------------------

    @rule(data=st.data(), name=st.sampled_from(("finance", "transfer")))
    def form(self, data, name) -> None:
        points = data.draw(st.lists(st.sampled_from(self.points() or ["no point"]), max_size=2))
        clauses = [self.a_clause(data).id for _ in range(data.draw(SOME))]
        self.act(do.FormPackage(self._id(), name, tuple(clauses), tuple(points)))

    @precondition(lambda self: self.packages("formed"))
    @rule(data=st.data())
    def take(self, data) -> None:
        package = data.draw(st.sampled_from(self.packages("formed")))
        self.act(do.TakePackage(package.id, self._settling(data, package), PARTIES[:2]))

    def _settling(self, data, package: Package) -> tuple[do.Command, ...]:
        """What settles all that is open on its clauses, or nearly."""
        members = [one for one in self.clauses() if one.id in package.clauses]
        points = [bracket.point for one in members for bracket in one.brackets]
        row: list[do.Command] = []
        for point in dict.fromkeys((*package.points, *points)):
            rivals = [
                one.order for clause in self.clauses() for one in clause.alternatives
                if one.point == point
            ]  # fmt: skip
            if rivals:
                order = data.draw(st.sampled_from(rivals))
                label = data.draw(st.sampled_from((None, "z)")))
                chosen = do.ResolveOpenPoint(point, (do.Choose(order, label),))
                anew = do.ResolveOpenPoint(point, (), data.draw(WORDS), self._id())
                row.append(data.draw(st.sampled_from((chosen, anew))))
            else:
                row.append(do.LiftBracket(point))
        for clause in members:
            listed = {one.proposal for one in clause.alternatives}
            for proposal in clause.proposals:
                if proposal.state == "on the table" and proposal.id not in listed:
                    dropped, kept = do.DropProposal(proposal.id), do.RetainProposal(proposal.id)
                    row.append(data.draw(st.sampled_from((dropped, kept))))
        if data.draw(st.integers(0, 4)) == 0:
            other = self.a_clause(data)
            row.append(data.draw(st.sampled_from((
                do.MoveClause(other.id, ""),
                do.ReviseText(other.id, self.rewordings(data, other)),
                do.OpenMeeting("the fourth"),
            ))))  # fmt: skip
        return tuple(row)

    @precondition(lambda self: self.packages("formed", "taken"))
    @rule(data=st.data(), holds=st.booleans())
    def end_a_package(self, data, holds) -> None:
        among = self.packages("taken") or self.packages("formed")
        package = data.draw(st.sampled_from(among))
        self.act(
            do.AgreePackage(package.id) if holds else do.BreakPackage(package.id, "KIR", "no sums")
        )

    # -- put to the room --------------------------------------------------------------------------

    @rule(data=st.data(), silent=st.booleans())
    def put(self, data, silent) -> None:
        wanted = [
            do.LiftBracket(self.a_point(data)),
            do.AgreeClause(self.a_clause(data).id),
            do.DropProposal(self.a_proposal(data)),
            do.MoveClause(self.a_clause(data).id, ""),
            *(do.TakePackage(p.id, self._settling(data, p)) for p in self.packages("formed")),
            *(do.BreakPackage(p.id, ground="no sums") for p in self.packages("taken")),
        ]
        command = data.draw(st.sampled_from(wanted))
        until = START + dt.timedelta(hours=1) if silent else None
        self.act(do.PutDecision(self._id(), command, stored_command(command), "So?", until))

    @precondition(lambda self: self.questions())
    @rule(data=st.data(), act=st.integers(0, 5), party=st.sampled_from(PARTIES))
    def answer(self, data, act, party) -> None:
        asked = data.draw(st.sampled_from(self.questions()))
        late = START + dt.timedelta(hours=data.draw(st.sampled_from((0, 2))))
        match act:
            case 0:
                self.act(do.MakeObjection(asked.id, party, late))
            case 1:
                self.act(do.WithdrawObjection(asked.id, party))
            case 2:
                self.act(do.DropDecision(asked.id, "too early"))
            case _:
                self.act(do.TakeDecision(asked.id, command_from(asked.command), late))

    # -- terms, labels, versions ------------------------------------------------------------------

    @rule(data=st.data(), old=st.sampled_from(TERMS), new=WORDS, editor=st.booleans())
    def throughout(self, data, old, new, editor) -> None:
        places: list[do.Occurrence] = []
        for clause in self.clauses():
            if clause.stands:
                found = len(occurrences(clause.passage, old))
                changes = [data.draw(st.booleans()) for _ in range(found)]
                places += [do.Occurrence(clause.id, n, c) for n, c in enumerate(changes, start=1)]
        capacity = Capacity.EDITOR if editor else Capacity.CHAIR
        term = do.ChangeTerm(
            old, data.draw(st.sampled_from((new, ""))), tuple(places), editor, capacity
        )
        self.act(term, capacity)

    @rule(data=st.data(), label=st.sampled_from(("a)", "b bis)", "", "iii)")))
    def label(self, data, label) -> None:
        clause, other = self.a_clause(data), self.a_clause(data)
        if data.draw(st.booleans()):
            self.act(do.RelabelClause(clause.id, label))
            return
        references = ((other.id, self.rewordings(data, other)),) if data.draw(SOME) == 0 else ()
        renumbering = do.RenumberText(((clause.id, label),), references)
        if data.draw(SOME):
            self.act(renumbering)
        else:
            self.act(do.IssueVersion(f"TC/{self._id()}", "0" * 64, "", renumbering))

    @rule(data=st.data(), back=st.booleans())
    def issue(self, data, back) -> None:
        issued = self.timeline.room().negotiation.issued
        if back and issued:
            self.act(do.WithdrawVersion(data.draw(st.sampled_from(issued)).symbol, "wrong file"))
        else:
            self.act(do.IssueVersion(f"TC/{self._id()}", "0" * 64))

    @rule(data=st.data())
    def receive(self, data) -> None:
        """A later page says that a clause reads otherwise, and where it comes from."""
        clause, other = self.a_clause(data), self.a_clause(data)
        symbol = f"TC/{self._id()}"
        page = ev.DocumentReceived("n.md", "0" * 64, b"n", symbol, 2, role=DocumentRole.REVISION)
        rows = [Drafted("", page), Drafted(clause.id, ev.ClauseDrawnFrom((other.id,)))]
        editor = do.ReviseText(
            clause.id, self.rewordings(data, clause), True, capacity=Capacity.EDITOR
        )
        try:
            implied = decide(editor, self.timeline.room())
        except Refusal:
            implied = ()
        for one in implied:
            assert isinstance(one.event, ev.TextRevised)
            rows.append(Drafted(one.clause, ev.TextRevised(one.event.edits)))
        rows.append(Drafted(clause.id, ev.ClauseReprinted(clause.kind, "{label} ")))
        self.act(do.ReceiveRevision(symbol, tuple(rows)), Capacity.IMPORT)


_PROFILE = settings()
TestRoom = BoundMachine.TestCase
TestRoom.settings = settings(
    max_examples=_PROFILE.max_examples * 2,
    stateful_step_count=_PROFILE.stateful_step_count,
)
TestRoom = pytest.mark.filterwarnings("ignore::ResourceWarning")(TestRoom)
