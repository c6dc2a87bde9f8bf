"""Every reason says its sentence, and ends it with a full stop."""

from __future__ import annotations

import pytest

from negotiation.domain import refusals as no
from negotiation.domain.people import Capacity

ONE_OF_EACH = (
    no.WordsNotThere("a)", "sun"),
    no.WordsNotThere("a)", "sun", 3, 2),
    no.SeveralPlaces("a)", "sun", 2),
    no.CutsCharacter("\u0301"),
    no.NothingChanges("a) reads so already"),
    no.NoSuchThing("clause", "z"),
    no.NoSuchThing("clause", "z", "`text` shows the clauses"),
    no.AlreadyThere("clause", "a"),
    no.ProposalDecided("Proposal TC/7", "withdrawn"),
    no.ProposalPending("Proposal TC/7"),
    no.NotTheSponsor("KIR", "Proposal TC/7", ("FJI",)),
    no.NotTheSponsor("", "The proposal", ()),
    no.IsAlternative("Proposal TC/7", "o"),
    no.HasAlternatives("o", 3),
    no.LiftedBefore("a)", 7),
    no.StillOpen("a)", 1),
    no.StillOpen("a)", 2),
    no.Agreed("a)", "adopted"),
    no.NotAgreed("a)"),
    no.NoSuchLevel("heaven", ("informals", "adopted")),
    no.NoStep("a)", "ad hoc group", "adopted", "working group"),
    no.NoStep("a)", "", "adopted", "ad hoc group"),
    no.NoStep("a)", "working group", "ad hoc group", ""),
    no.NeedsDecision("a)", "working group", "the working group or committee"),
    no.Adopted("a)"),
    no.NoProof("a)", 7),
    no.NoProof("a)", 0),
    no.ConditionOpen("a)", ("pending Iran", "ad referendum")),
    no.WaitsForOther("pending c)", "c)", "`agree` it first"),
    no.AwaitedIsGone("pending c)", "c)"),
    no.InPackage("a)", "finance"),
    no.NotOfPackage("a)", "finance"),
    *(no.PackageIs("finance", state) for state in ("formed", "taken", "agreed", "broken")),
    no.ObjectedTo(("KIR",)),
    no.ObjectedTo(("KIR", "TUV")),
    no.SilenceRuns("2031-05-09 18:00 UTC"),
    no.SilenceEnded("2031-05-09 18:00 UTC"),
    no.AlreadyIssued("TC/1"),
    no.NothingReceived(),
    no.NotInText("a)"),
    no.InText("a)"),
    no.StoodOn("x", "a)", 7, "text revised", again=True),
    no.StoodOn("act", "a)", 7, "text revised"),
    no.NotUndone("act", "a document that was received stays received"),
    no.AlreadyReceived("TC/1"),
    no.SymbolTaken("TC/2"),
    no.AlreadyReceived(""),
    no.AnomalyIsSettled(12, "rejected"),
    no.NoRepair(12, "none was proposed"),
    no.MeetingIs("third"),
    no.MeetingIs(""),
    no.ActOfItsOwn("ReverseAct"),
    *(no.NotInThisCapacity("AgreeClause", capacity) for capacity in Capacity),
    no.SpeaksForAnother("FJI", ("KIR", "TUV")),
    no.SpeaksForAnother("FJI", ("",)),
    no.NotForHandingIn(),
    no.Unclear("A remark needs words."),
)


@pytest.mark.parametrize("refusal", ONE_OF_EACH, ids=lambda one: type(one).__name__)
def test_one_sentence_that_names_the_thing(refusal):
    sentence = str(refusal)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "  " not in sentence
    assert sentence.count(". ") == 0
    assert "None" not in sentence


def test_no_reason_is_without_its_sentence():
    said = {type(one) for one in ONE_OF_EACH}
    assert said == set(no.Refusal.__subclasses__())
