"""What rests on a clause, and what is agreed with its conditions."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.terms import Condition, Kind, WaitsOn
from negotiation.views.what_is_agreed import what_is_agreed
from negotiation.views.what_rests_on_this import Rests, what_rests_on_this
from tests.given import Case, add, given, table, two


def resting(case: Case, clause: str) -> list[tuple[Rests, str]]:
    """How and where."""
    found = what_rests_on_this(case.timeline, case.timeline.head, clause)
    return [(one.how, one.clause or one.where) for one in found]


def test_nothing_rests_on_a_clause_of_its_own():
    assert resting(given(*two()), "a") == []


def test_the_list_under_a_chapeau():
    case = given(
        do.TableClause("c", Kind.CHAPEAU, "", "to take measures:", "", 1),
        table("i", "i)", "to look;", "c", 2),
        table("j", "ii)", "to listen;", "i", 2),
        table("k", "2", "to rest;", "j", 1),
    )
    assert resting(case, "c") == [(Rests.CHILD, "i"), (Rests.CHILD, "j")]


def test_agreements_that_wait_for_it():
    waits = Condition("pending b", WaitsOn.CLAUSE, "b")
    case = given(*two(), do.AgreeClause("a", conditions=(waits,)))
    assert resting(case, "b") == [(Rests.CONDITION, "a")]
    case.has(do.AgreeClause("b")).has(do.MeetCondition("a", "pending b"))
    assert resting(case, "b") == []


def test_packages_and_questions():
    put = do.PutDecision("d", do.DeleteClause("a"), "{}", "Take it out?")
    case = given(*two(), do.FormPackage("k", "moon", ("a", "b")), put)
    assert resting(case, "a") == [(Rests.PACKAGE, "moon"), (Rests.QUESTION, "Take it out?")]
    case.has(do.BreakPackage("k", ground="x")).has(do.DropDecision("d"))
    assert resting(case, "a") == []


def test_references_certain_and_not():
    case = given(
        table("a", "1", "that tides be read;"),
        table("b", "2", "that paragraph 1 be kept;", "a"),
        table("c", "1", "that moons be read;", "b"),
        table("d", "3", "that paragraph 2 above be kept;", "c"),
    )
    assert resting(case, "b") == [(Rests.REFERENCE, "d")]
    for clause in ("a", "c"):
        found = what_rests_on_this(case.timeline, case.timeline.head, clause)
        assert [one.words for one in found] == ["paragraph 1 (uncertain)"]


def test_proposals_merged_into_it():
    case = given(*two(), add("that moons be read;"), add("that suns be read;", "m", "m"))
    case.has(do.MergeProposal("m", "n"))
    assert (Rests.MERGED, "m") in resting(case, "n")


def test_a_clause_that_is_not_there():
    assert resting(given(*two()), "nowhere") == []


class TestAgreed:
    def test_in_the_order_of_the_text_with_who_heard_it(self):
        case = given(*two(), do.AgreeClause("b"), do.AgreeClause("a", heard_by=("FJI", "KIR")))
        found = what_is_agreed(case.timeline, case.timeline.head)
        assert [(one.clause, one.heard_by) for one in found] == [("a", ("FJI", "KIR")), ("b", ())]

    def test_a_condition_whose_clause_left_the_text_says_so(self):
        waits = Condition("pending b", WaitsOn.CLAUSE, "b")
        case = given(*two(), do.AgreeClause("a", conditions=(waits,)), do.DeleteClause("b"))
        (one,) = what_is_agreed(case.timeline, case.timeline.head)
        assert "it fails" in one.waiting[0].release
        assert not one.waiting[0].ready

    def test_agreements_that_ended_show_both_wordings(self):
        case = given(*two(), do.AgreeClause("b"))
        case.has(do.ReviseText("b", (do.Rewording("sun", do.WordsAt("moon")),)))
        assert what_is_agreed(case.timeline, case.timeline.head) == ()
        (one,) = what_is_agreed(case.timeline, case.timeline.head, ended=True)
        assert (one.level, one.words, one.reads) == ("", "noting the moon;", "noting the sun;")

    def test_the_colour_of_the_body(self):
        case = given(do.TableClause("a", Kind.PARAGRAPH, "1", "tides", ""))
        assert case.timeline.negotiation(1).conventions == "itu"
        levels = ("ad hoc group", "working group", "editorial committee", "first reading")
        for level in levels:
            case.has(do.AgreeClause("a", level))
        (one,) = what_is_agreed(case.timeline, case.timeline.head)
        assert one.colour == "blue"
