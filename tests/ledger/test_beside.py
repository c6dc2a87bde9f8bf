"""Notes beside a store: they come back, and nothing that happens to them is anybody's fault."""

import errno
import json
import os
import stat

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


def test_facts_come_back_as_json_says_them():
    """The same from memory as from a file, and not the caller's own list."""
    mine = [1, 2]
    notes = Beside(None)
    notes.keep("n", "floor", {"queue": mine, "pair": (1, 2), "none": None})
    mine.append(3)
    assert notes.kept("n", "floor") == {"queue": [1, 2], "pair": [1, 2], "none": None}


def test_half_a_letter_is_not_kept(tmp_path):
    """It could not be read again, and would take the other notes with it."""
    notes = Beside(str(tmp_path / "a.db"))
    notes.keep("n", "chair", {"clause": "a"})
    notes.keep("n", "floor", {"speaker": "\ud800"})
    assert Beside(str(tmp_path / "a.db")).kept("n", "floor") == {}
    assert Beside(str(tmp_path / "a.db")).kept("n", "chair") == {"clause": "a"}


def test_a_store_under_two_names_has_one_set_of_notes(tmp_path):
    """Somebody opens it through a link."""
    store = tmp_path / "a.db"
    store.touch()
    link = tmp_path / "link.db"
    try:
        link.symlink_to(store)
    except OSError as cause:
        pytest.skip(f"No links here: {cause}.")
    Beside(str(link)).keep("n", "shown", {"clause": "a"})
    assert Beside(str(store)).kept("n", "shown") == {"clause": "a"}


def test_a_file_that_is_being_replaced_keeps_what_was_last_read(tmp_path, monkeypatch):
    """On Windows it cannot be opened for a moment: the room's screen does not jump for that."""
    store = str(tmp_path / "a.db")
    there, here = Beside(store), Beside(store)
    there.keep("n", "shown", {"clause": "a"})
    assert here.kept("n", "shown") == {"clause": "a"}
    there.keep("n", "shown", {"clause": "other"})

    def busy(self):
        raise PermissionError(errno.EACCES, "used by another process")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.read_bytes", busy)
        assert here.kept("n", "shown") == {"clause": "a"}
    assert here.kept("n", "shown") == {"clause": "other"}


@pytest.mark.parametrize(("refusals", "written"), [(2, True), (99, False)])
def test_whoever_reads_only_delays_the_writer(tmp_path, monkeypatch, refusals, written):
    """A few tries, then nothing: nobody waits for a note, and no file is left."""
    left = iter(range(refusals))
    real = os.replace

    def replace(here, there):
        if next(left, None) is not None:
            raise PermissionError(errno.EACCES, "used by another process")
        real(here, there)

    monkeypatch.setattr("os.replace", replace)
    Beside(str(tmp_path / "a.db")).keep("n", "shown", {"clause": "a"})
    monkeypatch.undo()
    assert Beside(str(tmp_path / "a.db")).kept("n", "shown") == ({"clause": "a"} if written else {})
    assert [one.name for one in tmp_path.iterdir()] == (["a.db.desk.json"] if written else [])


def test_two_writings_in_one_tick_of_the_clock_are_told_apart(tmp_path):
    """The same time and size say nothing as long as the file is young."""
    store = str(tmp_path / "a.db")
    file = tmp_path / "a.db.desk.json"
    there, here = Beside(store), Beside(store)
    there.keep("n", "shown", {"clause": "a"})
    assert here.kept("n", "shown") == {"clause": "a"}
    before = file.stat()
    # In its own place, so that even the file's number is the same.
    file.write_text(json.dumps(json.loads(file.read_text())).replace('"a"', '"b"').replace(" ", ""))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert here.kept("n", "shown") == {"clause": "b"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="No pipes here.")
def test_what_is_no_file_is_not_opened(tmp_path):
    """A pipe would wait for its writer for ever."""
    os.mkfifo(tmp_path / "a.db.desk.json")
    assert Beside(str(tmp_path / "a.db")).kept("n", "shown") == {}


@pytest.mark.skipif(os.name != "posix", reason="Files have no modes here.")
def test_whoever_may_read_the_store_may_read_its_notes(tmp_path):
    """The room's screen runs under another name than the chair's."""
    store = tmp_path / "a.db"
    store.touch()
    store.chmod(0o664)
    Beside(str(store)).keep("n", "shown", {"clause": "a"})
    assert stat.S_IMODE((tmp_path / "a.db.desk.json").stat().st_mode) == 0o664


def test_a_note_that_says_the_same_is_not_written_again(tmp_path):
    """The chair's screen may keep where it stands with every key."""
    notes = Beside(str(tmp_path / "a.db"))
    notes.keep("n", "chair", {"clause": "a"})
    before = (tmp_path / "a.db.desk.json").stat()
    notes.keep("n", "chair", {"clause": "a"})
    after = (tmp_path / "a.db.desk.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.skipif(os.name != "posix", reason="An open file cannot be taken away here.")
def test_a_store_that_was_taken_away_is_missed(tmp_path):
    """It could be read for long, with nobody else on it."""
    store = tmp_path / "a.db"
    desk = Desk.begin(store)
    desk.act(OpenNegotiation("DL/2"))
    assert desk.there()
    store.rename(tmp_path / "b.db")
    assert not desk.there()
    (tmp_path / "a.db").write_bytes(b"another")
    assert not desk.there()
    (tmp_path / "b.db").replace(store)
    assert desk.there()
    desk.close()
    memory = Desk.begin(None)
    assert memory.there()
    memory.close()
