"""Notes beside a store: they come back, and nothing that happens to them is anybody's fault."""

import pytest

from negotiation.desk import Desk
from negotiation.domain.commands import OpenNegotiation
from negotiation.ledger.beside import Beside


def test_a_note_comes_back(tmp_path):
    """Another process reads it too."""
    store = str(tmp_path / "a.db")
    Beside(store).keep("n", "shown", {"clause": "a", "at": None})
    assert Beside(store).kept("n", "shown") == {"clause": "a", "at": None}
    assert Beside(store).kept("other", "shown") == {}
    assert Beside(store).kept("n", "chair") == {}


def test_what_another_hand_wrote_is_seen(tmp_path):
    """And its other notes stay."""
    store = str(tmp_path / "a.db")
    here, there = Beside(store), Beside(store)
    here.keep("n", "chair", {"clause": "a"})
    there.keep("n", "shown", {"clause": "b"})
    assert here.kept("n", "shown") == {"clause": "b"}
    assert here.kept("n", "chair") == {"clause": "a"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'{"n/shown": 3}', b"\xff\xfe", b"[" * 9999])
def test_a_damaged_note_is_an_empty_one(tmp_path, damage):
    """And is written anew."""
    store = tmp_path / "a.db"
    (tmp_path / "a.db.desk.json").write_bytes(damage)
    notes = Beside(str(store))
    assert notes.kept("n", "shown") == {}
    notes.keep("n", "shown", {"clause": "a"})
    assert Beside(str(store)).kept("n", "shown") == {"clause": "a"}


def test_what_cannot_be_written_is_not(tmp_path):
    """Nobody's act fails for it, and no file is left."""
    folder = tmp_path / "a.db.desk.json"
    folder.mkdir()
    Beside(str(tmp_path / "a.db")).keep("n", "shown", {"clause": "a"})
    Beside(str(tmp_path / "gone" / "a.db")).keep("n", "shown", {"clause": "a"})
    assert [one.name for one in tmp_path.iterdir()] == ["a.db.desk.json"]


def test_the_record_knows_nothing_of_it(tmp_path):
    """A desk keeps a note; its record and its store stay as they were."""
    store = tmp_path / "a.db"
    desk = Desk.begin(store)
    desk.act(OpenNegotiation("DL/2"))
    desk.changed()
    desk.keep("shown", {"clause": "a"})
    assert not desk.changed()
    assert desk.timeline.head == 1
    desk.close()
    again = Desk.open(store)
    assert again.kept("shown") == {"clause": "a"}
    assert again.timeline.head == 1
    again.close()


def test_a_record_in_memory_keeps_its_notes_with_it():
    """As long as it lives."""
    desk = Desk.begin(None)
    desk.keep("chair", {"clause": "a"})
    assert desk.kept("chair") == {"clause": "a"}
    desk.close()
