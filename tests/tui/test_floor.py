"""The chair's screen as a person uses it: keys typed, then the record and the picture looked at."""

import asyncio
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.events import Paste
from textual.widgets import Input

from negotiation.desk import Desk, StoreError
from negotiation.domain import commands as do
from negotiation.domain.events import ActReversed
from negotiation.ledger.copies import back_up, restore
from negotiation_tui import themes
from negotiation_tui.keys import KEYS
from negotiation_tui.picture import picture
from negotiation_tui.screens.dialogs import FindDialog, StageDialog
from negotiation_tui.screens.help import HelpScreen
from negotiation_tui.widgets.clause_list import ClauseList
from negotiation_tui.widgets.inked import Panel
from negotiation_tui.widgets.text import TextPane
from tests.corpus import corpus_file
from tests.tui.room import desk_of, dialog, drive, panel, press, text_shown, words

ROOT = Path(__file__).resolve().parents[2]


def test_it_opens_with_what_is_open_and_live():
    """Symbol, open points, damage, mode; and the text with its brackets."""

    async def scenario(pilot, floor):
        assert "DL/2 · 2 open · 0 damaged" in panel(floor, "header")
        assert panel(floor, "header").rstrip().endswith("LIVE")
        assert "[open to all][sent to Members]" in text_shown(floor)

    drive(desk_of(), scenario)


def test_square_brackets_of_the_text_are_printed():
    """`[shall]` is no markup."""

    async def scenario(pilot, floor):
        assert "that gauges [shall] be read daily;" in text_shown(floor)

    drive(desk_of(), scenario)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (40, 12)])
def test_every_size_shows_text_mode_and_point(size):
    """Nothing is pushed out of a small window."""

    async def scenario(pilot, floor):
        await press(pilot, "n")
        assert "LIVE" in panel(floor, "header")
        assert "open point 1 of 2" in panel(floor, "side")
        assert floor.query_one(TextPane).size.height >= 1
        assert floor.query_one(ClauseList).display is (size[0] >= 110)
        await press(pilot, "1")
        assert floor.query_one(ClauseList).display is (size[0] < 110)

    drive(desk_of(), scenario, size)


def test_n_and_p_walk_the_open_points_in_the_order_of_the_text():
    """And say where they end."""

    async def scenario(pilot, floor):
        await press(pilot, "n")
        assert (floor.clause, floor.point) == ("two", "mod")
        await press(pilot, "n")
        assert (floor.clause, floor.point) == ("three", "point")
        beside = " ".join(panel(floor, "side").replace("│", " ").split())
        assert "held by Mauritius · to be further discussed" in beside
        await press(pilot, "n")
        assert "last open point" in panel(floor, "says")
        await press(pilot, "p")
        assert floor.clause == "two"

    drive(desk_of(), scenario)


def test_a_point_is_decided_undone_and_stepped_over():
    """Jump to it, choose the second wording, undo, go back over both acts and forth again."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "n", "n", "c", "2")
        assert "after 3 that readings be sent to Members;" in dialog(pilot, "below")
        assert desk.timeline.head == before
        await press(pilot, "enter", "enter")
        decided = desk.timeline.head
        assert decided > before
        assert "u undoes" in panel(floor, "says")
        assert "1 open" in panel(floor, "header")
        assert "that readings be sent to Members;" in text_shown(floor)
        await press(pilot, "u", "enter")
        undone = desk.timeline.head
        assert isinstance(desk.timeline.entries[-1].event, ActReversed)
        assert "[open to all][sent to Members]" in text_shown(floor)
        await press(pilot, "comma")
        assert f"REPLAY entry {decided}/{undone}" in panel(floor, "header")
        assert "that readings be sent to Members;" in text_shown(floor)
        await press(pilot, "comma")
        assert f"REPLAY entry {before}/{undone}" in panel(floor, "header")
        assert "[open to all][sent to Members]" in text_shown(floor)
        await press(pilot, "full_stop", "full_stop")
        assert "LIVE" in panel(floor, "header")

    drive(desk, scenario)


def test_the_letter_stages_and_escape_drops():
    """Nothing is written before the gavel."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        for letter in "iblcdaxruzho":
            await press(pilot, "n", letter)
            await press(pilot, "escape")
            assert pilot.app.screen is floor
        assert desk.timeline.head == before

    drive(desk, scenario)


def test_acts_are_dead_in_replay_and_say_so():
    """The past is looked at, not changed."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "n", "comma")
        for letter in "iblcdaxruzho":
            await press(pilot, letter)
            assert pilot.app.screen is floor
            assert "acts are off" in panel(floor, "says")
        assert desk.timeline.head == before
        await press(pilot, "escape")
        assert "LIVE" in panel(floor, "header")

    drive(desk, scenario)


def test_the_first_act_is_the_end_of_the_way_back():
    """`0` and `<` stop there; `,` says that it is the first."""

    async def scenario(pilot, floor):
        await press(pilot, "0")
        assert "REPLAY entry 1/" in panel(floor, "header")
        await press(pilot, "comma")
        assert "begins with this act" in panel(floor, "says")
        await press(pilot, "greater_than_sign")
        assert "LIVE" in panel(floor, "header")
        await press(pilot, "less_than_sign")
        assert "REPLAY" in panel(floor, "header")

    drive(desk_of(), scenario)


def test_a_burst_behind_the_letter_goes_into_the_dialog():
    """Letters typed in one go with `i` are words, and none of them acts underneath."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, *"idaily bread")
        assert isinstance(pilot.app.screen, StageDialog)
        assert pilot.app.screen.query(Input).first().value == "daily bread"
        assert desk.timeline.head == before

    drive(desk, scenario)


def test_what_is_pasted_never_acts():
    """On the floor it does nothing; in a dialog it is words on one line."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        pilot.app.post_message(Paste("d\n\na\nu\n"))
        await pilot.pause()
        assert pilot.app.screen is floor
        await press(pilot, "i")
        pilot.app.post_message(Paste("read\ndaily\x1b"))
        await pilot.pause()
        assert pilot.app.screen.query(Input).first().value == "read daily "
        assert desk.timeline.head == before

    drive(desk, scenario)


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed():
    """Words that are not there are said at once, and the gavel does not help."""
    desk = desk_of()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "j", "r", *"weekly")
        assert "does not stand in" in " ".join(dialog(pilot, "below").split())
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, StageDialog)
        assert pilot.app.screen.query(Input).first().value == "weekly"
        assert desk.timeline.head == before

    drive(desk, scenario)


@pytest.mark.parametrize(
    ("keys", "clause", "sign"),
    [
        (("a", "enter"), "four", " ✓"),
        (("d", "enter"), "four", " −"),
        (("x", *"MUS", "enter", "enter"), "four", " ‖"),
        (("b", "enter", "enter", "enter"), "four", " []"),
    ],
)
def test_an_act_shows_in_the_badge(keys, clause, sign):
    """Agreed, deleted, parked, bracketed."""

    async def scenario(pilot, floor):
        await press(pilot, "G", *keys)
        rows = floor.query_one(ClauseList)
        shown = [rows.render_line(y).text for y in range(rows.size.height)]
        assert next(row for row in shown if " 4 " in row).startswith(sign)

    drive(desk_of(), scenario)


def test_struck_words_are_hidden_until_asked_for():
    """A deleted clause leaves one line, and `s` shows its words."""

    async def scenario(pilot, floor):
        await press(pilot, "G", "d", "enter")
        assert "kept by hand" not in text_shown(floor)
        assert "4 struck" in text_shown(floor)
        await press(pilot, "s")
        assert "kept by hand" in text_shown(floor)

    drive(desk_of(), scenario)


def test_undecided_strikes_are_always_visible():
    """Words that a proposal would strike stand beside its own, in a bracket."""

    async def scenario(pilot, floor):
        assert "[each portevery harbour]" in text_shown(floor)
        assert "MUS/4/2 – Mauritius – MOD" in text_shown(floor)

    drive(desk_of(), scenario)


def test_the_list_never_shows_undecided_words_as_agreed():
    """There too they stand in their brackets."""

    async def scenario(pilot, floor):
        rows = floor.query_one(ClauseList)
        shown = "\n".join(rows.render_line(y).text for y in range(rows.size.height))
        assert "that [every" in shown
        assert "each port" not in shown

    drive(desk_of(), scenario, (200, 50))


def test_ctrl_q_in_a_dialog_takes_nothing_with_it():
    """Leaving is for the floor; what was typed stays."""

    async def scenario(pilot, floor):
        await press(pilot, "i", *"daily", "ctrl+q")
        assert pilot.app.screen.query(Input).first().value == "daily"

    drive(desk_of(), scenario)


def test_without_colour_marks_are_signs(monkeypatch):
    """NO_COLOR: `{+ +}` and `{- -}` say what colour would."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def scenario(pilot, floor):
        assert "[{-each port-}{+every harbour+}]" in text_shown(floor)
        assert pilot.app.native_ansi_color

    drive(desk_of(), scenario)


def test_what_others_write_is_shown_and_nothing_typed_is_lost(tmp_path):
    """Another hand writes while a dialog is open: one line says so, the words stay."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)
    other = Desk.open(store)

    async def scenario(pilot, floor):
        await press(pilot, "j", "i", *"daily")
        other.act(do.DeleteClause("four"))
        floor.look()
        await pilot.pause()
        assert "chair wrote 1 entry" in dialog(pilot, "below")
        assert pilot.app.screen.query(Input).first().value == "daily"
        await press(pilot, "enter", *"weekly", "ctrl+s")
        assert pilot.app.screen is floor
        assert "[dailyweekly]" in text_shown(floor)

    drive(desk, scenario)
    other.close()
    desk.close()


def test_what_could_not_be_read_is_read_when_it_can_be(tmp_path):
    """Though nobody writes again: the fault is over, and what it hid is shown."""
    desk = desk_of(str(tmp_path / "record.db"))
    other = Desk.open(str(tmp_path / "record.db"))

    async def scenario(pilot, floor):
        other.act(do.DeleteClause("four"))
        with patch.object(desk, "catch_up", side_effect=StoreError("The disk is full of water.")):
            floor.look()
            assert "NOT LIVE" in panel(floor, "header")
            assert floor.says == "The disk is full of water."
        floor.look()
        assert "NOT LIVE" not in panel(floor, "header")
        assert "The record is live again. chair wrote 1 entry" in floor.says

    drive(desk, scenario)
    other.close()
    desk.close()


def test_a_copy_that_was_put_back_is_shown_and_worked_on(tmp_path):
    """What is not on the record any more is not on the screen; the next act goes onto the copy."""
    store, copy = str(tmp_path / "record.db"), str(tmp_path / "copy.db")
    desk = desk_of(store)
    back_up(store, copy)
    head = desk.timeline.head

    async def scenario(pilot, floor):
        desk.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)))
        floor.draw()
        assert "hourly" in text_shown(floor)
        restore(copy, store, over=True)
        floor.look()
        await pilot.pause()
        assert floor.says.startswith(f"An earlier copy was put back: what came behind entry {head}")
        assert "hourly" not in text_shown(floor)
        assert desk.timeline.head == head
        desk.act(do.DeleteClause("four"))
        floor.look()
        assert "NOT LIVE" not in panel(floor, "header")

    drive(desk, scenario)
    desk.close()


def test_the_gavel_falls_on_the_record_as_it_is(tmp_path):
    """Somebody wrote a moment before: the act is decided anew on what is there."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)
    other = Desk.open(store)

    async def scenario(pilot, floor):
        await press(pilot, "G", "d")
        other.act(do.DeleteClause("four"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, StageDialog)
        assert "not in the text any more" in " ".join(dialog(pilot, "below").split())

    drive(desk, scenario)
    other.close()
    desk.close()


def test_quitting_loses_nothing(tmp_path):
    """An act is durable before it is shown."""
    store = str(tmp_path / "record.db")
    desk = desk_of(store)

    async def scenario(pilot, floor):
        await press(pilot, "G", "a", "enter", "q", "q")

    drive(desk, scenario)
    desk.close()
    again = Desk.open(store)
    clause = again.timeline.clause("four", again.timeline.head)
    assert clause is not None
    assert clause.agreement is not None
    again.close()


def test_find_goes_there_and_escape_comes_back():
    """While it is typed; by words or by path."""

    async def scenario(pilot, floor):
        await press(pilot, "slash", *"register")
        assert isinstance(pilot.app.screen, FindDialog)
        assert floor.clause == "four"
        await press(pilot, "escape")
        assert floor.clause == "head"
        await press(pilot, "slash", *"each port", "enter")
        assert floor.clause == "two"

    drive(desk_of(), scenario)


def test_help_names_every_key_that_works():
    """Made from the bindings themselves."""

    async def scenario(pilot, floor):
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        lines = pilot.app.screen.query_one("#help", Panel).lines
        shown = "\n".join(words(line) for line in lines)
        for row in KEYS:
            assert row.does in shown
        await press(pilot, "escape")
        assert pilot.app.screen is floor

    drive(desk_of(), scenario)


def test_no_two_letters_that_act_differ_by_shift_alone():
    """A slip of the Shift key never makes another act."""
    acting = {key for row in KEYS if "stage(" in row.action for key in row.keys.split(",")}
    assert len({key.casefold() for key in acting}) == len(acting)


def test_every_theme_draws():
    """One after the other, and round."""

    async def scenario(pilot, floor):
        seen = []
        for _ in themes.ALL:
            pilot.app.action_turn_theme()
            await pilot.pause()
            seen.append(pilot.app.theme)
            assert "[shall]" in text_shown(floor)
        assert set(seen) == {one.name for one in themes.ALL}
        assert seen[-1] == "chair-dark"

    drive(desk_of(), scenario)


def test_an_empty_record_opens():
    """With nothing in it, keys answer and nothing breaks."""

    async def scenario(pilot, floor):
        await press(pilot, *"jkngGidu", "comma", "0", "s", "slash", *"x", "escape")
        assert "LIVE" in panel(floor, "header")

    drive(Desk.begin(None), scenario)


def test_one_key_is_one_frame():
    """Walking and stepping in time draw once each."""

    async def scenario(pilot, floor):
        frames = []
        real = type(pilot.app)._display
        app = pilot.app

        def counting(screen, renderable):
            frames.append(renderable)
            real(app, screen, renderable)

        await press(pilot, "n")
        app._display = counting
        for key in ("j", "n", "k", "g"):
            frames.clear()
            await press(pilot, key)
            assert len(frames) == 1, key

    drive(desk_of(), scenario)


def test_the_picture_is_an_svg_of_the_screen():
    """For the README: the same screen, without a terminal."""

    svg = asyncio.run(picture(desk_of(), (100, 30), ["n"]))
    assert svg.startswith("<svg")
    assert "[shall]" in svg


def test_the_sample_draft_is_walked_from_end_to_end():
    """Every open point of the sample is reached, and every construct drawn."""
    page = ROOT / "fixtures" / "texts" / "tide-dl7-rev1.md"
    desk = Desk.begin(None)
    desk.receive(page.read_bytes(), page.name)

    async def scenario(pilot, floor):
        await press(pilot, *["n"] * len(floor.page.points))
        assert floor.page.points[-1].id == floor.point
        await press(pilot, "s", "G", "g", "pagedown", "pageup")

    drive(desk, scenario, (80, 24))


def test_a_real_draft_is_decided():
    """Its one open point: jump to it, choose, undo, step over the acts."""
    page = corpus_file("itu-dl13-rev2.md")
    desk = Desk.begin(None)
    desk.receive(page.read_bytes(), page.name)
    read = desk.timeline.text(desk.timeline.head)

    async def scenario(pilot, floor):
        assert "1 open" in panel(floor, "header")
        await press(pilot, "n", "c", *"3 1", "ctrl+s")
        assert "0 open" in panel(floor, "header")
        await press(pilot, "u", "enter")
        assert "1 open" in panel(floor, "header")
        await press(pilot, "comma", "comma", "full_stop", "full_stop")
        assert "LIVE" in panel(floor, "header")

    drive(desk, scenario)
    assert desk.timeline.text(desk.timeline.head) == read
