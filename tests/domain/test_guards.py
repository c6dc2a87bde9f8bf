"""What no act may touch, whichever rule wrote its events."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.refusals import Adopted, InPackage, Refusal, StoodOn
from negotiation.domain.terms import (
    BracketKind,
    Correction,
    Damage,
    DocumentRole,
    Kind,
    Outcome,
    Severity,
    Stance,
    TabledRun,
)
from negotiation.text.edit import replacement
from tests.given import given, table, two

LEVELS = (
    "ad hoc group", "working group", "editorial committee", "first reading", "second reading",
    "adopted",
)  # fmt: skip
TAKEN = (
    *two(),
    table("c", "c)", "welcoming the ebb;", "b"),
    do.FormPackage("k", "finance", ("a", "b")),
    do.TakePackage("k"),
)
ADOPTED = (*two(), *(do.AgreeClause("a", level) for level in LEVELS))


def a_page_that_says(case, event):
    """A text from outside, whose reading may be anything."""
    page = ev.DocumentReceived("n.md", "0" * 64, b"n", "TC/2", 2, role=DocumentRole.REVISION)
    return do.ReceiveRevision("TC/2", (Drafted("", page), Drafted("a", event)))


def revised(case):
    """Other words for clause a."""
    passage = case.clause("a").passage
    return ev.TextRevised((replacement(passage, 0, 4, "know"),))


MOVES = (
    ev.BracketPlaced("o", BracketKind.CONTESTED),
    ev.ClauseReopened("", "x"),
    ev.OpenPointResolved("o", Outcome.BASE_KEPT),
    ev.ClauseAgreed("working group", "x"),
    ev.ConditionFailed("package finance"),
)


@pytest.mark.parametrize("ground", [TAKEN, ADOPTED], ids=("taken", "adopted"))
@pytest.mark.parametrize("event", MOVES, ids=lambda one: type(one).__name__)
def test_not_even_a_page_from_outside_moves_what_is_fixed(ground, event):
    case = given(*ground)
    case.when(a_page_that_says(case, event))
    assert isinstance(case.refusal, InPackage | Adopted)
    case.when(a_page_that_says(case, revised(case)))
    assert isinstance(case.refusal, InPackage | Adopted)


@pytest.mark.parametrize("ground", [TAKEN, ADOPTED], ids=("taken", "adopted"))
def test_what_stands_beside_it_may_change(ground):
    case = given(*ground)
    for act in (
        do.RecordPosition("a", "KIR", Stance.RESERVES),
        do.MakeRemark("a", "hm"),
        do.RelabelClause("a", "1)"),
        a_page_that_says(case, ev.ClauseReprinted(Kind.PARAGRAPH)),
    ):
        case.when(act)
        assert case.refusal is None


@pytest.mark.parametrize("ground", [TAKEN, ADOPTED], ids=("taken", "adopted"))
def test_a_repair_of_the_page_is_rejected_but_not_made(ground):
    fix = Correction(0, 4, "reco", (TabledRun("RECO"),))
    damage = Damage("typo", Severity.DAMAGED, 1, 1, 1, "r", "Lost.", True, "R", (fix,))
    case = given(*ground, Drafted("a", ev.AnomalyFound("n", damage)))
    case.when(do.SettleAnomaly("a", "n", accept=True))
    assert isinstance(case.refusal, InPackage | Adopted)
    case.when(do.SettleAnomaly("a", "n", accept=False)).then(ev.AnomalySettled)


@pytest.mark.parametrize("ground", [TAKEN, ADOPTED], ids=("taken", "adopted"))
def test_what_is_said_in_one_breath_is_looked_at_piece_by_piece(ground):
    revise = do.ReviseText("a", (do.Rewording("the moon;"),))
    case = given(*ground)
    head = case.timeline.head
    case.when(do.Together((do.MakeRemark("b", "x"), revise)))
    assert isinstance(case.refusal, Refusal)
    assert case.timeline.head == head


def test_one_package_does_not_open_another():
    case = given(*TAKEN, table("d", "d)", "x", "c"), do.FormPackage("l", "transfer", ("c", "d")))
    case.has(do.BreakPackage("l", ground="no sums"))
    assert case.clause("a").margin.package == "k"
    case.has(do.FormPackage("m", "transfer", ("c", "d")))
    for point in (do.ReviseText("a", (do.Rewording("the moon;"),)), do.DeleteClause("b")):
        case.when(do.TakePackage("m", (point,)))
        assert case.refusal is not None
        assert case.clause("a").agreement is not None


def test_an_undo_of_something_else_leaves_the_package_alone():
    case = given(*TAKEN[:3], do.ReviseText("a", (do.Rewording("the moon;"),)), *TAKEN[3:])
    case.undo(3).refused(StoodOn, "clause agreed")


def test_the_label_of_a_taken_clause_is_given_back_by_undo():
    case = given(*TAKEN, do.RelabelClause("a", "1)")).undo()
    assert case.refusal is None
    assert case.clause("a").label == "a)"
