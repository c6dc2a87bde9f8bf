"""Any objection? Asked, objected to, taken by the gavel or in silence, or dropped."""

from __future__ import annotations

import datetime as dt

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import (
    ActOfItsOwn,
    AlreadyThere,
    NoSuchThing,
    NothingChanges,
    ObjectedTo,
    SilenceEnded,
    SilenceRuns,
    StillOpen,
    StoodOn,
    Unclear,
)
from negotiation.domain.terms import HowTaken
from negotiation.ledger.stored_command import stored_command
from tests.given import START, at, given, instead, two

AGREE = do.AgreeClause("a")
LATER = START + dt.timedelta(hours=72)


def put(command=AGREE, decision="d", until=None, at=None):
    """The question whether this may be done."""
    return do.PutDecision(decision, command, stored_command(command), "So?", until, at)


def take(at=START, decision="d", command=AGREE):
    """The gavel."""
    return do.TakeDecision(decision, command, at)


def waiting(case):
    """What is before the room."""
    return [one.id for one in case.timeline.negotiation(case.timeline.head).decisions]


class TestPut:
    def test_nothing_is_decided_yet(self):
        case = (
            given(*two())
            .when(put())
            .then(ev.DecisionPut("d", "So?", stored_command(AGREE), ("a",)))
        )
        assert case.clause().agreement is None
        assert waiting(case) == ["d"]

    def test_only_what_could_be_decided_now(self):
        case = given(*two(), do.PlaceBracket("o", "a"))
        case.when(put()).refused(StillOpen, "a) has one open point")

    def test_once(self):
        case = given(*two(), put())
        case.when(put(decision="e")).refused(NothingChanges, "before the room already")
        case.when(put(do.AgreeClause("b"))).refused(AlreadyThere, "“d”")

    @pytest.mark.parametrize(
        "act",
        [
            put(),
            take(),
            do.MakeObjection("d", "KIR", START),
            do.WithdrawObjection("d", "KIR"),
            do.DropDecision("d"),
            do.IssueVersion("TC/2", "0"),
            do.OpenNegotiation("TC/2"),
            do.ReceiveDraft("TC/2", ()),
            do.ReceiveRevision("TC/2", ()),
        ],
        ids=lambda act: type(act).__name__,
    )
    def test_no_question_about_questions_or_papers(self, act):
        whole = do.PutDecision("e", act, "", "So?")
        given(*two(), put()).when(whole).refused(ActOfItsOwn, "an act of its own")
        among_others = do.Together((do.MakeRemark("a", "so"), do.Together((act,))))
        whole = do.PutDecision("e", among_others, "", "So?")
        given(*two(), put()).when(whole).refused(ActOfItsOwn, "an act of its own")

    def test_no_silence_that_has_ended_already(self):
        case = given(*two())
        case.when(put(until=START, at=START)).refused(Unclear, "is past already")
        case.when(put(until=LATER.replace(tzinfo=None))).refused(Unclear, "time zone")
        case.when(put(until=LATER, at=START)).then(ev.DecisionPut)


class TestObjected:
    def test_there_is_no_consensus_while_it_stands(self):
        case = given(*two(), put(), do.MakeObjection("d", "KIR", START, "no instructions"))
        case.when(take()).refused(ObjectedTo, "KIR objects, so there is no consensus")
        case.has(do.MakeObjection("d", "TUV", START))
        case.when(take()).refused(ObjectedTo, "KIR, TUV object,")
        case.has(do.WithdrawObjection("d", "KIR")).has(do.WithdrawObjection("d", "TUV"))
        case.when(take()).then(ev.DecisionTaken, ev.ClauseAgreed)

    def test_by_somebody_and_once(self):
        case = given(*two(), put())
        case.when(do.MakeObjection("d", "", START)).refused(Unclear, "who objects")
        case.has(do.MakeObjection("d", "KIR", START))
        case.when(do.MakeObjection("d", "KIR", START)).refused(NothingChanges, "objects already")
        case.when(do.WithdrawObjection("d", "TUV")).refused(NothingChanges, "TUV has not objected")

    def test_only_to_what_is_before_the_room(self):
        case = given(*two())
        for act in (
            do.MakeObjection("d", "KIR", START),
            do.WithdrawObjection("d", "KIR"),
            do.DropDecision("d"),
            take(),
        ):
            case.when(act).refused(NoSuchThing, "“d”", "`pending`")


class TestTaken:
    def test_by_the_gavel(self):
        case = given(*two(), put()).when(take())
        case.then(ev.DecisionTaken("d", HowTaken.NO_OBJECTION), ev.ClauseAgreed)
        assert waiting(case) == []
        case.when(take()).refused(NoSuchThing)

    def test_on_the_text_as_it_stands_by_then(self):
        case = given(*two(), put(), do.PlaceBracket("o", "a", at("rise")))
        case.when(take()).refused(StillOpen)
        assert waiting(case) == ["d"]
        case.has(do.LiftBracket("o")).has(do.ReviseText("a", (instead("rise", "ebb"),)))
        case.when(take()).then(ev.DecisionTaken, ev.ClauseAgreed)
        assert case.agreement().words == case.clause().passage.live

    def test_in_silence_once_the_deadline_has_passed(self):
        case = given(*two(), put(until=LATER))
        case.when(take(LATER)).refused(SilenceRuns, "runs until 2031-05-09 09:00 UTC")
        after = LATER + dt.timedelta(seconds=1)
        case.when(do.MakeObjection("d", "KIR", after)).refused(SilenceEnded, "ended at 2031-05-09")
        case.when(take(after)).then(ev.DecisionTaken("d", HowTaken.SILENCE), ev.ClauseAgreed)

    def test_a_silence_is_broken_up_to_its_last_moment(self):
        case = given(*two(), put(until=LATER)).has(do.MakeObjection("d", "KIR", LATER))
        case.when(take(LATER + dt.timedelta(days=1))).refused(ObjectedTo)

    def test_or_dropped(self):
        case = given(*two(), put()).when(do.DropDecision("d", "too early"))
        case.then(ev.DecisionDropped("d", "too early"))
        assert waiting(case) == []


class TestUndone:
    @pytest.mark.parametrize(
        ("ground", "act"),
        [
            ((), put()),
            ((put(),), do.MakeObjection("d", "KIR", START)),
            ((put(), do.MakeObjection("d", "KIR", START)), do.WithdrawObjection("d", "KIR")),
            ((put(), put(do.AgreeClause("b"), "e")), take()),
            ((put(), put(do.AgreeClause("b"), "e")), do.DropDecision("d")),
        ],
        ids=("put", "objected", "withdrawn", "taken", "dropped"),
    )
    def test_at_once_and_back_again(self, ground, act):
        def seen(case):
            moment = case.timeline.moment()
            return moment.clauses, moment.negotiation

        case = given(*two(), *ground)
        before = seen(case)
        case.has(act)
        after = seen(case)
        assert seen(case.undo()) == before
        assert seen(case.undo()) == after

    def test_not_under_an_objection(self):
        case = given(*two(), put(), do.MakeObjection("d", "KIR", START))
        case.undo(2).refused(StoodOn, "what is before the room")

    def test_what_was_dropped_comes_back_to_its_place(self):
        case = given(*two(), put(), put(do.AgreeClause("b"), "e"), do.DropDecision("d"))
        case.has(put(do.DeleteClause("b"), "f")).undo(2)
        assert waiting(case) == ["d", "e", "f"]
