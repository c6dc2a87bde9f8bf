"""The tour: six sentences over a floor that stays as usable as it is without it."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from negotiation_tui import settings
from negotiation_tui.keymap import keymap
from negotiation_tui.keys import KEYS
from negotiation_tui.screens.tour import STEPS, Tour, TourStrip, says
from tests.tui.bare import try_out
from tests.tui.room import desk_of, drive, press

IDS = {row.id for row in KEYS}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Nobody's real settings are read or written."""
    monkeypatch.setenv("NEGOTIATION_SETTINGS", str(tmp_path))


def after(*ids: str, tour: Tour | None = None) -> Tour:
    """The tour after these acts."""
    tour = tour or Tour()
    for id in ids:
        tour = tour.after(id)
    return tour


def test_six_steps_each_of_which_waits_for_keys_that_there_are():
    """A renamed key would leave somebody stuck."""
    assert len(STEPS) == 6
    assert {id for step in STEPS for way in step.ways for id in way} <= IDS
    for place in range(6):
        sentence = says(Tour(place), KEYS)
        assert "{" not in sentence
        assert sentence.endswith(".")
        assert len(sentence) <= 80 - len(" 1/6  ")


def test_who_tries_everything_comes_to_the_end():
    """Point, holders, brackets, undo, time, the floor line."""
    tour = after("walk.next-point", "words.next")
    assert tour.at == 2
    tour = after("words.next", "words.extend", "act.bracket", "act.undo", tour=tour)
    assert tour.at == 4
    tour = after("time.live", tour=tour)
    assert tour.at == 4, "Esc alone has shown nothing of the past."
    tour = after("time.back", tour=Tour(4))
    assert tour.escape_is_the_floors
    tour = after("time.on", "time.live", tour=tour)
    assert tour.at == 5
    assert after("help.help", tour=tour).ended
    assert after("act.floor-line", tour=tour).ended


def test_another_key_changes_nothing():
    """The floor is there to be used."""
    assert after("walk.last", "see.struck").at == 0


@given(st.lists(st.sampled_from(sorted(IDS)), max_size=30))
def test_a_tour_only_goes_on_and_ends(ids):
    """Whatever is pressed."""
    tour = Tour()
    for id in ids:
        further = tour.after(id)
        assert tour.at <= further.at <= tour.at + 1
        tour = further
    assert tour.on().at <= len(STEPS)


def test_the_sentences_name_the_keys_of_the_person():
    """Not the usual ones."""
    own = keymap({"walk.next-point": "f9"}).keys
    assert says(Tour(), own).startswith("F9 goes to the next open point")


class Ground(Screen[None]):
    """A floor that hears what gets through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(row.keys, f"hear('{row.id}')", row.does, id=row.id) for row in KEYS
    ]

    def __init__(self, seen: bool = False) -> None:
        super().__init__()
        self.acted: list[str] = []
        self.seen = seen

    def compose(self):
        """Only the strip."""
        yield TourStrip()

    def on_mount(self) -> None:
        """As the floor does it."""
        if not settings.tour_seen():
            self.strip.begin()

    @property
    def strip(self) -> TourStrip:
        """The strip."""
        return self.query_one(TourStrip)

    def on_key(self, event: events.Key) -> None:
        """As the floor does it."""
        if self.strip.heard(event.key):
            event.stop()
            event.prevent_default()

    def action_hear(self, id: str) -> None:
        """An act of the floor."""
        self.acted.append(id)


def shown(ground: Ground) -> str:
    """The sentence of the strip."""
    return ground.strip.render_line(0).text.strip()


def test_keys_go_through_and_the_step_goes_on():
    """The tour takes nothing from the floor but Enter and its own Esc."""
    ground = Ground()

    async def scenario(pilot, app):
        assert ground.strip.size.height == 2
        assert shown(ground).startswith("1/6  n goes to the next open point")
        await pilot.press("n", "enter", "right", "v", "b", "u", "comma", "escape")
        await pilot.pause()
        assert shown(ground).startswith("6/6")
        assert "see.story" not in ground.acted
        assert ground.acted[-2:] == ["time.back", "time.live"]
        await pilot.press("question_mark")
        await pilot.pause()
        assert not ground.strip.display
        assert settings.tour_seen()
        await pilot.press("enter", "escape")
        assert ground.acted[-3:] == ["help.help", "see.story", "time.live"]

    try_out(ground, scenario)


def test_escape_ends_it_and_it_does_not_come_back():
    """Unless it is asked for."""
    ground = Ground()

    async def scenario(pilot, app):
        await pilot.press("n", "escape")
        await pilot.pause()
        assert not ground.strip.display
        assert "time.live" not in ground.acted
        again = Ground()
        await app.push_screen(again)
        await pilot.pause()
        assert not again.strip.display
        again.strip.begin()
        await pilot.pause()
        assert shown(again).startswith("1/6")

    try_out(ground, scenario)


@pytest.mark.parametrize("width", [80, 40, 12])
def test_it_fits_a_narrow_window(width):
    """Two rows of exactly the width."""
    ground = Ground()

    async def scenario(pilot, app):
        for y in (0, 1):
            assert ground.strip.render_line(y).cell_length == ground.strip.size.width
        assert shown(ground).startswith("1/6")

    try_out(ground, scenario, (width, 12))


def test_escape_leads_out_of_the_past_before_it_ends_the_tour():
    """Somebody who went to a moment by its name is not left there with the tour gone."""

    async def scenario(pilot, floor):
        floor.action_tour()
        await press(pilot, "t", "1", "enter")
        assert floor.past == 1
        await press(pilot, "escape")
        assert floor.past is None
        assert floor.query_one(TourStrip).tour is not None
        await press(pilot, "escape")
        assert floor.query_one(TourStrip).tour is None

    drive(desk_of(), scenario)
