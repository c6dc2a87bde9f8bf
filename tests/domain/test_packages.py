"""Packages: formed, taken, agreed or broken as a whole, and never half of it."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import (
    ActOfItsOwn,
    Agreed,
    AlreadyThere,
    InPackage,
    NoSuchThing,
    NotInText,
    NotOfPackage,
    NotOpen,
    PackageIs,
    StillOpen,
    StoodOn,
    Unclear,
    WaitsForOther,
)
from negotiation.domain.terms import Condition, Stance, WaitsOn
from negotiation.ledger.stored_command import stored_command
from tests.given import START, TIDE, at, by, given, instead, mod, table, two

FINANCE = Condition("package finance", WaitsOn.PACKAGE, "k")
TIED = (
    *two(),
    table("c", "c)", "welcoming the ebb;", "b"),
    table("d", "d)", "and the storm;", "c"),
    do.PlaceBracket("o", "a", at("and fall"), holders=("KIR",), reason="costs"),
    do.PlaceBracket("g", "b"),
    do.TableAlternative("g", by("FJI", "q"), "noting the stars;", "k1", "b)"),
    mod(instead("ebb", "flow"), clause="c", name="m"),
    do.RecordPosition("a", "KIR", Stance.OPPOSES, "o"),
    do.FormPackage("k", "finance", ("c",), ("o", "g")),
)
"""A bracket, a group of two clauses and a proposal, tied together."""
SETTLED = (
    do.LiftBracket("o"),
    do.ResolveOpenPoint("g", (do.Choose(2, "b) bis"),)),
    do.RetainProposal("m"),
)
MEMBERS = ("a", "b", "k1", "c")
TAKE = do.TakePackage("k", SETTLED, ("FJI", "KIR"))
BREAK = do.BreakPackage("k", "KIR", "no sums")


def state(case, clauses=MEMBERS):
    """What a break puts back, clause by clause."""
    return [
        (one.passage, one.brackets, one.alternatives, one.proposals, one.agreement, one.label)
        for one in map(case.clause, clauses)
    ]


def packages(case):
    """The names of the packages, and how they stand."""
    whole = case.timeline.negotiation(case.timeline.head)
    return [(one.name, one.state) for one in whole.packages]


def tied(case, package="k"):
    """The clauses that are tied to it."""
    return {one.id for one in case.timeline.room().clauses.values() if one.margin.package}


class TestFormed:
    def test_of_all_that_its_points_touch(self):
        case = given(*TIED)
        assert tied(case) == set(MEMBERS)
        (package,) = case.timeline.negotiation(case.timeline.head).packages
        assert package.clauses == MEMBERS
        assert package.points == ("o", "g")

    def test_of_two_things_at_least(self):
        case = given(*two(), do.PlaceBracket("o", "a"))
        for clauses, points in ((("a",), ()), (("a",), ("o",)), ((), ("o", "o")), ((), ())):
            case.when(do.FormPackage("k", "finance", clauses, points)).refused(
                Unclear, "at least two things"
            )
        case.when(do.FormPackage("k", "finance", ("b",), ("o",))).then(
            ev.PackageFormed, ev.ClauseLinked, ev.ClauseLinked
        )

    def test_with_a_name_of_its_own(self):
        case = given(*TIED, table("e", "e)", "x", "d"))
        case.when(do.FormPackage("l", " ", ("d", "e"))).refused(Unclear, "needs a name")
        for name in ("finance", "Finance", " finance "):
            case.when(do.FormPackage("l", name, ("d", "e"))).refused(AlreadyThere, "inance”")

    def test_once_it_is_broken_the_name_is_free_and_means_the_new_one(self):
        case = given(*TIED, BREAK, do.FormPackage("l", "finance", ("c", "d")))
        case.when(do.TakePackage("finance", (do.DropProposal("m"),))).then(
            ev.ProposalNotRetained, ev.ClauseAgreed, ev.ClauseAgreed, ev.PackageTaken("l")
        )

    def test_of_what_stands_open_and_in_no_other(self):
        case = given(*TIED, do.AgreeClause("d"), table("e", "e)", "x", "d"), do.DeleteClause("e"))
        case.has(table("f", "f)", "y", "e"))
        for clause, refusal, part in (
            ("a", InPackage, "a) stands or falls with the package “finance”"),
            ("d", Agreed, "d) is agreed (ad hoc group)"),
            ("e", NotInText, "e)"),
            ("z", NoSuchThing, "“z”"),
        ):
            case.when(do.FormPackage("l", "transfer", (clause, "f"))).refused(refusal, part)
        case.when(do.FormPackage("l", "transfer", ("d",), ("z",))).refused(NotOpen)

    def test_what_is_tied_is_not_settled_by_itself(self):
        case = given(*TIED)
        for act in (do.LiftBracket("o"), do.ResolveOpenPoint("g"), do.ResolveOpenPoint("o")):
            case.when(act).refused(InPackage, "“finance”", "`package take`")
        case.has(do.DropProposal("m")).when(do.AgreeClause("c")).refused(InPackage, "c)")

    def test_it_is_still_talked_about(self):
        case = given(*TIED)
        for act in (
            do.HoldBracket("o", "TUV"),
            do.NoteStatus("o", "after lunch"),
            do.TableAlternative("g", by("KIR", "r"), "noting the sun;", "k2"),
            do.ReviseProposal("m", "FJI", (instead("ebb", "stream"),)),
            do.Park("c", owner="KIR"),
        ):
            case.when(act)
            assert case.refusal is None

    def test_an_agreement_does_not_come_back_on_it(self):
        case = given(*two(), do.AgreeClause("a"), do.ReopenClause("a", "KIR", "x"))
        case.has(do.FormPackage("k", "finance", ("a", "b"))).undo(2).refused(InPackage, "a)")

    def test_who_waits_for_it_need_not_spell_it(self):
        case = given(*TIED, do.AgreeClause("d", conditions=("pending the Package “Finance”",)))
        (condition,) = case.agreement("d").conditions
        assert (condition.waits_on, condition.on) == (WaitsOn.PACKAGE, "k")


class TestTaken:
    def test_every_clause_is_agreed_as_long_as_it_holds(self):
        case = given(*TIED).when(TAKE)
        agreed = [one.event for one in case.drafted if isinstance(one.event, ev.ClauseAgreed)]
        assert {one.conditions for one in agreed} == {(FINANCE,)}
        assert {one.level for one in agreed} == {"ad hoc group"}
        assert {one.heard_by for one in agreed} == {("FJI", "KIR")}
        assert [one.words for one in agreed] == [TIDE, "noting the stars;", "welcoming the flow;"]
        assert packages(case) == [("finance", "taken")]

    def test_all_or_nothing(self):
        case = given(*TIED)
        head = case.timeline.head
        for left in range(3):
            some = (*SETTLED[:left], *SETTLED[left + 1 :])
            case.when(do.TakePackage("k", some)).refused(StillOpen, "open point")
        case.when(do.TakePackage("k", (*SETTLED, do.LiftBracket("o")))).refused(NotOpen)
        assert case.timeline.head == head

    def test_it_decides_nothing_else(self):
        case = given(*TIED)
        for other in (
            do.ReviseText("d", (instead("storm", "calm"),)),
            do.MoveClause("d", ""),
            do.DeleteClause("d"),
        ):
            case.when(do.TakePackage("k", (*SETTLED, other))).refused(
                NotOfPackage, "d) does not belong to the package “finance”"
            )
        for apart in (
            do.OpenMeeting("third"),
            do.IssueVersion("TC/2", "0"),
            do.AgreeClause("d"),
            do.FormPackage("l", "x", ("d",)),
        ):
            case.when(do.TakePackage("k", (*SETTLED, apart))).refused(ActOfItsOwn)

    def test_what_it_tables_stands_or_falls_with_it(self):
        case = given(*TIED)
        anew = do.ResolveOpenPoint("g", words="noting the sky;", new_clause="n")
        case.has(do.TakePackage("k", (SETTLED[0], anew, SETTLED[2])))
        assert case.clause("n").margin.package == "k"
        assert case.agreement("n").conditions == (FINANCE,)
        case.has(BREAK)
        assert not case.clause("n").margin.tabled
        assert tied(case) == set()

    def test_and_what_came_to_its_points_since(self):
        case = given(*TIED, do.TableAlternative("g", by("KIR", "r"), "noting the sun;", "k2"))
        before = state(case, ("k2",))
        case.has(
            do.TakePackage("k", (SETTLED[0], do.ResolveOpenPoint("g", (do.Choose(3),)), SETTLED[2]))
        )
        assert case.agreement("k2").conditions == (FINANCE,)
        case.has(BREAK)
        assert state(case, ("k2",)) == before

    def test_a_clause_that_was_deleted_meanwhile_is_not_agreed(self):
        case = given(*TIED, do.DeleteClause("c"))
        case.when(do.TakePackage("k", SETTLED[:2]))
        assert case.refusal is None
        assert case.clause("c").agreement is None
        before = case.clause("c").passage
        case.has(BREAK)
        assert case.clause("c").passage == before
        assert tied(case) == set()

    def test_once(self):
        case = given(*TIED, TAKE)
        case.when(TAKE).refused(PackageIs, "“finance” is taken", "`package agree`")

    @pytest.mark.parametrize(
        "act",
        [
            do.ReviseText("a", (instead("rise", "ebb"),)),
            do.DeleteClause("c"),
            do.MoveClause("c", ""),
            do.ReopenClause("a", "KIR", "x"),
            do.AgreeClause("a", "working group"),
            do.MeetCondition("a", "package finance"),
            do.FailCondition("a", "package finance"),
            do.RestoreClause("b"),
            do.ChangeTerm("tide", "sea", (do.Occurrence("a", 1),)),
            do.RenumberText((), (("a", (instead("rise", "ebb"),)),)),
        ],
        ids=lambda act: type(act).__name__,
    )
    def test_nothing_of_it_moves_by_itself(self, act):
        case = given(*TIED, TAKE).when(act)
        assert isinstance(case.refusal, InPackage | WaitsForOther), case.refusal
        assert "finance" in str(case.refusal)

    @pytest.mark.parametrize("back", range(2, 8))
    def test_nor_is_what_it_rests_on_undone(self, back):
        case = given(*TIED, TAKE)
        head = case.timeline.head
        case.undo(back)
        assert case.refusal is not None or back == 3, "only what was said beside it"
        assert [one.agreement is not None for one in map(case.clause, MEMBERS)] == [
            True, False, True, True,
        ]  # fmt: skip
        assert case.timeline.head in (head, head + 1)


class TestBroken:
    def test_everything_is_as_it_was_before(self):
        case = given(*TIED)
        before, order = state(case), case.timeline.negotiation(case.timeline.head).order
        case.has(TAKE)
        assert state(case) != before
        case.when(BREAK)
        assert case.refusal is None
        assert state(case) == before
        assert case.timeline.negotiation(case.timeline.head).order == order
        assert packages(case) == [("finance", "broken")]
        assert tied(case) == set()

    def test_whatever_was_said_beside_it_meanwhile(self):
        case = given(*TIED)
        before = state(case)
        case.has(TAKE)
        for act in (
            do.RecordPosition("a", "TUV", Stance.FLEXIBLE),
            do.MakeRemark("b", "hm"),
            do.Park("c", owner="KIR"),
            do.ReviseText("d", (instead("storm", "calm"),)),
            table("e", "e)", "x", "k1"),
            do.MoveClause("d", ""),
            do.JoinParty("NRU"),
            do.OpenMeeting("third"),
        ):
            case.has(act)
        case.when(BREAK)
        assert case.refusal is None
        assert state(case) == before
        assert case.clause("c").margin.parked is not None
        assert [one.words for one in case.clause("b").margin.remarks] == ["hm"]

    def test_a_label_given_since_stays(self):
        """A version was issued with new numbers; they are out, and the package still breaks."""
        case = given(*TIED, TAKE, do.RelabelClause("k1", "z)"), do.IssueVersion("TC/2", "0"))
        case.when(BREAK)
        assert case.refusal is None
        assert case.clause("k1").label == "z)"

    def test_agreements_that_waited_for_it_end(self):
        case = given(*TIED, do.AgreeClause("d", conditions=("package finance",)), TAKE)
        assert case.clause("d").agreement is not None
        case.has(BREAK)
        assert case.clause("d").agreement is None
        assert case.clause("d").margin.last_agreed is not None

    def test_one_that_was_only_formed_is_let_go(self):
        case = given(*TIED)
        before = state(case)
        case.when(BREAK)
        assert state(case) == before
        assert tied(case) == set()
        case.when(do.LiftBracket("o")).then(ev.BracketLifted)

    def test_with_a_ground_and_once(self):
        case = given(*TIED, TAKE)
        case.when(do.BreakPackage("k", "KIR")).refused(Unclear, "`--ground`")
        case.has(BREAK).when(BREAK).refused(PackageIs, "“finance” is broken", "`package form`")
        case.when(do.AgreePackage("k")).refused(PackageIs, "is broken")
        case.when(do.BreakPackage("z", ground="x")).refused(NoSuchThing, "“z”", "`packages`")

    def test_taken_by_the_gavel_it_breaks_and_the_question_stays_answered(self):
        put = do.PutDecision("d1", TAKE, stored_command(TAKE), "The package?")
        case = given(*TIED, put)
        before = state(case)
        case.has(do.TakeDecision("d1", TAKE, START))
        case.when(BREAK)
        assert case.refusal is None
        assert state(case) == before
        assert case.timeline.negotiation(case.timeline.head).decisions == ()


class TestAgreed:
    def test_its_clauses_stand_by_themselves(self):
        case = given(*TIED, do.AgreeClause("d", conditions=("package finance",)), TAKE)
        case.when(do.AgreePackage("k"))
        assert packages(case) == [("finance", "agreed")]
        assert tied(case) == set()
        for clause in ("a", "k1", "c", "d"):
            assert case.agreement(clause).conditions == ()
        case.when(do.AgreeClause("a", "working group")).then(ev.ClauseAgreed)

    def test_not_before_it_is_taken_and_once(self):
        case = given(*TIED).when(do.AgreePackage("k")).refused(PackageIs, "is formed")
        case.has(TAKE).has(do.AgreePackage("k"))
        case.when(do.AgreePackage("k")).refused(PackageIs, "is agreed", "`reopen`")
        case.when(BREAK).refused(PackageIs, "is agreed")

    def test_who_waits_for_it_waits_until_then(self):
        case = given(*TIED, do.AgreeClause("d", conditions=("package finance",)), TAKE)
        case.when(do.MeetCondition("d", "package finance")).refused(
            WaitsForOther, "the package finance is not agreed", "`package agree`"
        )


class TestInOneBreath:
    """Taking and breaking are acts of their own: breaking undoes what taking did, and no more."""

    @pytest.mark.parametrize("act", [TAKE, BREAK], ids=("take", "break"))
    def test_not_with_anything_else(self, act):
        case = given(*TIED, do.PutDecision("d1", act, stored_command(act), "So?"))
        for one in (act, do.TakeDecision("d1", act, START)):
            case.when(do.Together((one, do.MakeRemark("d", "x")))).refused(ActOfItsOwn, "package")
        case.when(do.TakePackage("k", (act,))).refused(ActOfItsOwn, "package")

    def test_forming_may_be(self):
        case = given(*TIED[:-1])
        case.when(do.Together((TIED[-1], do.MakeRemark("d", "x"))))
        assert packages(case) == [("finance", "formed")]


class TestUndone:
    """Every act on a package is undone by a further one, and that again."""

    STEPS = (
        (TIED[:-1], TIED[-1]),
        (TIED, TAKE),
        ((*TIED, TAKE), do.AgreePackage("k")),
        ((*TIED, TAKE), BREAK),
        (TIED, BREAK),
    )

    @pytest.mark.parametrize(
        ("ground", "act"), STEPS, ids=("form", "take", "agree", "break", "let go")
    )
    def test_at_once_and_back_again(self, ground, act):
        def seen(case):
            moment = case.timeline.moment()
            return moment.clauses, moment.negotiation

        case = given(*ground)
        before = seen(case)
        case.has(act)
        after = seen(case)
        assert seen(case.undo()) == before
        assert seen(case.undo()) == after
        assert seen(case.undo()) == before

    def test_not_under_what_came_since(self):
        given(*TIED, TAKE).undo(2).refused(StoodOn)
        given(*TIED, TAKE, do.AgreePackage("k")).undo(2).refused(StoodOn)
        given(*TIED, TAKE, BREAK, do.LiftBracket("o")).undo(2).refused(StoodOn)

    def test_a_break_undone_is_taken_and_can_break_again(self):
        case = given(*TIED)
        before = state(case)
        case.has(TAKE).has(BREAK).undo()
        assert packages(case) == [("finance", "taken")]
        case.when(BREAK)
        assert case.refusal is None
        assert state(case) == before
