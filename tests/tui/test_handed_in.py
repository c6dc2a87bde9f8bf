"""What delegations hand in: on the chair's screen, and on their own."""

from __future__ import annotations

import pytest

from negotiation.accrediting import accredit
from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity
from negotiation.domain.terms import ProposalTerms
from negotiation_tui.handed_in import beside, counted
from negotiation_tui.screens.dialogs import StageDialog
from tests.tui.room import MORNING, at_once, desk_of, dialog, drive, panel, press, rows_shown, words
from tests.tui.room import text_shown as text

WIDE = (120, 40)
MOD = do.ProposeAmendment(
    "four",
    ProposalTerms("h", "MUS/9", ("MUS",)),
    (do.Rewording("machine", do.WordsAt("hand")),),
)


class Room:
    """A record in a file, and the desk of whoever is accredited to it."""

    def __init__(self, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = store
        self.patch = monkeypatch
        home = desk_of(store)
        self.tokens = {
            capacity: accredit(
                home, name, capacity, party="MUS" if capacity is Capacity.DELEGATION else ""
            )[1]
            for capacity, name in (
                (Capacity.CHAIR, "Ines Soto"),
                (Capacity.DELEGATION, "Ana Lima"),
                (Capacity.OBSERVER, "Jo Park"),
            )
        }
        home.close()

    def desk(self, capacity: Capacity | None = None) -> Desk:
        """The desk of this capacity; without one, at home."""
        if capacity is None:
            self.patch.delenv("NEGOTIATION_TOKEN", raising=False)
        else:
            self.patch.setenv("NEGOTIATION_TOKEN", self.tokens[capacity])
        return Desk.open(self.store, clock=lambda: MORNING)


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.delenv("NEGOTIATION_TOKEN_FILE", raising=False)
    return Room(str(tmp_path / "room.db"), monkeypatch)


def last(desk: Desk) -> ev.Event:
    """The event that was recorded last."""
    return desk.timeline.entries[-1].event


def test_what_is_handed_in_elsewhere_is_seen_admitted_and_made(room):
    """The chair's screen hears of it; the palette and Enter put it on the table."""
    chair, mauritius = room.desk(Capacity.CHAIR), room.desk(Capacity.DELEGATION)

    async def scenario(pilot, floor):
        assert "handed in" not in panel(floor, "header")
        assert "HANDED IN" not in panel(floor, "side")
        mauritius.act(MOD)
        floor.look()
        await pilot.pause()
        assert "1 handed in" in panel(floor, "header")
        assert "HANDED IN" in panel(floor, "side")
        assert "Something was handed in" in panel(floor, "says")
        shown = " ".join(rows_shown(floor))
        assert "MUS/9" not in shown, "the chair's screen is seen by others, too"
        assert "Ana Lima" not in shown
        await press(pilot, "2")
        assert "MUS/9" in panel(floor, "side")
        await press(pilot, "2")
        await at_once(pilot, "ctrl+p", *"admit what")
        await at_once(pilot, "enter")
        await pilot.pause()
        assert "MUS/9" in dialog(pilot, "above")
        assert "Enter admits it · Esc lets it wait" in dialog(pilot, "below")
        assert "machine" in dialog(pilot, "below")
        await press(pilot, "enter")
        assert pilot.app.screen is floor
        assert "[handmachine]" in text(floor)
        assert floor.clause == "four", "the chair sees what the yes did"
        assert "handed in" not in panel(floor, "header")
        act = chair.timeline.entries[-1].act
        assert (act.by, act.behalf) == ("Ines Soto", "MUS")
        floor.go("four")
        assert "(and 1 more entry)" in panel(floor, "says")

    drive(chair, scenario)
    mauritius.close()
    chair.close()


def test_not_taken_up_with_a_reason(room):
    """Only the delegation reads it."""
    chair, mauritius = room.desk(Capacity.CHAIR), room.desk(Capacity.DELEGATION)
    mauritius.act(MOD)
    chair.catch_up()

    async def scenario(pilot, floor):
        floor.action_stage("decline")
        await pilot.pause()
        assert "Enter does not take it up" in dialog(pilot, "below")
        await press(pilot, *"late", "enter")
        declined = last(chair)
        assert isinstance(declined, ev.ProposalDeclined)
        assert declined.reason == "late"
        assert "waits no more" in panel(floor, "says")
        floor.action_stage("admit")
        assert "Nothing was handed in" in panel(floor, "says")

    drive(chair, scenario)
    mauritius.catch_up()
    assert isinstance(last(mauritius), ev.ProposalDeclined)
    mauritius.close()
    chair.close()


def test_a_delegations_screen_hands_in(room):
    """Its keys propose as ever; the screen says what became of it, and the text stands."""
    mauritius = room.desk(Capacity.DELEGATION)

    async def scenario(pilot, floor):
        assert "Mauritius · LIVE" in panel(floor, "header")
        before = text(floor)
        await press(pilot, "G", "b")
        assert "gavel" not in dialog(pilot, "below"), "that is the chair's"
        assert "asks the room" not in dialog(pilot, "below")
        await press(pilot, *"hand")
        assert "hands it in" in dialog(pilot, "below")
        assert "asks the room" not in dialog(pilot, "below")
        await press(pilot, "ctrl+s")
        assert isinstance(last(mauritius), ev.ProposalHandedIn)
        assert "Handed in (h" in panel(floor, "says")
        assert text(floor) == before
        assert "1 handed in" in panel(floor, "header")
        assert "bracket" in panel(floor, "side")
        floor.action_stage("take_back")
        await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(last(mauritius), ev.ProposalTakenBack)

    drive(mauritius, scenario)
    mauritius.close()


def test_its_floor_line_speaks_for_it(room):
    """Without a name before the words, and refused under another one."""
    mauritius = room.desk(Capacity.DELEGATION)

    async def scenario(pilot, floor):
        await press(pilot, "G", "colon")
        await press(pilot, *'add "soon" after "kept"')
        assert "Enter hands it in" in panel(pilot.app.screen, "line-says")
        await press(pilot, "enter")
        handed = last(mauritius)
        assert isinstance(handed, ev.ProposalHandedIn)
        assert handed.party == "MUS"
        await press(pilot, "w")
        assert "The floor is the chair's to give" in panel(floor, "says")

    drive(mauritius, scenario)
    mauritius.close()


def test_what_is_for_the_chair_is_said_in_the_dialog(room):
    """What it may not do is not done, and the sentence says what it may."""
    mauritius = room.desk(Capacity.DELEGATION)
    head = mauritius.timeline.head

    async def scenario(pilot, floor):
        await press(pilot, "G", "a")
        assert isinstance(pilot.app.screen, StageDialog)
        assert "for the chair to decide" in dialog(pilot, "below")
        await press(pilot, "enter")
        assert mauritius.timeline.head == head

    drive(mauritius, scenario)
    mauritius.close()


def test_an_observers_keys_answer(room):
    """No dialog opens; the screen reads as ever."""
    observer = room.desk(Capacity.OBSERVER)
    head = observer.timeline.head

    async def scenario(pilot, floor):
        assert "observer · LIVE" in panel(floor, "header")
        assert "open point" in panel(floor, "hints")
        assert "propose" not in panel(floor, "hints"), "no key is offered that does nothing here"
        for key in ("i", "b", "colon", "a", "u"):
            await press(pilot, key)
            assert pilot.app.screen is floor
            assert "An observer reads" in panel(floor, "says")
            await press(pilot, "j")
        assert observer.timeline.head == head

    drive(observer, scenario)
    observer.close()


def test_an_accreditation_that_ends_while_the_screen_is_open(room):
    """What was read stays, nothing more comes, and no act is made."""
    home, mauritius = room.desk(), room.desk(Capacity.DELEGATION)
    head = mauritius.timeline.head

    async def scenario(pilot, floor):
        home.act(do.RevokeAccreditation(floor.admission.accreditation, "on leave"))
        home.act(do.OpenMeeting("after"))
        floor.look()
        await pilot.pause()
        assert "NOT LIVE" in panel(floor, "header")
        assert "was revoked" in panel(floor, "says")
        await press(pilot, "G", "b", *"hand", "ctrl+s")
        assert "was revoked" in dialog(pilot, "below")
        assert mauritius.timeline.head == head

    drive(mauritius, scenario)
    assert isinstance(home.timeline.entries[-1].event, ev.MeetingOpened)
    mauritius.close()
    home.close()


@pytest.mark.parametrize("capacity", [Capacity.DELEGATION, Capacity.OBSERVER])
def test_only_the_chairs_screen_leads_the_room(room, capacity):
    """Where somebody else reads is no matter of the room's."""
    home = room.desk()
    home.keep("shown", {"clause": "three"})
    desk = room.desk(capacity)

    async def scenario(pilot, floor):
        await press(pilot, "G", "k")
        floor.note()

    drive(desk, scenario)
    assert home.kept("shown") == {"clause": "three"}
    assert home.kept("chair") == {}
    desk.close()
    home.close()


def test_as_lines(room):
    """Nothing where nothing waits; no more than fits."""
    chair, mauritius = room.desk(Capacity.CHAIR), room.desk(Capacity.DELEGATION)
    whole = chair.timeline.moment().negotiation
    assert counted(whole) == ""
    assert beside(whole, 40, short=False, private=True) == []
    for number in range(5):
        mauritius.act(
            do.ProposeNoChange("four", ProposalTerms(f"n{number}", f"N/{number}", ("MUS",)))
        )
    chair.catch_up()
    whole = chair.timeline.moment().negotiation
    assert counted(whole) == "5 handed in"
    told = [words(line) for line in beside(whole, 40, short=False, private=False, answers="^p")]
    assert told == ["↓ 5 wait for a yes; ^p"]
    told = [words(line) for line in beside(whole, 40, short=True, private=True)]
    assert len(told) == 4
    assert told[-1] == "… and 2 more"
    assert all(len(line) <= 40 for line in told)
    mauritius.close()
    chair.close()
