"""Agreement: up one level at a time, on conditions, heard by parties, and how it ends."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import (
    Adopted,
    AwaitedIsGone,
    ConditionOpen,
    NeedsDecision,
    NoProof,
    NoStep,
    NoSuchLevel,
    NoSuchThing,
    NotAgreed,
    NothingChanges,
    NotInText,
    PackageIs,
    StoodOn,
    Unclear,
    WaitsForOther,
)
from negotiation.domain.terms import Condition, WaitsOn
from tests.given import TIDE, at, by, given, instead, table, two

ITU = (
    "ad hoc group", "working group", "editorial committee", "first reading", "second reading",
    "adopted",
)  # fmt: skip


def up_to(level, clause="a", ladder=ITU):
    """A clause agreed step by step."""
    return tuple(do.AgreeClause(clause, one) for one in ladder[: ladder.index(level) + 1])


def of(body):
    """The record turns out to be that of another body."""
    return (Drafted("", ev.NegotiationOpened("TC/1", "Tidal Conference", body)),)


class TestSteps:
    @pytest.mark.parametrize(
        ("body", "ladder"),
        [
            ("itu", ITU),
            (
                "un",
                (
                    "informals", "committee of the whole", "language consistency", "tabled",
                    "adopted",
                ),
            ),
            (
                "unfccc",
                ("informals", "contact group", "language consistency", "tabled", "adopted"),
            ),
            ("who", ("drafting group", "INB", "adopted")),
        ],
    )  # fmt: skip
    def test_every_body_has_its_ladder_and_skips_no_rung(self, body, ladder):
        case = given(*two(), of(body))
        for rung, level in enumerate(ladder):
            for higher in ladder[rung + 1 :]:
                case.when(do.AgreeClause("a", higher)).refused(NoStep, f"to “{higher}”")
            case.when(do.AgreeClause("a", level)).then(ev.ClauseAgreed(level, TIDE))

    def test_what_the_step_is_stands_in_the_sentence(self):
        case = given(*two())
        case.when(do.AgreeClause("a", "working group")).refused(
            NoStep,
            "a) is not agreed yet and cannot go to “working group”",
            "the step from there is to ad hoc group",
        )

    def test_no_step_down(self):
        given(*two(), *up_to("editorial committee")).when(
            do.AgreeClause("a", "ad hoc group")
        ).refused(NoStep, "a) is agreed (editorial committee)")

    def test_a_level_of_another_body(self):
        given(*two()).when(do.AgreeClause("a", "INB")).refused(
            NoSuchLevel, "“INB”", "the ladder is ad hoc group, working group"
        )

    def test_agreed_again_where_it_stood_by_the_body_that_reopened_it(self):
        case = given(*two(), *up_to("first reading"))
        case.has(do.ReopenClause("a", "KIR", "a figure", "the Plenary, 4 November"))
        case.has(do.ReviseText("a", (instead("rise", "ebb"),)))
        case.when(do.AgreeClause("a", "second reading")).refused(NoStep)
        case.when(do.AgreeClause("a", "first reading")).then(ev.ClauseAgreed)

    def test_heard_by_the_parties_in_the_room_by_their_codes(self):
        case = given(*two(), do.JoinParty("KIR", "Kiribati"))
        case.when(do.AgreeClause("a", heard_by=("Kiribati", "TUV", "kir"))).then(
            ev.ClauseAgreed("ad hoc group", TIDE, (), ("KIR", "TUV"))
        )
        case.when(do.AgreeClause("a", heard_by=("KIR", "TUV"))).refused(NothingChanges)
        case.when(do.AgreeClause("a", conditions=("money",)))
        assert case.agreement().heard_by == ("KIR", "TUV")


class TestConditions:
    def test_they_are_tied_to_what_would_release_them(self):
        case = given(*two(), do.JoinParty("IRN", "Iran"))
        said = ("pending Iran", "ad referendum", "ad referendum: IRN", "subject to the figures")
        case.when(do.AgreeClause("a", conditions=said)).then(
            ev.ClauseAgreed(
                "ad hoc group",
                TIDE,
                (
                    Condition("pending Iran", WaitsOn.PARTY, "IRN"),
                    Condition("ad referendum", WaitsOn.CAPITALS),
                    Condition("ad referendum: IRN", WaitsOn.CAPITALS, "IRN"),
                    Condition("subject to the figures"),
                ),
            )
        )

    def test_those_unmet_are_carried_to_the_next_level(self):
        case = given(*two(), do.AgreeClause("a", conditions=("money",)))
        case.when(do.AgreeClause("a", "working group", ("money", "time"))).then(
            ev.ClauseAgreed("working group", TIDE, (Condition("money"), Condition("time")))
        )

    def test_nothing_is_adopted_on_a_condition(self):
        case = given(*two(), *up_to("second reading"))
        case.has(do.AgreeClause("a", "second reading", ("ad referendum",)))
        case.when(do.AgreeClause("a", "adopted")).refused(
            ConditionOpen, "only on condition (ad referendum)", "`condition-met`"
        )
        case.has(do.MeetCondition("a", "ad referendum"))
        case.when(do.AgreeClause("a", "adopted")).then(ev.ClauseAgreed)

    def test_one_that_waits_for_a_clause_is_met_when_that_is_agreed(self):
        waits = Condition("pending b)", WaitsOn.CLAUSE, "b")
        case = given(*two(), do.AgreeClause("a", conditions=(waits,)))
        case.when(do.MeetCondition("a", "pending b)")).refused(
            WaitsForOther, "“pending b)” is not met: b) is not agreed", "`agree` it first"
        )
        case.has(do.AgreeClause("b")).when(do.MeetCondition("a", "pending b)")).then(
            ev.ConditionMet
        )

    def test_one_that_waits_for_a_clause_that_is_gone_can_only_fail(self):
        waits = Condition("pending b)", WaitsOn.CLAUSE, "b")
        case = given(*two(), do.AgreeClause("a", conditions=(waits,)), do.DeleteClause("b"))
        case.when(do.MeetCondition("a", "pending b)")).refused(
            AwaitedIsGone, "b) has left the text", "`condition-failed`"
        )
        case.when(do.FailCondition("a", "pending b)")).then(ev.ConditionFailed)

    def test_until_the_clause_comes_back(self):
        waits = Condition("pending b)", WaitsOn.CLAUSE, "b")
        case = given(*two(), do.AgreeClause("a", conditions=(waits,)), do.DeleteClause("b"))
        case.has(do.RestoreClause("b")).has(do.AgreeClause("b"))
        case.when(do.MeetCondition("a", "pending b)")).then(ev.ConditionMet)

    def test_a_clause_waits_neither_for_itself_nor_for_what_is_not_there(self):
        case = given(*two(), do.DeleteClause("b"))
        for clause, refusal, part in (
            ("a", Unclear, "cannot wait for itself"),
            ("b", NotInText, "b)"),
            ("z", NoSuchThing, "“z”"),
        ):
            waits = Condition("pending", WaitsOn.CLAUSE, clause)
            case.when(do.AgreeClause("a", conditions=(waits,))).refused(refusal, part)

    def test_a_condition_needs_words(self):
        given(*two()).when(do.AgreeClause("a", conditions=(" ",))).refused(
            Unclear, "A condition needs words"
        )

    def test_no_waiting_for_a_package_that_has_ended(self):
        case = given(*two(), do.FormPackage("k", "finance", ("a", "b")))
        case.has(do.BreakPackage("k", ground="no sums")).when(
            do.AgreeClause("a", conditions=("package finance",))
        ).refused(PackageIs, "“finance” is broken")
        lost = Condition("package sums", WaitsOn.PACKAGE, "sums")
        case.when(do.AgreeClause("a", conditions=(lost,))).refused(NoSuchThing, "“sums”")

    def test_one_that_fails_ends_the_agreement_in_sight(self):
        case = given(*two(), *up_to("working group"))
        case.has(do.AgreeClause("a", "working group", ("pending KIR",)))
        last = case.agreement()
        case.when(do.FailCondition("a", "pending KIR", "no instructions")).then(
            ev.ConditionFailed("pending KIR", "no instructions")
        )
        assert case.clause().agreement is None
        assert case.clause().margin.last_agreed == last

    def test_none_fails_that_is_not_there(self):
        case = given(*two())
        case.when(do.FailCondition("a", "money")).refused(NotAgreed, "a) is not agreed")
        case.has(do.AgreeClause("a")).when(do.FailCondition("a", "money")).refused(
            NoSuchThing, "“money”", "there is none"
        )


class TestWordsOfALargerBody:
    """Above the first level nobody changes them before that body has opened them."""

    @pytest.mark.parametrize(
        "act",
        [
            do.ReviseText("a", (instead("rise", "ebb"),)),
            do.DeleteClause("a"),
            do.ChangeTerm("tide", "sea", (do.Occurrence("a", 1),)),
            do.ChangeTerm("tide", "sea", (do.Occurrence("a", 1),), editorial=True),
            do.ReopenClause("a", "KIR", "new facts"),
        ],
        ids=lambda act: type(act).__name__,
    )
    def test_by_its_decision_only(self, act):
        given(*two(), *up_to("working group")).when(act).refused(
            NeedsDecision,
            "a) is agreed (working group)",
            "only the working group or committee",
            "`reopen --decision`",
        )

    def test_opened_by_decision_they_change(self):
        case = given(*two(), *up_to("working group"))
        case.has(do.ReopenClause("a", "KIR", "new facts", "COM5, 4 November"))
        case.when(do.ReviseText("a", (instead("rise", "ebb"),))).then(ev.TextRevised)
        last = case.clause().margin.last_agreed
        assert last is not None
        assert last.words == TIDE

    def test_the_first_level_opens_by_itself_and_says_so(self):
        case = given(*two(), do.AgreeClause("a"))
        case.when(do.ReviseText("a", (instead("rise", "ebb"),))).then(
            ev.ClauseReopened("", "its words were changed"), ev.TextRevised
        )

    def test_an_editors_change_of_form_leaves_every_level_standing(self):
        case = given(*two(), *up_to("editorial committee"))
        form = do.ReviseText("a", (instead("rise, and", "rise and"),), True, "", Capacity.EDITOR)
        case.when(form).then(ev.TextRevised)
        agreement = case.agreement()
        assert (agreement.level, agreement.words) == (
            "editorial committee", TIDE.replace("rise, and", "rise and"),
        )  # fmt: skip


class TestReferredBack:
    def test_by_decision_and_the_words_stay_agreed_there(self):
        case = given(*two(), *up_to("first reading"))
        case.when(do.ReferBack("a", "working group", "")).refused(
            NeedsDecision, "a) is agreed (first reading)", "only the Plenary"
        )
        case.when(do.ReferBack("a", "working group", "the Plenary, 4 November")).then(
            ev.ClauseReferredBack("working group", "the Plenary, 4 November")
        )
        assert (case.agreement().level, case.agreement().words) == (
            "working group", TIDE,
        )  # fmt: skip
        case.when(do.AgreeClause("a", "first reading")).refused(NoStep, "to editorial committee")

    @pytest.mark.parametrize(
        ("stands", "level", "step"),
        [
            ("first reading", "ad hoc group", "the step from there is to working group"),
            ("first reading", "second reading", "the step from there is to working group"),
            ("working group", "ad hoc group", "no step leads back"),
        ],
    )
    def test_only_to_where_the_body_gives_words_back(self, stands, level, step):
        given(*two(), *up_to(stands)).when(do.ReferBack("a", level, "x")).refused(NoStep, step)

    def test_not_what_is_not_agreed_nor_to_nowhere(self):
        given(*two()).when(do.ReferBack("a", "working group", "x")).refused(NotAgreed)
        given(*two(), *up_to("first reading")).when(do.ReferBack("a", "heaven", "x")).refused(
            NoSuchLevel, "“heaven”"
        )


class TestAdopted:
    @pytest.mark.parametrize(
        "act",
        [
            do.ReviseText("a", (instead("rise", "ebb"),)),
            do.ReviseText(
                "a", (instead("rise", "ebb"),), True, "references follow the numbers",
                Capacity.EDITOR,
            ),
            do.DeleteClause("a"),
            do.ReopenClause("a", "KIR", "new facts", "the Plenary"),
            do.ReferBack("a", "working group", "the Plenary"),
            do.Park("a", owner="KIR"),
            do.PlaceBracket("o", "a"),
            do.ProposeDeletion("a", by("KIR")),
            do.FormPackage("k", "finance", ("a", "b")),
            do.ChangeTerm("tide", "sea", (do.Occurrence("a", 1),), True, Capacity.EDITOR),
        ],
        ids=lambda act: type(act).__name__,
    )  # fmt: skip
    def test_it_stands(self, act):
        given(*two(), *up_to("adopted")).when(act).refused(
            Adopted, "a) is adopted and stands", "`correct`"
        )

    def test_what_is_said_beside_it_is_kept(self):
        case = given(*two(), *up_to("adopted"))
        case.when(do.MakeRemark("a", "applause")).then(ev.RemarkMade)
        case.when(do.RelabelClause("a", "1)")).then(ev.ClauseRelabelled)

    def test_references_follow_the_numbers(self):
        case = given(*two(), *up_to("adopted"))
        numbers = do.RenumberText((("b", "1)"),), (("a", (instead("rise", "ebb"),)),))
        case.when(numbers).then(ev.ClauseRelabelled, ev.TextRevised)
        assert case.agreement().words == case.clause().passage.live

    def test_adopting_was_a_slip_of_the_hand(self):
        case = given(*two(), *up_to("adopted")).undo()
        assert case.refusal is None
        assert case.agreement().level == "second reading"

    def test_nothing_older_is_undone_below_it(self):
        case = given(*two(), do.ReviseText("a", (instead("rise", "ebb"),)), *up_to("adopted"))
        case.undo(7).refused(StoodOn, "clause agreed")


class TestCorrected:
    """The last night of Paris: “shall” where every version before had “should”."""

    SLIP = (
        table("a", "a)", "Parties should take the lead;"),
        *up_to("editorial committee"),
        do.ReviseText("a", (instead("should", "shall"),), True, "", Capacity.EDITOR),
        do.AgreeClause("a", "first reading"),
        do.AgreeClause("a", "second reading"),
        do.AgreeClause("a", "adopted"),
    )
    RIGHT = (instead("shall", "should"),)

    def test_to_what_the_versions_before_said(self):
        case = given(*self.SLIP)
        case.when(do.CorrectText("a", self.RIGHT, (3,), "a misprint")).then(ev.TextCorrected)
        assert case.agreement().words == "Parties should take the lead;"
        assert case.agreement().level == "adopted"

    def test_the_correction_can_be_taken_back(self):
        case = given(*self.SLIP).has(do.CorrectText("a", self.RIGHT, (3,)))
        case.undo().live("Parties shall take the lead;")
        assert case.agreement().words == "Parties shall take the lead;"
        case.undo().live("Parties should take the lead;")

    def test_not_without_proof(self):
        case = given(*self.SLIP)
        case.when(do.CorrectText("a", self.RIGHT, ())).refused(NoProof, "needs proof", "`--proof`")
        case.when(do.CorrectText("a", self.RIGHT, (3, 8))).refused(NoProof, "After entry 8")
        case.when(do.CorrectText("a", self.RIGHT, (99,))).refused(NoSuchThing, "ends at entry")
        case.when(do.CorrectText("a", self.RIGHT, (1,))).refused(NoProof, "After entry 1")

    def test_no_word_that_stood_elsewhere(self):
        """“should” stood before “take”; that proves nothing of another place."""
        case = given(*self.SLIP)
        case.when(do.CorrectText("a", (instead("the lead", "should lead"),), (3,))).refused(NoProof)
        case.when(do.CorrectText("a", (instead("Parties shall", "All should"),), (3,))).refused(
            NoProof
        )

    def test_nor_a_part_of_a_longer_word(self):
        case = given(
            table("a", "a)", "she should not lead"),
            do.ReviseText("a", (do.Rewording("he shall not lead"),)),
            *up_to("adopted"),
        )
        case.when(do.CorrectText("a", (instead("shall", "should"),), (3,))).refused(NoProof)

    def test_only_what_is_adopted_and_not_away(self):
        given(*two()).when(do.CorrectText("a", (instead("rise", "ebb"),), (1,))).refused(
            Unclear, "a) is not adopted", "`revise`"
        )
        given(*two(), *up_to("adopted")).when(
            do.CorrectText("a", (do.Rewording("", at(TIDE)),), (3,))
        ).refused(Unclear, "without words")


class TestReopened:
    def test_again_after_a_bracket_it_is_not_undone(self):
        """Words in brackets are not agreed, whoever undoes what."""
        case = given(*two(), do.AgreeClause("a"), do.ReopenClause("a", "KIR", "x"))
        case.has(do.PlaceBracket("o", "a")).undo(2).refused(StoodOn, "bracket placed")
        assert case.clause().agreement is None

    def test_for_whom_and_why_stands_on_the_record(self):
        case = given(*two(), do.AgreeClause("a"))
        case.when(do.ReopenClause("a", "KIR", "new facts")).then(
            ev.ClauseReopened("KIR", "new facts")
        )
