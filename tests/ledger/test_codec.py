"""What is stored comes back as it was, under names that never change."""

import base64
import json
import re
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain.entries import Act, Entry, Evidence
from negotiation.domain.events import (
    DocumentReceived,
    EntryWithheld,
    Event,
    RemarkMade,
    StatusNoted,
)
from negotiation.domain.people import Visibility
from negotiation.ledger import codec, upcasts
from negotiation.ledger.names import ACT, NAME_OF, NAMES
from tests.ledger.acts import act
from tests.ledger.facts import facts

EVENTS = tuple(one for one in typing.get_args(Event) if one is not EntryWithheld)


def entry_of(name, state):
    """What is stored under a name, when it is an entry."""
    content = codec.decode(name, state)
    assert isinstance(content, codec.StoredEntry)
    return content


def test_every_event_has_one_name_and_every_name_an_event():
    """An event without a stored name could be decided, but not recorded."""
    assert set(NAMES.values()) == set(EVENTS)
    assert len(NAME_OF) == len(NAMES)


def test_a_name_is_written_or_read_as_a_former_one_never_both():
    """A former name leads to one that is written today, and is not written any more."""
    assert not NAMES.keys() & upcasts.UPCASTS.keys()
    for name in upcasts.UPCASTS:
        while name in upcasts.UPCASTS:
            name, _ = upcasts.UPCASTS[name]
        assert name in NAMES


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_names_are_those_of_the_room(event):
    """A name says what happened in words, and ends in the number of its shape."""
    words = re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()
    assert re.fullmatch(rf"{words}/[1-9][0-9]*", NAME_OF[event])


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_round_trips(event):
    """Whatever the fields hold, the same entry comes back."""

    @given(
        facts(event),
        facts(Act),
        st.none() | facts(Evidence),
        st.sampled_from(Visibility),
    )
    def check(happened, act, evidence, visibility):
        entry = Entry(7, "c1", 3, act, happened, evidence, visibility)
        name, state = codec.encode(codec.stored(entry))
        assert codec.decode(name, state) == codec.stored(entry)
        assert codec.decode(*codec.encode(act)) == act

    check()


def test_a_stored_entry_is_plain_json():
    """Field names are ours, what is empty around the event is left out, the event is whole."""
    entry = Entry(7, "c1", 3, act("a1"), RemarkMade("“Wait”"), Evidence("DL/1", 4))
    name, state = codec.encode(codec.stored(entry))
    assert name == "remark-made/2"
    assert json.loads(state) == {
        "number": 7,
        "act": "a1",
        "event": {"words": "“Wait”", "on": "", "quoted": ""},
        "evidence": {"document": "DL/1", "line": 4, "end_line": 0},
    }


def test_a_stored_act_says_who_and_when():
    """The act is written once, with both of its times and its capacity."""
    name, state = codec.encode(act("a1"))
    assert name == ACT
    assert json.loads(state) == {
        "id": "a1",
        "written": "2025-03-04T12:00:00Z",
        "happened": {"at": "2025-03-04T12:00:00Z", "bound": "at"},
        "by": "chair",
        "typed_by": "",
        "behalf": "",
        "capacity": "chair",
        "meeting": "",
        "purpose": "remark",
    }


def test_a_received_source_is_kept_byte_for_byte():
    """Bytes of any kind survive, as base64 that anybody can read."""
    source = bytes(range(256)) + "\ufefftext\r\n".encode()
    event = DocumentReceived("a.md", "00", source)
    name, state = codec.encode(codec.stored(Entry(1, "", 1, act("a1"), event)))
    assert base64.b64decode(json.loads(state)["event"]["source"]) == source
    assert entry_of(name, state).event == event


def test_an_unknown_name_is_not_readable():
    """What a newer version wrote is never read as something else."""
    with pytest.raises(codec.Unreadable, match="“remark-made/9” is unknown"):
        codec.decode("remark-made/9", b"{}")


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"number":1,"act":"a","event":{"on":""}}',
        b'{"number":"1","act":"a","event":{"words":"w"}}',
        b'{"number":1,"act":"a","event":{"words":"w"},"visibility":"nobody"}',
    ],
)
def test_content_of_another_shape_is_not_readable(state):
    """A name promises a shape; content that breaks the promise is an error, not a guess."""
    with pytest.raises(codec.Unreadable, match=r"not that of “remark-made/2”"):
        codec.decode("remark-made/2", state)


@pytest.fixture
def former_shapes(monkeypatch):
    """As if remarks had been notes once, with their words in another field."""

    def renamed(stored):
        return {**stored, "event": {"words": stored["event"]["note"]}}

    def addressed(stored):
        return {**stored, "event": {**stored["event"], "on": "o1"}}

    monkeypatch.setitem(upcasts.UPCASTS, "note-made/1", ("note-made/2", renamed))
    monkeypatch.setitem(upcasts.UPCASTS, "note-made/2", ("remark-made/2", addressed))
    codec.decoder_of.cache_clear()
    yield
    codec.decoder_of.cache_clear()


@pytest.mark.usefixtures("former_shapes")
def test_former_shapes_are_read_through_the_chain():
    """Each step knows only the next one; the entry comes out in the shape of today."""
    first = entry_of("note-made/1", b'{"number":1,"act":"a","event":{"note":"w"}}')
    second = entry_of("note-made/2", b'{"number":2,"act":"a","event":{"words":"w"}}')
    assert (first.event, second.event) == (RemarkMade("w", "o1"), RemarkMade("w", "o1"))
    assert (first.number, second.number) == (1, 2)


@pytest.mark.usefixtures("former_shapes")
def test_a_former_shape_that_lacks_a_field_is_not_readable():
    """A step that finds nothing to work on says so instead of making something up."""
    with pytest.raises(codec.Unreadable, match="note-made/1"):
        codec.decode("note-made/1", b'{"number":1,"act":"a","event":{}}')
    with pytest.raises(codec.Unreadable):
        codec.decode("note-made/1", b"not json")


def test_the_stored_form_does_not_depend_on_other_values():
    """Equal entries have equal bytes: a seal over them means something."""
    entries = [Entry(1, "c", 1, act("a"), StatusNoted("o", "s")) for _ in range(2)]
    assert codec.encode(codec.stored(entries[0])) == codec.encode(codec.stored(entries[1]))
