"""What an observer sees on the room's screen and on the chair's holds nothing secret."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from negotiation.desk import Desk
from negotiation_tui.keys import KEYS
from negotiation_tui.room_app import RoomApp
from negotiation_tui.screens.floor import Floor
from tests.cli.a_secretive_room import FIJI, NAME, OBSERVER, PRIVATE, fill, found
from tests.tui.room import at_once, drive, rows_shown

LEAVING = ("ctrl+c", "ctrl+q", "q")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "negotiation.db"
    fill(path)
    return path


@pytest.fixture
def desk(store: Path, monkeypatch: pytest.MonkeyPatch):
    """An observer's desk."""
    monkeypatch.setenv("NEGOTIATION_TOKEN", OBSERVER)
    desk = Desk.open(store)
    yield desk
    desk.close()


def test_the_room_shows_nothing_secret_at_any_moment(desk: Desk, store: Path, monkeypatch) -> None:
    """Whatever the chair has it show, act by act."""
    monkeypatch.delenv("NEGOTIATION_TOKEN")
    chair = Desk.open(store)
    seen: list[str] = []

    async def session() -> None:
        app = RoomApp(desk)
        async with app.run_test(size=(120, 50)) as pilot:
            await pilot.pause()
            for at in range(40, chair.timeline.head + 1):
                clause = chair.timeline.entries[at - 1].clause
                chair.keep("shown", {"clause": clause, "point": "", "at": at, "frozen": False})
                app.room.draw()
                await pilot.pause(0)
                seen.extend(rows_shown(app.screen))

    asyncio.run(session())
    chair.close()
    assert any("P1" in row for row in seen)
    assert found("\n".join(seen).encode(), NAME, PRIVATE) == []


def test_the_chair_s_screen_shows_an_observer_nothing_secret(desk: Desk) -> None:
    """Every clause, every point, and whatever a key opens."""
    seen: list[str] = []

    async def look(pilot, floor: Floor) -> None:
        for _ in range(14):
            await at_once(pilot, "j")
            seen.extend(rows_shown(pilot.app.screen))
        for key in [one.keys.split(",")[0] for one in KEYS if one.keys]:
            if key not in LEAVING:
                await at_once(pilot, key)
                seen.extend(rows_shown(pilot.app.screen))
                await at_once(pilot, "escape", "escape")
        for _ in range(12):
            await at_once(pilot, "comma")
            seen.extend(rows_shown(pilot.app.screen))

    drive(desk, look, (160, 60))
    assert any("Party 1" in row for row in seen)
    assert found("\n".join(seen).encode(), NAME, PRIVATE) == []


def test_a_delegation_s_screen_shows_nothing_private_of_another(store, monkeypatch) -> None:
    monkeypatch.setenv("NEGOTIATION_TOKEN", FIJI)
    desk = Desk.open(store)
    seen: list[str] = []

    async def look(pilot, floor: Floor) -> None:
        for _ in range(14):
            await at_once(pilot, "j")
            seen.extend(rows_shown(pilot.app.screen))

    drive(desk, look, (160, 60))
    desk.close()
    assert found("\n".join(seen).encode(), NAME)
    assert found("\n".join(seen).encode(), PRIVATE) == []
