"""A record full of control and directions, on the chair's screen and on the room's."""

import asyncio
import random
import re

import pytest
from textual.pilot import Pilot

from negotiation.desk import Desk
from negotiation_tui.room_app import RoomApp
from tests.hostile.names import forge
from tests.hostile.sample import copy_sample
from tests.tui.room import drive, press, rows_shown

SIGNS = (
    "\x1b]52;c;aGFybQ==\x07",
    "\x9b31m\x90\x85",
    "\u202e\u2066\u202d",
    "\u2028\u2029\x08\x7f\r",
)
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(params=SIGNS, ids=ascii)
def desk(request, tmp_path):
    """The sample with these signs in every string of it."""
    store = tmp_path / "talks.db"
    copy_sample(store)
    forge(store, request.param, random.Random(1), everywhere=True)
    desk = Desk.open(store)
    yield desk
    desk.close()


def _nothing_acts(pilot: Pilot) -> None:
    shown = "\n".join(rows_shown(pilot.app.screen))
    assert len(shown.split()) > 20
    assert not _ACTS.search(shown.replace("\n", ""))
    assert not _ACTS.search(pilot.app.title + pilot.app.sub_title)


def test_no_view_of_the_chair_lets_them_through(desk):
    """The text, the side, a story, the notes, the intake, the palette."""

    async def look(pilot, floor):
        _nothing_acts(pilot)
        for keys in (("j",), ("n",), ("n", "enter"), ("escape", "comma"), ("period",), ("colon",)):
            await press(pilot, *keys)
            _nothing_acts(pilot)

    drive(desk, look)


def test_nor_does_the_room(desk):
    """What everybody sees on the wall."""

    async def session():
        app = RoomApp(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            _nothing_acts(pilot)

    asyncio.run(session())
