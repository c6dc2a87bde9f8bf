"""What a key sends to the terminal: one frame, and in it nothing that stood there before.

Counted in frames and stretches of rows, never in time.
"""

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.events import Resize
from textual.geometry import Region, Size
from textual.strip import Strip

from negotiation.cli.sample import make_sample
from negotiation_tui.sent import Sent
from tests.tui.room import at_once, drive, strips_shown
from tests.tui.terminal import Terminal, looks, watched

TEXTS = Path(__file__).resolve().parents[2] / "fixtures" / "texts"
NOON = dt.datetime(2026, 3, 12, 11, 30, tzinfo=dt.UTC)
SIZES = [(80, 24), (120, 40), (200, 50)]

# One after the other, from the first clause, live.
WALK = (
    "j j k n n p right right left shift+right v escape m G apostrophe g pagedown pageup "
    "comma comma full_stop less_than_sign greater_than_sign 0 e comma escape s s 2 2 F F y"
).split()


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return make_sample(None, TEXTS, NOON)


@pytest.mark.parametrize("size", SIZES)
def test_a_key_is_one_frame_and_every_row_in_it_is_another(size, desk, monkeypatch):
    """Walking and stepping in time; the terminal then shows the whole screen as it should be."""
    terminal = watched(monkeypatch)

    async def scenario(pilot, floor):
        await pilot.pause()
        assert terminal.shows(floor)
        for key in WALK:
            before = list(terminal.rows)
            terminal.frames.clear()
            await at_once(pilot, key)
            assert len(terminal.frames) == 1, key
            for y, first, last in terminal.frames[0]:
                was, now = (row.crop(first, last) for row in (before[y], terminal.rows[y]))
                assert looks(was) != looks(now), f"{key}: row {y} was sent once more"
            assert terminal.shows(floor), key

    drive(desk, scenario, size)


def test_a_key_that_changes_nothing_sends_nothing(desk, monkeypatch):
    """Such as a second copy of the same words, or a key of no meaning."""
    terminal = watched(monkeypatch)

    async def scenario(pilot, floor):
        await at_once(pilot, "y")
        terminal.frames.clear()
        await at_once(pilot, "y")
        await at_once(pilot, "f12")
        assert terminal.frames == []

    drive(desk, scenario)


@pytest.mark.parametrize("step", ["comma", "full_stop"])
def test_a_step_in_time_sends_few_rows(step, desk, monkeypatch):
    """The rows of what changed, the header, the timeline, and what is said."""
    terminal = watched(monkeypatch)

    async def scenario(pilot, floor):
        await at_once(pilot, "comma")
        await at_once(pilot, "comma")
        before = [looks(row) for row in strips_shown(floor)]
        terminal.frames.clear()
        await at_once(pilot, step)
        after = [looks(row) for row in strips_shown(floor)]
        changed = {y for y, row in enumerate(after) if row != before[y]}
        assert {y for y, _, _ in terminal.frames[0]} == changed
        assert len(changed) < len(after) // 2

    drive(desk, scenario)


@pytest.mark.parametrize("opens", ["question_mark", "i", "colon", "equals_sign", "ctrl+p", "3"])
def test_dialogs_and_windows_leave_nothing_behind(opens, desk, monkeypatch):
    """Opened, typed into, closed, in one size of the window and another."""
    terminal = watched(monkeypatch)

    async def scenario(pilot, floor):
        for size in ((120, 40), (80, 24), (160, 30)):
            await pilot.resize_terminal(*size)
            await at_once(pilot, opens)
            await pilot.pause()
            assert terminal.shows(pilot.app.screen)
            await at_once(pilot, *"a 1")
            await pilot.pause()
            assert terminal.shows(pilot.app.screen)
            await at_once(pilot, "escape")
            await pilot.pause()
            assert terminal.shows(floor)

    drive(desk, scenario)


@pytest.mark.parametrize("opens", ["i", "question_mark", "colon", "slash", "ctrl+p", "t", "3"])
def test_a_dialog_opens_while_the_window_changes(opens, desk, monkeypatch):
    """The floor below it has its former size for a moment, and has the new one afterwards."""
    terminal = watched(monkeypatch)

    async def scenario(pilot, floor):
        for width, height in ((160, 30), (80, 24), (120, 40)):
            size = Size(width, height)
            pilot.app._driver._size = size
            pilot.app.post_message(Resize(size, size))
            await at_once(pilot, opens)
            await pilot.pause()
            assert [row.cell_length for row in terminal.rows] == [width] * height
            await at_once(pilot, "escape")
            await pilot.pause()
            assert terminal.shows(floor)
            assert floor.size == size

    drive(desk, scenario)


# -- what is held back, by itself -----------------------------------------------------------------

WIDTH, HEIGHT = 6, 3


@st.composite
def frames(draw):
    """Frames of a small screen: whole ones, and stretches of rows cut anywhere."""
    rows = [
        Strip([Segment(draw(st.text("ab", min_size=WIDTH, max_size=WIDTH)))]) for _ in range(HEIGHT)
    ]
    inner = [draw(st.lists(st.integers(1, WIDTH - 1), unique=True, max_size=2)) for _ in rows]
    cuts = [[0, *sorted(one), WIDTH] for one in inner]
    chops = [
        {low: row.crop(low, high) for low, high in pairwise(at)}
        for row, at in zip(rows, cuts, strict=True)
    ]
    if draw(st.integers(0, 4)) == 0:
        return LayoutUpdate([chop.values() for chop in chops], Region(0, 0, WIDTH, HEIGHT))
    numbers = draw(st.lists(st.integers(0, HEIGHT - 1), unique=True, min_size=1))
    spans = [(y, *sorted(draw(st.tuples(EDGE, EDGE).filter(apart)))) for y in sorted(numbers)]
    return ChopsUpdate(chops, spans, [at[1:] for at in cuts])


EDGE = st.integers(0, WIDTH)


def apart(edges):
    return edges[0] != edges[1]


@given(st.lists(frames(), max_size=8))
def test_what_is_held_back_stood_there(updates):
    """A terminal that gets less shows the same."""
    blank = [Strip.blank(WIDTH) for _ in range(HEIGHT)]
    whole, spared, sent = Terminal(list(blank)), Terminal(list(blank)), Sent()
    for update in updates:
        whole.take(update)
        left = sent.unsent(update)
        if left is not None:
            spared.take(left)
        assert [looks(row) for row in spared.rows] == [looks(row) for row in whole.rows]


def test_cells_that_nobody_drew_end_nothing():
    """Such as those of a window that grows; the rest of the frame is sent."""
    rows: list[Any] = [[Strip([Segment("abc")]), None], [None]]
    update = Sent().unsent(LayoutUpdate(rows, Region(0, 0, WIDTH, 2)))
    assert isinstance(update, LayoutUpdate)
    assert [[one.text for one in row] for row in update.strips] == [["abc"], []]
