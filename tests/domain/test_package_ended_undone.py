"""Undoing what ended a package: it ties its clauses again, as they were, or stays ended."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain.refusals import StoodOn
from tests.domain.test_packages import BREAK, SETTLED, TAKE, TIED, packages, state, tied
from tests.given import at, given


@pytest.fixture
def agreed():
    """The package is agreed; clause b is out of the text, since the other wording was chosen."""
    return given(*TIED, TAKE, do.AgreePackage("k"))


def test_not_when_words_came_back_that_it_had_settled(agreed):
    """A wording that the package had dropped stands again, and would be tied without consent."""
    agreed.has(do.RestoreClause("b")).undo(2).refused(StoodOn)
    assert packages(agreed) == [("finance", "agreed")]
    assert not tied(agreed)
    assert "undo that one first" in str(agreed.refusal)


def test_once_what_came_since_is_undone_it_can_be(agreed):
    """Then every clause is as the package left it."""
    before = state(agreed)
    agreed.has(do.RestoreClause("b")).undo(1)
    agreed.undo(3)
    assert agreed.refusal is None
    assert packages(agreed) == [("finance", "taken")]
    assert [one[:4] for one in state(agreed)] == [one[:4] for one in before]


def test_what_is_said_beside_its_words_is_not_in_the_way(agreed):
    """Remarks are free while it is taken, too."""
    agreed.has(do.MakeRemark("b", "noted")).undo(2)
    assert agreed.refusal is None
    assert packages(agreed) == [("finance", "taken")]


def test_a_package_that_was_only_formed_does_not_tie_agreed_words():
    """Let go, a clause of it agreed by itself: it cannot be tied again."""
    case = given(*TIED, do.RetainProposal("m"), BREAK, do.AgreeClause("c"))
    case.undo(2).refused(StoodOn)
    assert packages(case) == [("finance", "broken")]


def test_a_package_that_was_only_formed_ties_words_that_changed():
    """Words move freely while it is formed, so they may have moved meanwhile."""
    case = given(*TIED, BREAK, do.PlaceBracket("p", "c", at("ebb"))).undo(2)
    assert case.refusal is None
    assert packages(case) == [("finance", "formed")]
    case.when(do.TakePackage("k", (*SETTLED, do.LiftBracket("p"))))
