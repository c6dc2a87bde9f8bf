"""A desk on a copy: anything can be tried, and nothing comes of it."""

from __future__ import annotations

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.decide import unguarded
from negotiation.domain.refusals import InPackage, NothingChanges
from negotiation.trial import Trial
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_if import (
    accepting_all_of,
    lifting_all_held_only_by,
    what_if,
)
from tests.given import add, at, by, instead, mod, table, two


@pytest.fixture
def desk():
    """A record in memory with two clauses, a proposal, and a bracket that FJI holds."""
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
    for command in (
        *two(),
        mod(instead("rise", "ebb")),
        do.PlaceBracket("o", "b", holders=("FJI",)),
    ):
        desk.act(command)
    yield desk
    desk.close()


def test_the_record_never_hears_of_it(desk):
    """Neither in the store nor in memory; the copy has gone on."""
    head, text = desk.timeline.head, desk.timeline.text(desk.timeline.head)
    moment = desk.timeline.moment()
    trial = Trial(desk)
    trial.act(do.LiftBracket("o"))
    trial.act(do.RetainProposal("p"))
    assert (desk.timeline.head, desk.timeline.text(head)) == (head, text)
    assert desk.timeline.moment() == moment
    assert desk.catch_up() == ()
    assert "ebb" in trial.timeline.text(trial.timeline.head)
    desk.act(do.NoteStatus("o", "later"))
    assert trial.timeline.negotiation(trial.timeline.head) == desk.timeline.negotiation(head)


def test_nor_of_a_gavel_that_is_tried(desk):
    """Whatever a desk can do, a copy of it does without the store."""
    (put,) = desk.put(do.LiftBracket("o"), "So?")
    head = desk.timeline.head
    trial = Trial(desk)
    trial.take(put.event.decision)
    assert trial.timeline.head > head
    assert desk.ledger.head(desk.timeline.id) == desk.timeline.head == head


def test_made_so_it_is_one_act(desk):
    """And leaves the record as the trial did."""
    trial = Trial(desk)
    trial.act(do.LiftBracket("o"))
    trial.act(do.RetainProposal("p"))
    made = desk.act(trial.command)
    assert len({entry.act.id for entry in made}) == 1
    head = desk.timeline.head
    assert desk.timeline.text(head) == trial.timeline.text(trial.timeline.head)


def test_the_rules_are_the_same(desk):
    """A refusal is a refusal; only a package settles its points without the guards."""
    desk.act(do.FormPackage("k", "moon", ("a",), ("o",)))
    with pytest.raises(InPackage):
        Trial(desk).act(do.LiftBracket("o"))
    Trial(desk, unguarded).act(do.LiftBracket("o"))
    with pytest.raises(NothingChanges):
        Trial(desk).act(do.RelabelClause("a", "a)"))


def test_everything_that_somebody_asks(desk):
    """Proposals are retained, wordings chosen; what another one asks for is left alone."""
    desk.act(add("that the moon be seen;"))
    desk.act(do.TableAlternative("o", by("FJI", "r"), "noting the sun;", "r"))
    trial = Trial(desk)
    for command in accepting_all_of(trial.timeline.moment(), "FJI"):
        trial.act(command)
    found = what_if(trial.timeline, trial.began)
    assert {one.id for one in found.settled} == {"o", "p"}
    assert [one.id for one in found.open] == ["n"]
    assert found.new == ()
    assert {one.clause for one in found.changes} == {"b", "r"}
    assert accepting_all_of(trial.timeline.moment(), "USA") == ()


def test_brackets_that_only_one_party_holds(desk):
    """Rival wordings are decided, not lifted; a second holder keeps the bracket."""
    moment = desk.timeline.moment()
    assert lifting_all_held_only_by(moment, "FJI") == (do.LiftBracket("o"),)
    desk.act(do.HoldBracket("o", "KIR"))
    assert lifting_all_held_only_by(desk.timeline.moment(), "FJI") == ()
    desk.act(do.PlaceBracket("q", "a", at("tide"), holders=("FJI",)))
    desk.act(do.TableAlternative("q", by("KIR", "s"), "sea", clause="a"))
    assert lifting_all_held_only_by(desk.timeline.moment(), "FJI") == ()


@generated(st.integers(0, 40))
def test_a_branch_is_the_same_record(words):
    """At every entry it answers as the one it left, whatever was asked before."""
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("TC/1", "Tidal Conference"))
    desk.act(table("a", "a)", "the tide rises"))
    for number in range(words):
        desk.act(do.ReviseText("a", (do.Rewording(f"tide {number} rises"),)))
    timeline = desk.timeline
    timeline.text(timeline.head // 2)
    branch = timeline.branch()
    again = Timeline(timeline.id, timeline.entries)
    for entry in range(timeline.head + 1):
        assert branch.moment(entry) == again.moment(entry)
        assert branch.text(entry) == again.text(entry)
    desk.close()
