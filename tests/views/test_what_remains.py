"""What remains, who holds it and who says what of it; silence is not support."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Condition, Stance, WaitsOn
from negotiation.text.places import WHOLE
from negotiation.views.at_that_time import Timeline
from negotiation.views.side_by_side import Word, side_by_side
from negotiation.views.what_is_open import what_is_open
from negotiation.views.what_may_be_seen import DESK
from negotiation.views.what_remains import what_remains
from negotiation.views.who_stands_where import who_stands_where
from tests.views.records import records
from tests.views.writing import Writer


@pytest.fixture
def room() -> Writer:
    """A clause in a bracket that Cuba holds, an older proposal of Brazil, and who takes part."""
    writer = Writer()
    for code, name, members in (
        ("CUB", "Cuba", ()),
        ("B", "Brazil", ()),
        ("EGY", "Egypt", ()),
        ("ARB", "Arab States", ("EGY",)),
    ):
        writer.act("", ev.PartyJoined(code, name, members))
    writer.table("a", "the tide may rise", "a)")
    writer.table("b", "the gauge shall be read", "b)")
    writer.table("c", "to read the tide", "c)")
    writer.mod("b", "shall", "should", "P1", "B", symbol="B/1/1")
    writer.act(
        "a", ev.BracketPlaced("q1", holders=("CUB",), reason="too soon", status="on Thursday")
    )
    return writer


def test_the_oldest_open_point_comes_first(room: Writer) -> None:
    found = what_remains(room.timeline, room.head)
    assert [(one.point.id, one.holders) for one in found.points] == [
        ("P1", ("B",)),
        ("q1", ("CUB",)),
    ]
    assert found.points[0].days > found.points[1].days
    assert (found.agreed, found.clauses) == (0, 3)


@given(records())
def test_every_open_point_remains(writer: Writer) -> None:
    found = what_remains(writer.timeline, writer.head)
    open_ = what_is_open(writer.timeline, writer.head)
    assert {one.point.id for one in found.points} == {one.id for one in open_}
    assert len(who_stands_where(writer.timeline, writer.head)) == len(open_)
    since = [one.point.since for one in found.points]
    assert since == sorted(since)


def test_what_is_parked_has_an_owner(room: Writer) -> None:
    room.act("c", ev.ClauseParked("B", "Friday"))
    room.act("a", ev.ClauseParked("CUB", "", "q1"))
    found = what_remains(room.timeline, room.head).parked
    assert {(one.path, one.owner, one.until) for one in found} == {
        ("c", "B", "Friday"),
        ("a", "CUB", ""),
    }


@pytest.mark.parametrize(
    ("condition", "releases"),
    [
        (Condition("pending Cuba", WaitsOn.PARTY, "CUB"), "a yes of Cuba"),
        (
            Condition("ad referendum: Cuba", WaitsOn.CAPITALS, "CUB"),
            "confirmation by the capital of Cuba",
        ),
        (Condition("ad referendum", WaitsOn.CAPITALS), "confirmation by capitals"),
        (Condition("pending b", WaitsOn.CLAUSE, "b"), "agreement on b, which is open"),
        (
            Condition("package tides", WaitsOn.PACKAGE, "k"),
            "the package “tides”, which is formed",
        ),
        (Condition("once it rains"), "what it says; the chair notes it as met"),
    ],
)
def test_a_condition_says_what_would_release_it(
    room: Writer, condition: Condition, releases: str
) -> None:
    room.act("", ev.PackageFormed("k", "tides", ("a", "b")))
    room.act("c", ev.ClauseAgreed("ad hoc group", "to read the tide", (condition,)))
    (one,) = what_remains(room.timeline, room.head).conditions
    assert (one.path, one.level, one.releases) == ("c", "ad hoc group", releases)


def test_packages_and_questions_remain_until_they_are_settled(room: Writer) -> None:
    room.act("", ev.PackageFormed("k", "tides", ("a", "b")))
    room.act("", ev.DecisionPut("D", "Shall a stand?", "{}", ("a",)))
    found = what_remains(room.timeline, room.head)
    assert [(one.package.name, one.paths, one.open) for one in found.packages] == [
        ("tides", ("a", "b"), 2)
    ]
    assert [one.question for one in found.questions] == ["Shall a stand?"]
    room.act("", ev.PackageBroken("k", ground="no"))
    room.act("", ev.DecisionDropped("D"))
    found = what_remains(room.timeline, room.head)
    assert found.packages == ()
    assert found.questions == ()


def test_positions_are_told_by_stance_and_silence_is_no_support(room: Writer) -> None:
    room.act("a", ev.PositionRecorded("B", Stance.CAN_ACCEPT, "q1", "it rains"))
    room.act("b", ev.ProposalSupported("P1", "CUB"))
    bracket, proposal = who_stands_where(room.timeline, room.head)
    assert [(one.party, one.condition) for one in bracket.of(Stance.CAN_ACCEPT)] == [
        ("B", "it rains")
    ]
    assert bracket.holders == ("CUB",)
    assert bracket.silent == ("EGY", "ARB")
    assert [one.party for one in proposal.of(Stance.PROPOSES)] == ["B"]
    assert [one.party for one in proposal.of(Stance.SUPPORTS)] == ["CUB"]


def test_a_group_speaks_for_its_members(room: Writer) -> None:
    room.act("a", ev.PositionRecorded("ARB", Stance.OPPOSES, "q1"))
    bracket, _ = who_stands_where(room.timeline, room.head)
    assert bracket.silent == ("B",)
    assert side_by_side(room.timeline, room.head).parties == ("CUB", "B", "ARB")
    room.act("b", ev.ProposalSupported("P1", "EGY"))
    sheet = side_by_side(room.timeline, room.head)
    assert sheet.parties == ("CUB", "B", "EGY", "ARB")
    (said,) = sheet.rows[0].of("EGY")
    assert (said.word, said.what, said.through) == (Word.SAYS, "opposes", "ARB")


def test_each_delegation_has_what_it_said_of_each_clause(room: Writer) -> None:
    sheet = side_by_side(room.timeline, room.head)
    assert [row.path for row in sheet.rows] == ["a", "b", "c"]
    a, b, c = sheet.rows
    assert [(one.word, one.what, one.why) for one in a.of("CUB")] == [
        (Word.HOLDS, "the tide may rise", "too soon")
    ]
    assert [(one.word, one.what, one.puts_in, one.strikes) for one in b.of("B")] == [
        (Word.PROPOSES, "MOD B/1/1", "should", "shall")
    ]
    assert c.cells == ()
    assert a.words == "[a) the tide may rise]"


def test_a_position_that_is_not_public_stays_out(room: Writer) -> None:
    entry = room.act("a", ev.PositionRecorded("B", Stance.RED_LINE, "q1"))
    rows = [
        attrs.evolve(one, visibility=Visibility.DELEGATION) if one.number == entry else one
        for one in room.entries
    ]
    timeline = Timeline("tide", rows)
    bracket, _ = who_stands_where(timeline, entry)
    assert bracket.voices == ()
    assert bracket.point.positions == 0
    assert bracket.silent == ("B", "EGY", "ARB")
    assert side_by_side(timeline, entry).rows[0].of("B") == ()
    bracket, _ = who_stands_where(timeline, entry, viewer=DESK)
    assert [one.stance for one in bracket.voices] == [Stance.RED_LINE]
    assert bracket.point.positions == 1


def test_a_bracket_over_all_of_a_clause_is_one_point(room: Writer) -> None:
    room.act("c", ev.BracketPlaced("q2", reach=WHOLE))
    assert len(what_remains(room.timeline, room.head).points) == 3
