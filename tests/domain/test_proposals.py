"""Proposals: made, supported, revised, withdrawn, brought back, retained, merged, not retained."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.refusals import (
    Agreed,
    AlreadyThere,
    CutsCharacter,
    IsAlternative,
    NoSuchThing,
    NothingChanges,
    NotInText,
    NotTheSponsor,
    ProposalDecided,
    ProposalPending,
    Unclear,
    WordsNotThere,
)
from negotiation.domain.terms import Kind, ProposalTerms
from tests.given import TIDE, add, at, behind, by, given, instead, mod, table, two


class TestSymbol:
    """What the room calls a proposal by."""

    def taken(self):
        """One proposal on the table and one withdrawn have a symbol."""
        case = given(*two(), do.ProposeAmendment("a", by("FJI", "x"), (instead("shall", "may"),)))
        case.has(do.ProposeNoChange("b", by("KIR", "y"))).has(do.WithdrawProposal("y", "KIR"))
        return case.has(do.PlaceBracket("o", "b"))

    def test_no_two_proposals_have_the_same(self):
        for symbol in ("TC/x", "tc/X", "TC/y "):
            terms = ProposalTerms("n", symbol, ("TUV",))
            for act in (
                do.ProposeAmendment("a", terms, (instead("rise", "ebb"),)),
                do.ProposeDeletion("b", terms),
                do.ProposeNoChange("b", terms),
                do.ProposeAddition("c", terms, Kind.ITEM, "c)", "noting the stars;", "b"),
                do.TableAlternative("o", terms, "noting the stars;", "k", "c)"),
            ):
                self.taken().when(act).refused(AlreadyThere, "a proposal “TC/")

    def test_any_number_have_none_and_what_was_undone_is_free(self):
        case = given(*two(), do.ProposeNoChange("a", ProposalTerms("x")))
        case.when(do.ProposeNoChange("a", ProposalTerms("y", " "))).then(ev.NoChangeProposed)
        case.has(do.ProposeNoChange("a", by("KIR", "z"))).undo()
        case.when(do.ProposeNoChange("b", by("TUV", "z"))).then(ev.NoChangeProposed)


class TestAmendment:
    """MOD: words of a clause to be replaced."""

    def test_the_old_words_are_struck_and_the_new_ones_stand_undecided(self):
        (
            given(*two())
            .when(mod(instead("shall", "should")))
            .then(ev.AmendmentProposed)
            .live("recognizing that the tide should rise, and fall;")
            .base(TIDE)
            .decided(TIDE)
            .marked("recognizing that the tide {-shall}{+should} rise, and fall;")
            .proposal("p", "on the table")
            .open(1)
        )

    def test_a_word_put_behind_another_gets_its_space(self):
        given(*two()).when(mod(behind("tide", "always"))).live(
            "recognizing that the tide always shall rise, and fall;"
        )

    def test_a_comma_put_behind_a_word_gets_none(self):
        given(*two()).when(mod(behind("shall", ", if at all,"))).live(
            "recognizing that the tide shall, if at all, rise, and fall;"
        )

    def test_words_put_before_the_first_word_get_a_space_behind(self):
        given(*two()).when(mod(do.Rewording("duly", None, do.Where.BEFORE))).live(f"duly {TIDE}")

    def test_words_put_at_the_end_follow_the_last_sign(self):
        given(*two()).when(mod(do.Rewording("and rest", None, do.Where.AFTER))).live(
            f"{TIDE} and rest"
        )

    def test_a_deleted_word_leaves_one_space(self):
        given(*two()).when(mod(instead("shall", ""))).live(
            "recognizing that the tide rise, and fall;"
        )

    def test_a_deleted_last_word_leaves_no_space_before_the_stop(self):
        given(*two()).when(mod(instead("fall", ""))).live(
            "recognizing that the tide shall rise, and;"
        )

    def test_a_deleted_first_word_leaves_no_space_at_the_beginning(self):
        given(*two()).when(mod(instead("recognizing", ""))).live(
            "that the tide shall rise, and fall;"
        )

    def test_a_whole_new_wording_strikes_only_what_differs(self):
        new = "recognizing that the high tide shall rise, and ebb;"
        given(*two()).when(mod(do.Rewording(new))).live(new).marked(
            "recognizing that the {+high }tide shall rise, and {-fall}{+ebb};"
        )

    def test_several_changes_in_one_act_each_find_the_words_of_the_last(self):
        given(*two()).when(mod(instead("tide", "ebb tide"), instead("ebb", "neap"))).live(
            "recognizing that the neap tide shall rise, and fall;"
        )

    def test_the_second_of_equal_words_can_be_meant(self):
        given(table("a", "a)", "the tide and the moon")).when(
            mod(instead("the", "a", occurrence=2))
        ).live("the tide and a moon")

    def test_an_editorial_one_says_so(self):
        case = given(*two()).when(
            do.ProposeAmendment("a", by("FJI"), (instead(",", ""),), editorial=True)
        )
        assert [one.kind for one in case.clause().proposals] == ["(MOD)"]

    def test_two_proposals_may_strike_the_same_words(self):
        (
            given(
                *two(),
                mod(instead("shall", "should")),
                mod(instead("shall", "may"), name="q", party="KIR"),
                do.DropProposal("p"),
            )
            .when(do.RetainProposal("q"))
            .decided("recognizing that the tide may rise, and fall;")
            .proposal("p", "not retained")
        )

    def test_words_that_are_not_there_are_refused(self):
        given(*two()).when(mod(instead("sun", "moon"))).refused(
            WordsNotThere, "“sun” does not stand in a)"
        )

    def test_an_occurrence_too_many_is_refused_with_the_count(self):
        given(*two()).when(mod(instead("tide", "ebb", occurrence=2))).refused(
            WordsNotThere, "only once in a)", "number 2"
        )

    def test_a_change_that_changes_nothing_is_refused(self):
        given(*two()).when(mod(do.Rewording(TIDE))).refused(NothingChanges, "a) reads so already")

    def test_an_accent_is_not_put_on_somebody_elses_letter(self):
        given(*two()).when(mod(behind("tide", "\u0301s"))).refused(CutsCharacter, "replace that")

    def test_no_words_to_put_in_are_refused(self):
        given(*two()).when(mod(behind("tide", ""))).refused(Unclear, "No words were given")

    def test_a_name_is_used_once(self):
        given(*two(), mod(instead("rise", "ebb"))).when(mod(instead("fall", "ebb"))).refused(
            AlreadyThere, "proposal"
        )

    def test_agreed_words_are_not_amended(self):
        given(*two(), do.AgreeClause("a")).when(mod(instead("rise", "ebb"))).refused(
            Agreed, "a) is agreed (ad hoc group)", "reopen"
        )

    def test_a_clause_that_is_not_in_the_text_is_not_amended(self):
        given(*two(), do.DeleteClause("a")).when(mod(instead("rise", "ebb"))).refused(
            NotInText, "a)", "restore"
        )

    def test_an_unknown_clause_is_refused(self):
        given(*two()).when(mod(instead("rise", "ebb"), clause="z")).refused(NoSuchThing, "“z”")


class TestAddition:
    """ADD: a new clause."""

    def test_the_clause_stands_undecided_and_not_in_the_base(self):
        (
            given(*two())
            .when(add("welcoming the storm;"))
            .then(ev.ClauseTabled, ev.ClausePlaced)
            .live("welcoming the storm;", "n")
            .base("", "n")
            .decided("", "n")
            .proposal("n", "on the table", "n")
            .order("a", "n", "b")
            .open(1)
        )

    def test_it_needs_words(self):
        given(*two()).when(add("")).refused(Unclear, "needs words")

    def test_its_id_is_its_own(self):
        given(*two()).when(add("x", clause="b")).refused(AlreadyThere, "clause “b”")

    def test_it_stands_behind_a_clause_that_is_there(self):
        given(*two()).when(
            do.ProposeAddition("n", by("KIR"), Kind.ITEM, "", "x", after="z")
        ).refused(NoSuchThing, "“z”")


class TestDeletion:
    """SUP: a clause to go."""

    def test_everything_is_struck_undecided(self):
        (
            given(*two())
            .when(do.ProposeDeletion("a", by("FJI")))
            .then(ev.DeletionProposed)
            .live("")
            .decided(TIDE)
            .marked(f"{{-{TIDE}}}")
            .open(1)
        )

    def test_retained_the_clause_is_gone(self):
        (
            given(*two(), do.ProposeDeletion("a", by("FJI")))
            .when(do.RetainProposal("p"))
            .decided("")
            .marked(f"{{x{TIDE}}}")
            .proposal("p", "retained")
            .open(0)
        )

    def test_not_retained_the_clause_stands(self):
        (
            given(*two(), do.ProposeDeletion("a", by("FJI")))
            .when(do.DropProposal("p"))
            .live(TIDE)
            .marked(TIDE)
            .proposal("p", "not retained")
            .open(0)
        )

    def test_what_is_gone_cannot_be_proposed_to_go(self):
        given(*two(), do.DeleteClause("a")).when(do.ProposeDeletion("a", by("FJI"))).refused(
            NotInText
        )


class TestNoChange:
    """NOC: a clause to stay as it is."""

    def test_it_is_on_the_table_and_touches_no_word(self):
        (
            given(*two())
            .when(do.ProposeNoChange("a", by("FJI")))
            .then(ev.NoChangeProposed)
            .live(TIDE)
            .proposal("p", "on the table")
            .open(1)
        )

    def test_it_can_be_retained(self):
        given(*two(), do.ProposeNoChange("a", by("FJI"))).when(do.RetainProposal("p")).live(
            TIDE
        ).proposal("p", "retained").open(0)

    def test_it_is_refused_on_agreed_words(self):
        given(*two(), do.AgreeClause("a")).when(do.ProposeNoChange("a", by("FJI"))).refused(Agreed)


class TestSupport:
    def test_the_supporters_stand_beside_the_sponsors(self):
        case = given(*two(), mod(instead("rise", "ebb"))).when(do.SupportProposal("p", "KIR"))
        case.then(ev.ProposalSupported)
        assert case.clause().proposals[0].supporters == ("KIR",)

    def test_a_sponsor_supports_already(self):
        given(*two(), mod(instead("rise", "ebb"))).when(do.SupportProposal("p", "FJI")).refused(
            NothingChanges, "FJI", "Proposal TC/p"
        )

    def test_somebody_supports(self):
        given(*two(), mod(instead("rise", "ebb"))).when(do.SupportProposal("p", "")).refused(
            Unclear, "`--for`"
        )

    def test_a_withdrawn_one_is_not_supported(self):
        given(*two(), mod(instead("rise", "ebb")), do.WithdrawProposal("p", "FJI")).when(
            do.SupportProposal("p", "KIR")
        ).refused(ProposalDecided, "TC/p is withdrawn", "reintroduce")


class TestRevision:
    """By the sponsor, who starts from the clause without the former wording."""

    def test_the_former_wording_falls_and_the_new_one_stands(self):
        (
            given(*two(), mod(instead("rise", "ebb")))
            .when(do.ReviseProposal("p", "FJI", (instead("rise", "swell"),)))
            .then(ev.ProposalRevised)
            .live("recognizing that the tide shall swell, and fall;")
            .decided(TIDE)
            .proposal("p", "on the table")
        )

    def test_an_addition_reads_anew(self):
        (
            given(*two(), add("welcoming the storm;"))
            .when(do.ReviseProposal("n", "KIR", (instead("storm", "calm"),)))
            .live("welcoming the calm;", "n")
            .marked("{xwelcoming the storm;}{+welcoming the calm;}", "n")
        )

    def test_an_addition_may_change_in_two_places(self):
        changes = (instead("storm", "calm"), instead("the calm", "all calm"))
        given(*two(), add("welcoming the storm;")).when(
            do.ReviseProposal("n", "KIR", changes)
        ).live("welcoming all calm;", "n")

    def test_an_addition_keeps_some_words(self):
        given(*two(), add("storm")).when(
            do.ReviseProposal("n", "KIR", (instead("storm", ""),))
        ).refused(Unclear, "withdraw")

    def test_a_wording_inside_a_clause_stays_in_its_place(self):
        case = given(
            *two(),
            do.PlaceBracket("o", "a", at("shall")),
            do.TableAlternative("o", by("KIR", "q"), "should", clause="a"),
        )
        case.when(do.ReviseProposal("q", "KIR", (instead("should", "may"),)))
        case.inside("o", "shallmay")
        case.when(do.ReviseProposal("q", "KIR", (do.Rewording("must"),))).inside("o", "shallmust")
        case.when(do.ReviseProposal("q", "KIR", (instead("rise", "x"),))).refused(
            Unclear, "outside of the wording"
        )
        case.when(do.ResolveOpenPoint("o", (do.Choose(2),))).live(TIDE.replace("shall", "must"))

    def test_one_for_no_change_has_no_words_to_revise(self):
        given(*two(), do.ProposeNoChange("a", by("FJI"))).when(
            do.ReviseProposal("p", "FJI", (instead("rise", "ebb"),))
        ).refused(Unclear, "`withdraw`")

    def test_nobody_else_revises(self):
        given(*two(), mod(instead("rise", "ebb"))).when(
            do.ReviseProposal("p", "KIR", (instead("rise", "swell"),))
        ).refused(NotTheSponsor, "KIR does not sponsor Proposal TC/p", "FJI")

    def test_an_unattributed_one_is_nobodys(self):
        given(*two(), do.ProposeAmendment("a", ProposalTerms("p"), (instead("rise", "ebb"),))).when(
            do.ReviseProposal("p", "", (instead("rise", "swell"),))
        ).refused(NotTheSponsor, "Somebody without a party", "nobody by name")


class TestWithdrawal:
    def test_the_words_go_back_and_are_not_lost(self):
        (
            given(*two(), mod(instead("shall", "should")))
            .when(do.WithdrawProposal("p", "FJI"))
            .then(ev.ProposalWithdrawn)
            .live(TIDE)
            .marked("recognizing that the tide shall{xshould} rise, and fall;")
            .proposal("p", "withdrawn")
            .open(0)
        )

    def test_only_a_sponsor_withdraws(self):
        given(*two(), mod(instead("rise", "ebb"))).when(do.WithdrawProposal("p", "KIR")).refused(
            NotTheSponsor
        )

    def test_not_twice(self):
        given(*two(), mod(instead("rise", "ebb")), do.WithdrawProposal("p", "FJI")).when(
            do.WithdrawProposal("p", "FJI")
        ).refused(ProposalDecided)


class TestReintroduction:
    def test_any_party_brings_a_withdrawn_one_back_and_sponsors_it(self):
        case = given(*two(), mod(instead("rise", "ebb")), do.WithdrawProposal("p", "FJI"))
        case.when(do.ReintroduceProposal("p", "KIR")).then(ev.ProposalReintroduced)
        case.live("recognizing that the tide shall ebb, and fall;")
        case.proposal("p", "on the table").open(1)
        assert case.clause().proposals[0].sponsors == ("FJI", "KIR")

    def test_only_the_last_wording_comes_back(self):
        (
            given(
                *two(),
                mod(instead("rise", "ebb")),
                do.ReviseProposal("p", "FJI", (instead("rise", "swell"),)),
                do.DropProposal("p"),
            )
            .when(do.ReintroduceProposal("p", "FJI"))
            .live("recognizing that the tide shall swell, and fall;")
        )

    def test_what_is_on_the_table_needs_no_bringing_back(self):
        given(*two(), mod(instead("rise", "ebb"))).when(do.ReintroduceProposal("p", "KIR")).refused(
            ProposalPending, "TC/p is on the table"
        )

    def test_what_is_in_the_text_needs_none_either(self):
        given(*two(), mod(instead("rise", "ebb")), do.RetainProposal("p")).when(
            do.ReintroduceProposal("p", "KIR")
        ).refused(NothingChanges, "in the text")

    def test_agreed_words_stay_closed(self):
        given(*two(), mod(instead("rise", "ebb")), do.DropProposal("p"), do.AgreeClause("a")).when(
            do.ReintroduceProposal("p", "KIR")
        ).refused(Agreed, "reopen")

    def test_somebody_brings_it_back(self):
        given(*two(), mod(instead("rise", "ebb")), do.DropProposal("p")).when(
            do.ReintroduceProposal("p", "")
        ).refused(Unclear, "`--for`")


LONG = mod(instead("shall rise", "should ebb quickly"))


class TestRetained:
    def test_whole_the_new_words_are_plain_text(self):
        (
            given(*two(), mod(instead("shall", "should")))
            .when(do.RetainProposal("p"))
            .then(ev.ProposalRetained)
            .live("recognizing that the tide should rise, and fall;")
            .decided("recognizing that the tide should rise, and fall;")
            .marked("recognizing that the tide {xshall}{=should} rise, and fall;")
            .proposal("p", "retained")
            .open(0)
        )

    def test_as_amended_it_reads_as_the_room_made_it(self):
        (
            given(*two(), mod(instead("shall", "should")))
            .when(do.RetainProposal("p", changes=(instead("should", "may"),)))
            .decided("recognizing that the tide may rise, and fall;")
            .marked("recognizing that the tide {xshall}{xshould}{=may} rise, and fall;")
            .proposal("p", "retained as amended")
        )

    def test_in_part_the_other_new_words_are_not_retained(self):
        (
            given(*two(), LONG)
            .when(do.RetainProposal("p", words=(at("should"), at("shall"))))
            .decided("recognizing that the tide rise should, and fall;")
            .proposal("p", "retained in part")
            .open(0)
        )

    def test_in_part_word_by_word_of_a_whole_new_wording(self):
        new = "recognizing that the tide should rise, and not fall;"
        (
            given(*two(), mod(do.Rewording(new)))
            .when(do.RetainProposal("p", words=(at("not"),)))
            .decided("recognizing that the tide shall rise, and not fall;")
        )

    def test_in_part_only_its_own_words(self):
        given(*two(), LONG).when(do.RetainProposal("p", words=(at("fall"),))).refused(
            WordsNotThere, "Proposal TC/p"
        )

    def test_not_once_it_is_withdrawn(self):
        given(*two(), LONG, do.WithdrawProposal("p", "FJI")).when(do.RetainProposal("p")).refused(
            ProposalDecided, "withdrawn"
        )

    def test_an_alternative_is_decided_with_its_group(self):
        given(
            *two(),
            do.PlaceBracket("o", "a", at("shall")),
            do.TableAlternative("o", by("KIR", "q"), "should", clause="a"),
        ).when(do.RetainProposal("q")).refused(IsAlternative, "`resolve`")


class TestNotRetained:
    def test_whole_the_text_reads_as_before(self):
        (
            given(*two(), mod(instead("shall", "should")))
            .when(do.DropProposal("p"))
            .then(ev.ProposalNotRetained)
            .live(TIDE)
            .marked("recognizing that the tide shall{xshould} rise, and fall;")
            .proposal("p", "not retained")
            .open(0)
        )

    def test_in_part_the_rest_stays_on_the_table(self):
        (
            given(*two(), LONG)
            .when(do.DropProposal("p", (at(" quickly"),)))
            .live("recognizing that the tide should ebb, and fall;")
            .proposal("p", "on the table")
            .open(1)
        )

    def test_in_all_its_parts_it_is_decided(self):
        (
            given(*two(), mod(behind("tide", "always")))
            .when(do.DropProposal("p", (at("always"),)))
            .live(TIDE)
        )

    def test_words_of_others_are_refused(self):
        given(*two(), LONG).when(do.DropProposal("p", (at("tide"),))).refused(WordsNotThere)

    def test_an_unknown_one_is_refused(self):
        given(*two()).when(do.DropProposal("p")).refused(NoSuchThing, "proposal “p”", "`fate`")


class TestMerger:
    def test_words_that_the_other_has_too_live_on_there(self):
        (
            given(
                *two(),
                add("welcoming the storm and the calm;"),
                add("welcoming the calm;", "m", "m", "FJI"),
            )
            .when(do.MergeProposal("n", "m"))
            .then(ev.ProposalMerged)
            .live("", "n")
            .live("welcoming the calm;", "m")
            .proposal("n", "merged", "n")
            .proposal("m", "on the table", "m")
            .open(1)
        )

    def test_not_into_itself(self):
        given(*two(), add("x y")).when(do.MergeProposal("n", "n")).refused(Unclear, "into itself")

    def test_not_into_one_that_is_not_there(self):
        given(*two(), add("x y")).when(do.MergeProposal("n", "z")).refused(NoSuchThing)
