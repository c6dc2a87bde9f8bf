"""Two moments compared on the screen: what is substance, what is form, and every key in view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.views.what_changed import what_changed
from negotiation_tui.compared import Which, inline, side_by_side
from negotiation_tui.draw import width_of
from negotiation_tui.screens.compare import CompareScreen, hints
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.lines import Lines
from tests.tui.bare import line_of
from tests.tui.room import desk_of, drive, panel, press, rows_shown

SIZES = [(80, 24), (120, 40), (200, 50)]


def edited_desk():
    """The small record with a change of substance, one of form, and a clause with both."""
    desk = desk_of()
    before = desk.timeline.head
    desk.act(do.ReviseText("one", (do.Rewording("should", do.WordsAt("shall")),)))
    desk.act(do.ReviseText("three", (do.Rewording("readouts", do.WordsAt("readings")),), True))
    desk.act(do.ReviseText("four", (do.Rewording("must", do.WordsAt("be kept")),)))
    desk.act(do.ReviseText("four", (do.Rewording("ledger", do.WordsAt("register")),), True))
    return desk, before


def compared(screen):
    """All rows of the comparison."""
    return [line_of(line) for line in screen.query_one(Lines).lines]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_substance_and_editing_are_told_apart(size):
    """All, then substance, then editing: words, headings, notes and hands of that sort only."""
    desk, before = edited_desk()

    async def scenario(pilot, floor):
        pilot.app.push_screen(CompareScreen(desk, before, desk.timeline.head))
        await pilot.pause()
        screen = pilot.app.screen
        told = "\n".join(compared(screen))
        assert "3 clauses · all changes" in panel(screen, "header")
        assert "resolves/4  changed · substance and editing" in told
        assert "obligation: nothing → must" in told
        await press(pilot, "e")
        told = "\n".join(compared(screen))
        assert "2 clauses · substance only" in panel(screen, "header")
        assert "resolves/3" not in told
        assert "resolves/4  changed · substance  " in told
        assert "must" in told
        await press(pilot, "e")
        told = "\n".join(compared(screen))
        assert "2 clauses · editing only" in panel(screen, "header")
        assert "resolves/1" not in told
        assert "resolves/4  changed · editing  " in told
        assert "ledger" in told
        assert "obligation" not in told

    drive(desk, scenario, size)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_header_has_the_colour_of_the_past_and_no_key_is_cut(size):
    """The word stands there too; all seven keys are in the row."""
    desk, before = edited_desk()

    async def scenario(pilot, floor):
        pilot.app.push_screen(CompareScreen(desk, before, before + 1))
        await pilot.pause()
        screen = pilot.app.screen
        assert screen.query_one("#header", Panel).has_class("-replay")
        head = panel(screen, "header")
        assert head.startswith(f" COMPARE entry {before}")
        assert f"→ entry {before + 1}" in head
        assert head.endswith("1 clause · all changes ")
        *_, says, keys = rows_shown(screen)
        assert says == " 1 of 1"
        for key in ("n p", "=", "e", ", .", "< >", "s", "Esc"):
            assert f" {key} " in keys
        assert keys.endswith("Esc back")

    drive(desk, scenario, size)


@given(st.integers(4, 220))
def test_hints_fit_and_the_way_back_is_among_them(width):
    """At any width."""
    row = hints(width)
    assert line_of(row).rstrip().endswith("Esc back")
    assert width_of(row) <= max(width + 1, 11)


@pytest.mark.parametrize("signs", [False, True])
def test_words_struck_and_words_added_do_not_run_together(signs):
    """In one text; nothing stands between them where a space is there already."""
    desk, before = edited_desk()
    for change in what_changed(desk.timeline, before, desk.timeline.head):
        rows = " ".join(map(line_of, inline(change, 90, Which.ALL, signs=signs)))
        for one in change.changes:
            gap = "-} {+" if signs else " "
            assert f"{one.removed}{gap}{one.inserted}" in rows
        both = " ".join(map(line_of, side_by_side(change, 90, Which.ALL, signs=signs)))
        for one in change.changes:
            assert one.removed in both
            assert one.inserted in both
