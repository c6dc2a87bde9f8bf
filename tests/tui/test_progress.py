"""The chart of what is open, and the screen that shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.screen import Screen

from negotiation.desk import Hand
from negotiation.domain import commands as do
from negotiation.views.progress import Progress, progress
from negotiation_tui.draw import width_of
from negotiation_tui.page import Pages
from negotiation_tui.screens.progress import ProgressScreen, progress_lines
from negotiation_tui.settings import Settings
from negotiation_tui.widgets.burn_down import Measure, burn_down_lines
from negotiation_tui.widgets.inked import Panel
from tests.tui.bare import line_of, rows, try_out
from tests.tui.room import desk_of


@st.composite
def courses(draw: st.DrawFn) -> Progress:
    """Any numbers over any acts."""
    counted = draw(st.lists(st.integers(0, 800), min_size=2, max_size=60))
    head = len(counted) - 1
    ends = {head, *draw(st.lists(st.integers(1, head), max_size=20))}
    return Progress(tuple(counted), tuple(reversed(counted)), tuple(sorted(ends)))


@given(courses(), st.data(), st.sampled_from(Measure), st.booleans())
def test_a_chart_fills_its_place_and_says_its_numbers(course, data, measure, ascii):
    """Any size; in plain letters nothing else is used."""
    at = data.draw(st.integers(0, len(course.open_points) - 1))
    width, height = data.draw(st.integers(1, 90)), data.draw(st.integers(1, 12))
    lines = burn_down_lines(course, at, width, height, measure, ascii=ascii)
    assert len(lines) == height
    assert all(width_of(line) == width for line in lines[:-1])
    assert width_of(lines[-1]) <= width
    if ascii:
        assert all(line_of(line).isascii() for line in lines)


def test_what_came_later_is_drawn_otherwise_and_never_hidden():
    """Before now blocks, after it ░, and between them the column of now."""
    course = Progress((0, 8, 4, 2, 1), (0, 0, 0, 0, 0), (1, 2, 3, 4))
    drawn = [line_of(line) for line in burn_down_lines(course, 2, 4, 2)]
    assert drawn[0] == "█▄░░"
    assert drawn[1] == "8 → "
    told = line_of(burn_down_lines(course, 2, 60, 2)[-1])
    assert told == "8 at start → 4 now → 1 at the end · open points"
    narrow = line_of(burn_down_lines(course, 2, 30, 2)[-1])
    assert narrow == "8 → 4 → 1 · open points"
    live = [line_of(line) for line in burn_down_lines(course, 4, 40, 2)]
    assert "░" not in live[0]
    assert live[1] == "8 at start → 1 now · open points"
    plain = [line_of(line) for line in burn_down_lines(course, 2, 60, 2, ascii=True)]
    assert set(plain[0]) == {"#", "=", ":"}
    assert plain[1] == "8 at start -> 4 now -> 1 at the end, open points"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (30, 8)])
def test_the_screen_fits_the_window(size):
    """Every usual size, and a small one."""
    timeline = desk_of().timeline
    width, height = size
    for at in (0, timeline.head // 2, timeline.head):
        lines = progress_lines(timeline, Pages(timeline).page(at), width, height)
        assert len(lines) == height
        assert all(width_of(line) <= width for line in lines)


def test_it_shows_charts_parties_blocks_and_what_is_open_the_longest():
    """Of the moment, with the words and who holds them."""
    desk = desk_of()
    before = desk.timeline.head
    desk.act(do.ResolveOpenPoint("point", (do.Choose(1),)), Hand("chair"))
    timeline = desk.timeline
    course = progress(timeline)

    def said(at: int) -> str:
        page = Pages(timeline).page(at)
        return "\n".join(line_of(line) for line in progress_lines(timeline, page, 120, 40))

    told = said(before)
    assert f"{course.open_points[before]} now → {course.open_points[-1]} at the end" in told
    assert "Mauritius" in told
    assert "resolves" in told
    assert "held by Mauritius" in told
    assert "held by Mauritius" not in said(timeline.head)
    assert course.open_points[-1] < course.open_points[before]


def test_esc_3_and_q_close_it():
    """And nothing was recorded."""
    desk = desk_of()
    head = desk.timeline.head

    async def scenario(pilot, app):
        ground = app.screen
        for key in ("escape", "3", "q"):
            app.push_screen(ProgressScreen(desk, Pages(desk.timeline), head))
            await pilot.pause()
            shown = rows(app.screen.query_one("#progress", Panel))
            assert shown[0].startswith(" Progress")
            assert len(shown) == 24
            await pilot.press(key)
            await pilot.pause()
            assert app.screen is ground
        assert desk.timeline.head == head

    try_out(Screen(), scenario)


def test_it_is_in_plain_letters_where_its_person_wants_them():
    """By one's settings, with nothing passed on."""
    desk = desk_of()

    async def scenario(pilot, app):
        app.push_screen(ProgressScreen(desk, Pages(desk.timeline), desk.timeline.head))
        await pilot.pause()
        charts = rows(app.screen.query_one("#progress", Panel))[1:8]
        assert any("#" in row for row in charts)
        assert all(row.isascii() for row in charts)

    try_out(Screen(), scenario, wanted=Settings(ascii=True))


def test_a_long_record_is_counted_while_keys_still_work(monkeypatch):
    """It says that it counts, and Esc leaves at once; left alone it draws what it counted."""
    desk = desk_of()
    counted: list[bool] = []
    monkeypatch.setattr("negotiation_tui.screens.progress.count_on", lambda _: bool(counted))

    async def scenario(pilot, app):
        ground = app.screen
        head = desk.timeline.head
        app.push_screen(ProgressScreen(desk, Pages(desk.timeline), head))
        await pilot.pause()
        told = rows(app.screen.query_one("#progress", Panel))
        assert told == [f" Progress · {head} entries are being counted …"]
        counted.append(True)
        await pilot.pause(0.2)
        assert len(rows(app.screen.query_one("#progress", Panel))) == 24
        await pilot.press("escape")
        counted.clear()
        app.push_screen(ProgressScreen(desk, Pages(desk.timeline), head))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen is ground

    try_out(Screen(), scenario)
