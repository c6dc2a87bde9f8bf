"""Who may read what: the public, the room, the chair, and a delegation of its own notes."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.entries import Act, Entry
from negotiation.domain.entries import Moment as When
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Kind, Restored, Stance, TabledRun
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_may_be_seen import (
    CHAIR,
    DESK,
    GROUP,
    PUBLIC,
    Viewer,
    as_seen,
    delegation,
    may_see,
    positions_counted,
    positions_on,
    remarks_on,
    viewer_named,
)
from tests.given import START

FIJI, CUBA = delegation("FJI"), delegation("CUB")
EYES = {"public": PUBLIC, "group": GROUP, "chair": CHAIR, "FJI": FIJI, "CUB": CUBA, "desk": DESK}
READERS = {
    Visibility.PUBLIC: {"public", "group", "chair", "FJI", "CUB", "desk"},
    Visibility.GROUP: {"group", "chair", "FJI", "CUB", "desk"},
    Visibility.CHAIR: {"chair", "desk"},
    Visibility.DELEGATION: {"FJI", "desk"},
    Visibility.BETWEEN: {"chair", "FJI", "desk"},
}
"""Who reads what Fiji had noted."""


class Room:
    """A record of one clause, on which notes are made for different eyes."""

    def __init__(self) -> None:
        self.timeline = Timeline("tide")
        self.write(ev.NegotiationOpened("TC/1"), clause="")
        for code, name, members in (
            ("FJI", "Fiji", ()),
            ("CUB", "Cuba", ()),
            ("PSIDS", "Pacific", ("FJI",)),
        ):
            self.write(ev.PartyJoined(code, name, members), clause="")
        self.write(ev.ClauseTabled(Kind.ITEM, "a)", (TabledRun("the tide"),)))
        self.write(ev.ClausePlaced("a", ""), clause="")

    def write(
        self,
        event: ev.Event,
        visibility: Visibility = Visibility.PUBLIC,
        behalf: str = "",
        clause: str = "a",
    ) -> Entry:
        number = self.timeline.head + 1
        version = len(self.timeline.changes_of(clause)) + 1
        act = Act(f"act-{number}", START, When(START), "Amina", behalf=behalf)
        entry = Entry(number, clause, version, act, event, None, visibility)
        self.timeline.extend([entry])
        return entry

    def readers(self, entry: Entry) -> set[str]:
        whole = self.timeline.negotiation(self.timeline.head)
        return {name for name, viewer in EYES.items() if may_see(entry, viewer, whole)}


@pytest.mark.parametrize("visibility", Visibility)
def test_an_entry_is_for_those_it_names(visibility: Visibility) -> None:
    room = Room()
    entry = room.write(ev.RemarkMade("our red line"), visibility, "FJI")
    assert room.readers(entry) == READERS[visibility]


def test_what_a_group_notes_its_members_read() -> None:
    """A note of the group is its members' own; a member's note is not the group's."""
    room = Room()
    theirs = room.write(ev.RemarkMade("hold on"), Visibility.DELEGATION, "PSIDS")
    own = room.write(ev.RemarkMade("let go"), Visibility.DELEGATION, "FJI")
    whole = room.timeline.negotiation(room.timeline.head)
    assert may_see(theirs, FIJI, whole)
    assert not may_see(theirs, CUBA, whole)
    assert not may_see(own, delegation("PSIDS"), whole)


def test_a_note_of_no_delegation_in_particular_is_for_the_desk_only() -> None:
    room = Room()
    entry = room.write(ev.RemarkMade("whose?"), Visibility.DELEGATION)
    assert room.readers(entry) == {"desk"}


def test_notes_beside_a_clause_are_as_open_as_their_entries() -> None:
    room = Room()
    for visibility in Visibility:
        room.write(ev.RemarkMade(visibility.value), visibility, "FJI")
        room.write(ev.PositionRecorded("FJI", Stance.FLEXIBLE, visibility.value), visibility, "FJI")
    clause = room.timeline.moment().clauses[0]
    for name, viewer in EYES.items():
        told = {one.words for one in remarks_on(clause, viewer, room.timeline)}
        said = {one.on for one in positions_on(clause, viewer, room.timeline)}
        assert told == said == {v.value for v, eyes in READERS.items() if name in eyes}
        assert set(positions_counted(room.timeline, room.timeline.head, viewer)) == said


def test_taking_back_a_private_note_is_private_too() -> None:
    """An undoing is an entry for all; of a private note it is for nobody else's eyes."""
    room = Room()
    made = room.write(ev.RemarkMade("our red line"), Visibility.DELEGATION, "FJI")
    back = ev.ActReversed(made.act.id, (made.number,), Restored(remarks=()))
    entry = room.write(back)
    seen = {name for name, viewer in EYES.items() if as_seen(entry, viewer, room.timeline)}
    assert seen == {"FJI", "desk"}


def test_what_an_undoing_puts_back_keeps_only_what_one_may_read() -> None:
    """The values put back hold all remarks of the clause; each reader gets theirs."""
    room = Room()
    room.write(ev.RemarkMade("for all"))
    room.write(ev.RemarkMade("for the chair"), Visibility.CHAIR)
    made = room.write(ev.RemarkMade("again for all"))
    before = room.timeline.clause("a", made.number - 1)
    assert before is not None
    restored = Restored(remarks=before.margin.remarks)
    entry = room.write(ev.ActReversed(made.act.id, (made.number,), restored))

    def put_back(viewer: Viewer) -> list[str]:
        seen = as_seen(entry, viewer, room.timeline)
        assert seen is not None
        assert isinstance(seen.event, ev.ActReversed)
        return [one.words for one in seen.event.restored.remarks or ()]

    assert put_back(PUBLIC) == ["for all"]
    assert put_back(CHAIR) == ["for all", "for the chair"]


@drawn(st.lists(st.tuples(st.sampled_from(Visibility), st.booleans(), st.booleans()), max_size=8))
def test_no_reader_finds_a_word_that_is_not_theirs(
    notes: list[tuple[Visibility, bool, bool]],
) -> None:
    """Searched through everything an entry says: notes made and taken back, for any eyes."""
    room, owed = Room(), dict[str, set[str]]()
    for number, (visibility, of_fiji, undone) in enumerate(notes):
        secret, behalf = f"secret{number}", "FJI" if of_fiji else "CUB"
        made = room.write(ev.RemarkMade(secret), visibility, behalf)
        eyes = room.readers(made)
        owed[secret] = eyes
        if undone:
            before = room.timeline.clause("a", made.number - 1)
            assert before is not None
            restored = Restored(remarks=before.margin.remarks)
            room.write(ev.ActReversed(made.act.id, (made.number,), restored))
    for name, viewer in EYES.items():
        seen = [as_seen(one, viewer, room.timeline) for one in room.timeline.entries]
        told = " ".join(str(attrs.asdict(one)) for one in seen if one is not None)
        for secret, eyes in owed.items():
            assert (f"'{secret}'" in told) == (name in eyes)


def test_viewers_are_named_as_people_say_them() -> None:
    room = Room()
    room.write(ev.RemarkMade("mine"), behalf="KIR")
    assert viewer_named("public", room.timeline) == PUBLIC
    assert viewer_named("Chair", room.timeline) == CHAIR
    assert viewer_named("fiji", room.timeline) == FIJI
    assert viewer_named("KIR", room.timeline) == delegation("KIR")
    assert viewer_named("Atlantis", room.timeline) is None
    assert viewer_named("", room.timeline) is None
