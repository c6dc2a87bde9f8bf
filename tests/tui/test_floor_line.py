"""The floor line on the screen: typed as it is said, shown before the gavel, one act."""

from textual.events import Key, Paste
from textual.widgets import Input

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.views.the_log import the_log
from negotiation_tui.faults import RecordMoved
from negotiation_tui.has_floor import HasFloor
from negotiation_tui.page import Pages
from negotiation_tui.screens.floor_line import FloorLine, wrote
from negotiation_tui.widgets.inked import Panel
from tests.tui.room import desk_of, drive, panel, press, text_shown, words

KEYS = {
    " ": "space",
    '"': "quotation_mark",
    ";": "semicolon",
    "+": "plus",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "/": "slash",
    "-": "minus",
    ">": "greater_than_sign",
}


def typed(said):
    """The keys of a line."""
    return [KEYS.get(letter, letter) for letter in said]


def desk_with_parties():
    """The small record with three more parties."""
    desk = desk_of()
    for code, name in (("B", "Brazil"), ("USA", "United States"), ("CUB", "Cuba")):
        desk.act(do.JoinParty(code, name))
    return desk


def shown(pilot):
    """What stands above the line."""
    lines = pilot.app.screen.query_one("#line-says", Panel).lines
    return "\n".join(words(line) for line in lines)


def test_three_things_said_are_one_act():
    """Seen before the gavel, made by it, in the text after it."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "j", "colon")
        await press(pilot, *typed('B add "as appropriate" after "read"; USA +; CUB [ ]'))
        assert "3 events" in shown(pilot)
        assert "as appropriate" in shown(pilot)
        assert desk.timeline.head == before
        await press(pilot, "enter")
        assert pilot.app.screen is floor
        made = desk.timeline.entries[before:]
        assert [type(one.event) for one in made] == [
            ev.AmendmentProposed,
            ev.ProposalSupported,
            ev.BracketPlaced,
        ]
        assert len({one.act.id for one in made}) == 1
        assert "as appropriate" in text_shown(floor)
        assert "u undoes" in panel(floor, "says")

    drive(desk, scenario)


def test_what_several_say_in_one_line_is_told_of_each():
    """The chair's desk typed it; the delegation that proposes is named."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "j", "colon")
        await press(pilot, *typed('B add "daily" after "read"; chair bracket'))
        await press(pilot, "enter")

    drive(desk, scenario)
    told = [line.sentence for line in the_log(desk.timeline, before + 1)]
    assert told[0].startswith("Brazil proposes MOD on")


def test_a_burst_goes_into_the_line_and_pasted_text_does_not_act():
    """Not even with line ends in it."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, *typed(":B delete"))
        line = pilot.app.screen.query_one(Input)
        assert line.value == "B delete" or line.value == ":B delete"[1:]
        await press(pilot, "escape", "colon")
        pilot.app.post_message(Paste("B delete\nUSA +\n"))
        await pilot.pause()
        assert isinstance(pilot.app.screen, FloorLine)
        assert desk.timeline.head == before

    drive(desk, scenario)


def test_several_places_are_numbered_and_the_arrows_choose():
    """Enter takes the place first; only the next one is the gavel."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed('B delete "that"'))
        assert "stands in 4 places" in shown(pilot)
        await press(pilot, "down", "enter")
        assert desk.timeline.head == before
        assert "1 event" in shown(pilot)
        await press(pilot, "enter")
        assert desk.timeline.entries[-1].clause == "two"

    drive(desk, scenario)


def test_a_place_that_was_picked_is_of_its_words_only():
    """Other words in the same quotation marks are asked about anew."""

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed('B delete "that"'), "down", "enter")
        assert "1 event" in shown(pilot)
        await press(pilot, *["backspace"] * 5, *typed('be"'))
        assert "“be” stands in" in shown(pilot)

    drive(desk_with_parties(), scenario)


def test_what_is_unclear_is_said_and_enter_does_nothing():
    """What was typed stays; Esc drops it."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed("B ad"), "enter")
        assert "near it are add" in shown(pilot)
        assert isinstance(pilot.app.screen, FloorLine)
        await press(pilot, "tab")
        assert pilot.app.screen.query_one(Input).value == "B add"
        await press(pilot, "escape")
        assert pilot.app.screen is floor
        assert desk.timeline.head == before

    drive(desk, scenario)


def test_parties_alone_are_given_the_floor_and_then_meant():
    """No code is needed any more."""
    desk = desk_with_parties()

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed("B USA"), "enter")
        assert floor.has_floor == HasFloor("B", ("USA",))
        await press(pilot, "j", "colon", *typed('delete "daily"'), "enter")
        assert desk.timeline.entries[-1].act.behalf == "B"
        await press(pilot, "colon", "pageup")
        assert pilot.app.screen.query_one(Input).value == 'delete "daily"'

    drive(desk, scenario)


def burst(pilot, *keys):
    """Keys that arrive together: no frame is drawn between them."""
    for key in keys:
        pilot.app.post_message(Key(key, "\r" if key == "enter" else None))


def test_two_enters_in_one_burst_are_one():
    """The first takes the place that is marked; what it would do is seen before it is done."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed('B delete "that"'))
        burst(pilot, "down", "enter", "enter", "enter")
        await pilot.pause()
        assert desk.timeline.head == before
        assert isinstance(pilot.app.screen, FloorLine)
        assert "Enter the gavel" in shown(pilot)
        burst(pilot, "enter", "enter")
        await pilot.pause()
        assert pilot.app.screen is floor
        assert desk.timeline.head == before + 1
        assert desk.timeline.entries[-1].clause == "two"

    drive(desk, scenario)


def test_what_was_typed_and_sent_in_one_burst_is_shown_first():
    """An act nobody saw coming is not made; Enter once more makes it."""
    desk = desk_with_parties()
    before = desk.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "j", "colon", *typed("USA delete"))
        line = pilot.app.screen.query_one(Input)
        line.value = 'USA delete "daily"'
        burst(pilot, "enter")
        await pilot.pause()
        assert desk.timeline.head == before
        assert "1 event" in shown(pilot)
        await press(pilot, "enter")
        assert desk.timeline.head == before + 1

    drive(desk, scenario)


def other_hand(tmp_path):
    """Two desks on one store."""
    store = str(tmp_path / "a.db")
    desk = desk_of(store)
    for code, name in (("B", "Brazil"), ("USA", "United States")):
        desk.act(do.JoinParty(code, name))
    return desk, Desk.open(store)


def test_a_record_that_moved_is_said_and_what_was_typed_stays(tmp_path, monkeypatch):
    """Who wrote what, what the line means now, and only the next Enter acts."""
    desk, other = other_hand(tmp_path)
    act = desk.act

    def lost(command, hand):
        """The race is lost once."""
        monkeypatch.setattr(desk, "act", act)
        other.act(do.ReviseText("one", (do.Rewording("hourly", do.WordsAt("daily")),)), Hand("B"))
        raise RecordMoved(desk.timeline.id, desk.timeline.head, other.timeline.head)

    async def scenario(pilot, floor):
        await press(pilot, "j", "colon", *typed('USA delete "gauges"'))
        monkeypatch.setattr(desk, "act", lost)
        await press(pilot, "enter")
        head = desk.timeline.head
        assert head == other.timeline.head
        assert pilot.app.screen.query_one(Input).value == 'USA delete "gauges"'
        told = " ".join(shown(pilot).split())
        assert "B wrote 1 entry meanwhile: Chair revises resolves/1" in told
        assert "hourly" in told.split("USA · 1 event")[1]
        await press(pilot, "enter")
        assert desk.timeline.head == head + 1
        assert pilot.app.screen is floor

    drive(desk, scenario)
    desk.close()
    other.close()


def test_others_write_while_the_line_is_open(tmp_path):
    """The floor reads it; Enter then shows what the line means now, and asks anew which place."""
    desk, other = other_hand(tmp_path)

    async def scenario(pilot, floor):
        await press(pilot, "colon", *typed('USA delete "that"'), "enter")
        assert "1 event" in shown(pilot)
        other.act(do.ReviseText("one", (do.Rewording("so that", do.WordsAt("that")),)))
        desk.catch_up()
        head = desk.timeline.head
        await press(pilot, "enter")
        assert desk.timeline.head == head
        assert "chair wrote 1 entry meanwhile" in " ".join(shown(pilot).split())
        assert "stands in" in shown(pilot)

    drive(desk, scenario)
    desk.close()
    other.close()


def test_what_others_wrote_in_confidence_is_not_repeated():
    """Only that they wrote; of the rest the last that all may see."""
    desk = desk_with_parties()
    head = desk.timeline.head
    desk.act(do.MakeRemark("one", "ask over coffee"), Hand("B"))
    told = wrote(Pages(desk.timeline), desk.timeline.entries[head:])
    assert told == "B wrote 1 entry meanwhile."
    desk.act(do.JoinParty("F", "France"), Hand("secretariat"))
    told = wrote(Pages(desk.timeline), desk.timeline.entries[head:])
    assert told.startswith("B, secretariat wrote 2 entries meanwhile: ")
    assert "France" in told
    assert "coffee" not in told


def test_in_the_past_it_stays_shut():
    """Acts are off."""

    async def scenario(pilot, floor):
        await press(pilot, "comma", "colon")
        assert pilot.app.screen is floor
        assert "acts are off" in panel(floor, "says")

    drive(desk_of(), scenario)
