"""The screen as one person wants it: theme, keys, signs, and nothing that moves by itself."""

from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from negotiation_tui import themes
from negotiation_tui.keys import KEYS
from negotiation_tui.settings import Settings, needs_signs
from negotiation_tui.stage import Field
from negotiation_tui.widgets.fields import Words
from tests.tui.bare import BareApp, try_out


class Ground(Screen[None]):
    """A line to type on, and the keys of the floor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(row.keys, f"hear('{row.id}')", row.does, id=row.id) for row in KEYS
    ]

    def __init__(self) -> None:
        super().__init__()
        self.acted: list[str] = []

    def compose(self):
        """One line."""
        yield Words(Field("words", "words"))

    def action_hear(self, id: str) -> None:
        """An act of the floor."""
        self.acted.append(id)


@pytest.mark.parametrize("calm", [True, False])
def test_no_cursor_blinks_for_who_asked_for_rest(calm):
    """Whatever line has the focus; nothing else is animated for anybody."""

    async def scenario(pilot, app):
        app.screen.query_one(Input).focus()
        await pilot.pause()
        assert app.screen.query_one(Input).cursor_blink is not calm
        assert app.animation_level == "none"

    try_out(Ground(), scenario, wanted=Settings(reduced_motion=calm))


def test_theme_and_keys_are_those_of_the_person():
    """From the first frame on, and themes can be turned."""
    ground = Ground()

    async def scenario(pilot, app):
        assert app.theme == "chair-contrast"
        app.screen.set_focus(None)
        await pilot.press("U", "n")
        assert ground.acted == ["act.undo", "walk.next-point"]
        assert app.keymap.printed("act.undo") == "U"
        for _ in themes.ALL:
            app.action_turn_theme()
        assert app.theme == "chair-contrast"

    try_out(ground, scenario, wanted=Settings("chair-contrast", keys={"act.undo": "U"}))


def test_what_is_wrong_is_one_sentence():
    """With how many more there are, and where they are listed."""

    def said(**keys: str) -> str:
        return BareApp(Screen(), Settings(keys=keys)).said

    assert said() == ""
    assert said(nope="x").startswith("chair.toml: `nope`: there is no such act")
    assert said(nope="x", other="y").endswith("And 1 more: `negotiation keys` lists them.")


@pytest.mark.parametrize(
    ("environ", "windows", "needed"),
    [
        ({"TERM": "linux"}, False, True),
        ({"TERM": "vt220"}, False, True),
        ({"TERM": "dumb"}, False, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False, True),
        ({"TERM": "xterm"}, False, False),
        ({"TERM": "tmux-256color"}, False, False),
        ({"TERM": "xterm-16color"}, False, False),
        ({}, True, True),
        ({"WT_SESSION": "x"}, True, False),
    ],
)
def test_marks_stand_in_signs_where_no_strike_is_drawn(environ, windows, needed):
    """The Linux console, old terminals, and those that are known for it."""
    assert needs_signs(environ, windows=windows) is needed
    app = BareApp(Screen(), Settings(marks=True))
    assert app.signs
