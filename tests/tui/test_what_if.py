"""What if: everything of a party, tried on the screen before it is made so."""

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from tests.tui.room import desk_of, dialog, drive, press
from tests.tui.test_acts import typed


def desk_of_wishes():
    """Mauritius asks for two things, and holds two brackets, one of them with a rival wording."""
    desk = desk_of()
    desk.act(do.JoinParty("USA", "United States"))
    desk.act(do.PlaceBracket("alone", "four", do.WordsAt("by hand"), holders=("MUS",)))
    desk.act(do.PlaceBracket("both", "one", do.WordsAt("daily"), holders=("MUS", "USA")))
    return desk


def test_what_a_party_asks_for_is_tried_and_made_so_as_one_act():
    """What is open before and after stands above the clauses; one undo takes all of it back."""
    desk = desk_of_wishes()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        floor.action_stage("accept_all")
        await press(pilot, *typed("MUS"))
        told = dialog(pilot, "below")
        assert "4 open points become 2, by what changes in 2 clauses." in told
        assert "that every harbour keep its readings;" in told
        assert "that readings be sent to Members;" in told
        assert desk.timeline.head == head
        await press(pilot, "escape")
        assert desk.timeline.head == head
        floor.action_stage("accept_all")
        await press(pilot, *typed("MUS"), "enter")
        made = desk.timeline.entries[head:]
        assert {type(one.event) for one in made} == {ev.ProposalRetained, ev.OpenPointResolved}
        assert len({one.act.id for one in made}) == 1

    drive(desk, scenario)


def test_only_brackets_that_nobody_else_holds_are_lifted():
    """And none that has rival wordings."""
    desk = desk_of_wishes()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        floor.action_stage("lift_all")
        await press(pilot, *typed("MUS"), "enter")
        made = [one.event for one in desk.timeline.entries[head:]]
        assert [one.point for one in made if isinstance(one, ev.BracketLifted)] == ["alone"]
        assert len(made) == 1

    drive(desk, scenario)


@pytest.mark.parametrize(
    ("act", "told"), [("accept_all", "asks for nothing"), ("lift_all", "no bracket that only")]
)
def test_a_party_that_asks_for_nothing_is_told_of(act, told):
    """And nobody named is asked for."""
    desk = desk_of_wishes()

    async def scenario(pilot, floor):
        floor.action_stage(act)
        await press(pilot)
        assert "Say which party" in dialog(pilot, "below")
        await press(pilot, *typed("USA"))
        assert told in dialog(pilot, "below")
        assert "United States" in dialog(pilot, "below")

    drive(desk, scenario)


def test_what_is_tried_can_be_put_to_the_room():
    """All of it as one question."""
    desk = desk_of_wishes()

    async def scenario(pilot, floor):
        floor.action_stage("accept_all")
        await press(pilot, *typed("MUS"), "ctrl+r")
        assert "4 open points become 2" in dialog(pilot, "below")
        await press(pilot, "enter", "exclamation_mark", "enter")
        assert (
            desk.timeline.moment().clause("two").passage.live
            == "that every harbour keep its readings;"
        )

    drive(desk, scenario)
