"""The story of words and of clauses: all that happened to them, the undone things too."""

import attrs
import pytest

from negotiation.domain import commands as do
from negotiation.domain.people import Visibility
from negotiation.views.at_that_time import Timeline
from negotiation_tui.chapters import story_of
from negotiation_tui.screens.story import StoryScreen
from negotiation_tui.widgets.inked import Panel
from tests.tui.bare import line_of
from tests.tui.room import desk_of, drive, panel, press


def last(desk):
    """The number of the last entry, and its act."""
    return desk.timeline.head, desk.timeline.entries[-1].act.id


def told(desk, clause, word, at=None):
    """The chapters of a word by entry."""
    at = desk.timeline.head if at is None else at
    state = desk.timeline.clause(clause, at)
    assert state is not None
    chapters = story_of(desk.timeline, clause, at, state.passage.words.index(word))[1]
    return {one.entry: one.told for one in chapters}


def shown(screen):
    """The rows of the story."""
    return [line_of(line) for line in screen.query_one("#story", Panel).lines]


def test_an_act_that_was_undone_is_told_with_who_undid_it():
    """Though it left no mark on the words; a redo brings it back, and a moment knows no later."""
    desk = desk_of()
    desk.act(do.ReviseText("one", (do.Rewording("often read", do.WordsAt("read")),)))
    made, act = last(desk)
    desk.act(do.ReverseAct(act))
    undone, undoing = last(desk)
    story = told(desk, "one", "read")
    assert story[made].endswith(f"– undone by entry {undone}")
    assert f"undoes revise text on resolves/1 (entry {made})" in story[undone]
    assert made not in told(desk, "one", "gauges")
    desk.act(do.ReverseAct(undoing))
    redone, redoing = last(desk)
    story = told(desk, "one", "often")
    assert f"undone by entry {undone}, brought back by entry {redone}" in story[made]
    assert "undone" not in told(desk, "one", "often", made)[made]
    desk.act(do.ReverseAct(redoing))
    _, act = last(desk)
    assert told(desk, "one", "read")[made].endswith(f"– undone by entry {undone}")
    desk.act(do.ReverseAct(act))
    assert f"brought back by entry {redone}" in told(desk, "one", "often")[made]


def test_brackets_and_supports_on_the_words_are_told():
    """And what became of them; those on other words are not."""
    desk = desk_of()
    desk.act(do.JoinParty("B", "Brazil"))
    desk.act(do.SupportProposal("mod", "B"))
    supported, act = last(desk)
    desk.act(do.PlaceBracket("new", "two", do.WordsAt("every harbour"), holders=("B",)))
    placed, _ = last(desk)
    desk.act(do.PlaceBracket("other", "two", do.WordsAt("readings")))
    other, _ = last(desk)
    desk.act(do.LiftBracket("new"))
    lifted, _ = last(desk)
    story = told(desk, "two", "every")
    assert "B supports MUS/4/2" in story[supported]
    assert "places a bracket" in story[placed]
    assert "lifts" in story[lifted]
    assert other not in story
    desk.act(do.ReverseAct(act))
    undone, _ = last(desk)
    assert told(desk, "two", "every")[supported].endswith(f"– undone by entry {undone}")


@pytest.mark.parametrize("word", ["that", "each", "every", "keep"])
def test_every_chapter_is_in_order_and_once(word):
    """The base first, then entry after entry; words put in later begin with who put them in."""
    desk = desk_of()
    desk.act(do.PlaceBracket("all", "two"))
    desk.act(do.RetainProposal("mod"))
    head = desk.timeline.head
    state = desk.timeline.clause("two", head)
    assert state is not None
    _, chapters = story_of(desk.timeline, "two", head, state.passage.words.index(word))
    numbers = [one.entry for one in chapters]
    assert numbers == sorted(numbers)
    first = 17 if word == "every" else 0
    assert numbers[0] == first
    assert head - 1 in numbers, "the bracket around the clause"


def test_a_clause_tells_what_was_undone():
    """In its list of entries, too."""
    desk = desk_of()
    desk.act(do.PlaceBracket("new", "four", do.WordsAt("register")))
    made, act = last(desk)
    desk.act(do.ReverseAct(act))
    screen = StoryScreen(desk.timeline, "four", desk.timeline.head, None, called="4")
    chapters = {one.entry: one.told for one in screen.chapters}
    assert chapters[made].endswith(f"– undone by entry {desk.timeline.head}")


def test_it_says_where_it_stops_and_m_tells_more():
    """Two hundred entries at first; the row is gone when all is told."""
    desk = desk_of()
    for number in range(120):
        desk.act(do.PlaceBracket(f"b{number}", "four", do.WordsAt("register"), reason="again"))
        desk.act(do.LiftBracket(f"b{number}"))

    async def scenario(pilot, floor):
        await press(pilot, "G", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, StoryScreen)
        assert "The latest 200 of 241 entries; m tells more." in shown(screen)
        await press(pilot, "m")
        assert len(screen.chapters) == 241
        assert not any("tells more" in row for row in shown(screen))
        await press(pilot, "m", *["pagedown"] * 31)
        assert any("tables item 4" in row for row in shown(screen))

    drive(desk, scenario)


def test_enter_on_a_chapter_goes_to_its_entry():
    """Of a word, down to the second; what has no entry goes nowhere."""
    desk = desk_of()
    desk.act(do.PlaceBracket("new", "four", do.WordsAt("register")))
    made, _ = last(desk)
    desk.act(do.LiftBracket("new"))
    desk.act(do.ReviseText("one", (do.Rewording("often read", do.WordsAt("read")),)))

    async def scenario(pilot, floor):
        floor.go("four")
        await press(pilot, *["right"] * 3, "enter")
        screen = pilot.app.screen
        assert "Who wrote “register” of “that the register be kept by hand;”" in shown(screen)[0]
        assert [one.entry for one in screen.chapters] == [0, 11, made, made + 1]
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        await press(pilot, "down", "down", "enter")
        assert pilot.app.screen is floor
        assert floor.past == made
        assert f"REPLAY entry {made}/" in panel(floor, "header")

    drive(desk, scenario)


def test_a_hidden_entry_is_told_only_when_asked_for():
    """A bracket that the record keeps from the room."""
    desk = desk_of()
    desk.act(do.PlaceBracket("new", "four", do.WordsAt("register")))
    *before, last_one = desk.timeline.entries
    hidden = attrs.evolve(last_one, visibility=Visibility.CHAIR)
    timeline = Timeline(desk.timeline.id, [*before, hidden])
    state = timeline.clause("four", timeline.head)
    assert state is not None
    offset = state.passage.words.index("register")
    for private in (False, True):
        story = story_of(timeline, "four", timeline.head, offset, private=private)[1]
        assert (timeline.head in [one.entry for one in story]) is private
