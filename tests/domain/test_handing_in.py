"""What a delegation hands in waits for the chair's yes, and is between the two until then."""

from __future__ import annotations

import attrs
import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Visibility
from negotiation.domain.refusals import (
    AlreadyThere,
    NoSuchThing,
    NotForHandingIn,
    NothingChanges,
    NotUndone,
    SpeaksForAnother,
)
from negotiation.ledger.stored_command import stored_command
from tests.given import by, given, instead, mod, two

MOD = mod(instead("tide", "sea"))


def hand_in(command=MOD, handed="h", party="FJI"):
    """What the delegation sends."""
    return do.HandIn(handed, party, command, stored_command(command), "MOD to a)")


def waiting(case):
    """What waits for the chair."""
    return [one.id for one in case.timeline.negotiation(case.timeline.head).handed_in]


def test_the_text_stands_as_it_stood_until_the_chair_says_yes():
    case = given(*two()).when(hand_in()).then(ev.ProposalHandedIn)
    assert [one.visibility for one in case.drafted] == [Visibility.BETWEEN]
    assert case.clause().proposals == ()
    assert waiting(case) == ["h"]
    yes = case.when(do.AdmitProposal("h", MOD)).then(ev.ProposalAdmitted("h"), ev.AmendmentProposed)
    assert {one.visibility for one in yes.drafted} == {Visibility.PUBLIC}
    assert yes.clause().proposals[0].sponsors == ("FJI",)
    assert waiting(yes) == []


def test_declined_or_taken_back_it_does_not_wait_any_more():
    case = given(*two(), hand_in())
    no = case.when(do.DeclineProposal("h", "it is late")).then(ev.ProposalDeclined)
    assert [one.visibility for one in no.drafted] == [Visibility.BETWEEN]
    assert waiting(no) == []
    case = given(*two(), hand_in())
    back = case.when(do.TakeBackProposal("h", "FJI")).then(ev.ProposalTakenBack)
    assert waiting(back) == []
    for answer in (do.AdmitProposal("h", MOD), do.DeclineProposal("h")):
        back.when(answer).refused(NoSuchThing, "“h”")


def test_only_its_own_and_only_once():
    case = given(*two(), hand_in())
    case.when(hand_in()).refused(AlreadyThere, "h")
    case.when(hand_in(handed="h2")).refused(NothingChanges, "waits")
    case.when(do.TakeBackProposal("h", "KIR")).refused(NoSuchThing, "“h”")
    case.when(hand_in(handed="h3", party="KIR")).refused(SpeaksForAnother, "KIR")


@pytest.mark.parametrize(
    "command", [do.AgreeClause("a"), do.MakeRemark("a", "so"), do.LiftBracket("o")]
)
def test_what_is_not_handed_in(command):
    given(*two()).when(hand_in(command)).refused(NotForHandingIn, "handed in")


def test_with_others_and_for_a_group_it_speaks_too():
    terms = attrs.evolve(by("FJI"), sponsors=("KIR", "FJI"))
    joint = do.ProposeNoChange("a", terms)
    given(*two()).when(hand_in(joint)).then(ev.ProposalHandedIn)
    group = do.JoinParty("AOSIS", "Small islands", ("FJI", "KIR"))
    own = do.PlaceBracket("o", "a", holders=("AOSIS",))
    given(*two(), group).when(hand_in(own)).then(ev.ProposalHandedIn)


def test_the_yes_can_be_undone_and_then_it_waits_again():
    case = given(*two(), hand_in(), do.AdmitProposal("h", MOD))
    case = case.when(do.ReverseAct(case.acts[-1])).then(ev.ActReversed, ev.ActReversed)
    assert waiting(case) == ["h"]
    assert case.clause().proposals == ()


def test_what_was_said_between_the_two_is_not_undone():
    case = given(*two(), hand_in())
    case.when(do.ReverseAct(case.acts[-1])).refused(NotUndone, "said")
