"""Brackets: placed, held, released, narrowed, widened, lifted; and further alternatives."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import (
    Agreed,
    AlreadyThere,
    HasAlternatives,
    LiftedBefore,
    NoSuchThing,
    NothingChanges,
    NotInText,
    NotOpen,
    Unclear,
    WordsNotThere,
)
from negotiation.text.places import Reach
from tests.given import TIDE, at, by, given, instead, mod, table, two

HALL = do.PlaceBracket("o", "a", at("shall rise"))


class TestPlaced:
    def test_around_words(self):
        (
            given(*two())
            .when(HALL)
            .then(ev.BracketPlaced("o", reach=Reach(26, 36)))
            .inside("o", "shall rise")
            .live(TIDE)
            .base(TIDE)
            .open(1)
        )

    def test_around_a_clause(self):
        given(*two()).when(do.PlaceBracket("o", "a")).inside("o", TIDE).open(1)

    def test_around_a_stretch_named_by_its_first_and_last_words(self):
        given(*two()).when(do.PlaceBracket("o", "a", at("tide"), "a", at("rise"))).inside(
            "o", "tide shall rise"
        )

    def test_across_clauses_each_holds_its_share_of_one_point(self):
        case = given(*two(), table("c", "c)", "welcoming the ebb;", "b"))
        case.when(do.PlaceBracket("o", "a", at("and fall"), "c", at("the")))
        case.then(ev.BracketPlaced, ev.BracketPlaced, ev.BracketPlaced).open(1)
        case.inside("o", "and fall;").inside("o", "noting the moon;", "b")
        case.inside("o", "welcoming the", "c")
        shares = [case.clause(name).bracket("o") for name in "abc"]
        assert [share is not None and share.begins for share in shares] == [True, False, False]

    def test_clauses_without_words_between_are_passed_by(self):
        case = given(*two(), table("c", "c)", "welcoming the ebb;", "b"), do.DeleteClause("b"))
        case.when(do.PlaceBracket("o", "a", None, "c")).then(ev.BracketPlaced, ev.BracketPlaced)

    def test_nested(self):
        given(*two(), HALL).when(do.PlaceBracket("i", "a", at("rise"))).inside("i", "rise").inside(
            "o", "shall rise"
        ).open(2)

    def test_crossing_is_allowed(self):
        given(*two(), HALL).when(do.PlaceBracket("x", "a", at("rise, and"))).inside(
            "x", "rise, and"
        ).open(2)

    def test_it_travels_with_its_words(self):
        (
            given(*two(), HALL)
            .when(do.ReviseText("a", (instead("the tide", "each spring tide"),)))
            .inside("o", "shall rise")
        )

    def test_new_words_inside_belong_to_it(self):
        given(*two(), HALL).when(
            do.ReviseText("a", (do.Rewording("always", at("shall"), do.Where.AFTER),))
        ).inside("o", "shall always rise")

    def test_new_words_at_its_edge_stay_outside(self):
        given(*two(), HALL).when(
            do.ReviseText("a", (do.Rewording("twice", at("rise"), do.Where.AFTER),))
        ).inside("o", "shall rise")

    def test_a_name_is_used_once(self):
        given(*two(), HALL).when(do.PlaceBracket("o", "b")).refused(AlreadyThere, "open point")

    def test_not_around_words_that_are_not_there(self):
        given(*two()).when(do.PlaceBracket("o", "a", at("sun"))).refused(WordsNotThere)

    def test_not_around_agreed_words(self):
        given(*two(), do.AgreeClause("a")).when(HALL).refused(Agreed)

    def test_not_around_a_clause_that_is_gone(self):
        given(*two(), do.DeleteClause("a")).when(HALL).refused(NotInText)

    def test_not_backwards(self):
        given(*two()).when(do.PlaceBracket("o", "b", None, "a")).refused(Unclear, "earlier clause")

    def test_not_backwards_within_a_clause(self):
        given(*two()).when(do.PlaceBracket("o", "a", at("rise"), "a", at("tide"))).refused(
            Unclear, "before it begins"
        )

    def test_not_to_a_clause_that_is_not_there(self):
        given(*two()).when(do.PlaceBracket("o", "a", None, "z")).refused(NoSuchThing, "“z”")


class TestHeld:
    def test_holders_are_kept_where_the_point_begins(self):
        case = given(*two(), do.PlaceBracket("o", "a", None, "b"))
        case.when(do.HoldBracket("o", "KIR", "principle")).then(ev.BracketHeld)
        bracket = case.clause().bracket("o")
        assert bracket is not None
        assert bracket.holders == ("KIR",)

    def test_not_twice(self):
        given(*two(), HALL, do.HoldBracket("o", "KIR")).when(do.HoldBracket("o", "KIR")).refused(
            NothingChanges, "KIR holds this bracket already"
        )

    def test_not_by_nobody(self):
        given(*two(), HALL).when(do.HoldBracket("o", "")).refused(Unclear, "`--for`")

    def test_released_it_stays_until_it_is_lifted(self):
        case = given(*two(), HALL, do.HoldBracket("o", "KIR"))
        case.when(do.ReleaseBracket("o", "KIR")).then(ev.BracketReleased).open(1)
        bracket = case.clause().bracket("o")
        assert bracket is not None
        assert bracket.holders == ()

    def test_only_a_holder_releases(self):
        given(*two(), HALL, do.HoldBracket("o", "KIR")).when(do.ReleaseBracket("o", "FJI")).refused(
            NothingChanges, "held by KIR"
        )

    def test_a_status_is_noted(self):
        case = given(*two(), HALL).when(do.NoteStatus("o", "later")).then(ev.StatusNoted)
        bracket = case.clause().bracket("o")
        assert bracket is not None
        assert bracket.status == "later"
        case.when(do.NoteStatus("o", "later")).refused(NothingChanges)

    def test_an_unknown_point_is_refused(self):
        given(*two()).when(do.HoldBracket("o", "KIR")).refused(NotOpen, "`open`")


class TestReached:
    def test_narrowed(self):
        given(*two(), HALL).when(do.ReachBracket("o", "a", at("rise"))).then(
            ev.BracketNarrowed
        ).inside("o", "rise")

    def test_widened(self):
        given(*two(), HALL).when(do.ReachBracket("o", "a", at("tide shall rise"))).then(
            ev.BracketWidened
        ).inside("o", "tide shall rise")

    def test_not_to_the_same_words(self):
        given(*two(), HALL).when(do.ReachBracket("o", "a", at("shall rise"))).refused(
            NothingChanges
        )

    def test_not_across_clauses(self):
        given(*two(), do.PlaceBracket("o", "a", None, "b")).when(
            do.ReachBracket("o", "a", at("rise"))
        ).refused(Unclear, "within one clause")

    def test_not_away_from_its_wordings(self):
        given(*two(), HALL, do.TableAlternative("o", by("KIR"), "ebbs", clause="a")).when(
            do.ReachBracket("o", "a", at("tide"))
        ).refused(Unclear, "wordings")


class TestLifted:
    def test_the_words_inside_stand(self):
        given(*two(), HALL).when(do.LiftBracket("o")).then(ev.BracketLifted).live(TIDE).open(0)

    def test_across_clauses_it_goes_from_each(self):
        given(*two(), do.PlaceBracket("o", "a", None, "b")).when(do.LiftBracket("o")).then(
            ev.BracketLifted, ev.BracketLifted
        ).open(0)

    def test_a_proposal_inside_stays_on_the_table(self):
        given(*two(), HALL, mod(instead("rise", "ebb"))).when(do.LiftBracket("o")).proposal(
            "p", "on the table"
        ).open(1)

    def test_several_wordings_are_decided_instead(self):
        given(*two(), HALL, do.TableAlternative("o", by("KIR"), "ebbs", clause="a")).when(
            do.LiftBracket("o")
        ).refused(HasAlternatives, "2 alternatives", "`resolve`")

    def test_not_twice(self):
        given(*two(), HALL, do.LiftBracket("o")).when(do.LiftBracket("o")).refused(NotOpen)


class TestAlternative:
    def test_within_a_clause_the_bracket_grows_over_it(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("shall")))
        case.when(do.TableAlternative("o", by("KIR"), "should", clause="a"))
        case.then(ev.AlternativeTabled, ev.AlternativeTabled, ev.BracketWidened)
        case.inside("o", "shallshould").decided(TIDE).proposal("p", "on the table").open(1)

    def test_beside_a_clause_it_is_a_clause_of_its_own_with_the_same_label(self):
        case = given(*two(), do.PlaceBracket("o", "a"))
        case.when(do.TableAlternative("o", by("KIR"), "doubting the tide;", "n"))
        case.live("doubting the tide;", "n").decided("", "n").order("a", "n", "b").open(1)
        assert case.clause("n").label == "a)"
        assert [one.order for one in case.clause("n").alternatives] == [2]
        assert [one.order for one in case.clause("a").alternatives] == [1]

    def test_a_third_one_stands_behind_the_second(self):
        case = given(
            *two(),
            do.PlaceBracket("o", "a"),
            do.TableAlternative("o", by("KIR"), "doubting the tide;", "n"),
        )
        case.when(do.TableAlternative("o", by("FJI", "q"), "praising the tide;", "m"))
        case.order("a", "n", "m", "b").open(1)
        assert [one.order for one in case.clause("m").alternatives] == [3]

    def test_it_needs_words(self):
        given(*two(), HALL).when(do.TableAlternative("o", by("KIR"), "", "n")).refused(Unclear)

    def test_it_needs_a_point(self):
        given(*two()).when(do.TableAlternative("o", by("KIR"), "x", "n")).refused(NotOpen)

    def test_it_stands_in_a_clause_that_the_point_touches(self):
        given(*two(), HALL).when(do.TableAlternative("o", by("KIR"), "x", clause="b")).refused(
            Unclear, "does not touch"
        )

    def test_its_proposal_is_its_own(self):
        given(*two(), HALL, mod(instead("fall", "ebb"))).when(
            do.TableAlternative("o", by("KIR"), "x", clause="a")
        ).refused(AlreadyThere, "proposal")

    def test_its_clause_is_its_own(self):
        given(*two(), do.PlaceBracket("o", "a")).when(
            do.TableAlternative("o", by("KIR"), "x", "b")
        ).refused(AlreadyThere, "clause")

    def test_beside_clauses_it_is_a_clause_too(self):
        given(
            *two(),
            do.PlaceBracket("o", "a"),
            do.TableAlternative("o", by("KIR"), "doubting the tide;", "n"),
        ).when(do.TableAlternative("o", by("FJI", "q"), "x", clause="a")).refused(
            Unclear, "as a clause"
        )

    def test_beside_words_it_stands_in_their_clause(self):
        given(*two(), HALL).when(do.TableAlternative("o", by("KIR"), "x", "n")).refused(
            Unclear, "only some words of a)"
        )


class TestBracketedAnew:
    """What the room lifted is not bracketed again in passing."""

    LIFTED = (*two(), do.PlaceBracket("o", "a", at("tide")), do.LiftBracket("o"))

    def test_needs_a_reason(self):
        case = given(*self.LIFTED)
        case.when(do.PlaceBracket("q", "a", at("tide"))).refused(
            LiftedBefore, "was lifted with entry 7", "`--reason`"
        )
        case.when(do.PlaceBracket("q", "a", at("tide"), reason="new figures")).then(
            ev.BracketPlaced
        )

    def test_other_words_need_none(self):
        given(*self.LIFTED).when(do.PlaceBracket("q", "a", at("rise"))).then(ev.BracketPlaced)

    def test_nor_does_a_lifting_that_was_undone(self):
        case = given(*self.LIFTED).undo()
        case.has(do.LiftBracket("o")).undo().when(do.PlaceBracket("q", "a", at("tide"))).then(
            ev.BracketPlaced
        )

    def test_a_whole_clause_counts_too(self):
        case = given(*two(), do.PlaceBracket("o", "a"), do.LiftBracket("o"))
        case.when(do.PlaceBracket("q", "a")).refused(LiftedBefore, "a)")
