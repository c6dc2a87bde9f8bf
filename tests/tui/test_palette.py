"""Everything that can be done is found by typing, and Enter does exactly what was typed for."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding, BindingType
from textual.screen import Screen

from negotiation_tui import themes
from negotiation_tui.keys import KEYS, RARE, Key
from negotiation_tui.page import page_of
from negotiation_tui.palette import (
    PAST,
    Offer,
    PaletteScreen,
    carry_out,
    found,
    offers,
    places,
)
from negotiation_tui.widgets.inked import Panel
from tests.tui.bare import rows, try_out
from tests.tui.room import desk_of

ALL = offers()


class Ground(Screen[None]):
    """Hears what is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "palette"),
        Binding("u", "stage('undo')"),
    ]

    def __init__(self, page=None, past: bool = False) -> None:
        super().__init__()
        self.acted: list[tuple[str, ...]] = []
        self.page, self.past = page, past

    def compose(self):
        """Nothing of interest."""
        yield Panel()

    def action_palette(self) -> None:
        """As the floor does it."""
        shown = offers(self.page, past=self.past, theme=self.app.theme)
        self.app.push_screen(PaletteScreen(shown), lambda one: carry_out(one, self, self))

    def action_stage(self, name: str) -> None:
        """An act."""
        self.acted.append(("stage", name))

    async def action_help(self) -> None:
        """Something that waits."""
        self.acted.append(("help",))

    def go(self, clause: str, point: str = "") -> None:
        """A clause."""
        self.acted.append(("go", clause, point))


def first(typed: str, among=ALL) -> Offer:
    """What Enter would take."""
    return found(among, typed)[0]


@pytest.mark.parametrize("row", [*KEYS, *RARE], ids=lambda row: row.id)
def test_every_act_is_found_by_what_it_is_called(row):
    """With its key beside it; the whole name puts it before all others."""
    one = first(row.does)
    assert one.does == row.does
    assert one.action == row.action
    assert one.key == row.printed


def test_everything_that_can_be_done_is_listed_and_clauses_are_not():
    """Two hundred clauses would hide the acts."""
    page = page_of(desk_of().timeline, desk_of().timeline.head)
    listed = found(offers(page), "")
    assert {one.action for one in listed if one.action} == {row.action for row in (*KEYS, *RARE)}
    assert not [one for one in listed if one.clause]
    assert {one.theme for one in listed if one.theme} == {one.name for one in themes.ALL}


def test_what_cannot_be_done_in_the_past_says_why():
    """It is shown, behind what can be done."""
    past = offers(past=True)
    undo = first("undo", past)
    assert undo.why_not == PAST
    assert all(not one.why_not for one in ALL)
    assert not first("one step back", past).why_not


def test_a_clause_is_found_by_path_and_by_symbol():
    """A proposal leads to its clause with it at hand while it is open."""
    desk = desk_of()
    every = offers(page_of(desk.timeline, desk.timeline.head))
    assert first("resolves/2", every).clause == "two"
    by_symbol = first("mus/4/2", every)
    assert (by_symbol.clause, by_symbol.point) == ("two", "mod")


def test_square_brackets_in_a_name_are_printed():
    """Nothing is read as markup, and nothing reaches the terminal as control."""
    desk = desk_of()
    page = page_of(desk.timeline, desk.timeline.head)
    called = {"one": "[bold]x[/]", "two": "\x1b[31m"}
    shown = places(attrs_evolve(page, called))
    assert [one.does for one in shown if one.clause == "one"] == ["go to [bold]x[/]"]
    assert all("\x1b" not in one.does for one in shown)
    ground = Ground(attrs_evolve(page, called))

    async def scenario(pilot, app):
        await pilot.press("ctrl+p", *"[bold]")
        await pilot.pause()
        assert "go to [bold]x[/]" in rows(app.screen.query_one("#palette-fits", Panel))[0]
        await pilot.press("enter")
        await pilot.pause()
        assert ground.acted == [("go", "one", "")]

    try_out(ground, scenario)


def attrs_evolve(page, called):
    """The page with other names."""
    import attrs

    return attrs.evolve(page, called=called)


def test_a_key_of_ones_own_is_shown():
    """The rows are those of the person."""
    own = (Key("act.undo", "U", "stage('undo')", "undo", "Act", "U"),)
    assert first("undo", offers(keys=own, rare=())).key == "U"


@given(st.text(max_size=12))
def test_more_letters_never_find_more(typed):
    """Whatever is typed gets an answer, and everything found holds every word of it."""
    short = found(ALL, typed[:-1]) if typed[:-1].split() else ALL
    if typed.split():
        assert set(found(ALL, typed)) <= set(short)


def test_typing_finds_and_enter_does_it():
    """Also when all keys come in one burst: none of them acts on the floor beneath."""
    ground = Ground()

    async def scenario(pilot, app):
        await pilot.press("ctrl+p", *"undo", "enter")
        await pilot.pause()
        assert app.screen is ground
        assert ground.acted == [("stage", "undo")]
        await pilot.press("ctrl+p", *"retain", "down", "enter")
        await pilot.pause()
        wanted = found(offers(theme=app.theme), "retain")[1]
        assert ground.acted[1:] == [("stage", wanted.action.split("'")[1])]

    try_out(ground, scenario)


def test_escape_and_ctrl_p_close_it_again():
    """And nothing is done."""
    ground = Ground()

    async def scenario(pilot, app):
        for key in ("escape", "ctrl+p"):
            await pilot.press("ctrl+p", "u", key)
            await pilot.pause()
            assert app.screen is ground
        assert ground.acted == []

    try_out(ground, scenario)


def test_an_act_in_the_past_is_not_done_and_says_so():
    """The palette stays."""
    ground = Ground(past=True)

    async def scenario(pilot, app):
        await pilot.press("ctrl+p", *"undo", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PaletteScreen)
        assert PAST in rows(app.screen.query_one("#palette-says", Panel))[0]
        assert ground.acted == []

    try_out(ground, scenario)


def test_what_waits_is_waited_for_and_themes_are_turned():
    """An asynchronous action is run; a theme is another look at once."""
    ground = Ground()

    async def scenario(pilot, app):
        await pilot.press("ctrl+p", *"help", "enter")
        await pilot.pause()
        assert ground.acted == [("help",)]
        await pilot.press("ctrl+p", *"contrast", "enter")
        await pilot.pause()
        assert app.theme == "chair-contrast"

    try_out(ground, scenario)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
def test_it_fits_every_size_and_the_marked_row_is_in_the_window(size):
    """Down to the last row and beyond."""
    ground = Ground()

    async def scenario(pilot, app):
        await pilot.press("ctrl+p")
        await pilot.pause()
        fits = app.screen.query_one("#palette-fits", Panel)
        assert fits.size.height >= 3
        for _ in range(12):
            await pilot.press("pagedown")
        await pilot.pause()
        assert rows(fits)[-1].startswith("▌")
        assert all(len(row) == fits.size.width for row in rows(fits))
        await pilot.press("up")
        await pilot.pause()
        assert rows(fits)[-2].startswith("▌")

    try_out(ground, scenario, size)


def test_nothing_found_is_said():
    """And Enter does nothing."""
    ground = Ground()

    async def scenario(pilot, app):
        await pilot.press("ctrl+p", *"qqqq", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PaletteScreen)
        assert "Nothing is called so" in rows(app.screen.query_one("#palette-says", Panel))[0]

    try_out(ground, scenario)
