"""Where an act is made: load, decide, append, and what people call things."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from negotiation.desk import Desk, Hand, new_id, now
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted, Moment
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import (
    AlreadyReceived,
    AlreadyThere,
    NoSuchThing,
    StoodOn,
    Unclear,
    WordsNotThere,
)
from negotiation.domain.terms import Kind, ProposalTerms
from negotiation.ledger.faults import NoSuchNegotiation, WhichNegotiation
from negotiation.ledger.ledger import NoRecord, RecordMoved
from tests.given import TIDE, at, by, instead, mod, table, two

START = dt.datetime(2031, 5, 6, 9, 0, tzinfo=dt.UTC)


class Clock:
    """A minute for every look at it."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> dt.datetime:
        self.minutes += 1
        return START + dt.timedelta(minutes=self.minutes)


class Ids:
    """Names in order, with a letter of their desk."""

    def __init__(self, letter: str = "i") -> None:
        self.letter, self.count = letter, 0

    def __call__(self) -> str:
        self.count += 1
        return f"{self.letter}{self.count}"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "room.db"


@pytest.fixture
def desk(store: Path) -> Iterator[Desk]:
    """A record of five entries: opened, two clauses tabled."""
    desk = Desk.begin(store, clock=Clock(), ids=Ids())
    desk.act(do.OpenNegotiation("TC/1"))
    for command in two():
        desk.act(command)
    yield desk
    desk.close()


@pytest.fixture
def other(desk: Desk, store: Path) -> Iterator[Desk]:
    """A second desk on the same record."""
    other = Desk.open(store, clock=Clock(), ids=Ids("j"))
    yield other
    other.close()


def live(desk: Desk, clause: str = "a") -> str:
    state = desk.timeline.clause(clause, desk.timeline.head)
    assert state is not None
    return state.passage.live


class TestActing:
    def test_an_act_is_on_the_record_when_it_returns(self, desk, store):
        entries = desk.act(mod(instead("shall", "should")), Hand("Amina", "Bo", "FJI"))
        again = Desk.open(store)
        assert tuple(again.timeline.entries[-len(entries) :]) == entries
        again.close()
        act = entries[0].act
        assert (act.by, act.typed_by, act.behalf) == ("Amina", "Bo", "FJI")
        assert act.purpose == "ProposeAmendment"

    def test_all_entries_of_an_act_share_it_and_are_numbered_on(self, desk):
        entries = desk.act(table("c", "c)", "x", "b"))
        assert [entry.number for entry in entries] == [6, 7]
        assert [(entry.clause, entry.version) for entry in entries] == [("c", 1), ("", 4)]
        assert len({entry.act for entry in entries}) == 1

    def test_a_refusal_leaves_the_record_as_it_was(self, desk):
        before = list(desk.timeline.entries)
        with pytest.raises(WordsNotThere):
            desk.act(mod(instead("sun", "moon")))
        assert desk.timeline.entries == before
        assert desk.ledger.head(desk.timeline.id) == len(before)

    def test_the_open_meeting_is_written_to_every_act(self, desk):
        desk.act(do.OpenMeeting("third"))
        (entry,) = desk.act(mod(instead("shall", "should")))
        assert entry.act.meeting == "third"
        (entry,) = desk.act(do.MakeRemark("a", "x"), Hand(meeting="corridor"))
        assert entry.act.meeting == "corridor"

    def test_when_it_happened_may_be_said(self, desk):
        happened = Moment(START - dt.timedelta(days=1))
        (entry,) = desk.act(do.MakeRemark("a", "x"), Hand(happened=happened))
        assert entry.act.happened == happened
        assert entry.act.written > START

    def test_a_clock_that_goes_back_writes_no_earlier_time(self, desk):
        desk.clock = lambda: START - dt.timedelta(days=3)
        before = desk.timeline.entries[-1].act.written
        (entry,) = desk.act(do.MakeRemark("a", "x"))
        assert entry.act.written == before
        assert desk.when(before.isoformat()) == desk.timeline.head

    def test_the_same_act_id_is_written_once(self, desk, monkeypatch):
        desk.new_id = lambda: "same"
        first = desk.act(do.MakeRemark("a", "x"))
        head = desk.timeline.head
        desk.act(do.MakeRemark("a", "x"))
        assert desk.timeline.head == head == desk.ledger.head(desk.timeline.id)
        assert desk.timeline.entries[-1:] == list(first)


class TestTwoDesks:
    def test_words_that_still_stand_are_found_on_the_fresh_state(self, desk, other):
        other.act(do.ReviseText("a", (instead("recognizing", "duly recognizing"),)))
        desk.act(mod(instead("shall", "should")))
        words = TIDE.replace("shall", "should").replace("recognizing", "duly recognizing")
        assert live(desk) == words
        other.catch_up()
        assert live(other) == words
        assert other.timeline.entries == desk.timeline.entries

    def test_words_that_went_are_refused_on_the_fresh_state(self, desk, other):
        other.act(do.ReviseText("a", (instead("shall", "will"),)))
        with pytest.raises(WordsNotThere):
            desk.act(mod(instead("shall", "should")))
        assert live(desk) == TIDE.replace("shall", "will")

    def test_who_loses_twice_is_told(self, desk, other, monkeypatch):
        catch_up = desk.catch_up

        def late() -> object:
            found = catch_up()
            other.catch_up()
            other.act(do.MakeRemark("a", "again"))
            return found

        other.act(do.MakeRemark("a", "first"))
        monkeypatch.setattr(desk, "catch_up", late)
        with pytest.raises(RecordMoved):
            desk.act(mod(instead("shall", "should")))
        assert live(other) == TIDE

    def test_catching_up_tells_what_is_new(self, desk, other):
        new = other.act(do.MakeRemark("a", "x"))
        assert desk.catch_up() == new
        assert desk.catch_up() == ()


class TestRehearsed:
    def test_it_shows_before_and_after_and_writes_nothing(self, desk):
        head = desk.timeline.head
        rehearsed = desk.rehearse(mod(instead("shall", "should")))
        ((before, after),) = rehearsed.changed
        assert before.passage.live == TIDE
        assert after.passage.live == TIDE.replace("shall", "should")
        assert [type(one.event) for one in rehearsed.drafted] == [ev.AmendmentProposed]
        assert live(desk) == TIDE
        assert desk.timeline.head == head == desk.ledger.head(desk.timeline.id)

    def test_a_new_clause_has_no_before(self, desk):
        ((before, after),) = desk.rehearse(table("c", "c)", "x", "b")).changed
        assert before is None
        assert after.passage.live == "x"

    def test_it_refuses_what_the_act_would_be_refused(self, desk):
        with pytest.raises(WordsNotThere):
            desk.rehearse(mod(instead("sun", "moon")))


class TestWhen:
    def test_now_and_so_many_acts_back(self, desk):
        assert desk.when(None) == desk.when("now") == desk.when(" now ") == 5
        assert [desk.when(f"now~{count}") for count in (0, 1, 2, 3, 9)] == [5, 3, 1, 0, 0]

    def test_an_entry(self, desk):
        assert desk.when("3") == 3
        assert desk.when("0") == 0

    def test_an_entry_beyond_the_end(self, desk):
        with pytest.raises(NoSuchThing, match="the record ends at entry 5"):
            desk.when("6")

    def test_a_time(self, desk):
        written = [entry.act.written for entry in desk.timeline.entries]
        assert desk.when(written[1].isoformat()) == 3
        assert desk.when((written[1] - dt.timedelta(seconds=1)).isoformat()) == 1
        assert desk.when((START - dt.timedelta(days=1)).isoformat()) == 0
        assert desk.when((START + dt.timedelta(days=99)).isoformat()) == 5

    def test_a_time_without_a_zone_is_the_rooms(self, desk):
        local = (START + dt.timedelta(days=99)).astimezone().replace(tzinfo=None)
        assert desk.when(local.isoformat()) == 5

    def test_yesterday_and_a_time_of_today_go_by_the_clock_of_this_place(self, desk):
        last = desk.timeline.entries[-1].act.written
        desk.clock = lambda: last + dt.timedelta(days=1)
        assert desk.when("yesterday") == 5
        desk.clock = lambda: last - dt.timedelta(days=1)
        assert desk.when("Yesterday") == 0
        desk.clock = lambda: last
        local = last.astimezone()
        assert desk.when(f"{local + dt.timedelta(minutes=1):%H:%M}") == 5
        assert desk.when("0:00") == desk.when("00:00") == desk.when("yesterday")

    def test_a_versions_symbol_or_name(self, desk, tmp_path):
        other = Desk.begin(tmp_path / "other.db", clock=Clock(), ids=Ids())
        page = (
            Drafted("", ev.DocumentReceived("page.md", "0" * 64, b"page", "TC/1(Rev.2)")),
            Drafted("a", ev.ClauseTabled(Kind.ITEM, "a)", ())),
            Drafted("", ev.ClausePlaced("a", "")),
        )
        other.act(do.ReceiveDraft("TC/1", page))
        other.act(do.MakeRemark("a", "x"))
        assert other.when("TC/1(Rev.2)") == other.when("page.md") == 3
        other.close()

    def test_an_issued_versions_symbol(self, desk):
        """Withdrawn ones only where no other has the symbol; case and spaces do not matter."""
        first = desk.act(do.IssueVersion("TC/1(Rev.3)", "f" * 64))[-1].number
        desk.act(do.ReviseText("a", (instead("shall", "will"),)))
        assert desk.when("TC/1(Rev.3)") == desk.when("tc/1 (rev.3)") == first
        desk.act(do.WithdrawVersion("TC/1(Rev.3)", "the wrong file"))
        assert desk.when("TC/1(Rev.3)") == first
        again = desk.act(do.IssueVersion("TC/1(Rev.3)", "e" * 64))[-1].number
        assert desk.when("TC/1(Rev.3)") == again

    @pytest.mark.parametrize(
        "said", ["", " ", "25:00", "now~x", "-1", "TC/9", "2031-13-01", "now~"]
    )
    def test_what_is_no_moment(self, desk, said):
        with pytest.raises(NoSuchThing, match="in this record; say an entry number") as refused:
            desk.when(said)
        assert str(refused.value).endswith(".")

    @pytest.mark.parametrize("said", ["²", "now~²", "٣" * 3, "9" * 5000, "now~" + "9" * 5000])
    def test_digits_of_other_scripts(self, desk, said):
        with pytest.raises(NoSuchThing):
            desk.when(said)


class TestStepping:
    def test_back_and_on_by_whole_acts(self, desk):
        assert [desk.acts_back(1, at=place) for place in (5, 4, 3, 1, 0)] == [3, 3, 1, 0, 0]
        assert [desk.acts_on(1, at=place) for place in (0, 1, 2, 3, 5)] == [1, 3, 3, 5, 5]
        assert desk.acts_back(2) == 1
        assert desk.acts_on(2, at=0) == 3
        assert desk.acts_on(99, at=0) == 5


class TestWhichAct:
    def test_by_entry_by_id_and_last(self, desk):
        (entry,) = desk.act(do.MakeRemark("a", "x"))
        assert desk.act_of("6") == desk.act_of(entry.act.id) == desk.act_of("last") == entry.act.id
        assert desk.act_of("") == entry.act.id

    def test_last_after_an_undo_is_the_one_before(self, desk):
        first = desk.act(do.MakeRemark("a", "x"))[0].act.id
        desk.act(do.MakeRemark("a", "y"))
        desk.act(do.ReverseAct(desk.act_of("last")))
        assert desk.act_of("last") == first
        desk.act(do.ReverseAct(desk.act_of("last")))
        assert [clause.margin.remarks for clause in desk.timeline.moment().clauses] == [(), ()]

    def test_last_after_an_undone_undo_is_the_act_again(self, desk):
        act = desk.act(do.MakeRemark("a", "x"))[0].act.id
        undo = desk.act(do.ReverseAct(act))[0].act.id
        desk.act(do.ReverseAct(undo))
        assert desk.act_of("last") == act

    def test_a_chain_of_undoing_and_redoing(self, desk):
        act = desk.act(mod(instead("shall", "should")))[0].act.id
        step = act
        for turn in range(5):
            step = desk.act(do.ReverseAct(step))[0].act.id
            assert live(desk) == (TIDE if turn % 2 == 0 else TIDE.replace("shall", "should"))
        assert desk.act_of("last") != act

    @pytest.mark.parametrize("said", ["0", "99", "nobody's", "²", "9" * 5000])
    def test_what_is_no_act(self, desk, said):
        with pytest.raises(NoSuchThing, match="`log`"):
            desk.act_of(said)

    def test_nothing_left_to_undo(self, tmp_path):
        desk = Desk.begin(None, clock=Clock(), ids=Ids())
        with pytest.raises(Unclear, match="no act left"):
            desk.act_of("last")
        desk.close()

    def test_an_undo_in_the_way_is_refused_with_what_stands_on_it(self, desk):
        act = desk.act(do.ReviseText("a", (instead("shall", "will"),)))[0].act.id
        desk.act(do.ReviseText("a", (instead("will", "may"),)))
        with pytest.raises(StoodOn, match="entry 7"):
            desk.act(do.ReverseAct(act))


class TestNamed:
    def test_a_proposal_by_symbol_id_or_only_sponsor(self, desk):
        desk.act(mod(instead("shall", "should")))
        assert {desk.proposal_named(said) for said in ("TC/p", "tc/P", "p", "fji")} == {"p"}

    def test_the_one_that_waits_is_meant(self, desk):
        desk.act(mod(instead("shall", "should")))
        desk.act(mod(instead("fall", "ebb"), name="q"))
        with pytest.raises(Unclear, match="any of 2 proposals: TC/p, TC/q"):
            desk.proposal_named("FJI")
        desk.act(do.DropProposal("p"))
        assert desk.proposal_named("FJI") == "q"

    def test_none(self, desk):
        with pytest.raises(NoSuchThing, match="`fate`"):
            desk.proposal_named("TC/9")


class TestOpening:
    def test_a_store_that_holds_several(self, desk, store):
        second = Desk(desk.ledger, "second", clock=Clock(), ids=Ids("k"))
        second.act(do.OpenNegotiation("TC/2"))
        found = Desk.open(store, "TC/2")
        assert found.timeline.id == "second"
        found.close()
        by_id = Desk.open(store, "second")
        assert by_id.timeline.id == "second"
        by_id.close()
        with pytest.raises(NoSuchNegotiation, match=r"there is .*, TC/2"):
            Desk.open(store, "TC/3")
        with pytest.raises(WhichNegotiation, match="holds 2 negotiations"):
            Desk.open(store)
        with pytest.raises(WhichNegotiation):
            Desk.begin(store)

    def test_a_store_that_is_not_there(self, tmp_path):
        with pytest.raises(NoRecord) as refused:
            Desk.open(tmp_path / "none.db")
        assert str(refused.value).endswith(".")
        assert not (tmp_path / "none.db").exists()

    def test_a_record_begun_again_is_the_same(self, desk, store):
        again = Desk.begin(store)
        assert again.timeline.entries == desk.timeline.entries
        with pytest.raises(AlreadyReceived):
            again.act(do.OpenNegotiation("TC/2"))
        again.close()

    def test_a_page_is_received_into_an_empty_record(self):
        desk = Desk.begin(None, clock=Clock(), ids=Ids())
        entries, _ = desk.receive(b"*recalling*\n\na) the tide;\n", "page.md")
        assert len({entry.act.id for entry in entries}) == 1
        assert entries[0].act.capacity is Capacity.IMPORT
        with pytest.raises(
            AlreadyReceived, match="`receive`, another text with `import --another`"
        ):
            desk.receive(b"again", "page.md")
        desk.close()


def test_the_clock_knows_its_zone_and_ids_differ():
    assert now().tzinfo is not None
    assert len({new_id() for _ in range(100)}) == 100


def test_two_proposals_of_one_name_are_refused_across_desks(desk, other):
    other.act(do.ProposeAmendment("a", ProposalTerms("p"), (instead("fall", "ebb"),)))
    with pytest.raises(AlreadyThere):
        desk.act(mod(instead("shall", "should")))
    desk.act(do.PlaceBracket("o", "a", at("shall")))
    desk.act(do.SupportProposal("p", by("KIR").sponsors[0]))
