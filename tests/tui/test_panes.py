"""The panes of the floor: all on the screen, none over another, at every size."""

import itertools

import pytest

from negotiation_tui.widgets.text import TextPane
from tests.tui.room import desk_of, drive, press

PANES = ("header", "list", "text", "side", "timeline", "says", "hints")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40), (200, 50)], ids=str)
def test_every_pane_is_on_the_screen_and_none_over_another(size: tuple[int, int]):
    """At 40×10, 80×24, 120×40 and 200×50 cells."""

    async def scenario(pilot, floor):
        await press(pilot, "j")
        shown = [floor.query_one(f"#{name}") for name in PANES]
        shown = [one for one in shown if one.display]
        for one in shown:
            assert one.region.area > 0, one
            assert floor.region.contains_region(one.region), (one, one.region)
        for one, other in itertools.combinations(shown, 2):
            assert not one.region.intersection(other.region).area, (one, other)
        pane = floor.query_one(TextPane)
        drawn = [pane.render_line(y).text for y in range(pane.size.height)]
        assert any("gauges" in row for row in drawn)

    drive(desk_of(), scenario, size)
