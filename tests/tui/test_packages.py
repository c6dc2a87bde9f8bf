"""Packages from the screen: formed by marking, taken point by point, agreed, broken."""

import pytest

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.terms import WaitsOn
from negotiation_tui.stage import Missing
from negotiation_tui.widgets.clause_list import row_of
from negotiation_tui.widgets.fields import Marks
from tests.tui.bare import line_of
from tests.tui.room import at_once, dialog, drive, panel, press
from tests.tui.test_acts import desk_of_everything, typed


def page_of(desk):
    """What stands and how open it is, without numbers of entries."""
    moment = desk.timeline.moment()
    return [(one.passage.live, len(one.brackets), one.agreement) for one in moment.clauses]


def formed(desk, name="fund"):
    """A package of the last open point and the clause before it."""
    desk.act(do.FormPackage(name, name, ("two",), ("point",)))


def test_points_are_marked_with_the_space_bar_and_the_one_at_hand_is_marked():
    """The arrows go up and down in the list and out of it."""
    desk = desk_of_everything()

    async def scenario(pilot, floor):
        floor.go("three", "point")
        floor.action_stage("form_package")
        await pilot.pause()
        await press(pilot, *typed("fund"), "enter")
        marks = pilot.app.screen.query_one(Marks)
        assert marks.has_focus
        assert "resolves/3" in marks.answer
        await press(pilot, "up", "space")
        assert len(marks.answer.split("\n")) == 2
        assert "tied to the package fund" in dialog(pilot, "below")
        await press(pilot, *["up"] * 9)
        assert not marks.has_focus
        await press(pilot, "down", "down", "enter")
        event = desk.timeline.entries[-3].event
        assert isinstance(event, ev.PackageFormed)
        assert event.clauses == ("two", "three")
        assert "package fund (formed)" in panel(floor, "side")

    drive(desk, scenario, (80, 24))


def test_every_point_needs_a_word_before_the_package_is_taken():
    """Silence decides nothing; the whole is one act, and one undo takes it back."""
    desk = desk_of_everything()
    formed(desk)
    before, head = page_of(desk), desk.timeline.head

    async def scenario(pilot, floor):
        floor.go("three", "point")
        floor.action_stage("take_package")
        await pilot.pause()
        await press(pilot, "right", "enter", "enter", "ctrl+s")
        assert "Say what becomes of open point" in dialog(pilot, "below")
        assert desk.timeline.head == head
        await press(pilot, "up", "right", "down", "right", "right", "ctrl+s")
        agreed = desk.timeline.moment().clause("three").agreement
        assert agreed.conditions[0].waits_on is WaitsOn.PACKAGE
        assert desk.timeline.moment().clause("three").passage.live.endswith("sent to Members;")
        assert "takes the package" in panel(floor, "says")
        assert "package fund (taken)" in panel(floor, "side")
        assert "released when the package" in " ".join(panel(floor, "side").split())
        await press(pilot, "u", "enter")
        assert page_of(desk) == before

    drive(desk, scenario)


def test_a_broken_package_puts_every_bracket_back():
    """On a ground; before the gavel the dialog shows what comes back."""
    desk = desk_of_everything()
    before = page_of(desk)
    formed(desk)
    decisions = (
        do.RetainProposal("mod2"),
        do.LiftBracket("plain"),
        do.ResolveOpenPoint("point", (do.Choose(1),)),
    )
    desk.act(do.TakePackage("fund", decisions))

    async def scenario(pilot, floor):
        floor.go("three")
        floor.action_stage("break_package")
        await pilot.pause()
        assert "Say the ground" in dialog(pilot, "below")
        await press(pilot, *typed("no money"))
        assert "[open to all][sent to" in " ".join(dialog(pilot, "below").split())
        await press(pilot, "enter", "enter")
        assert page_of(desk) == before
        assert "breaks the package" in panel(floor, "says")

    drive(desk, scenario)


@pytest.mark.parametrize("act", ["take_package", "agree_package", "break_package"])
def test_without_a_package_there_is_nothing_to_take_or_break(act):
    """A sentence says so."""

    async def scenario(pilot, floor):
        floor.action_stage(act)
        assert "package" in panel(floor, "says")
        assert pilot.app.screen is floor

    drive(desk_of_everything(), scenario)


def test_of_several_packages_the_one_at_hand_is_taken():
    """Elsewhere the sentence names them."""
    desk = desk_of_everything()
    desk.act(do.FormPackage("a", "first", ("one",), ("point",)))
    desk.act(do.FormPackage("b", "second", ("two", "head"), ("plain",)))

    async def scenario(pilot, floor):
        floor.go("four")
        floor.action_stage("take_package")
        assert "first, second" in panel(floor, "says")
        floor.go("two")
        floor.action_stage("take_package")
        await pilot.pause()
        assert not isinstance(pilot.app.screen.stage, Missing)
        assert "second" in dialog(pilot, "above")

    drive(desk, scenario)


def test_the_list_shows_what_stands_or_falls_with_others():
    """Beside the number of open points."""
    desk = desk_of_everything()
    formed(desk)
    clause = desk.timeline.moment().clause("two")
    assert line_of(row_of(clause, 2, 30)).startswith(" []2 &")
    assert line_of(row_of(clause, 0, 30)).startswith(" ·   &")
    assert "&" not in line_of(row_of(clause, 123, 30))


def test_a_package_of_more_points_than_rows_can_be_marked_to_the_end():
    """The window follows the arrows, in a low terminal too, and a click marks."""
    desk = desk_of_everything()
    for number in range(12):
        desk.act(do.PlaceBracket(f"b{number}", "one", do.WordsAt("gauges")))

    async def scenario(pilot, floor):
        floor.go("one", "b")
        floor.action_stage("form_package")
        await pilot.pause()
        await press(pilot, *typed("all"), "enter")
        marks = pilot.app.screen.query_one(Marks)
        for _ in range(15):
            await at_once(pilot, "down")
        await at_once(pilot, "space")
        assert marks.marked[-1]
        assert "resolves/3" in marks.render_line(marks.rows - 1).text
        await pilot.click(Marks, offset=(3, 0))
        assert sum(marks.marked) == 3

    drive(desk, scenario, (80, 24))
