"""Acts on a clause: tabled, revised, deleted, restored, moved, parked, agreed, reopened."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import (
    AlreadyThere,
    InText,
    NoStep,
    NoSuchLevel,
    NoSuchThing,
    NotAgreed,
    NothingChanges,
    NotInText,
    NotOpen,
    StillOpen,
    Unclear,
    WordsNotThere,
)
from negotiation.domain.terms import Condition, Kind
from tests.given import TIDE, add, at, behind, by, given, instead, mod, table, two


def editor(*changes: do.Rewording) -> do.ReviseText:
    return do.ReviseText("a", changes, editorial=True, capacity=Capacity.EDITOR)


class TestTabled:
    def test_it_is_base_text_in_its_place(self):
        (
            given(*two())
            .when(table("c", "a bis)", "welcoming the ebb;", "a"))
            .then(ev.ClauseTabled, ev.ClausePlaced)
            .order("a", "c", "b")
            .live("welcoming the ebb;", "c")
            .base("welcoming the ebb;", "c")
            .open(0)
        )

    def test_behind_nothing_is_the_first_place(self):
        given(*two()).when(table("c", "", "x")).order("c", "a", "b")

    def test_a_label_alone_is_enough(self):
        given().when(table("c", "1.", "")).live("", "c")

    def test_nothing_at_all_is_refused(self):
        given().when(table("c", "", "")).refused(Unclear, "words or at least a label")

    def test_an_id_is_used_once(self):
        given(*two()).when(table("a", "", "x")).refused(AlreadyThere)

    def test_behind_a_clause_that_is_there(self):
        given(*two()).when(table("c", "", "x", "z")).refused(NoSuchThing)


class TestRevised:
    def test_the_words_change_by_decision(self):
        (
            given(*two())
            .when(do.ReviseText("a", (instead("shall", "will"),)))
            .then(ev.TextRevised)
            .live(TIDE.replace("shall", "will"))
            .decided(TIDE.replace("shall", "will"))
            .base(TIDE)
            .marked(TIDE.replace("shall", "{xshall}{=will}"))
            .open(0)
        )

    def test_a_comma_taken_out_leaves_the_space(self):
        given(*two()).when(do.ReviseText("a", (instead(",", ""),))).live(TIDE.replace(",", ""))

    def test_a_comma_put_in_stands_at_its_word(self):
        given(*two()).when(do.ReviseText("a", (behind("tide", ","),))).live(
            TIDE.replace("tide", "tide,")
        )

    def test_the_chair_ends_an_agreement_visibly(self):
        case = given(*two(), do.AgreeClause("a")).when(do.ReviseText("a", (instead(",", ""),)))
        case.then(ev.ClauseReopened, ev.TextRevised)
        assert case.clause().agreement is None
        agreed = case.clause().margin.last_agreed
        assert agreed is not None
        assert agreed.words == TIDE

    def test_an_editors_change_of_form_keeps_it_and_binds_the_new_words(self):
        case = given(*two(), do.AgreeClause("a")).when(editor(instead(",", "")))
        case.then(ev.TextRevised)
        agreement = case.clause().agreement
        assert agreement is not None
        assert agreement.words == TIDE.replace(",", "")

    def test_a_chair_who_says_editorial_is_no_editor(self):
        given(*two(), do.AgreeClause("a")).when(
            do.ReviseText("a", (instead(",", ""),), editorial=True)
        ).then(ev.ClauseReopened, ev.TextRevised)

    def test_not_away(self):
        given(*two()).when(editor(do.Rewording(""))).refused(
            Unclear, "leave a) without words", "`delete`"
        )

    def test_words_that_are_gone_are_refused(self):
        given(*two(), do.ReviseText("a", (instead("shall", "will"),))).when(
            do.ReviseText("a", (instead("shall", "may"),))
        ).refused(WordsNotThere)

    def test_not_in_a_clause_that_is_gone(self):
        given(*two(), do.DeleteClause("a")).when(
            do.ReviseText("a", (instead("shall", "may"),))
        ).refused(NotInText)


class TestDeleted:
    def test_all_is_struck_and_nothing_lost(self):
        (
            given(*two())
            .when(do.DeleteClause("a"))
            .then(ev.ClauseDeleted)
            .live("")
            .base(TIDE)
            .marked(f"{{x{TIDE}}}")
        )

    def test_an_agreement_ends_with_it(self):
        given(*two(), do.AgreeClause("a")).when(do.DeleteClause("a")).then(
            ev.ClauseReopened, ev.ClauseDeleted
        )

    def test_not_twice(self):
        given(*two(), do.DeleteClause("a")).when(do.DeleteClause("a")).refused(NotInText)

    def test_restored_it_reads_as_before(self):
        given(*two(), do.DeleteClause("a")).when(do.RestoreClause("a")).then(
            ev.ClauseRestored
        ).live(TIDE)

    def test_restored_its_proposals_are_on_the_table_again(self):
        (
            given(*two(), mod(instead("rise", "ebb")), do.DeleteClause("a"))
            .when(do.RestoreClause("a"))
            .live(TIDE.replace("rise", "ebb"))
            .decided(TIDE)
            .open(1)
        )

    def test_words_that_fell_before_stay_out(self):
        case = given(
            *two(),
            do.ReviseText("a", (instead("shall", "will"),)),
            do.ProposeDeletion("a", by("FJI")),
            do.RetainProposal("p"),
        )
        case.when(do.RestoreClause("a")).live(TIDE.replace("shall", "will"))
        case.proposal("p", "not retained")

    def test_a_clause_amended_away_comes_back_without_the_words_of_that_act(self):
        away = mod(instead("shall", "x"), do.Rewording(""))
        case = given(*two(), away, do.RetainProposal("p")).live("")
        case.when(do.RestoreClause("a")).live(TIDE)

    def test_what_stands_is_not_restored(self):
        given(*two()).when(do.RestoreClause("a")).refused(InText, "a) stands in the text")

    def test_a_proposal_that_fell_is_brought_back_otherwise(self):
        given(*two(), add("x"), do.DropProposal("n")).when(do.RestoreClause("n")).refused(
            Unclear, "`reintroduce`"
        )

    def test_a_deleted_addition_that_fell_since_is_not_restored(self):
        given(*two(), add("x"), do.DeleteClause("n"), do.DropProposal("n")).when(
            do.RestoreClause("n")
        ).refused(Unclear, "`reintroduce`")


class TestMoved:
    def test_behind_another_clause(self):
        case = given(*two(), table("c", "c)", "x", "b")).when(do.MoveClause("a", "b"))
        case.then(ev.ClausePlaced).order("b", "a", "c").live(TIDE)
        assert case.clause().label == "a)"

    def test_to_the_first_place(self):
        given(*two()).when(do.MoveClause("b")).order("b", "a")

    def test_to_another_depth(self):
        given(*two()).when(do.MoveClause("b", "a", 2)).then(ev.ClausePlaced("b", "a", 2))

    def test_not_to_where_it_stands(self):
        given(*two()).when(do.MoveClause("b", "a")).refused(NothingChanges, "b) stands there")

    def test_not_behind_itself(self):
        given(*two()).when(do.MoveClause("b", "b")).refused(Unclear, "behind itself")

    def test_not_behind_nobody_knows_what(self):
        given(*two()).when(do.MoveClause("b", "z")).refused(NoSuchThing)


class TestParked:
    def test_a_clause_until_its_owner_brings_it_back(self):
        case = given(*two()).when(do.Park("a", owner="KIR", until="Friday")).then(ev.ClauseParked)
        parked = case.clause().margin.parked
        assert parked is not None
        assert (parked.owner, parked.until) == ("KIR", "Friday")
        case.when(do.Park("a", owner="KIR")).refused(NothingChanges, "a) is parked already")

    def test_a_clause_resumed(self):
        case = given(*two(), do.Park("a", owner="KIR")).when(do.Resume("a")).then(ev.ClauseResumed)
        assert case.clause().margin.parked is None
        case.when(do.Resume("a")).refused(NothingChanges, "a) is not parked")

    def test_an_open_point(self):
        case = given(*two(), do.PlaceBracket("o", "a"))
        case.when(do.Park(point="o", owner="KIR", until="Friday")).then(ev.ClauseParked)
        bracket = case.clause().bracket("o")
        assert bracket is not None
        assert (bracket.parked, bracket.until) == ("KIR", "Friday")
        case.when(do.Park(point="o", owner="KIR")).refused(NothingChanges, "parked already")
        case.when(do.Resume(point="o")).then(ev.ClauseResumed)
        case.when(do.Resume(point="o")).refused(NothingChanges, "not parked")

    def test_an_open_point_parked_by_nobody_in_particular_can_be_resumed(self):
        given(*two(), do.PlaceBracket("o", "a"), do.Park(point="o", owner="chair")).when(
            do.Resume(point="o")
        ).then(ev.ClauseResumed)

    def test_somebody_has_to_bring_it_back(self):
        given(*two()).when(do.Park("a")).refused(Unclear, "who")

    def test_not_what_is_gone(self):
        given(*two(), do.DeleteClause("a")).when(do.Park("a", owner="KIR")).refused(NotInText)

    def test_not_a_point_that_is_not_there(self):
        given(*two()).when(do.Park(point="o", owner="KIR")).refused(NotOpen)


class TestAgreed:
    def test_exactly_these_words(self):
        given(*two()).when(do.AgreeClause("a", "ad hoc group", ("money",))).then(
            ev.ClauseAgreed("ad hoc group", TIDE, (Condition("money"),))
        )

    def test_the_lowest_level_unless_one_is_named(self):
        given(*two()).when(do.AgreeClause("a")).then(ev.ClauseAgreed("ad hoc group", TIDE))

    def test_a_clause_climbs(self):
        given(*two(), do.AgreeClause("a")).when(do.AgreeClause("a", "working group")).then(
            ev.ClauseAgreed("working group", TIDE)
        )

    def test_one_level_at_a_time(self):
        given(*two(), do.AgreeClause("a")).when(do.AgreeClause("a", "adopted")).refused(
            NoStep, "a) is agreed (ad hoc group)", "“adopted”", "to working group"
        )

    def test_and_does_not_come_down(self):
        given(*two(), do.AgreeClause("a"), do.AgreeClause("a", "working group")).when(
            do.AgreeClause("a", "ad hoc group")
        ).refused(NoStep, "a) is agreed (working group)", "“ad hoc group”")

    def test_a_level_that_nobody_knows(self):
        given(*two()).when(do.AgreeClause("a", "heaven")).refused(NoSuchLevel, "“heaven”")

    def test_not_what_is_open(self):
        given(*two(), do.PlaceBracket("o", "a")).when(do.AgreeClause("a")).refused(
            StillOpen, "a) has one open point"
        )

    def test_not_while_proposals_wait(self):
        given(*two(), mod(instead("rise", "ebb")), do.PlaceBracket("o", "a")).when(
            do.AgreeClause("a")
        ).refused(StillOpen, "2 open points")

    def test_not_twice(self):
        given(*two(), do.AgreeClause("a")).when(do.AgreeClause("a")).refused(NothingChanges)

    def test_not_what_is_gone(self):
        given(*two(), do.DeleteClause("a")).when(do.AgreeClause("a")).refused(NotInText)

    def test_a_condition_is_met(self):
        case = given(*two(), do.AgreeClause("a", conditions=("money", "time")))
        case.when(do.MeetCondition("a", "money")).then(ev.ConditionMet)
        agreement = case.clause().agreement
        assert agreement is not None
        assert agreement.conditions == (Condition("time"),)
        case.when(do.MeetCondition("a", "money")).refused(NoSuchThing, "“money”", "time")

    def test_no_condition_without_an_agreement(self):
        given(*two()).when(do.MeetCondition("a", "money")).refused(NotAgreed, "a) is not agreed")

    def test_reopened_with_a_ground(self):
        case = given(*two(), do.AgreeClause("a"))
        case.when(do.ReopenClause("a", "KIR", "new facts")).then(ev.ClauseReopened)
        assert case.clause().agreement is None
        assert case.clause().margin.last_agreed is not None

    def test_not_without_a_ground(self):
        given(*two(), do.AgreeClause("a")).when(do.ReopenClause("a", "KIR", "")).refused(
            Unclear, "`--ground`"
        )

    def test_not_what_is_open_anyway(self):
        given(*two()).when(do.ReopenClause("a", "KIR", "x")).refused(NotAgreed)


def test_words_may_be_moved_within_a_clause():
    """Two changes of one act: taken out at one place, put in at the other."""
    changes = (instead("recognizing", ""), do.Rewording("recognizing", at("tide"), do.Where.AFTER))
    given(table("a", "a)", "recognizing the tide rises")).when(do.ReviseText("a", changes)).live(
        "the tide recognizing rises"
    )


def test_a_kind_other_than_item_is_kept():
    case = given().when(do.TableClause("h", Kind.HEADING, "", "recalling"))
    assert case.clause("h").kind is Kind.HEADING
