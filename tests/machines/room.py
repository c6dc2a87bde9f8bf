"""A room in which words, proposals and open points are acted on at random, beside a slow twin.

Acts are drawn from the room as it stands, and made through a desk on a file; the same entries go to
a record in memory. After every act the twin has followed the events, the act's undoing is
rehearsed, and nothing was lost. `test_room` adds what binds the words, and plays it.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import attrs
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.decide import decide
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.evolve import evolve
from negotiation.domain.ladder import ladder
from negotiation.domain.negotiation import evolve_negotiation
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NotUndone, Refusal
from negotiation.domain.room import Room
from negotiation.domain.terms import (
    BracketKind,
    Correction,
    Damage,
    How,
    Kind,
    Origin,
    Printed,
    ProposalTerms,
    Severity,
    Stance,
    TabledRun,
)
from negotiation.ledger.ledger import Ledger
from negotiation.text.passage import Standing
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_is_open import what_is_open
from negotiation.views.where_did_it_go import fates
from tests.machines import promises
from tests.machines.twin import Twin, letters_of

START = dt.datetime(2031, 5, 6, 9, 0, tzinfo=dt.UTC)
PARTIES = ("FJI", "KIR", "TUV")
BITS = (
    "shall", "should", "the tide", "measure", ",", ".", "and", "kept’s", "e\u0301tat", "\u00a0",
    "“high”", "(low)", "\u05d9\u05dd", "👩‍🔬", "x", "  ", "\u0301", "re-", "[and]",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(BITS), min_size=1, max_size=4).map(" ".join)
SOME = st.sampled_from(range(3))


class RoomMachine(RuleBasedStateMachine):
    """A room of up to a dozen clauses in which anything is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = self.new_store()
        self.minted = 0
        self.ticks = 0
        self.desk = Desk.begin(self.store, clock=self._clock, ids=self._id)
        self.memory = Ledger.open(None)
        self.twins: dict[str, Twin] = {}
        self.glimpses: list[tuple[int, tuple]] = []

    def new_store(self) -> str:
        """Where the record is kept: in a file, unless another kind of store is played on."""
        return str(self.folder / "room.db")

    def _clock(self) -> dt.datetime:
        self.ticks += 1
        return START + dt.timedelta(seconds=self.ticks)

    def _id(self) -> str:
        self.minted += 1
        return f"id{self.minted}"

    # -- the room as it stands --------------------------------------------------------------------

    @property
    def timeline(self) -> Timeline:
        return self.desk.timeline

    def clauses(self) -> list[Clause]:
        return self.timeline.room().in_order()

    def a_clause(self, data) -> Clause:
        # When everything was undone, the clauses that are out of the text are asked for.
        clauses = self.clauses() or list(self.timeline.room().clauses.values())
        place: int = data.draw(st.integers(0, len(clauses) - 1))
        return clauses[place]

    def a_proposal(self, data) -> str:
        held = [one for clause in self.clauses() for one in clause.proposals]
        waiting = [one for one in held if one.state == "on the table"]
        if not held or data.draw(st.integers(0, 19)) == 19:
            return "nobody's"
        among = waiting if waiting and data.draw(SOME) else held
        place: int = data.draw(st.integers(0, len(among) - 1))
        return among[place].id

    def points(self) -> list[str]:
        rows = (bracket.point for clause in self.clauses() for bracket in clause.brackets)
        return list(dict.fromkeys(rows))

    def a_point(self, data) -> str:
        point: str = data.draw(st.sampled_from(self.points() or ["no point"]))
        return point

    def words_in(self, data, clause: Clause) -> do.WordsAt:
        """Words of the clause, usually live and usually whole ones."""
        passage = clause.passage
        text = passage.words if data.draw(st.integers(0, 9)) == 9 else passage.live
        if not text:
            return do.WordsAt("gone")
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, min(len(text), start + 24)))
        if data.draw(SOME):
            start = text.rfind(" ", 0, start + 1) + 1
            end = text.find(" ", end) if " " in text[end:] else len(text)
        words = text[start:end] or text[0]
        return do.WordsAt(words, data.draw(st.sampled_from((1, 1, 1, 2))))

    def rewordings(self, data, clause: Clause) -> tuple[do.Rewording, ...]:
        rows: list[do.Rewording] = []
        for _ in range(data.draw(st.integers(1, 2))):
            new = data.draw(st.one_of(st.just(""), WORDS))
            how = data.draw(st.integers(0, 9))
            words = None if how < 3 else self.words_in(data, clause)
            rows.append(do.Rewording(new, words, data.draw(st.sampled_from(do.Where))))
        return tuple(rows)

    def a_sponsor(self, data, proposal: str) -> str:
        clause = self.timeline.room().proposing(proposal)
        held = clause.proposal(proposal) if clause else None
        own = held.sponsors if held else ()
        party: str = data.draw(st.sampled_from((*own, *own, *own, *PARTIES, "")))
        return party

    # -- making an act, and looking at what came of it --------------------------------------------

    def act(self, command: do.Command, capacity: Capacity = Capacity.CHAIR) -> None:
        note(f"{self.timeline.head}: {command}")
        head = self.timeline.head
        room = self.timeline.room()
        before = Room(room.negotiation, dict(room.clauses), room.past, room.head)
        entries, why = self._made(command, capacity)
        if why is not None:
            assert str(why).endswith("."), str(why)
            assert self.timeline.head == head == self.desk.ledger.head(self.timeline.id)
            return
        assert entries, "an act without entries"
        self.memory.append(self.timeline.id, entries)
        for entry in entries:
            self._followed(entry)
        promises.whole_room(self.timeline)
        promises.packages_whole(self.timeline)
        promises.broken_is_as_before(self.timeline, entries)
        self._undo_gives_back(entries, before)

    def _made(
        self, command: do.Command, capacity: Capacity
    ) -> tuple[tuple[Entry, ...], Refusal | None]:
        try:
            return self.desk.act(command, Hand("Amina", capacity=capacity)), None
        except Refusal as refusal:
            return (), refusal

    def _followed(self, entry: Entry) -> None:
        if not entry.clause:
            return
        twin = self.twins.setdefault(entry.clause, Twin())
        twin.follow(entry.number, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
        state = self.timeline.clause(entry.clause, entry.number)
        assert state is not None
        assert letters_of(state.passage) == twin.letters
        held = {(one.point, 0): one.reach for one in state.brackets}
        held |= {(one.point, one.order): one.reach for one in state.alternatives}
        assert held == twin.reaches()
        promises.legal(state)
        promises.step(
            self.timeline.clause(entry.clause, entry.number - 1),
            state,
            entry,
            self._reverses_a_reading(entry),
        )

    def _reverses_a_reading(self, entry: Entry) -> bool:
        event = entry.event
        if not isinstance(event, ev.ActReversed):
            return False
        undone = [self.timeline.entries[number - 1] for number in event.entries]
        return any(
            isinstance(one.event, ev.AnomalySettled | ev.ClauseTabled)
            or self._reverses_a_reading(one)
            for one in undone
        )

    def _undo_gives_back(self, entries: tuple[Entry, ...], before) -> None:
        """Undoing an act at once gives the room before it."""
        room = self.timeline.room()
        try:
            drafted = decide(do.ReverseAct(entries[0].act.id), room)
        except NotUndone:
            return
        whole = room.negotiation
        states = dict(room.clauses)
        for number, one in enumerate(drafted, start=room.head + 1):
            if one.clause:
                states[one.clause] = evolve(states[one.clause], number, one.clause, one.event)  # type: ignore[arg-type]  # as above
            else:
                whole = evolve_negotiation(whole, number, one.event)  # type: ignore[arg-type]  # as above
        # What was received stays received; only what it implied is taken back.
        assert attrs.evolve(whole, documents=before.negotiation.documents) == before.negotiation
        for clause, state in states.items():
            if clause in before.clauses:
                assert state == before.clauses[clause]
            else:
                assert not state.margin.tabled
                assert not state.passage.runs

    # -- the beginning ----------------------------------------------------------------------------

    @initialize(data=st.data())
    def begin(self, data) -> None:
        self.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
        if data.draw(st.booleans()):
            self.act(do.ReceiveDraft("TC/1", self._a_page()))
            return
        texts = data.draw(st.lists(WORDS, min_size=2, max_size=3))
        for number, words in enumerate(texts):
            after = f"c{number - 1}" if number else ""
            self.act(do.TableClause(f"c{number}", Kind.ITEM, f"{'abcd'[number]})", words, after, 1))

    def _a_page(self) -> tuple[Drafted, ...]:
        """A page with every kind of run, a group of wordings and two faults."""
        kept, dropped, pending = Standing.KEPT, Standing.DROPPED, Standing.PENDING
        printed = (Printed(4, 4, How.TORN), Printed(9, 15, How.STRIKE_LOST))
        mod = ProposalTerms("p0", "TC/7", ("FJI",))
        rows: list[Drafted] = [Drafted("", ev.DocumentReceived("page.md", "0" * 64, b"page"))]
        runs = (
            TabledRun("the tide "),
            TabledRun("shall ", struck=True),
            TabledRun("should ", Origin.INSERTED, standing=kept),
            TabledRun("never ", Origin.INSERTED, standing=dropped),
            TabledRun("be measurd ", Origin.PRESUMED),
            TabledRun("daily", Origin.INSERTED, standing=pending, source="p0"),
            TabledRun(".", struck=True, standing=pending, source="p0"),
        )
        rows.append(
            Drafted(
                "c0",
                ev.ClauseTabled(Kind.ITEM, "a)", runs, "a)", amendments=(mod,), printed=printed),
            )
        )
        rows.append(Drafted("", ev.ClausePlaced("c0", "", 1)))
        at = len("the tide shall should never be ")
        fix = Correction(at, at + 8, "measurd ", (TabledRun("measured ", Origin.PRESUMED),))
        damage = Damage("typo", Severity.DAMAGED, 4, 1, 4, "measurd", "A letter is lost.", True)
        rows.append(
            Drafted("c0", ev.AnomalyFound("n0", Damage(
                damage.code, damage.severity, 4, 1, 4, damage.words, damage.message, True,
                "measured", (fix,),
            )))
        )  # fmt: skip
        rows.append(Drafted("c0", ev.AnomalyFound("n1", damage)))
        for number, party in ((1, "FJI"), (2, "KIR")):
            terms = ProposalTerms(f"p{number}", f"TC/{number + 7}", (party,))
            run = TabledRun(
                "also the tide" if number == 1 else "and low tide",
                Origin.INSERTED,
                standing=pending,
                source=terms.id,
            )
            clause = f"c{number}"
            rows += [
                Drafted(clause, ev.ClauseTabled(Kind.ITEM, "b)", (run,), proposal=terms)),
                Drafted("", ev.ClausePlaced(clause, f"c{number - 1}", 1)),
                Drafted(
                    clause,
                    ev.BracketPlaced("q0", BracketKind.ALTERNATIVES, begins=number == 1),
                ),
                Drafted(clause, ev.AlternativeTabled("q0", number, terms.id, (party,), label="b)")),
            ]
        return tuple(rows)

    # -- text and proposals -----------------------------------------------------------------------

    def terms(self, data) -> ProposalTerms:
        party = data.draw(st.sampled_from(PARTIES))
        name = self._id()
        return ProposalTerms(name, f"TC/{name}", (party,))

    @precondition(lambda self: len(self.clauses()) < 12)
    @rule(data=st.data(), words=WORDS, adds=st.booleans())
    def table(self, data, words, adds) -> None:
        after = data.draw(st.sampled_from(["", *[one.id for one in self.clauses()]]))
        label = data.draw(st.sampled_from(("", "a)", "iii)", "2.")))
        if adds:
            terms = self.terms(data)
            self.act(do.ProposeAddition(self._id(), terms, Kind.ITEM, label, words, after, 1))
        else:
            self.act(do.TableClause(self._id(), Kind.ITEM, label, words, after, 1))

    @rule(data=st.data(), editorial=st.booleans())
    def propose(self, data, editorial) -> None:
        clause = self.a_clause(data)
        changes = self.rewordings(data, clause)
        self.act(do.ProposeAmendment(clause.id, self.terms(data), changes, editorial))

    @rule(data=st.data(), keeps=st.booleans())
    def propose_deletion_or_nothing(self, data, keeps) -> None:
        clause = self.a_clause(data)
        terms = self.terms(data)
        self.act(
            do.ProposeNoChange(clause.id, terms) if keeps else do.ProposeDeletion(clause.id, terms)
        )

    @rule(data=st.data(), party=st.sampled_from(PARTIES))
    def support(self, data, party) -> None:
        self.act(do.SupportProposal(self.a_proposal(data), party))

    @rule(data=st.data())
    def revise_proposal(self, data) -> None:
        name = self.a_proposal(data)
        clause = self.timeline.room().proposing(name) or self.a_clause(data)
        changes = self.rewordings(data, clause)
        self.act(do.ReviseProposal(name, self.a_sponsor(data, name), changes))

    @rule(data=st.data())
    def withdraw(self, data) -> None:
        name = self.a_proposal(data)
        self.act(do.WithdrawProposal(name, self.a_sponsor(data, name)))

    @rule(data=st.data(), party=st.sampled_from(PARTIES))
    def reintroduce(self, data, party) -> None:
        fallen = [
            one.id for clause in self.clauses() for one in clause.proposals
            if one.state != "on the table"
        ]  # fmt: skip
        if fallen:
            self.act(do.ReintroduceProposal(data.draw(st.sampled_from(fallen)), party))

    @rule(data=st.data())
    def retain_or_drop(self, data) -> None:
        name = self.a_proposal(data)
        clause = self.timeline.room().proposing(name) or self.a_clause(data)
        words = tuple(self.words_in(data, clause) for _ in range(data.draw(SOME)))
        match data.draw(SOME):
            case 0:
                self.act(do.DropProposal(name, words))
            case 1:
                self.act(do.RetainProposal(name, words))
            case _:
                self.act(do.RetainProposal(name, words, self.rewordings(data, clause)))

    @rule(data=st.data())
    def merge(self, data) -> None:
        self.act(do.MergeProposal(self.a_proposal(data), self.a_proposal(data)))

    # -- open points ------------------------------------------------------------------------------

    @rule(data=st.data(), kind=st.sampled_from(BracketKind))
    def bracket(self, data, kind) -> None:
        first = self.a_clause(data)
        words = self.words_in(data, first) if data.draw(st.booleans()) else None
        last, last_words = "", None
        if data.draw(SOME) == 0:
            other = self.a_clause(data)
            last = other.id
            last_words = self.words_in(data, other) if data.draw(st.booleans()) else None
        self.act(do.PlaceBracket(self._id(), first.id, words, last, last_words, kind))

    @rule(data=st.data(), party=st.sampled_from(PARTIES), act=st.integers(0, 4))
    def keep_bracket(self, data, party, act) -> None:
        point = self.a_point(data)
        match act:
            case 0:
                self.act(do.HoldBracket(point, party, "why"))
            case 1:
                self.act(do.ReleaseBracket(point, party))
            case 2:
                self.act(do.NoteStatus(point, data.draw(st.sampled_from(("", "later")))))
            case 3:
                self.act(do.Park(point=point, owner=party, until="Friday"))
            case _:
                self.act(do.Resume(point=point))

    @rule(data=st.data())
    def reach(self, data) -> None:
        clause = self.a_clause(data)
        self.act(do.ReachBracket(self.a_point(data), clause.id, self.words_in(data, clause)))

    @rule(data=st.data())
    def lift(self, data) -> None:
        self.act(do.LiftBracket(self.a_point(data)))

    @rule(data=st.data(), words=WORDS, inside=st.booleans())
    def table_alternative(self, data, words, inside) -> None:
        clause = self.a_clause(data)
        point = self.a_point(data)
        if clause.brackets and data.draw(SOME):
            point = data.draw(st.sampled_from([one.point for one in clause.brackets]))
        terms = self.terms(data)
        if inside:
            self.act(do.TableAlternative(point, terms, words, clause=clause.id))
        elif len(self.clauses()) < 12:
            self.act(do.TableAlternative(point, terms, words, self._id()))

    @rule(data=st.data())
    def resolve(self, data) -> None:
        point = self.a_point(data)
        rivals = {
            one.order: clause for clause in self.clauses() for one in clause.alternatives
            if one.point == point
        }  # fmt: skip
        verdicts: list[do.Verdict] = []
        orders = data.draw(st.permutations(sorted(rivals) or [1]))
        for order in orders[: data.draw(st.integers(0, len(orders)))]:
            clause = rivals.get(order) or self.a_clause(data)
            label = data.draw(st.sampled_from((None, None, "d)")))
            keep = (self.words_in(data, clause),)
            ending = data.draw(st.sampled_from(("", ";")))
            into = data.draw(st.sampled_from(orders))
            verdicts.append(
                data.draw(
                    st.sampled_from(
                        (
                            do.Choose(order, label),
                            do.Choose(order),
                            do.Trim(order, keep, ending, label),
                            do.Merge(order, into),
                            do.Drop(order),
                        )
                    )
                )
            )
        words = data.draw(st.one_of(st.just(""), st.just(""), WORDS))
        self.act(do.ResolveOpenPoint(point, tuple(verdicts), words, self._id()))

    # -- the chair's and the editor's acts --------------------------------------------------------

    @rule(data=st.data(), editorial=st.booleans(), editor=st.booleans())
    def revise(self, data, editorial, editor) -> None:
        clause = self.a_clause(data)
        capacity = Capacity.EDITOR if editor else Capacity.CHAIR
        changes = self.rewordings(data, clause)
        self.act(do.ReviseText(clause.id, changes, editorial, "", capacity), capacity)

    @rule(data=st.data(), back=st.booleans())
    def delete_or_restore(self, data, back) -> None:
        gone = [one.id for one in self.clauses() if not one.passage.live]
        clause = data.draw(st.sampled_from(gone)) if back and gone else self.a_clause(data).id
        self.act(do.RestoreClause(clause) if back else do.DeleteClause(clause))

    @rule(data=st.data(), level=st.sampled_from((None, 0, 1)))
    def move(self, data, level) -> None:
        after = data.draw(st.sampled_from(["", *[one.id for one in self.clauses()]]))
        self.act(do.MoveClause(self.a_clause(data).id, after, level))

    @rule(data=st.data(), back=st.booleans())
    def park(self, data, back) -> None:
        clause = self.a_clause(data).id
        self.act(do.Resume(clause) if back else do.Park(clause, owner="TUV", until="Friday"))

    @rule(data=st.data(), conditions=st.sampled_from(((), ("money",), ("money", "time"))))
    def agree(self, data, conditions) -> None:
        level = data.draw(st.sampled_from(("", *ladder("itu")[:3], "heaven")))
        self.act(do.AgreeClause(self.a_clause(data).id, level, conditions))

    @rule(data=st.data(), meets=st.booleans())
    def reopen_or_meet(self, data, meets) -> None:
        agreed = [one.id for one in self.clauses() if one.agreement is not None]
        clause = data.draw(st.sampled_from(agreed)) if agreed else self.a_clause(data).id
        self.act(
            do.MeetCondition(clause, "money")
            if meets
            else do.ReopenClause(clause, "KIR", data.draw(st.sampled_from(("new facts", ""))))
        )

    @rule(data=st.data(), stance=st.sampled_from(Stance), notes=st.booleans())
    def note(self, data, stance, notes) -> None:
        clause = self.a_clause(data).id
        on = data.draw(st.sampled_from(("", "", self.a_point(data))))
        party = data.draw(st.sampled_from(PARTIES))
        self.act(
            do.MakeRemark(clause, data.draw(WORDS), on)
            if notes
            else do.RecordPosition(clause, party, stance, on)
        )

    @rule(data=st.data(), accept=st.booleans())
    def settle(self, data, accept) -> None:
        for clause in self.clauses():
            for anomaly in clause.margin.anomalies:
                if data.draw(st.booleans()):
                    self.act(do.SettleAnomaly(clause.id, anomaly.id, accept))
                    return

    @rule(data=st.data(), back=st.integers(0, 6))
    def undo(self, data, back) -> None:
        acts = list(dict.fromkeys(entry.act.id for entry in self.timeline.entries))
        self.act(do.ReverseAct(acts[-1 - min(back, len(acts) - 1)]))

    @rule(data=st.data(), act=st.sampled_from(("join", "open", "close")))
    def gather(self, data, act) -> None:
        name = data.draw(st.sampled_from(PARTIES))
        match act:
            case "join":
                self.act(do.JoinParty(name, data.draw(st.sampled_from(("", "Island")))))
            case "open":
                self.act(do.OpenMeeting(f"meeting {name}"))
            case _:
                self.act(do.CloseMeeting())

    # -- the whole record -------------------------------------------------------------------------

    @rule()
    def look(self) -> None:
        """Remembers what views say now; at the end they must say the same of this position."""
        self.glimpses.append((self.timeline.head, self._seen(self.timeline, self.timeline.head)))

    def _seen(self, timeline: Timeline, at: int) -> tuple:
        return (
            timeline.moment(at),
            timeline.text(at),
            what_is_open(timeline, at),
            fates(timeline, at),
        )

    def teardown(self) -> None:
        try:
            if self.timeline.head:
                self._record_agrees()
        finally:
            self.desk.close()
            self.memory.close()
            shutil.rmtree(self.folder)

    def _record_agrees(self) -> None:
        timeline, name = self.timeline, self.timeline.id
        promises.nothing_lost(timeline)
        promises.everything_is_accounted_for(timeline)
        promises.every_proposal_has_a_fate(timeline)
        promises.holds_behind_a_veil(timeline)
        for at, seen in self.glimpses:
            assert self._seen(timeline, at) == seen, f"a view at {at} shows something later"
        step = max(1, timeline.head // 7)
        for at in range(0, timeline.head + 1, step):
            replayed = Timeline(name, timeline.entries[:at])
            assert replayed.moment() == timeline.moment(at)
            assert replayed.room().clauses == {
                clause: timeline.clause(clause, at)
                for clause in timeline.room().clauses
                if timeline.clause(clause, at) is not None
            }
        assert self.memory.entries(name) == timeline.entries
        self.desk.close()
        again = Ledger.open(self.store, create=False)
        try:
            assert again.entries(name) == timeline.entries
        finally:
            again.close()
