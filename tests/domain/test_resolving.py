"""The decision on an open point: choose, trim, merge, drop, new words, keep the base."""

from __future__ import annotations

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import AlreadyThere, NoSuchThing, NotOpen, Unclear, WordsNotThere
from negotiation.domain.terms import Outcome
from tests.given import TIDE, Case, add, at, by, given, instead, mod, table, two


def wordings() -> Case:
    """Behind clause a: a group b), with two additions and a base clause between them."""
    return given(
        table("a", "a)", TIDE),
        table("b", "b)", "noting the moon;", "a"),
        table("c", "c)", "welcoming the ebb;", "b"),
        do.PlaceBracket("o", "b"),
        do.TableAlternative("o", by("KIR", "p"), "noting the full moon and stars;", "n"),
        do.TableAlternative("o", by("FJI", "q"), "noting the stars;", "m"),
    )


def inside() -> Case:
    """``[shall][should][may]`` in clause a."""
    return given(
        *two(),
        do.PlaceBracket("o", "a", at("shall")),
        do.TableAlternative("o", by("KIR", "p"), "should", clause="a"),
        do.TableAlternative("o", by("FJI", "q"), "may", clause="a"),
    )


def outcomes(case: Case) -> dict[str, Outcome]:
    return {
        one.clause: one.event.outcome
        for one in case.drafted
        if isinstance(one.event, ev.OpenPointResolved)
    }


class TestBeside:
    """The wordings are clauses."""

    def test_one_is_chosen_and_the_others_fall(self):
        case = wordings().when(do.ResolveOpenPoint("o", (do.Choose(2),)))
        case.live("", "b").live("noting the full moon and stars;", "n").live("", "m").open(0)
        case.decided("noting the full moon and stars;", "n")
        case.proposal("p", "retained", "n").proposal("q", "not retained", "m")
        assert outcomes(case) == {
            "b": Outcome.DROPPED,
            "n": Outcome.CHOSEN,
            "m": Outcome.DROPPED,
        }
        assert case.clause("n").label == "b)"
        case.base("noting the moon;", "b")

    def test_several_are_chosen_in_order_with_the_next_labels(self):
        case = wordings().when(do.ResolveOpenPoint("o", (do.Choose(3), do.Choose(1))))
        case.order("a", "m", "b", "n", "c").open(0)
        assert [case.clause(name).label for name in ("m", "b")] == ["b)", "c)"]
        case.live("noting the stars;", "m").live("noting the moon;", "b").live("", "n")

    def test_labels_may_be_given(self):
        case = wordings().when(do.ResolveOpenPoint("o", (do.Choose(3, "d)"), do.Choose(1))))
        assert [case.clause(name).label for name in ("m", "b")] == ["d)", "e)"]

    def test_one_is_merged_into_another_word_by_word(self):
        case = wordings().when(do.ResolveOpenPoint("o", (do.Choose(2), do.Merge(3, 2))))
        case.live("", "m").proposal("q", "merged", "m").open(0)
        assert outcomes(case)["m"] is Outcome.MERGED
        merged = next(o.event for o in case.drafted if o.clause == "m")
        assert isinstance(merged, ev.OpenPointResolved)
        assert merged.into == "n"
        host = next(o.event for o in case.drafted if o.clause == "n")
        assert isinstance(host, ev.OpenPointResolved)
        assert host.sources == ("q",)

    def test_one_is_trimmed_and_ends_as_said(self):
        case = wordings().when(
            do.ResolveOpenPoint("o", (do.Trim(2, (at("noting the full moon"),), ";"),))
        )
        case.live("noting the full moon;", "n").proposal("p", "retained in part", "n").open(0)

    def test_a_trim_may_keep_words_from_several_places(self):
        case = wordings().when(
            do.ResolveOpenPoint("o", (do.Trim(2, (at("noting the"), at("stars;"))),))
        )
        case.live("noting the stars;", "n")

    def test_all_merge_into_a_new_wording(self):
        case = wordings().when(
            do.ResolveOpenPoint("o", words="noting the full moon;", new_clause="z")
        )
        case.live("noting the full moon;", "z").live("", "b").live("", "n").live("", "m")
        case.order("a", "z", "b", "n", "m", "c").open(0)
        assert case.clause("z").label == "b)"
        case.proposal("p", "merged", "n").proposal("q", "merged", "m")

    def test_none_is_chosen(self):
        case = wordings().when(do.ResolveOpenPoint("o", (do.Drop(1), do.Drop(2), do.Drop(3))))
        case.live("", "b").live("", "n").live("", "m").open(0)

    def test_the_base_is_kept(self):
        case = wordings().when(do.ResolveOpenPoint("o"))
        case.live("noting the moon;", "b").live("", "n").live("", "m").open(0)
        assert set(outcomes(case).values()) == {Outcome.BASE_KEPT}

    def test_a_withdrawn_wording_is_out_of_the_group(self):
        case = wordings().has(do.WithdrawProposal("q", "FJI"))
        case.when(do.ResolveOpenPoint("o", (do.Choose(3),))).refused(NoSuchThing, "alternative “3”")

    def test_a_clause_inside_the_bracket_is_retained_with_it(self):
        case = given(*two(), add("welcoming the storm;"), do.PlaceBracket("o", "n"))
        case.when(do.ResolveOpenPoint("o", (do.Choose(1),)))
        case.live("welcoming the storm;", "n").proposal("n", "retained", "n").open(0)


class TestWithin:
    """The wordings stand in one clause."""

    @pytest.mark.parametrize(("order", "word"), [(1, "shall"), (2, "should"), (3, "may")])
    def test_one_is_chosen(self, order, word):
        case = inside().when(do.ResolveOpenPoint("o", (do.Choose(order),)))
        case.live(TIDE.replace("shall", word)).decided(TIDE.replace("shall", word)).open(0)

    def test_none_is_chosen_and_no_space_is_left_over(self):
        case = inside().when(do.ResolveOpenPoint("o", (do.Drop(1), do.Drop(2), do.Drop(3))))
        case.live(TIDE.replace("shall ", "")).open(0)

    def test_the_base_is_kept(self):
        inside().when(do.ResolveOpenPoint("o")).live(TIDE).open(0).proposal(
            "p", "not retained"
        ).proposal("q", "not retained")

    def test_two_are_chosen_and_kept_apart(self):
        case = inside().when(do.ResolveOpenPoint("o", (do.Choose(2), do.Choose(3))))
        case.live(TIDE.replace("shall", "should may"))

    def test_all_merge_into_a_new_wording(self):
        case = inside().when(do.ResolveOpenPoint("o", words="must"))
        case.live(TIDE.replace("shall", "must")).open(0)

    def test_one_is_merged_into_another(self):
        case = inside().when(do.ResolveOpenPoint("o", (do.Choose(2), do.Merge(3, 2))))
        case.live(TIDE.replace("shall", "should")).proposal("p", "retained").open(0)

    def test_a_lone_bracket_is_chosen_with_what_is_proposed_inside(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("tide shall rise")))
        case.has(mod(instead("shall", "should")))
        case.when(do.ResolveOpenPoint("o", (do.Choose(1),)))
        case.live(TIDE.replace("shall", "should")).proposal("p", "retained").open(0)

    def test_a_lone_bracket_is_dropped_with_its_words(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("shall")))
        case.when(do.ResolveOpenPoint("o", (do.Drop(1),))).live(TIDE.replace("shall ", ""))

    def test_the_base_of_a_lone_bracket_is_kept(self):
        case = given(*two(), do.PlaceBracket("o", "a", at("shall rise")))
        case.has(mod(instead("shall", "should")))
        case.when(do.ResolveOpenPoint("o")).live(TIDE).proposal("p", "not retained").open(0)

    def test_words_to_keep_are_looked_for_in_the_alternative(self):
        case = given(
            table("a", "a)", "the sea: the tide"), do.PlaceBracket("o", "a", at("the tide"))
        )
        case.when(do.ResolveOpenPoint("o", (do.Trim(1, (at("the"),), " moon"),)))
        case.live("the sea: the moon")


class TestRefused:
    def test_an_alternative_that_is_not_there(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Choose(4),))).refused(NoSuchThing, "“4”")

    def test_one_alternative_decided_twice(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Choose(1), do.Drop(1)))).refused(
            Unclear, "decided twice"
        )

    def test_a_merger_into_what_does_not_stand(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Merge(1, 2),))).refused(
            Unclear, "does not go into the text"
        )

    def test_new_words_beside_a_choice(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Choose(1),), "x", "z")).refused(
            Unclear, "Either a new wording or"
        )

    def test_new_words_under_a_name_that_is_taken(self):
        wordings().when(do.ResolveOpenPoint("o", words="x", new_clause="a")).refused(AlreadyThere)

    def test_words_to_keep_that_are_not_there(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Trim(2, (at("sun"),)),))).refused(
            WordsNotThere
        )

    def test_words_to_keep_that_stand_elsewhere_in_the_clause(self):
        inside().when(do.ResolveOpenPoint("o", (do.Trim(2, (at("tide"),)),))).refused(
            Unclear, "words to keep"
        )

    def test_a_trim_that_keeps_nothing(self):
        wordings().when(do.ResolveOpenPoint("o", (do.Trim(2, ()),))).refused(Unclear, "keep")

    def test_a_point_that_is_settled(self):
        wordings().has(do.ResolveOpenPoint("o")).when(do.ResolveOpenPoint("o")).refused(
            NotOpen, "`open`"
        )
