"""A store that a newer program wrote: said, with the entry, and nothing is written to it."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.events import MeetingOpened
from negotiation.following import Follower
from negotiation.ledger import codec, names
from negotiation.ledger.ledger import Ledger, StoreError
from negotiation.record import Record
from tests.cli.calls import call, one_sentence
from tests.faults.records import Made, made

NEWER = "meeting-opened/9"


@pytest.fixture
def record(tmp_path, monkeypatch):
    """A record in ./negotiation.db."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEGOTIATION_STORE", raising=False)
    return made(Path("negotiation.db"), meetings=2)


@contextmanager
def a_newer_program():
    """Events get another name, as a version to come may write them; seals are right."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(names.NAME_OF, MeetingOpened, NEWER)
        yield


def newer_act(record: Made) -> None:
    """The newer program makes an act."""
    with a_newer_program(), closing(Desk.open(record.store)) as desk:
        desk.act(do.OpenMeeting("Third"))


def test_an_entry_of_a_newer_program_is_named_and_the_file_stays(record):
    """By every command that reads and by every one that would write."""
    newer_act(record)
    before = record.store.read_bytes()
    for command in ("text", "log", "open", "verify", "meeting open Fourth", "undo", "follow"):
        sentence = one_sentence(call(command))
        assert f"after entry {len(record.entries)} of {record.negotiation} ({NEWER}" in sentence
        assert "A newer version of this program may know it; otherwise go back" in sentence
    assert call("rooms negotiation.db").code == 1
    assert record.store.read_bytes() == before
    assert not Path("negotiation.db-wal").exists() or not Path("negotiation.db-wal").stat().st_size


def test_a_desk_that_is_overtaken_by_a_newer_program_writes_nothing_on_it(record):
    """It has the record open as it was; what came since it cannot know, so no act rests on it."""
    with closing(Desk.open(record.store)) as desk:
        newer_act(record)
        with pytest.raises(StoreError, match="A newer version of this program"):
            desk.act(do.JoinParty("FJI", "Fiji"))
    with closing(Ledger.open(str(record.store))) as ledger:
        assert ledger.head(record.negotiation) == len(record.entries) + 1
        assert ledger.walked(record.negotiation).fault is None


def test_a_follower_says_that_it_cannot_know_what_a_newer_program_wrote(record):
    """It stays with what it knows, not live; updated, it reads on."""
    with closing(Record.open(record.store)) as followed:
        follower = Follower(followed)
        follower.look()
        newer_act(record)
        looked = follower.look()
        assert looked.fresh == ()
        assert "A newer version of this program may know it" in looked.told
        assert tuple(followed.timeline.entries) == record.entries
        assert "A newer version of this program may know it" in follower.cut


def test_a_copy_of_it_is_not_made_by_a_program_that_cannot_read_it(record, tmp_path):
    """A copy counts only when it was read again."""
    newer_act(record)
    answer = call("backup copy.db")
    assert "A newer version of this program" in one_sentence(answer)
    assert not (tmp_path / "copy.db").exists()


def test_fields_that_a_newer_program_added_are_kept_and_sealed(record):
    """What is not known of a known event does no harm; it is under the seal as all bytes are."""
    encode = codec.encode

    def more(content):
        name, state = encode(content)
        return name, state[:-1] + b',"later":{"kept":true}}'

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codec, "encode", more)
        with closing(Desk.open(record.store)) as desk:
            desk.act(do.OpenMeeting("Third"))
    assert call("verify").code == 0
    assert call("meeting close").code == 0
    assert call("verify").code == 0
    with closing(sqlite3.connect(record.store)) as file:
        states = [state for (state,) in file.execute("SELECT state FROM stored_events")]
    assert sum(b'"later":{"kept":true}' in state for state in states) == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE format SET version=2",
        "INSERT INTO format VALUES ('negotiation-format-of-2031', 1); "
        "UPDATE format SET version=99 WHERE name='negotiation-format'",
        "ALTER TABLE stored_events RENAME COLUMN topic TO event; UPDATE format SET version=2",
        "DROP TABLE commits; CREATE TABLE commits (a, b); UPDATE format SET version=3",
    ],
)
def test_newer_tables_are_left_to_the_newer_program(record, change):
    """Looked at before anything else: not even a log is made beside the file."""
    with closing(sqlite3.connect(record.store)) as file:
        file.executescript(change)
    before = record.store.read_bytes()
    for command in ("text", "verify", "meeting open Third", "backup copy.db", "log"):
        sentence = one_sentence(call(command))
        assert "was written by a newer version of this program" in sentence
        assert sentence.endswith("install the newer version to open it.")
    assert record.store.read_bytes() == before
    assert sorted(one.name for one in Path().iterdir()) == ["negotiation.db"]
