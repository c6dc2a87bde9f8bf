"""Undoing an act by a further one: at once, with later acts elsewhere, and refused."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.refusals import NoSuchThing, NothingChanges, NotUndone, StoodOn
from negotiation.domain.terms import (
    Correction,
    Damage,
    How,
    Kind,
    Printed,
    Severity,
    Stance,
    TabledRun,
)
from tests.given import TIDE, add, at, behind, by, given, instead, mod, table, two

DAMAGE = Damage(
    "typo", Severity.DAMAGED, 1, 1, 1, "tide", "Lost.", True, "tides",
    (Correction(21, 25, "tide", (TabledRun("tides"),)),),
)  # fmt: skip

GROUND = (
    *two(),
    table("c", "c)", "welcoming the ebb;", "b"),
    Drafted("c", ev.AnomalyFound("n", DAMAGE)),
    Drafted("a", ev.AnomalyFound("n2", Damage("x", Severity.DOUBTFUL, 2, 1, 2, "x", "X.", True))),
    mod(instead("shall rise", "should ebb"), name="m"),
    do.ProposeAmendment("b", by("KIR", "w"), (instead("moon", "stars"),)),
    do.WithdrawProposal("w", "KIR"),
    add("welcoming the storm;"),
    do.PlaceBracket("o", "a", at("and fall")),
    do.HoldBracket("o", "KIR"),
    do.PlaceBracket("g", "b"),
    do.TableAlternative("g", by("FJI", "q"), "noting the stars;", "k"),
    do.PlaceBracket("i", "a", at("that")),
    do.TableAlternative("i", by("FJI", "r"), "how", clause="a"),
    table("d", "d)", "agreed words;", "c"),
    do.AgreeClause("d", conditions=("money",)),
    table("e", "e)", "words that went;", "d"),
    do.DeleteClause("e"),
    do.Park("c", owner="KIR"),
)
"""Something of everything, on which any act is made and undone."""

EVERY_ACT: tuple[do.Command, ...] = (
    table("z", "z)", "x", "a"),
    add("x", "z", "z"),
    mod(instead("tide", "sea")),
    do.ProposeAmendment("a", by("FJI"), (do.Rewording("recognizing the sea;"),)),
    do.ProposeDeletion("a", by("FJI")),
    do.ProposeNoChange("a", by("FJI")),
    do.SupportProposal("m", "KIR"),
    do.ReviseProposal("m", "FJI", (instead("rise", "swell"),)),
    do.ReviseProposal("n", "KIR", (instead("storm", "calm"),)),
    do.WithdrawProposal("m", "FJI"),
    do.ReintroduceProposal("w", "FJI"),
    do.RetainProposal("m"),
    do.RetainProposal("m", changes=(instead("should", "may"),)),
    do.RetainProposal("m", words=(at("should"), at("shall"))),
    do.DropProposal("m"),
    do.DropProposal("m", (at("ebb"),)),
    do.MergeProposal("n", "m"),
    do.PlaceBracket("y", "a", at("tide")),
    do.PlaceBracket("y", "a", at("tide"), "c", at("welcoming")),
    do.HoldBracket("o", "FJI"),
    do.ReleaseBracket("o", "KIR"),
    do.ReachBracket("o", "a", at("fall")),
    do.ReachBracket("o", "a", at("and fall;")),
    do.LiftBracket("o"),
    do.NoteStatus("o", "later"),
    do.TableAlternative("o", by("KIR"), " and drop", clause="a"),
    do.TableAlternative("g", by("KIR"), "noting the sun;", "z"),
    do.ResolveOpenPoint("g", (do.Choose(2, "x)"), do.Choose(1))),
    do.ResolveOpenPoint("g", (do.Trim(2, (at("stars"),), "."), do.Merge(1, 2))),
    do.ResolveOpenPoint("g", words="noting;", new_clause="z"),
    do.ResolveOpenPoint("g"),
    do.ResolveOpenPoint("i", (do.Choose(2),)),
    do.ResolveOpenPoint("i", (do.Drop(1), do.Drop(2))),
    do.ResolveOpenPoint("i", words="whether"),
    do.ResolveOpenPoint("o", (do.Drop(1),)),
    do.ReviseText("a", (instead("recognizing", "knowing"),)),
    do.ReviseText("d", (instead("agreed", "other"),)),
    do.DeleteClause("a"),
    do.DeleteClause("d"),
    do.RestoreClause("e"),
    do.MoveClause("a", "c"),
    do.MoveClause("c", "", 2),
    do.Park("a", owner="KIR"),
    do.Park(point="o", owner="KIR"),
    do.Resume("c"),
    do.AgreeClause("c"),
    do.AgreeClause("d", "working group"),
    do.MeetCondition("d", "money"),
    do.ReopenClause("d", "KIR", "facts"),
    do.RecordPosition("a", "KIR", Stance.OPPOSES),
    do.MakeRemark("a", "hm"),
    do.SettleAnomaly("c", "n", accept=False),
    do.JoinParty("TUV"),
    do.OpenMeeting("third"),
    do.Together(
        (
            mod(instead("tide", "sea")),
            do.SupportProposal("p", "KIR"),
            do.PlaceBracket("y", "a", at("sea"), holders=("CUB",)),
        )
    ),
    do.Together(
        (do.LiftBracket("o"), do.DeleteClause("b"), do.MoveClause("c"), table("z", "z", "x"))
    ),
)


def _text(case, at_entry=None):
    moment = case.timeline.moment(at_entry)
    return moment.clauses, moment.negotiation


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda one: type(one).__name__)
def test_undone_at_once_all_is_as_before(act):
    """And undone again, all is as after the act."""
    case = given(*GROUND)
    before = _text(case)
    case.has(act)
    after = _text(case)
    assert after != before
    assert _text(case.undo()) == before
    case.undo()
    assert case.refusal is None
    assert _text(case) == after


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda one: type(one).__name__)
def test_undone_after_a_remark_elsewhere_the_remark_stays(act):
    case = given(*GROUND).has(act).has(do.MakeRemark("b", "meanwhile"))
    case.undo(2)
    assert case.refusal is None
    plain = given(*GROUND).has(do.MakeRemark("b", "meanwhile"))
    live = [clause.passage.live for clause in plain.timeline.moment().clauses]
    assert [clause.passage.live for clause in case.timeline.moment().clauses] == live
    assert [one.words for one in case.clause("b").margin.remarks] == ["meanwhile"]


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda one: type(one).__name__)
def test_an_act_is_undone_once(act):
    given(*GROUND).has(act).undo().undo(2).refused(NothingChanges, "undone already")


class TestWithLaterActsOnTheSameClause:
    def test_words_elsewhere_stay(self):
        case = given(*two(), do.ReviseText("a", (instead("shall", "will"),)))
        case.has(do.ReviseText("a", (instead("fall", "ebb"),)))
        case.undo(2).then(ev.ActReversed).live(TIDE.replace("fall", "ebb"))

    def test_a_proposal_elsewhere_stays_on_the_table(self):
        case = given(*two(), mod(behind("tide", "always")), mod(instead("fall", "ebb"), name="q"))
        case.undo(2).live(TIDE.replace("fall", "ebb")).proposal("q", "on the table").open(1)

    def test_a_bracket_elsewhere_keeps_its_words(self):
        case = given(*two(), do.ReviseText("a", (behind("tide", "always"),)))
        case.has(do.PlaceBracket("o", "a", at("and fall")))
        case.undo(2).live(TIDE).inside("o", "and fall")

    def test_a_bracket_lifted_comes_back_around_its_words(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("and fall")), do.LiftBracket("o"))
        case.has(do.ReviseText("a", (behind("tide", "always"),)))
        case.undo(2).inside("o", "and fall").open(1)

    def test_a_bracket_narrowed_is_wide_again_around_what_came_before_it(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("shall rise")))
        case.has(do.ReachBracket("o", "a", at("rise")))
        case.has(do.ReviseText("a", (behind("tide", "always"),)))
        case.undo(2).inside("o", "shall rise")

    def test_a_supporter_goes_and_the_words_stay(self):
        case = given(*two(), mod(instead("rise", "ebb")), do.SupportProposal("p", "KIR"))
        case.has(do.MakeRemark("a", "hm")).undo(2).proposal("p", "on the table")
        assert case.clause().proposals[0].supporters == ()

    def test_a_move_of_another_clause_stays(self):
        case = given(*two(), table("c", "c)", "x", "b"), do.MoveClause("a", "c"))
        case.order("b", "c", "a").has(do.MoveClause("c", "")).order("c", "b", "a")
        case.undo(2)
        assert case.refusal is None
        order = [one.clause for one in case.timeline.negotiation(case.timeline.head).order]
        assert order.index("c") == order.index("a") + 1 or order.index("c") == 0

    def test_what_was_tabled_last_goes_first(self):
        case = given(table("a", "a)", "x"), table("b", "b)", "y"))
        case.undo(2).order("b")
        case.undo(2).order()


def test_how_the_page_printed_the_words_comes_back_too():
    torn = (Printed(4, 4, How.TORN),)
    tabled = ev.ClauseTabled(Kind.ITEM, "a)", (TabledRun("the tide shall rise"),), printed=torn)
    page = (Drafted("a", tabled), Drafted("", ev.ClausePlaced("a", "")))
    case = given(page, do.ReviseText("a", (do.Rewording("duly", None, do.Where.BEFORE),)))
    case.has(do.ReviseText("a", (instead("shall", "will"),)))
    assert case.clause().printed == (Printed(9, 9, How.TORN),)
    case.undo(2)
    assert case.clause().printed == torn
    case.undo(2)
    assert case.clause().printed == torn


class TestRefused:
    def test_words_that_were_struck_since(self):
        case = given(*two(), do.ReviseText("a", (instead("shall", "will"),)))
        case.has(do.ReviseText("a", (instead("will", "may"),)))
        case.undo(2).refused(StoodOn, "on a), entry 7 (text revised) stands on it").live(
            TIDE.replace("shall", "may")
        )

    def test_words_that_a_bracket_stands_on(self):
        case = given(*two(), do.ReviseText("a", (behind("tide", "always"),)))
        case.has(do.PlaceBracket("o", "a", at("always")))
        case.undo(2).refused(StoodOn, "bracket placed")

    def test_a_proposal_that_was_decided_since(self):
        case = given(*two(), mod(instead("rise", "ebb")), do.RetainProposal("p"))
        case.undo(2).refused(StoodOn, "proposal retained")

    def test_a_part_dropped_of_a_proposal_that_was_retained_since(self):
        case = given(*two(), mod(instead("rise", "ebb and flow")))
        case.has(do.DropProposal("p", (at("and"),))).has(do.RetainProposal("p"))
        case.undo(2).refused(StoodOn, "proposal retained")

    def test_a_bracket_that_was_moved_since(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("shall rise")))
        case.has(do.ReachBracket("o", "a", at("rise")))
        case.has(do.ReachBracket("o", "a", at("tide shall rise")))
        case.undo(2).refused(StoodOn, "bracket widened")

    def test_a_bracket_that_got_wordings_since(self):
        case = given(*two(), do.PlaceBracket("o", "a"))
        case.has(do.TableAlternative("o", by("KIR"), "x", "n"))
        case.undo(2).refused(StoodOn)

    def test_a_bracket_lifted_before_the_words_were_agreed(self):
        case = given(*two(), do.PlaceBracket("o", "a"), do.LiftBracket("o"), do.AgreeClause("a"))
        case.undo(2).refused(StoodOn, "clause agreed")

    def test_words_that_were_agreed_since(self):
        case = given(*two(), do.ReviseText("a", (instead("shall", "will"),)), do.AgreeClause("a"))
        case.undo(2).refused(StoodOn, "clause agreed")

    def test_an_agreement_on_words_that_have_changed_since(self):
        case = given(*two(), do.AgreeClause("a"))
        case.has(do.ReviseText("a", (instead("shall", "will"),)))
        case.has(do.ReviseText("a", (instead("fall", "ebb"),)))
        case.undo(2).refused(StoodOn, "text revised")

    def test_a_clause_on_which_something_happened(self):
        case = given(*two(), add("x"), do.SupportProposal("n", "FJI"))
        case.undo(2).refused(StoodOn, "proposal supported")

    def test_a_place_that_was_given_anew_since(self):
        case = given(*two(), table("c", "c)", "x", "b"), do.MoveClause("a", "b"))
        case.has(do.MoveClause("a", "c")).undo(2).refused(StoodOn, "clause placed")

    def test_a_meeting_that_was_closed_since(self):
        case = given(do.OpenMeeting("third"), do.CloseMeeting())
        case.undo(2).refused(StoodOn, "the meetings", "no meeting now")

    def test_a_document_stays_received(self):
        page = (Drafted("", ev.DocumentReceived("page.md", "0" * 64, b"page")),)
        given(do.ReceiveDraft("TC/1", page)).undo().refused(NotUndone, "stays received")

    def test_an_act_that_nobody_made(self):
        given(*two()).when(do.ReverseAct("nobody's")).refused(NoSuchThing, "`log`")

    def test_once_what_stood_on_it_is_undone_it_can_be(self):
        case = given(*two(), do.ReviseText("a", (instead("shall", "will"),)))
        case.has(do.ReviseText("a", (instead("will", "may"),)))
        case.undo().undo(3).live(TIDE)
        assert case.refusal is None
