"""One term changed everywhere in one act, occurrence by occurrence, exceptions listed."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NoSuchThing, NothingChanges, Unclear, WordsNotThere
from negotiation.domain.terms import Excepted
from tests.given import at, given, instead, mod, table

TEXT = (
    table("a", "a)", "the tide rises, and the tide falls;"),
    table("b", "b)", "a high tide;", "a"),
    table("c", "c)", "the moon;", "b"),
)


def every(*numbers, clause="a"):
    """These occurrences of a clause."""
    return tuple(do.Occurrence(clause, number) for number in numbers)


class TestChanged:
    def test_everywhere_in_one_act(self):
        case = given(*TEXT).when(
            do.ChangeTerm("tide", "sea", (*every(1, 2), *every(1, clause="b")))
        )
        case.then(ev.TextRevised, ev.TextRevised, ev.TermChanged("tide", "sea", 3))
        case.live("the sea rises, and the sea falls;").live("a high sea;", "b")
        case.undo().live("the tide rises, and the tide falls;").live("a high tide;", "b")

    def test_what_is_left_is_listed_with_its_reason(self):
        spared = do.Occurrence("b", 1, change=False, why="a name")
        case = given(*TEXT).when(do.ChangeTerm("tide", "sea", (*every(2), spared)))
        case.then(
            ev.TextRevised,
            ev.TermChanged("tide", "sea", 1, (Excepted("a", 1), Excepted("b", 1, "a name"))),
        )
        case.live("the tide rises, and the sea falls;")

    def test_one_term_may_hold_the_other(self):
        case = given(*TEXT)
        case.has(do.ChangeTerm("tide", "high tide", every(1, 2)))
        case.live("the high tide rises, and the high tide falls;")
        case.has(do.ChangeTerm("high tide", "tide", every(1, 2)))
        case.live("the tide rises, and the tide falls;")

    def test_occurrences_that_would_overlap_are_counted_once(self):
        case = given(table("a", "a)", "aaa aa"))
        case.when(do.ChangeTerm("aa", "b", every(1, 2), parts=True)).live("ba b")
        case = given(table("a", "a)", "aaa aa"))
        case.when(do.ChangeTerm("aa", "b", every(3), parts=True)).refused(
            WordsNotThere, "only 2 times"
        )

    def test_longer_words_are_left_alone(self):
        case = given(table("a", "a)", "the support that is supported, and support"))
        case.has(do.ChangeTerm("support", "help", every(1, 2)))
        case.live("the help that is supported, and help")
        case.when(do.ChangeTerm("support", "help", every(1))).refused(WordsNotThere)
        case.when(do.ChangeTerm("support", "help", every(1), parts=True)).live(
            "the help that is helped, and help"
        )

    def test_inside_a_bracket_and_beside_a_proposal(self):
        case = given(
            *TEXT, do.PlaceBracket("o", "a", at("the tide")), mod(instead("falls", "ebbs"))
        )
        case.when(do.ChangeTerm("tide", "sea", every(1, 2)))
        case.inside("o", "the sea").proposal("p", "on the table")
        case.has(do.RetainProposal("p")).live("the sea rises, and the sea ebbs;")

    def test_what_is_deleted_is_left_alone(self):
        case = given(*TEXT, do.DeleteClause("b"))
        case.when(do.ChangeTerm("tide", "sea", every(1, clause="b"))).refused(WordsNotThere)
        case.when(do.ChangeTerm("tide", "sea", every(1, 2))).then(
            ev.TextRevised, ev.TermChanged("tide", "sea", 2)
        )


class TestInAgreedWords:
    def test_the_agreement_ends_in_sight(self):
        case = given(*TEXT, do.AgreeClause("a"), do.AgreeClause("b"))
        case.when(do.ChangeTerm("tide", "sea", every(1))).then(
            ev.ClauseReopened("", "a term was changed throughout"), ev.TextRevised, ev.TermChanged
        )
        assert case.clause("a").agreement is None
        assert case.clause("b").agreement is not None

    def test_an_editors_change_of_form_leaves_it(self):
        case = given(*TEXT, do.AgreeClause("a"))
        form = do.ChangeTerm("tide", "Tide", every(1), True, Capacity.EDITOR)
        case.when(form).then(ev.TextRevised, ev.TermChanged)
        assert case.agreement("a").words == case.clause("a").passage.live

    @pytest.mark.parametrize(
        ("editorial", "capacity"), [(True, Capacity.CHAIR), (False, Capacity.EDITOR)]
    )
    def test_it_takes_both(self, editorial, capacity):
        case = given(*TEXT, do.AgreeClause("a"))
        case.has(do.ChangeTerm("tide", "Tide", every(1), editorial, capacity))
        assert case.clause("a").agreement is None


class TestRefused:
    def test_without_a_term_or_a_change(self):
        case = given(*TEXT)
        case.when(do.ChangeTerm(" ", "x", every(1))).refused(Unclear, "which term")
        case.when(do.ChangeTerm("tide", "tide", every(1))).refused(NothingChanges)
        none = (do.Occurrence("a", 1, change=False),)
        case.when(do.ChangeTerm("tide", "sea", none)).refused(NothingChanges, "“tide”")
        case.when(do.ChangeTerm("tide", "sea", ())).refused(NothingChanges)

    def test_at_places_that_are_not_there(self):
        case = given(*TEXT)
        case.when(do.ChangeTerm("tide", "sea", every(3))).refused(WordsNotThere, "only 2 times")
        case.when(do.ChangeTerm("tide", "sea", every(0))).refused(WordsNotThere)
        case.when(do.ChangeTerm("tide", "sea", every(1, clause="c"))).refused(WordsNotThere, "c)")
        case.when(do.ChangeTerm("tide", "sea", every(1, clause="z"))).refused(NoSuchThing, "“z”")

    def test_where_no_word_would_be_left(self):
        case = given(table("a", "a)", "tide"))
        case.when(do.ChangeTerm("tide", "", every(1))).refused(Unclear, "without words", "`delete`")
