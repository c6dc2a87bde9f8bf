"""Help is the keys that work, on one screen of every usual size."""

import attrs
import pytest
from textual.screen import Screen

from negotiation_tui.draw import Ink, width_of
from negotiation_tui.keymap import keymap
from negotiation_tui.keys import GROUPS, KEYS, RARE
from negotiation_tui.screens.help import LEGEND, HelpScreen, help_lines
from negotiation_tui.widgets.inked import Panel
from tests.tui.bare import line_of, rows, try_out


def cells(width: int, height: int, keys=KEYS, top: int = 0) -> str:
    """All words of the help, one line each."""
    return "\n".join(line_of(line) for line in help_lines(keys, width, height, top))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_every_key_is_shown_whole_at_every_usual_size(size):
    """With its group; nothing is cut and nothing is left for a second page."""
    said = cells(*size)
    for row in KEYS:
        assert row.printed in said
        assert row.does in said, row
    assert all(f" {group}" in said for group in GROUPS)
    assert "PgDn PgUp: more" not in said
    assert len(said.splitlines()) <= size[1]


def test_the_legend_is_shown_where_there_is_room():
    """At 120x40 with the very looks of the marks; at 80x24 the keys come first."""
    large = help_lines(KEYS, 120, 40)
    assert [line[1:] for line in large[-len(LEGEND) :]] == list(LEGEND)
    assert {Ink.INSERTED, Ink.STRUCK, Ink.BRACKET} <= {ink for line in large for _, ink in line}
    assert "In the text" not in cells(80, 24)


def test_a_key_of_ones_own_stands_in_place_of_the_usual():
    """Also a rare act that was given one."""
    found = keymap({"act.undo": "f9", "act.move": "M"})
    said = cells(120, 40, found.keys)
    assert "F9     undo" in said
    assert "M      move the clause" in said
    assert "u      undo" not in said


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (80, 10)])
def test_in_a_small_window_all_keys_can_be_paged_to(size):
    """And no line is wider than the window."""
    width, height = size
    lines = [help_lines(KEYS, width, height, top) for top in range(len(KEYS) + len(GROUPS))]
    said = "\n".join(line_of(line) for page in lines for line in page)
    assert all(row.does[:8] in said for row in KEYS)
    assert "PgDn" in said or width < 60
    assert all(width_of(line) <= width for page in lines for line in page)


def test_a_table_without_rows_is_help_without_rows():
    """Nothing falls over."""
    assert help_lines((), 80, 24)


def test_the_screen_shows_it_and_any_usual_key_closes_it():
    """? and Esc, q and Enter."""

    async def scenario(pilot, app):
        ground = app.screen
        for key in ("question_mark", "escape", "q", "enter", "f1"):
            app.push_screen(HelpScreen())
            await pilot.pause()
            shown = "\n".join(rows(app.screen.query_one("#help", Panel)))
            assert all(row.does in shown for row in KEYS)
            await pilot.press(key)
            await pilot.pause()
            assert app.screen is ground

    try_out(Screen(), scenario)


def test_in_a_small_window_the_keys_turn_pages():
    """Down to the last row, and back."""
    many = (*KEYS, *(attrs.evolve(row, keys="x") for row in RARE))

    async def scenario(pilot, app):
        app.push_screen(HelpScreen(many))
        await pilot.pause()
        panel = app.screen.query_one("#help", Panel)
        before = rows(panel)
        for _ in range(20):
            await pilot.press("pagedown")
        await pilot.pause()
        assert many[-1].does in "\n".join(rows(panel))
        for _ in range(20):
            await pilot.press("pageup")
        await pilot.pause()
        assert rows(panel) == before

    try_out(Screen(), scenario, (40, 12))
