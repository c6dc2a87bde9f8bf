"""Records of every released format open in this version, and say at every entry what they said."""

import json
import shutil
import typing
from pathlib import Path

import pytest

from negotiation.desk import Desk
from negotiation.domain.events import EntryWithheld, Event
from negotiation.views.at_that_time import Timeline
from tests.ledger.a_session import play
from tests.ledger.record_session import LOGS, what_came_out

STORES = sorted(LOGS.glob("*.db"))


@pytest.fixture(params=STORES, ids=lambda store: store.stem)
def recorded(request, tmp_path):
    """A copy of a recorded store: opening one may touch the file."""
    store = tmp_path / request.param.name
    shutil.copy(request.param, store)
    return request.param, store


def test_there_is_a_recorded_session():
    """The folder is not empty, so the tests below are about something."""
    assert STORES


def test_a_recorded_session_says_what_it_said(recorded):
    """Text, open points, agreements at every entry, what became of proposals: all that was kept."""
    kept, store = recorded
    desk = Desk.open(store)
    try:
        then = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
        now = what_came_out(desk.timeline)
        assert {what: now[what] for what in then} == then
    finally:
        desk.close()


def test_folding_again_gives_the_same_states(recorded):
    """From zero and in one stretch: the same clauses at every entry."""
    desk = Desk.open(recorded[1])
    try:
        again = Timeline(desk.timeline.id, desk.timeline.entries)
        for at in range(again.head + 1):
            assert again.moment(at) == desk.timeline.moment(at)
    finally:
        desk.close()


def test_the_session_uses_every_event_of_the_record():
    """An event without a recorded example could change its shape unnoticed."""
    desk = play(None)
    met = {type(entry.event) for entry in desk.timeline.entries}
    assert met == set(typing.get_args(Event)) - {EntryWithheld}


def test_the_session_is_the_same_on_a_server(tmp_path: Path, postgres_store: str):
    """With the same clock and ids, a server and a file say the same, to the byte."""
    on_disk, on_server = play(tmp_path / "session.db"), play(postgres_store)
    on_disk.close()
    on_server.close()
    file, server = Desk.open(tmp_path / "session.db"), Desk.open(postgres_store)
    try:
        assert server.timeline.entries == file.timeline.entries
        assert json.dumps(what_came_out(server.timeline)) == json.dumps(
            what_came_out(file.timeline)
        )
    finally:
        file.close()
        server.close()


def test_the_session_is_the_same_on_disk_and_in_memory(tmp_path: Path):
    """With the same clock and ids, both stores hold equal entries."""
    on_disk, in_memory = play(tmp_path / "session.db"), play(None)
    try:
        assert on_disk.timeline.entries == in_memory.timeline.entries
        assert on_disk.ledger.entries(on_disk.timeline.id) == in_memory.timeline.entries
    finally:
        on_disk.close()
