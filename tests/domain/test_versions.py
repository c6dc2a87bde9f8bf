"""Labels given anew, versions issued and withdrawn, and later texts received."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.refusals import (
    AlreadyIssued,
    NoSuchThing,
    NothingChanges,
    NothingReceived,
    NotUndone,
    Unclear,
)
from negotiation.domain.terms import DocumentRole, IssuedFile
from negotiation.text.edit import replacement
from tests.given import TIDE, given, instead, two

ISSUE = do.IssueVersion("TC/1(Rev.1)", "f" * 64, files=(IssuedFile("a.md", "0" * 64, "clean"),))


def symbol(case):
    """The symbol under which the text goes."""
    return case.timeline.negotiation(case.timeline.head).symbol


def page(name="TC/1(Rev.2)"):
    """A later text from outside."""
    return Drafted(
        "", ev.DocumentReceived("n.md", "0" * 64, b"n", name, 2, role=DocumentRole.REVISION)
    )


class TestLabels:
    @pytest.mark.parametrize(
        "act", [do.RelabelClause("a", "1)"), do.RenumberText((("a", "1)"), ("b", "2)")))]
    )
    def test_a_new_one_ends_no_agreement(self, act):
        case = given(*two(), do.AgreeClause("a")).when(act)
        assert case.refusal is None
        assert case.clause("a").label == "1)"
        assert case.clause("a").agreement is not None
        case.undo()
        assert case.clause("a").label == "a)"

    def test_references_follow_and_the_agreement_binds_what_they_say(self):
        case = given(*two(), do.AgreeClause("a"))
        case.when(do.RenumberText((("b", "2)"),), (("a", (instead("rise", "ebb"),)),))).then(
            ev.ClauseRelabelled, ev.TextRevised
        )
        assert case.agreement("a").words == TIDE.replace("rise", "ebb")

    def test_only_where_something_changes(self):
        case = given(*two())
        case.when(do.RelabelClause("a", "a)")).refused(NothingChanges, "labelled so already")
        case.when(do.RenumberText((("a", "a)"), ("b", "b)")))).refused(
            NothingChanges, "numbered so already"
        )
        case.when(do.RelabelClause("z", "1)")).refused(NoSuchThing, "“z”")
        empty = do.RenumberText((), (("a", (do.Rewording(""),)),))
        case.when(empty).refused(Unclear, "without words")


class TestIssued:
    def test_under_its_symbol(self):
        case = given(*two()).when(ISSUE).then(ev.VersionIssued)
        assert symbol(case) == "TC/1(Rev.1)"

    def test_renumbered_in_the_same_act(self):
        numbers = do.RenumberText((("a", "1)"),))
        case = given(*two()).when(do.IssueVersion("TC/1(Rev.1)", "f", "", numbers))
        case.then(ev.ClauseRelabelled, ev.VersionIssued)
        issued = case.drafted[-1].event
        assert isinstance(issued, ev.VersionIssued)
        assert issued.renumbered

    def test_once_and_only_a_text(self):
        case = given()
        case.when(ISSUE).refused(Unclear, "no text to issue yet")
        for act in two():
            case.has(act)
        case.when(do.IssueVersion(" ", "f")).refused(Unclear, "needs a symbol")
        case.has(ISSUE).when(ISSUE).refused(AlreadyIssued, "TC/1(Rev.1) is out already")

    def test_what_went_out_is_not_undone_but_withdrawn(self):
        case = given(*two(), ISSUE).undo().refused(NotUndone, "`issue --withdraw`")
        case.when(do.WithdrawVersion("TC/1(Rev.1)", " ")).refused(Unclear, "`--reason`")
        case.when(do.WithdrawVersion("TC/9", "x")).refused(NoSuchThing, "“TC/9”", "`versions`")
        case.when(do.WithdrawVersion("TC/1(Rev.1)", "the wrong file")).then(ev.VersionWithdrawn)
        case.when(do.WithdrawVersion("TC/1(Rev.1)", "again")).refused(
            NothingChanges, "withdrawn already (the wrong file)"
        )
        case.undo().refused(NotUndone)
        case.when(ISSUE).then(ev.VersionIssued)

    def test_withdrawn_what_was_put_right_for_it_can_be_undone(self):
        """Labels and words go back; the version stays on the list as withdrawn."""
        numbers = do.RenumberText((("b", "2)"),), (("a", (instead("rise", "ebb"),)),))
        issued = do.IssueVersion("TC/1(Rev.1)", "f" * 64, renumbering=numbers)
        case = given(*two(), do.AgreeClause("a"), issued)
        case.undo().refused(NotUndone)
        case.has(do.WithdrawVersion("TC/1(Rev.1)", "the wrong file")).undo(2)
        assert case.refusal is None
        assert case.clause("b").label == "b)"
        assert case.clause("a").passage.live == case.agreement("a").words == TIDE
        (held,) = case.timeline.negotiation(case.timeline.head).issued
        assert held.withdrawn == "the wrong file"
        case.undo()
        assert case.clause("b").label == "2)"

    def test_undone_while_another_version_is_out(self):
        case = given(*two(), ISSUE, do.IssueVersion("TC/1(Rev.2)", "e"))
        case.has(do.WithdrawVersion("TC/1(Rev.1)", "x")).undo(3).then(ev.ActReversed)
        assert symbol(case) == "TC/1(Rev.2)"
        case.undo(3).refused(NotUndone)

    def test_withdrawn_the_one_before_is_current_again(self):
        case = given(*two(), ISSUE, do.IssueVersion("TC/1(Rev.2)", "e"))
        case.has(do.WithdrawVersion("TC/1(Rev.2)", "x"))
        assert symbol(case) == "TC/1(Rev.1)"


class TestReceived:
    def revised(self, case, words="ebb"):
        passage = case.clause("a").passage
        at = passage.words.index("rise")
        return Drafted("a", ev.TextRevised((replacement(passage, at, at + 4, words),)))

    def test_what_it_implies_is_one_act_and_can_be_taken_back(self):
        case = given(*two())
        case.when(do.ReceiveRevision("TC/1(Rev.2)", (page(), self.revised(case)))).then(
            ev.DocumentReceived, ev.TextRevised
        )
        assert symbol(case) == "TC/1(Rev.2)"
        case.live(TIDE.replace("rise", "ebb"))
        case.undo().live(TIDE)
        assert symbol(case) == "TC/1"
        assert len(case.timeline.negotiation(case.timeline.head).documents) == 1

    def test_no_agreement_stays_on_words_that_read_otherwise(self):
        case = given(*two(), do.AgreeClause("a"), do.AgreeClause("b"))
        case.has(do.AgreeClause("a", "working group"))
        case.when(do.ReceiveRevision("TC/1(Rev.2)", (page(), self.revised(case)))).then(
            ev.DocumentReceived,
            ev.ClauseReopened("", "the text received reads otherwise", "TC/1(Rev.2)"),
            ev.TextRevised,
        )
        assert case.clause("a").agreement is None
        assert case.clause("b").agreement is not None

    def test_nor_under_a_bracket_that_it_brings(self):
        case = given(*two(), do.AgreeClause("a"))
        bracket = Drafted("a", ev.BracketPlaced("o"))
        case.when(do.ReceiveRevision("TC/1(Rev.2)", (page(), bracket))).then(
            ev.DocumentReceived, ev.ClauseReopened, ev.BracketPlaced
        )

    def test_only_where_there_is_a_text_and_not_what_we_issued(self):
        given().when(do.ReceiveRevision("TC/2", (page(),))).refused(NothingReceived, "`import`")
        given(*two(), ISSUE).when(do.ReceiveRevision("TC/1(Rev.1)", (page(),))).refused(
            AlreadyIssued, "TC/1(Rev.1)"
        )


class TestSealed:
    SEAL = do.SealRecord(1, "5" * 64, "aa", "bb")

    def test_it_says_what_the_record_was(self):
        case = given(*two()).when(self.SEAL).then(ev.RecordSealed)
        assert case.drafted[0].event == ev.RecordSealed(1, "5" * 64, "aa", "bb")
        case.has(self.SEAL).when(self.SEAL).then(ev.RecordSealed)

    @pytest.mark.parametrize("position", [-1, 0, 999])
    def test_only_what_is_there(self, position):
        seal = do.SealRecord(position, "5" * 64)
        given(*two()).when(seal).refused(Unclear, f"no entry {position}")

    def test_it_stands(self):
        case = given(*two(), self.SEAL)
        assert isinstance(case.timeline.entries[-1].event, ev.RecordSealed)
        case.when(do.ReverseAct(case.timeline.entries[-1].act.id)).refused(
            NotUndone, "only says what the record was"
        )
