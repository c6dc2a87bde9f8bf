"""A store of several rooms: one is chosen before the floor opens, and none is opened unasked."""

from __future__ import annotations

import asyncio

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.rooms import called_in
from negotiation_tui.app import ChairApp
from negotiation_tui.screens.floor import Floor
from negotiation_tui.screens.which_room import WhichRoom
from negotiation_tui.widgets.inked import Panel
from tests.tui.room import desk_of


@pytest.fixture
def store(tmp_path):
    """A text, and eleven rooms more; the third one is with another body."""
    store = str(tmp_path / "rooms.db")
    desk_of(store).close()
    for number in range(11):
        desk = Desk.begin(store, another=True)
        desk.act(do.OpenNegotiation(f"DL/{number + 20}", "COM5", "itu", f"A fund, part {number}"))
        if number == 1:
            desk.act(do.ReferText("Committee 4"))
        desk.close()
    return store


def choose(store, *keys, size=(80, 24)):
    """What the screen shows first, and the app after these keys."""
    seen = []

    async def session():
        app = ChairApp(
            lambda one: Desk.open(store, one), called="rooms.db", rooms=lambda: called_in(store)
        )
        async with app.run_test(size=size) as pilot:
            for _ in range(40):
                await pilot.pause(0.05)
                if isinstance(app.screen, WhichRoom):
                    break
            assert isinstance(app.screen, WhichRoom)
            await pilot.pause()
            seen.append(rows(app.screen))
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            if isinstance(app.screen, WhichRoom):
                seen.append(rows(app.screen))
            seen.append(app.screen)
        if app.desk is not None:
            app.desk.close()
        return app

    return asyncio.run(session()), seen


def rows(screen):
    """What is written on each row."""
    panels = [screen.query_one(f"#{one}", Panel) for one in ("header", "rooms", "hints")]
    return ["".join(words for words, _ in line) for panel in panels for line in panel.lines]


def test_the_rooms_are_listed_with_who_has_them(store):
    """Every one of twelve on eighty columns; none is opened yet."""
    app, (first, *_) = choose(store)
    assert "rooms.db holds 12 rooms: which one?" in first[0]
    assert len(first) == 14
    assert all(len(row) <= 80 for row in first)
    assert "DL/21" in first[3]
    assert "before Committee 4" in first[3]
    assert app.desk is None


@pytest.mark.parametrize(
    ("keys", "symbol"),
    [
        (("3",), "DL/21"),
        (("down", "down", "up", "enter"), "DL/20"),
        (("end", "enter"), "DL/30"),
        (("end", "down", "home", "down", "down", "enter"), "DL/21"),
    ],
)
def test_the_one_that_is_chosen_is_opened(store, keys, symbol):
    """By its number, or by the keys that walk."""
    app, seen = choose(store, *keys)
    assert isinstance(seen[-1], Floor)
    assert app.desk is not None
    assert app.desk.timeline.negotiation(app.desk.timeline.head).symbol == symbol


def test_leaving_opens_none(store):
    """And is no fault."""
    app, _ = choose(store, "q")
    assert app.desk is None
    assert app.answer is None


def test_few_rows_show_the_one_at_hand(store):
    """The list moves along."""
    _, (_, last, _) = choose(store, "end", size=(60, 8))
    assert len(last) == 7
    assert "DL/30" in last[-2]
