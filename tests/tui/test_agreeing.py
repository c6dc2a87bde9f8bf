"""Agreement from the screen: its steps, conditions tied to what they wait for, reopening."""

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.terms import Condition, Kind, WaitsOn
from negotiation_tui.page import Pages
from negotiation_tui.rehearsal import rehearsed_lines
from tests.tui.room import desk_of, dialog, drive, panel, press, words
from tests.tui.test_acts import typed


def desk_of_the_agreed():
    """Clause 4 is agreed, and the paragraph that refers to it waits for it."""
    desk = desk_of()
    desk.act(do.TableClause("five", Kind.ITEM, "5", "that paragraph 4 be heard;", "four", 1))
    desk.act(do.AgreeClause("four"))
    return desk


def test_a_condition_is_tied_to_the_clause_that_it_names():
    """As on the command line."""
    desk = desk_of_the_agreed()

    async def scenario(pilot, floor):
        await press(pilot, "G", "a", *typed("pending resolves/4; ad referendum"), "enter", "enter")
        event = desk.timeline.entries[-1].event
        assert isinstance(event, ev.ClauseAgreed)
        waits = [(one.waits_on, one.on) for one in event.conditions]
        assert waits == [(WaitsOn.CLAUSE, "four"), (WaitsOn.CAPITALS, "")]

    drive(desk, scenario)


def test_the_dialog_offers_the_next_level_only():
    """Words climb one step at a time; what is not there cannot be chosen."""
    desk = desk_of_the_agreed()

    async def scenario(pilot, floor):
        floor.go("four")
        floor.action_stage("agree")
        await pilot.pause()
        choices = pilot.app.screen.stage.fields[0].choices
        assert choices == ("ad hoc group", "working group")
        await press(pilot, "enter")
        assert desk.timeline.moment().clause("four").agreement.level == "working group"

    drive(desk, scenario)


def test_before_reopening_stands_what_rests_on_the_clause():
    """What waits for it and what refers to it, by name, before the ground is said."""
    desk = desk_of_the_agreed()
    desk.act(do.AgreeClause("five", conditions=("ad referendum",)))

    async def scenario(pilot, floor):
        floor.go("four")
        floor.action_stage("reopen")
        await pilot.pause()
        told = dialog(pilot, "above")
        assert "1 thing rests on it" in told
        assert "reference: resolves/5 paragraph 4" in told
        floor.app.screen.action_drop()

    drive(desk, scenario)


@pytest.mark.parametrize("said", ["", "Plenary, 4 November"])
def test_above_the_first_level_a_decision_is_asked_for(said):
    """The body that agreed opens it again, and nobody else."""
    desk = desk_of_the_agreed()
    desk.act(do.AgreeClause("four", "working group"))

    async def scenario(pilot, floor):
        floor.go("four")
        floor.action_stage("reopen")
        await pilot.pause()
        await press(pilot, *typed("new figures"), "enter", *typed(said), "ctrl+s")
        reopened = isinstance(desk.timeline.entries[-1].event, ev.ClauseReopened)
        assert reopened == bool(said)
        if not said:
            assert "decision" in dialog(pilot, "below")

    drive(desk, scenario)


def test_words_agreed_before_stand_in_the_dialog_that_agrees_again():
    """Whoever reopened them sees what they were."""
    desk = desk_of_the_agreed()
    desk.act(do.ReopenClause("four", "chair", "new figures"))

    async def scenario(pilot, floor):
        floor.go("four")
        await press(pilot, "a")
        assert "agreed before (ad hoc group)" in dialog(pilot, "above")
        assert "reads the same now" in dialog(pilot, "above")
        assert panel(floor, "header")

    drive(desk, scenario)


def test_a_change_of_agreed_words_is_rehearsed_with_what_it_ends():
    """Before the gavel: the agreement, its conditions, and an obligation that comes."""
    desk = desk_of()
    desk.act(do.AgreeClause("four", conditions=(Condition("the money"),)))
    rehearsed = desk.rehearse(do.ReviseText("four", (do.Rewording("and shall not fall"),)))
    page = Pages(desk.timeline).page(desk.timeline.head)
    rows = rehearsed_lines(rehearsed, page, 200, signs=False)
    told = "\n".join(words(row) for row in rows)
    assert "no longer agreed (ad hoc group); falls with it: the money" in told
    assert "! shall not came" in told
