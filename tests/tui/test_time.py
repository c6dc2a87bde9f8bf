"""Time on the screen: steps, the timeline, stories of words, comparing, going to a moment."""

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.entries import Entry
from negotiation.domain.events import MeetingClosed, MeetingOpened
from negotiation.views.what_changed import what_changed
from negotiation_tui.compared import Which, inline, side_by_side, wanted
from negotiation_tui.screens.compare import CompareScreen
from negotiation_tui.screens.moment import MomentDialog
from negotiation_tui.screens.story import StoryScreen, story_of
from negotiation_tui.units import Unit, stop, stops
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.lines import Lines
from negotiation_tui.widgets.text import TextPane
from negotiation_tui.widgets.timeline import TimelineBar, timeline_line
from tests.tui.room import desk_of, drive, panel, press, text_shown, words


def desk_with_meetings():
    """The small record with two meetings behind it, some acts in each."""
    desk = desk_of()
    for meeting in ("first", "second"):
        desk.act(do.OpenMeeting(meeting))
        desk.act(do.PlaceBracket(meeting, "four", do.WordsAt("register"), holders=("MUS",)))
        desk.act(do.ReviseText("one", (do.Rewording(f"{meeting} read", do.WordsAt("read")),)))
        desk.act(do.CloseMeeting())
    return desk


def obvious(timeline, unit):
    """The stops of a unit, looked for act by act."""
    acts: list[list[Entry]] = [[]]
    for entry in timeline.entries:
        if acts[-1] and acts[-1][-1].act.id != entry.act.id:
            acts.append([])
        acts[-1].append(entry)
    kept = [
        act[-1].number
        for place, act in enumerate(acts)
        if unit is Unit.ACT
        or place in (0, len(acts) - 1)
        or (
            unit is Unit.MEETING
            and any(isinstance(one.event, MeetingOpened | MeetingClosed) for one in act)
        )
    ]
    return [one.number for one in timeline.entries] if unit is Unit.ENTRY else kept


@pytest.mark.parametrize("unit", list(Unit))
def test_steps_stop_where_an_obvious_loop_stops(unit):
    """By entry, act, meeting and version."""
    timeline = desk_with_meetings().timeline
    assert list(stops(timeline, unit)) == obvious(timeline, unit)


@draw(st.integers(1, 30), st.integers(-12, 12), st.sampled_from(Unit))
def test_a_step_never_leads_the_other_way(at, by, unit):
    """And stops at the ends."""
    timeline = desk_with_meetings().timeline
    at = min(at, timeline.head)
    to = stop(timeline, at, by, unit)
    assert 1 <= to <= timeline.head
    if by > 0:
        assert to > at or at == timeline.head
    else:
        assert to <= at


def test_the_unit_changes_what_a_comma_does():
    """By act first, then by entry, by meeting, by version."""
    desk = desk_with_meetings()

    async def scenario(pilot, floor):
        await press(pilot, "comma")
        by_act = floor.past
        await press(pilot, "escape", "e", "comma")
        assert floor.past == desk.timeline.head - 1
        await press(pilot, "escape", "e", "comma")
        assert "by meeting" in words(floor.query_one(TimelineBar).line)
        assert floor.past < by_act
        await press(pilot, "e", "comma")
        assert floor.past == 1

    drive(desk, scenario)


def test_it_plays_and_any_step_stops_it():
    """From the beginning, at the clause that changes."""
    desk = desk_with_meetings()

    async def scenario(pilot, floor):
        await press(pilot, "space")
        assert floor.past == 1
        assert floor.rate
        floor._tick()
        floor._tick()
        assert floor.past > 1
        await press(pilot, "plus")
        assert "4 steps a second" in panel(floor, "says")
        await press(pilot, "comma")
        assert not floor.rate
        await press(pilot, "0", "space", "space")
        assert not floor.rate

    drive(desk, scenario)


def test_the_timeline_is_dragged_and_clicked():
    """The text follows the knob; the wheel steps."""
    desk = desk_with_meetings()

    async def scenario(pilot, floor):
        await pilot.mouse_down(TimelineBar, offset=(1, 0))
        await pilot.pause()
        assert floor.past == 1
        await pilot.hover(TimelineBar, offset=(20, 0))
        await pilot.mouse_up(TimelineBar, offset=(20, 0))
        await pilot.pause()
        assert 1 < floor.past < desk.timeline.head
        await pilot.click(TimelineBar, offset=(119, 0))
        await pilot.pause()
        assert floor.past is None

    drive(desk, scenario)


def test_versions_and_meetings_have_marks_of_their_own():
    """Apart by sign, the position on top."""
    timeline = desk_with_meetings().timeline
    line, room = timeline_line(timeline, timeline.head, 120, Unit.ACT)
    shown = words(line)
    assert shown.count("┿") >= 2
    assert "●" in shown
    assert room > 40
    assert f"entry {timeline.head}/{timeline.head} · by act" in shown


def test_the_story_of_a_word_names_who_for_whom_and_every_decision():
    """And an entry to go to."""
    desk = desk_of()
    desk.act(do.RetainProposal("mod"))
    clause = desk.timeline.clause("two", desk.timeline.head)
    assert clause is not None
    offset = clause.passage.words.index("every")
    told_words, chapters = story_of(desk.timeline, "two", desk.timeline.head, offset)
    assert told_words == "every harbour"
    told = " ".join(one.told for one in chapters)
    assert "put in by MUS" in told
    assert "MUS/4/2" in told
    assert "retained by chair" in told
    assert [one.entry for one in chapters] == [desk.timeline.head - 1, desk.timeline.head]


def test_enter_tells_the_story_and_enter_goes_there():
    """Of the word under the cursor; without one, of the clause."""
    desk = desk_of()

    async def scenario(pilot, floor):
        await press(pilot, "n", "right", "enter")
        assert isinstance(pilot.app.screen, StoryScreen)
        shown = "\n".join(words(line) for line in pilot.app.screen.query_one("#story", Panel).lines)
        assert "Who wrote “" in shown
        await press(pilot, "escape", "escape", "enter", "down", "enter")
        assert pilot.app.screen is floor
        assert "REPLAY" in panel(floor, "header")

    drive(desk, scenario)


def test_a_story_keeps_confidential_entries_to_itself():
    """Until they are asked for."""
    desk = desk_of()
    desk.act(do.MakeRemark("one", "ask over coffee"))
    for private in (False, True):
        screen = StoryScreen(
            desk.timeline, "one", desk.timeline.head, None, called="1", private=private
        )
        assert any("coffee" in one.told for one in screen.chapters) is private


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_two_moments_are_compared(size):
    """In one text where it is narrow, side by side where there is room; both on request."""
    desk = desk_with_meetings()

    async def scenario(pilot, floor):
        await press(pilot, "equals_sign")
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        shown = "\n".join(words(line) for line in screen.query_one(Lines).lines)
        assert ("│" in shown) is (size[0] >= 100)
        assert "first" in shown
        await press(pilot, "equals_sign")
        shown = "\n".join(words(line) for line in screen.query_one(Lines).lines)
        assert ("│" in shown) is (size[0] < 100)
        await press(pilot, "e", "e")
        assert "editing only" in words(screen.query_one("#header", Panel).lines[0])
        assert "Nothing differs" in words(screen.query_one(Lines).lines[0])
        await press(pilot, "e", "n", "p", "comma", "greater_than_sign", "s", "escape")
        assert pilot.app.screen is floor

    drive(desk, scenario, size)


def test_both_shapes_hold_every_word_of_both_moments():
    """Nothing is left out by the drawing."""
    desk = desk_with_meetings()
    for change in what_changed(desk.timeline, 5, desk.timeline.head):
        assert wanted(change, Which.ALL)
        one = " ".join(words(line) for line in inline(change, 60, Which.ALL, signs=False))
        two = " ".join(words(line) for line in side_by_side(change, 90, Which.ALL, signs=False))
        for word in (*change.before.split(), *change.after.split()):
            assert word.strip("[];,") in one
            assert word.strip("[];,") in two


def test_a_moment_is_typed_or_picked():
    """With the entry that it means shown before one goes there."""
    desk = desk_with_meetings()

    async def scenario(pilot, floor):
        await press(pilot, "t", *"3")
        assert isinstance(pilot.app.screen, MomentDialog)
        told = words(pilot.app.screen.query_one("#line-says", Panel).lines[0])
        assert "entry 3" in told
        await press(pilot, "enter")
        assert floor.past == 3
        await press(pilot, "t", *"#2", "enter")
        assert floor.past == MomentDialog(desk).places[1].at
        await press(pilot, "t", "enter")
        assert floor.past is None
        await press(pilot, "t", *"tomorrow", "enter")
        assert isinstance(pilot.app.screen, MomentDialog)
        await press(pilot, "escape")
        assert pilot.app.screen is floor

    drive(desk, scenario)


def test_the_header_says_plainly_that_it_is_the_past(tmp_path):
    """A whole line of another colour, a word, and the entry."""
    desk = desk_of(str(tmp_path / "a.db"))

    async def scenario(pilot, floor):
        await press(pilot, "comma")
        header = floor.query_one("#header", Panel)
        assert header.has_class("-replay")
        assert f"REPLAY entry {floor.past}/{desk.timeline.head} · acts off" in panel(
            floor, "header"
        )
        assert "every harbour" not in text_shown(floor)

    drive(desk, scenario)
    desk.close()
    Desk.open(tmp_path / "a.db").close()


def test_the_cursor_is_gone_in_another_moment_of_its_clause():
    """Words that were not there cannot be selected."""

    async def scenario(pilot, floor):
        await press(pilot, "n", "right")
        assert floor.query_one(TextPane).selected is not None
        await press(pilot, "comma")
        assert floor.query_one(TextPane).selected is None

    drive(desk_of(), scenario)
