"""The line at the bottom: where the knob may come to rest."""

import itertools

import pytest
from hypothesis import given as draw
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation_tui.screens.floor import Floor
from negotiation_tui.units import Unit, nearest, stops
from negotiation_tui.widgets.timeline import TimelineBar
from tests.tui.room import drive
from tests.tui.test_time import desk_with_meetings

PAGE = b"""# A page

1. that gauges be read daily;
2. that each port keep its readings;
3. that readings be open to all;
"""


def desk_of_a_page() -> Desk:
    """A record that begins with one act of many entries."""
    ids = itertools.count(1)
    desk = Desk.begin(None, ids=lambda: f"id{next(ids)}")
    desk.receive(PAGE, "page.md")
    return desk


@draw(st.integers(-3, 60), st.sampled_from(Unit))
def test_the_nearest_stop_is_a_stop_and_none_is_nearer(entry, unit):
    """Against a look at all of them."""
    timeline = desk_with_meetings().timeline
    found = nearest(timeline, entry, unit)
    assert found in stops(timeline, unit)
    assert abs(found - entry) == min(abs(one - entry) for one in stops(timeline, unit))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_the_knob_does_not_rest_inside_the_act_that_received_the_page(size):
    """Dragged to the very left, the text is that of the whole page."""
    desk = desk_of_a_page()
    first = stops(desk.timeline, Unit.ACT)[0]
    assert first > 2

    async def scenario(pilot, floor: Floor):
        await pilot.mouse_down(TimelineBar, offset=(1, 0))
        await pilot.mouse_up(TimelineBar, offset=(1, 0))
        await pilot.pause()
        assert (floor.past or desk.timeline.head) == first

    drive(desk, scenario, size)
