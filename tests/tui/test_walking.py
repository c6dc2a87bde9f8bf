"""The keys that walk: words, marks, references, filters, find, and who has the floor."""

import pytest

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity
from negotiation_tui import filtering
from negotiation_tui.filtering import ALL, Only, filtered
from negotiation_tui.finding import hits
from negotiation_tui.has_floor import NOBODY, HasFloor, read
from negotiation_tui.page import page_of
from negotiation_tui.widgets.text import TextPane
from tests.tui.room import desk_of, drive, panel, press, text_shown


def selected(floor):
    """The words under the cursor."""
    one = floor.query_one(TextPane).selected
    return None if one is None else one.words


def test_the_arrows_walk_over_words_and_v_selects_what_they_pass():
    """Esc drops the selection before it leaves the past."""

    async def scenario(pilot, floor):
        await press(pilot, "j", "right")
        assert selected(floor) == "that"
        await press(pilot, "right", "v", "right", "right")
        assert selected(floor) == "gauges [shall] be"
        await press(pilot, "left")
        assert selected(floor) == "gauges [shall"
        await press(pilot, "escape")
        assert selected(floor) is None
        assert "LIVE" in panel(floor, "header")
        await press(pilot, "left", "shift+left")
        assert selected(floor) == "read daily"

    drive(desk_of(), scenario)


def test_the_cursor_starts_at_the_open_point_and_leaves_with_its_clause():
    """Another clause at hand has no cursor yet."""

    async def scenario(pilot, floor):
        await press(pilot, "n", "n", "right")
        assert selected(floor) == "open"
        await press(pilot, "k")
        assert selected(floor) is None

    drive(desk_of(), scenario)


def test_words_are_selected_with_the_mouse():
    """A click takes the clause, a drag its words."""

    async def scenario(pilot, floor):
        await press(pilot, "j")
        pane = floor.query_one(TextPane)
        row = next(y for y in range(pane.size.height) if "gauges" in pane.render_line(y).text)
        x = pane.render_line(row).text.index("gauges")
        await pilot.mouse_down(TextPane, offset=(x + 1, row))
        await pilot.hover(TextPane, offset=(x + 8, row))
        await pilot.mouse_up(TextPane, offset=(x + 8, row))
        await pilot.pause()
        assert selected(floor) == "gauges [shall"
        below = next(y for y in range(pane.size.height) if "each port" in pane.render_line(y).text)
        await pilot.click(TextPane, offset=(12, below))
        await pilot.pause()
        assert floor.clause == "two"

    drive(desk_of(), scenario)


def test_marks_are_ones_own_and_go_round():
    """`m` sets and takes away, `'` walks."""

    async def scenario(pilot, floor):
        await press(pilot, "apostrophe")
        assert "Nothing is marked" in panel(floor, "says")
        await press(pilot, "j", "m", "G", "m", "apostrophe")
        assert floor.clause == "one"
        await press(pilot, "apostrophe")
        assert floor.clause == "four"
        await press(pilot, "m", "apostrophe")
        assert floor.marks == ("one",)
        assert floor.clause == "one"

    drive(desk_of(), scenario)


def test_a_reference_is_followed_and_backspace_comes_back():
    """To the paragraph that is named."""
    desk = desk_of()
    desk.act(
        do.ReviseText(
            "four", (do.Rewording(" as in paragraph 1", do.WordsAt("register"), do.Where.AFTER),)
        )
    )

    async def scenario(pilot, floor):
        await press(pilot, "G", "tab")
        assert floor.clause == "one"
        assert "paragraph 1" in panel(floor, "says")
        await press(pilot, "tab")
        assert "No reference" in panel(floor, "says")
        await press(pilot, "backspace")
        assert floor.clause == "four"
        await press(pilot, "backspace")
        assert "no jump" in panel(floor, "says")

    drive(desk, scenario)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("open", {"head", "two", "three"}),
        ("MUS", {"head", "two", "three"}),
        ("held by Mauritius", {"head", "two", "three"}),
        ("since now~1", {"head", "two"}),
        ("new", {"head", "one", "four"}),
    ],
)
def test_a_filter_leaves_what_it_names_and_the_headings_above(said, kept):
    """And nothing else."""
    desk = desk_of()
    page = page_of(desk.timeline, desk.timeline.head)
    only = filtering.said(said, desk)
    assert set(filtered(page, only, desk).places) == kept


def test_a_filter_is_seen_and_taken_back():
    """The header names it, the text shows it, an empty line ends it."""

    async def scenario(pilot, floor):
        await press(pilot, "f", *"open", "enter")
        assert "only open" in panel(floor, "header")
        assert "that gauges" not in text_shown(floor)
        await press(pilot, "g", "j", "j")
        assert floor.clause == "three"
        await press(pilot, "f", "enter")
        assert floor.only is ALL
        assert "that gauges" in text_shown(floor)
        await press(pilot, "f", *"nowhere")
        await press(pilot, "enter")
        assert pilot.app.screen is not floor
        await press(pilot, "escape")
        assert pilot.app.screen is floor

    drive(desk_of(), scenario)


def test_a_filter_that_leaves_nothing_is_not_taken():
    """A sentence says so."""
    desk = desk_of()
    desk.act(do.JoinParty("FJI", "Fiji"))

    async def scenario(pilot, floor):
        await press(pilot, "f", *"FJI", "enter")
        assert floor.only is ALL
        assert "No clause is held by FJI" in panel(floor, "says")

    drive(desk, scenario)


@pytest.mark.parametrize(
    ("said", "clause", "point"),
    [
        ("3", "three", ""),
        ("MUS/4/2", "two", "mod"),
        ("Mauritius", "two", "mod"),
        ("resolves/2", "two", ""),
        ("register", "four", ""),
    ],
)
def test_find_knows_labels_symbols_parties_and_words(said, clause, point):
    """The surest meaning first."""
    desk = desk_of()
    first = hits(page_of(desk.timeline, desk.timeline.head), said, struck=False)[0]
    assert (first.clause, first.point) == (clause, point)


def test_the_floor_is_given_once_and_acts_are_theirs():
    """The header names the speaker; flags wait behind; Enter alone takes the next one."""
    desk = desk_of()
    desk.act(do.JoinParty("USA", "United States"))

    async def scenario(pilot, floor):
        await press(pilot, "w", *"MUS USA", "enter")
        assert "floor: Mauritius, then USA" in panel(floor, "header")
        await press(pilot, "w", "enter")
        assert floor.has_floor == HasFloor("USA")
        await press(pilot, "w", *"-", "enter")
        assert floor.has_floor == NOBODY

    drive(desk, scenario)


def test_flags_are_a_short_queue():
    """Nobody waits twice, and whoever speaks does not wait."""
    floor = NOBODY.given(("B", "USA", "CUB")).given(("USA", "B", "B"))
    assert floor == HasFloor("USA", ("CUB", "B"))
    assert floor.next().next().next() == NOBODY
    assert read(floor.kept()) == floor
    assert read({"speaker": 3, "waiting": "x"}) == NOBODY
    assert NOBODY.told(Negotiation("n")) == ""


def test_it_stands_where_it_stood(tmp_path):
    """Clause, point, marks and speaker outlive the screen; the record knows nothing of them."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)
    head = desk.timeline.head

    async def first(pilot, floor):
        await press(pilot, "n", "n", "m", "w", *"MUS", "enter")

    async def second(pilot, floor):
        assert (floor.clause, floor.point) == ("three", "point")
        assert floor.marks == ("three",)
        assert floor.has_floor.speaker == "MUS"

    drive(desk, first)
    desk.close()
    again = Desk.open(store)
    drive(again, second)
    assert again.timeline.head == head
    again.close()


def test_what_is_confidential_is_behind_a_key():
    """Positions and remarks: neither beside the text nor as the last act, until `2`."""
    desk = desk_of()
    desk.act(do.MakeRemark("one", "ask Fiji over coffee"))

    async def scenario(pilot, floor):
        await press(pilot, "j")
        everything = panel(floor, "side") + panel(floor, "says")
        assert "coffee" not in everything
        await press(pilot, "2")
        assert "CONFIDENTIAL" in panel(floor, "header")
        assert "coffee" in panel(floor, "side")
        await press(pilot, "2")
        assert "coffee" not in panel(floor, "side") + panel(floor, "says")

    drive(desk, scenario)


def test_another_hand_is_seen_at_once_and_named(tmp_path):
    """A second desk on the same store; the screen looks by itself."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)
    other = Desk.open(store)
    hand = Hand("MUS", "secretariat", "MUS", Capacity.DELEGATION)

    async def scenario(pilot, floor):
        other.act(do.PlaceBracket("late", "one", do.WordsAt("daily"), holders=("MUS",)), hand)
        for _ in range(40):
            await pilot.pause(0.05)
            if "[daily]" in text_shown(floor):
                break
        assert "[daily]" in text_shown(floor)
        assert "MUS wrote 1 entry" in panel(floor, "says")

    drive(desk, scenario)
    other.close()
    desk.close()


def test_only_is_told_in_words():
    """Every filter has its name."""
    assert [one.told for one in (Only("open"), Only("held", "B"), Only("undiscussed"))] == [
        "open",
        "held by B",
        "not yet discussed",
    ]
