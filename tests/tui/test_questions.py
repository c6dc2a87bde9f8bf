"""Decisions put to the room: from a dialog, seen by everybody, objected to, taken by the gavel."""

import asyncio
import datetime as dt

import pytest

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.terms import HowTaken
from negotiation_tui.before_the_room import beside, large
from negotiation_tui.page import Pages
from negotiation_tui.room_app import RoomApp
from negotiation_tui.screens.dialogs import StageDialog
from negotiation_tui.screens.intake import IntakeScreen
from negotiation_tui.widgets.side import Beside
from tests.tui.bare import line_of
from tests.tui.room import MORNING, at_once, desk_of, dialog, drive, panel, press, rows_shown
from tests.tui.test_acts import typed

AGREE = do.AgreeClause("four")


def agreed(desk, clause):
    """Whether a clause is agreed."""
    found = desk.timeline.moment().clause(clause)
    assert found is not None
    return found.agreement is not None


def kinds(desk, since):
    """The kinds of the events since an entry."""
    return [type(one.event) for one in desk.timeline.entries[since:]]


def test_an_act_is_put_instead_of_made_and_then_taken():
    """Shown before it is put, decided only by the gavel, one undo takes it back."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "G", "a", "ctrl+r")
        assert "Put to the room: Agree resolves/4" in dialog(pilot, "above")
        assert "If nobody objects:" in dialog(pilot, "below")
        assert "agreed: ad hoc group" in dialog(pilot, "below")
        assert desk.timeline.head == head
        await press(pilot, "enter")
        assert pilot.app.screen is floor
        assert kinds(desk, head) == [ev.DecisionPut]
        assert not agreed(desk, "four")
        assert "1 question before the room" in panel(floor, "header")
        assert "BEFORE THE ROOM" in panel(floor, "side")
        await press(pilot, "exclamation_mark")
        assert "agreed: ad hoc group" in dialog(pilot, "below")
        await press(pilot, "enter")
        assert kinds(desk, head + 1) == [ev.DecisionTaken, ev.ClauseAgreed]
        assert "before the room" not in panel(floor, "header")
        await press(pilot, "comma")
        assert "1 question before the room" in panel(floor, "header")

    drive(desk, scenario)


def test_what_was_said_stands_in_the_question():
    """So that the room knows what it is asked."""
    desk = desk_of()

    async def scenario(pilot, floor):
        floor.go("three", "point")
        await press(pilot, "c", *"2", "ctrl+r", "enter")
        event = desk.timeline.entries[-1].event
        assert isinstance(event, ev.DecisionPut)
        assert event.question.endswith("resolves/3 – choose 2")

    drive(desk, scenario)


def test_a_party_objects_and_the_gavel_does_not_fall():
    """The refusal names it; when it does not insist, the gavel falls."""
    desk = desk_of()
    desk.put(AGREE, "Paragraph 4?")

    async def scenario(pilot, floor):
        await press(pilot, "minus", *typed("MUS"), "enter", *typed("no mandate"), "enter")
        made = desk.timeline.entries[-1]
        assert isinstance(made.event, ev.ObjectionMade)
        assert made.act.behalf == "MUS"
        assert "objection of Mauritius (no" in panel(floor, "side")
        await press(pilot, "exclamation_mark", "enter")
        assert isinstance(pilot.app.screen, StageDialog)
        assert "MUS" in dialog(pilot, "below")
        await press(pilot, "escape")
        floor.action_stage("no_objection")
        await press(pilot, "enter")
        await press(pilot, "exclamation_mark", "enter")
        assert agreed(desk, "four")

    drive(desk, scenario)


def test_of_several_questions_one_is_chosen():
    """That on the clause at hand first; the other one stays before the room."""
    desk = desk_of()
    desk.put(do.AgreeClause("one"), "Paragraph 1?")
    desk.put(AGREE, "Paragraph 4?")

    async def scenario(pilot, floor):
        assert "2 questions before the room" in panel(floor, "header")
        floor.go("four")
        await press(pilot, "exclamation_mark")
        assert "Paragraph 1?" in dialog(pilot, "above")
        await press(pilot, "enter")
        assert agreed(desk, "four")
        assert "1 question before the room" in panel(floor, "header")
        floor.action_stage("drop_question")
        await press(pilot, *typed("not today"), "enter")
        assert kinds(desk, desk.timeline.head - 1) == [ev.DecisionDropped]

    drive(desk, scenario)


def test_the_floor_line_can_be_put_as_it_was_typed():
    """Several acts as one question; what is not understood yet is not put."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed("chair agr"), "ctrl+r")
        assert desk.timeline.head == head
        assert not isinstance(pilot.app.screen, StageDialog)
        await press(pilot, *typed("ee resolves/4; chair agree resolves/1"), "ctrl+r")
        assert "If nobody objects:" in dialog(pilot, "below")
        await press(pilot, "enter")
        assert pilot.app.screen is floor
        event = desk.timeline.entries[-1].event
        assert isinstance(event, ev.DecisionPut)
        assert event.question == "chair agree resolves/4; chair agree resolves/1"
        assert event.clauses == ("four", "one")
        await press(pilot, "exclamation_mark", "enter")
        assert agreed(desk, "four")
        assert agreed(desk, "one")

    drive(desk, scenario)


@pytest.mark.parametrize(("said", "told"), [("soon", "Say the deadline"), ("03:00", "has passed")])
def test_a_deadline_that_is_none_is_said(said, told):
    """And nothing is put."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "G", "a", "ctrl+r", *typed(said), "ctrl+s")
        assert told in dialog(pilot, "below")
        assert desk.timeline.head == head
        await press(pilot, "escape")
        assert "Agree resolves/4" in dialog(pilot, "above")
        await press(pilot, "escape")
        assert pilot.app.screen is floor

    drive(desk, scenario)


def test_a_silence_runs_until_its_deadline():
    """The gavel is refused before it."""
    desk = desk_of()

    async def scenario(pilot, floor):
        await press(pilot, "G", "a", "ctrl+r", *typed("2031-03-05T18:00"), "ctrl+s")
        put = desk.timeline.negotiation(desk.timeline.head).decisions[0]
        assert put.until is not None
        assert put.until > MORNING + dt.timedelta(hours=12)
        assert "silence until 0" in panel(floor, "side")
        await press(pilot, "exclamation_mark", "enter")
        assert isinstance(pilot.app.screen, StageDialog)

    drive(desk, scenario)


def test_when_the_silence_is_over_it_is_said_though_nobody_writes():
    """The clock of the room is enough; then the gavel falls."""
    desk = desk_of()
    now = [MORNING + dt.timedelta(days=1)]
    desk.clock = lambda: now[0]
    desk.put(AGREE, "Paragraph 4?", until=now[0] + dt.timedelta(hours=2))

    async def scenario(pilot, floor):
        assert "silence until" in panel(floor, "side")
        now[0] += dt.timedelta(hours=3)
        floor.look()
        assert "the silence ended" in panel(floor, "side")
        await press(pilot, "exclamation_mark", "enter")
        taken = desk.timeline.entries[-2].event
        assert isinstance(taken, ev.DecisionTaken)
        assert taken.how is HowTaken.SILENCE

    drive(desk, scenario)


def test_without_a_question_the_keys_say_so():
    """And what puts one."""

    async def scenario(pilot, floor):
        for key in ("exclamation_mark", "minus"):
            await press(pilot, key)
            assert "Nothing is before the room" in panel(floor, "says")
        floor.action_stage("no_objection")
        assert "Nobody objects" in panel(floor, "says")

    drive(desk_of(), scenario)


def test_what_is_no_decision_cannot_be_put():
    """An objection is somebody's own act."""
    desk = desk_of()
    desk.put(AGREE, "Paragraph 4?")
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "minus", *typed("MUS"), "ctrl+r")
        assert "no decision that could be put" in dialog(pilot, "below")
        assert desk.timeline.head == head

    drive(desk, scenario)


def test_a_burst_puts_one_question_at_most():
    """Enter many times behind the key that puts it."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, floor):
        await at_once(pilot, "G", "a")
        await pilot.pause()
        await at_once(pilot, "ctrl+r", "enter", "enter", "enter")
        await pilot.pause()
        assert len({one.act.id for one in desk.timeline.entries[head:]}) <= 1

    drive(desk, scenario)


def test_the_minus_makes_the_replay_slower():
    """As the line under the text says."""

    async def scenario(pilot, floor):
        await press(pilot, "space")
        rate = floor.rate
        await press(pilot, "minus")
        assert 0 < floor.rate < rate

    drive(desk_of(), scenario)


def test_another_desk_puts_a_question_and_the_floor_shows_it(tmp_path):
    """With the next look, and again when it is gone."""
    store = str(tmp_path / "room.db")
    desk_of(store).close()
    desk, other = Desk.open(store), Desk.open(store)

    async def scenario(pilot, floor):
        assert "before the room" not in panel(floor, "header")
        other.put(AGREE, "Paragraph 4 as it reads?", Hand("secretariat"))
        floor.look()
        await pilot.pause()
        assert "1 question before the room" in panel(floor, "header")
        assert "Paragraph 4 as it reads?" in panel(floor, "side")
        other.take(other.timeline.negotiation(other.timeline.head).decisions[0].id)
        floor.look()
        await pilot.pause()
        assert "before the room" not in panel(floor, "header")

    drive(desk, scenario)
    desk.close()
    other.close()


@pytest.mark.parametrize("key", ["3", "4", "equals_sign"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_other_screens_say_it_too(tmp_path, key, size):
    """While one of them stands on top, as soon as another desk put it."""
    store = str(tmp_path / "room.db")
    desk_of(store).close()
    desk, other = Desk.open(store), Desk.open(store)

    async def scenario(pilot, floor):
        await press(pilot, key)
        screen = pilot.app.screen
        assert screen is not floor
        other.put(AGREE, "Paragraph 4 as it reads?")
        floor.look()
        if isinstance(screen, IntakeScreen):
            screen.look()
        await pilot.pause()
        assert "before the room" in " ".join(rows_shown(screen))

    drive(desk, scenario, size)
    desk.close()
    other.close()


def test_the_projector_asks_the_room(tmp_path):
    """Large, with who objects; nothing of it stays when it is decided."""
    store = str(tmp_path / "room.db")
    desk_of(store).close()
    desk, other = Desk.open(store), Desk.open(store)

    async def session():
        app = RoomApp(desk, clock=lambda: MORNING)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            room = app.room
            before = room.query_one("#room-text").size.height
            assert panel(room, "room-asked") == ""
            other.put(AGREE, "Paragraph 4 as it reads?")
            put = other.timeline.negotiation(other.timeline.head).decisions[0]
            room.look()
            await pilot.pause()
            assert "Any objection?" in panel(room, "room-asked")
            assert "Paragraph 4 as it reads?" in panel(room, "room-asked")
            assert room.query_one("#room-asked").size.height == 1
            other.act(do.MakeObjection(put.id, "MUS", MORNING))
            room.look()
            await pilot.pause()
            assert "objection of Mauritius" in panel(room, "room-asked")
            assert room.query_one("#room-asked").size.height == 2
            other.act(do.DropDecision(put.id))
            room.look()
            await pilot.pause()
            assert panel(room, "room-asked") == ""
            assert room.query_one("#room-text").size.height == before

    asyncio.run(session())
    desk.close()
    other.close()


def test_many_questions_leave_room_for_the_text():
    """Whatever the size; what is left out is said."""
    desk = desk_of()
    for name in ("one", "two", "four"):
        desk.act(do.PlaceBracket(f"on{name}", name, do.WordsAt("that")))
        desk.put(do.LiftBracket(f"on{name}"), f"Lift the bracket on {name}? " * 8)
    desk.put(do.ResolveOpenPoint("point", (do.Choose(1),)), "The first?")
    negotiation = desk.timeline.negotiation(desk.timeline.head)
    assert len(large(negotiation, 40, 6)) == 6
    rows = [line_of(line) for line in beside(negotiation, 36, short=True)]
    assert rows[-1] == "… and 1 more"
    assert all(len(row) <= 37 for row in rows)
    pages = Pages(desk.timeline)
    page = pages.page(desk.timeline.head)
    for height in (3, 8, 14, 40):
        lines = Beside(pages, page, "point").lines(page.clause("three"), 36, height)
        assert len(lines) == height
