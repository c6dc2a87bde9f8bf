"""A staged act means exactly one command; what is not said yet is a sentence and no act."""

import pytest

from negotiation.domain import commands as do
from negotiation_tui import acts
from negotiation_tui.page import Pages
from negotiation_tui.stage import AFTER, INSTEAD, Missing, Stage, rewording, words_at
from negotiation_tui.words_cursor import Selected
from tests.tui.room import desk_of


def at_hand(clause: str, point: str = "") -> acts.AtHand:
    desk = desk_of()
    pages = Pages(desk.timeline)
    page = pages.page(desk.timeline.head)
    found = page.clause(clause)
    assert found is not None
    return acts.AtHand(desk, page, found, page.point(point), pages.sentence)


def commanded(staged: Stage | Missing, **answers: str) -> object:
    assert isinstance(staged, Stage)
    said = {one.name: one.value or (one.choices[0] if one.choices else "") for one in staged.fields}
    return staged.command({**said, **answers})


def test_words_may_name_their_occurrence():
    """`the ports#2` is the second of them; a written # is escaped."""
    assert words_at("the ports#2") == do.WordsAt("the ports", 2)
    assert words_at("no.\\#2") == do.WordsAt("no.#2", 0)


def test_words_picked_among_their_like_say_which():
    """What is picked with the cursor goes to the place that was picked, the first one, too."""
    assert Selected("a", 0, 3, "the", 1, 2).said == "the#1"
    assert Selected("a", 8, 11, "the", 2, 2).said == "the#2"
    assert Selected("a", 0, 3, "the", 1).said == "the"


def test_nothing_said_is_no_rewording():
    """Empty lines would otherwise strike the whole clause."""
    assert isinstance(rewording({"words": "", "new": ""}), Missing)


def test_words_alone_are_struck_and_new_ones_go_where_they_are_put():
    """Instead of the words named, or beside them."""
    assert rewording({"words": "daily", "new": "", "where": INSTEAD}) == do.Rewording(
        "", do.WordsAt("daily", 0)
    )
    assert rewording({"words": "daily", "new": "at dawn", "where": AFTER}) == do.Rewording(
        "at dawn", do.WordsAt("daily", 0), do.Where.AFTER
    )


def test_a_proposal_is_its_sponsors_act():
    """Names become codes, and the delegation's hand is on the record, not the chair's."""
    staged = acts.STAGES["propose"](at_hand("one"))
    assert isinstance(staged, Stage)
    answers = {
        "words": "daily",
        "new": "weekly",
        "where": INSTEAD,
        "party": "mauritius, B",
        "symbol": "",
        "kind": "new words",
    }
    command = staged.command(answers)
    assert isinstance(command, do.ProposeAmendment)
    assert command.proposal.sponsors == ("MUS", "B")
    assert staged.hand(answers).behalf == "MUS,B"


def test_the_order_of_the_numbers_is_the_order_of_the_verdicts():
    """`2 1` chooses the second wording first."""
    command = commanded(acts.STAGES["resolve"](at_hand("three", "point")), choose="2 1")
    assert command == do.ResolveOpenPoint("point", (do.Choose(2), do.Choose(1)))


@pytest.mark.parametrize("said", ["", "x", "1,2"])
def test_an_unclear_choice_decides_nothing(said):
    """Least of all does silence keep the base."""
    assert isinstance(
        commanded(acts.STAGES["resolve"](at_hand("three", "point")), choose=said), Missing
    )


def test_none_base_and_new_words_can_be_said():
    """All dropped, the base kept, or other words."""
    staged = acts.STAGES["resolve"](at_hand("three", "point"))
    assert commanded(staged, choose="drop") == do.ResolveOpenPoint(
        "point", (do.Drop(1), do.Drop(2))
    )
    assert commanded(staged, choose="base") == do.ResolveOpenPoint("point")
    anew = commanded(staged, new="kept at home")
    assert isinstance(anew, do.ResolveOpenPoint)
    assert anew.words == "kept at home"


def test_a_proposal_by_itself_is_retained_or_not():
    """It has no rival: its only number retains it."""
    staged = acts.STAGES["resolve"](at_hand("two", "mod"))
    assert commanded(staged, choose="1") == do.RetainProposal("mod")
    assert commanded(staged, choose="drop") == do.DropProposal("mod")
    assert isinstance(commanded(staged, choose="2"), Missing)


@pytest.mark.parametrize("act", [acts.STAGES["lift"], acts.STAGES["resolve"]])
def test_without_an_open_point_there_is_nothing_to_decide(act):
    """The sentence says which key finds one."""
    answer = act(at_hand("one"))
    assert isinstance(answer, Missing)
    assert "n goes to the next" in answer.sentence


def test_what_is_gone_is_restored_by_the_same_letter():
    """And what is parked is taken up again."""
    at = at_hand("four")
    at.desk.act(do.DeleteClause("four"))
    page = Pages(at.desk.timeline).page(at.desk.timeline.head)
    clause = page.clause("four")
    assert clause is not None
    again = acts.AtHand(at.desk, page, clause, None, str)
    assert isinstance(commanded(acts.STAGES["delete"](again)), do.RestoreClause)


def test_parking_needs_somebody_who_brings_it_back():
    """A clause that nobody owns would be lost."""
    staged = acts.STAGES["park"](at_hand("four"))
    assert isinstance(commanded(staged), Missing)
    assert commanded(staged, owner="MUS") == do.Park("four", owner="MUS")


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ({"trim": "2: sent"}, (do.Trim(2, (do.WordsAt("sent", 0),)),)),
        (
            {"trim": "2: sent | Members", "ending": "2: ;", "choose": "2 1"},
            (do.Trim(2, (do.WordsAt("sent", 0), do.WordsAt("Members", 0)), ";"), do.Choose(1)),
        ),
        ({"choose": "1", "merge": "2>1"}, (do.Choose(1), do.Merge(2, 1))),
        ({"choose": "2 1", "labels": "x) y)"}, (do.Choose(2, "x)"), do.Choose(1, "y)"))),
    ],
)
def test_the_whole_decision_can_be_said(said, verdicts):
    """Trimmed, with an ending, merged, with labels of one's own."""
    staged = acts.STAGES["resolve"](at_hand("three", "point"))
    assert commanded(staged, **said) == do.ResolveOpenPoint("point", verdicts)


@pytest.mark.parametrize(
    "said",
    [
        {"trim": "sent"},
        {"choose": "1", "ending": "2: ;"},
        {"choose": "1", "merge": "two into one"},
        {"choose": "1", "new": "kept at home"},
        {"ending": "x"},
    ],
)
def test_half_a_decision_is_none(said):
    """A sentence says what is missing."""
    staged = acts.STAGES["resolve"](at_hand("three", "point"))
    answer = commanded(staged, **said)
    assert isinstance(answer, Missing)
    assert answer.sentence
