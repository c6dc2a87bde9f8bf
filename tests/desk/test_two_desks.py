"""Two desks on one record, of every kind: an answer of either holds of the record as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.refusals import AlreadyThere, NoSuchThing, NotOpen, Refusal, WordsNotThere
from negotiation.ledger.ledger import Ledger, RecordMoved
from tests.given import TIDE, instead, mod, table, two


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def desks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two desks that have both read a record of two clauses."""
    match request.param:
        case "memory":
            one = two_ = Ledger.open(None)
        case "sqlite":
            one, two_ = (Ledger.open(str(tmp_path / "room.db")) for _ in "ab")
        case _:
            store = request.getfixturevalue("postgres_store")
            one, two_ = Ledger.open(store), Ledger.open(store)
    desk = Desk(one, "tc")
    for command in (do.OpenNegotiation("TC/1"), *two()):
        desk.act(command)
    yield desk, Desk(two_, "tc")
    for ledger in {one, two_}:
        ledger.close()


def live(desk: Desk, clause: str = "a") -> str:
    """How a clause reads at this desk."""
    state = desk.timeline.clause(clause, desk.timeline.head)
    assert state is not None
    return state.passage.live


def test_what_was_not_there_at_the_last_look_is_found(desks):
    """The words that the act names came in meanwhile: it is made, not refused."""
    desk, other = desks
    other.act(do.ReviseText("a", (instead("shall", "will"),)))
    desk.act(do.ReviseText("a", (instead("will", "should"),)))
    assert live(desk) == TIDE.replace("shall", "should")
    assert other.catch_up() == (desk.timeline.entries[-1],)


def test_a_clause_that_was_tabled_meanwhile_is_found(desks):
    """Whole things, too, not only words."""
    desk, other = desks
    other.act(table("c", "c)", "new words", "b"))
    desk.act(do.MoveClause("c", ""))
    assert desk.timeline.moment().negotiation.order[0].clause == "c"


def test_a_refusal_speaks_of_the_record_as_it_stands(desks):
    """Refused before and after, for another reason: the reason that holds now is given."""
    desk, other = desks
    with pytest.raises(NotOpen):
        desk.rehearse(do.LiftBracket("o1"))
    desk.act(do.PlaceBracket("o1", "a"))
    other.act(do.LiftBracket("o1"))
    with pytest.raises(Refusal) as fresh:
        other.rehearse(do.PlaceBracket("o1", "a"))
    with pytest.raises(AlreadyThere):
        desk.rehearse(do.PlaceBracket("o1", "a"))
    with pytest.raises(type(fresh.value)) as refusal:
        desk.act(do.PlaceBracket("o1", "a"))
    assert str(refusal.value) == str(fresh.value)
    assert desk.timeline.entries == other.timeline.entries
    assert desk.ledger.head("tc") == desk.timeline.head


def test_the_gavel_falls_on_what_was_put_at_the_other_desk(desks):
    """A question that this desk has not heard of is looked for once more."""
    desk, other = desks
    (put,) = other.put(mod(instead("shall", "should")), "May we?")
    desk.take(put.event.decision)
    assert live(desk) == TIDE.replace("shall", "should")
    with pytest.raises(NoSuchThing):
        desk.take("nobody's")


def test_an_act_for_one_moment_only_is_not_decided_anew(desks):
    """Where the answer depends on nothing having come between, it is said that something did."""
    desk, other = desks
    head = desk.timeline.head
    other.act(do.ReviseText("a", (instead("shall", "will"),)))
    with pytest.raises(RecordMoved):
        desk.act(do.ReviseText("a", (instead("will", "should"),)), head=head)
    assert live(other) == TIDE.replace("shall", "will")


def test_nothing_is_read_for_a_refusal_on_the_latest_record(desks, monkeypatch):
    """Only the number of the last entry is asked for, once."""
    desk, _ = desks
    asked: list[str] = []
    head = desk.ledger.head

    def counted(negotiation: str) -> int:
        asked.append(negotiation)
        return int(head(negotiation))

    monkeypatch.setattr(desk.ledger, "head", counted)
    monkeypatch.setattr(desk.ledger, "entries", None)
    monkeypatch.setattr(desk.ledger, "append", None)
    with pytest.raises(WordsNotThere):
        desk.act(mod(instead("sun", "moon")))
    assert asked == ["tc"]


def test_an_act_that_is_made_asks_for_nothing(desks, monkeypatch):
    """Deciding anew costs those who are refused, and nobody else."""
    desk, _ = desks
    for question in ("head", "entries"):
        monkeypatch.setattr(desk.ledger, question, None)
    desk.act(mod(instead("shall", "should")))
    assert live(desk) == TIDE.replace("shall", "should")
